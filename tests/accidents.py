"""Articles that kill, hang or confuse whoever analyses them, and the means to look at what is left.

Worker processes import `sitecustomize` when they start; there, the function that finds figures is made to meet an
accident at articles that name one, once or every time. The product itself knows nothing of this.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import stance

REPOSITORY = Path(stance.__file__).parent.parent

_ACCIDENTS = """
import os, signal, sys, threading
if any("multiprocessing" in argument or "default_worker" in argument for argument in sys.orig_argv):
    import stance.figures
    whole = stance.figures.read_text

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def hang():
        threading.Event().wait()

    def end_parent(number):
        os.kill(os.getppid(), number)
        hang()

    def stumble():
        raise RuntimeError("no such luck")

    MEETS = {
        "DIE": die,
        "HANG": hang,
        "STUMBLE": stumble,
        "KILL": lambda: end_parent(signal.SIGKILL),
        "TERMINATE": lambda: end_parent(signal.SIGTERM),
        "INTERRUPT": lambda: end_parent(signal.SIGINT),
    }

    def read_text(text, *rest):
        for often, times in {"ONCE": 1, "TWICE": 2, "ALWAYS": 99}.items():
            for name, meet in MEETS.items():
                if f"{often} {name}" in text:
                    noted = os.path.join(os.environ["ACCIDENTS"], f"{often} {name}")
                    with open(noted, "a+") as file:
                        file.seek(0)
                        met = len(file.readlines())
                        if met < times:
                            print("met", file=file)
                    if met < times:
                        meet()
        return whole(text, *rest)

    stance.figures.read_text = read_text
"""


def article(number: int, more: str = "") -> dict[str, Any]:
    text = f"Sen. Dana Whitfield praised Governor Ann Bell{'ei' * (number % 3)} on day {number}. She won. {more}"
    return {"id": f"day-{number}", "text": text, **({"title": f"Day {number}"} if number % 4 == 0 else {})}


def corpus(folder: Path, accidents: dict[int, str] | None = None, count: int = 20) -> Path:
    rows = [article(number, (accidents or {}).get(number, "")) for number in range(count)]
    folder.mkdir(exist_ok=True)
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def accidental(folder: Path) -> dict[str, str]:
    """Environment variables with which worker processes meet accidents, each noted as a line in a file in `met`."""
    (folder / "sitecustomize.py").write_text(_ACCIDENTS)
    (folder / "met").mkdir(exist_ok=True)
    return {"PYTHONPATH": f"{folder}{os.pathsep}{REPOSITORY}", "ACCIDENTS": str(folder / "met")}


def run(folder: Path, *arguments: object, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, whose workers meet accidents, and whose files are of limited size."""

    def begin() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a shell takes from what it starts in the background
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))

    command = [sys.executable, "-m", "stance", "predict", *map(str, arguments)]
    environment = os.environ | accidental(folder)
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, preexec_fn=begin)


def met(folder: Path) -> dict[str, int]:
    """How often each accident was met."""
    return {path.name: len(path.read_text().splitlines()) for path in sorted((folder / "met").iterdir())}


def joined(results: Path, suffix: str = "jsonl") -> bytes:
    return b"".join(path.read_bytes() for path in sorted(results.glob(f"part-*.{suffix}")))


def failed(results: Path) -> dict[str, str]:
    lines = (results / "failed.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["document"]: row["reason"] for row in map(json.loads, lines)}


def manifest(results: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    return found
