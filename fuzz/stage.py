"""A place to inject faults in: a corpus, a model, and stance run as a process of its own, hurt at a chosen moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Imported by every Python process of a stage when it starts; the product itself knows nothing of this.
HURT = """
import os, sys
under = os.environ.get("HURT_UNDER")
at, number = int(os.environ.get("HURT_AT", "0")), int(os.environ.get("HURT_BY", "9"))
worker = any("multiprocessing" in word for word in sys.orig_argv)
seen = 0
def watch(event, arguments):
    global seen
    wrote = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if (wrote or event in ("os.rename", "os.remove", "os.mkdir")) and str(arguments[0]).startswith(under):
        seen += 1
        once = os.environ.get("HURT_ONCE")
        if seen == at and not (once and os.path.exists(once)):
            if once:
                os.mkdir(once)
            os.kill(os.getppid() if os.environ.get("HURT_WHOM") == "parent" else os.getpid(), number)
if under and worker == (os.environ.get("HURT_WHO") == "worker"):
    sys.addaudithook(watch)
if os.environ.get("CLOCK") == "jumps":
    import itertools, time
    real, days = time.time, itertools.cycle([0, 86400, -86400, 3.2e7, -3.2e7])
    time.time = lambda: real() + next(days)
"""


class LostError(AssertionError):
    """A promise that a fault broke."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a process ended: exit code (minus the signal's number where one ended it), standard output, messages."""

    code: int
    out: bytes
    err: str


class Stage:
    """A folder with a corpus of `count` articles, a small model, and a file of labelled rows."""

    def __init__(self, folder: Path, model: Path, count: int = 60) -> None:
        self.folder, self.model = folder, folder / "model.npz"
        self.corpus = folder / "corpus"
        self.corpus.mkdir(parents=True)
        self.model.write_bytes(model.read_bytes())
        for number in range(count):
            text = (
                f"Sen. Ann Ash lost vote {number}. Voters booed Ben Birch {number % 7} times. “No,” Gov. Cal Dorn said."
            )
            (self.corpus / f"{number:03}.txt").write_text(text, encoding="utf-8")
        rows = [{"sentence": f"Voters {verb} Ann Ash in {n}.", "target": "Ann Ash", "stance": label}
                for n in range(9) for verb, label in (("praised", "support"), ("booed", "oppose"))]  # fmt: skip
        self.rows = folder / "rows.jsonl"
        self.rows.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        (folder / "hooks").mkdir()
        (folder / "hooks" / "sitecustomize.py").write_text(HURT, encoding="utf-8")

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "stance", *map(str, arguments)]

    def environment(self, **more: object) -> dict[str, str]:
        paths = os.pathsep.join([str(self.folder / "hooks"), str(ROOT)])
        return {
            **os.environ,
            "PYTHONPATH": paths,
            "COLUMNS": "80",
            **{name: str(value) for name, value in more.items()},
        }

    def run(
        self, *arguments: object, before: Callable[[], None] | None = None, without: Sequence[str] = (), **more: object
    ) -> Done:
        """Run stance to its end; `before` runs in the new process, `more` is added to its environment."""

        def begin() -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background passes over
            if before:
                before()

        done = subprocess.run(
            [*without, *self.command(*arguments)], env=self.environment(**more), cwd=self.folder, capture_output=True,
            preexec_fn=begin, timeout=300,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    def predict(self, *arguments: object, **more: object) -> Done:
        return self.run("predict", self.corpus, "--model", self.model, *arguments, **more)  # type: ignore[arg-type]


def soundly(done: Done, *codes: int) -> None:
    """It ended with one of these exit codes, and never with a traceback."""
    expect(done.code in codes, f"exit code {done.code}, not one of {codes}: {done.err[-500:]}")
    expect("Traceback" not in done.err, done.err[-1500:])


def expect(holds: bool, otherwise: object) -> None:
    if not holds:
        raise LostError(str(otherwise))


def left_over(folder: Path) -> list[str]:
    """Temporary files that somebody should have removed."""
    return [str(path) for path in folder.rglob(".stance-*.tmp")]


def lines_lost(found: bytes, wanted: bytes) -> int:
    """How many lines of `wanted` are missing or changed in `found`."""
    return len(set(wanted.splitlines()) - set(found.splitlines())) + abs(found.count(b"\n") - wanted.count(b"\n"))


def shards(folder: Path) -> bytes:
    """All rows in a folder of results, in order."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*.jsonl")))


SIGNALS: Sequence[tuple[str, int]] = (
    ("kill -9", signal.SIGKILL), ("SIGTERM", signal.SIGTERM), ("Ctrl-C", signal.SIGINT),
)  # fmt: skip
