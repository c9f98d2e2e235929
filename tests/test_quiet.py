"""Nothing goes out and nothing is written but what was asked for: no network, no telemetry, no stray files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

# Python tells an audit hook of every socket, file, folder and process that a program asks for.
WATCHED = """
import os, sys, json
seen = []
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        seen.append([event, repr(arguments)[:200]])
    elif event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        seen.append(["write", str(arguments[0])])
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "subprocess.Popen", "os.system", "os.exec"):
        seen.append([event, str(arguments[0])])
sys.addaudithook(watch)
"""
RUN = """
from stance.cli.app import main
sys.argv = ["stance", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as exit:
    assert not exit.code, exit.code
print(json.dumps(seen), file=sys.stderr)
"""
IMPORT_ALL = """
import importlib, pkgutil, stance
for found in pkgutil.walk_packages(stance.__path__, "stance."):
    if not found.name.endswith("__main__") and not found.name.startswith("stance.ray"):
        importlib.import_module(found.name)
print(json.dumps(seen), file=sys.stderr)
"""


@pytest.fixture
def watched(tmp_path: Path) -> Any:
    """Run code with an empty home, and give what it did besides reading and what new files there are."""
    for name in ("home", "work", "tmp"):
        (tmp_path / name).mkdir()

    def run(code: str, *arguments: object) -> tuple[list[list[str]], set[str]]:
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"),
            "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        words = [str(argument) for argument in arguments]
        result = subprocess.run(
            [sys.executable, "-c", WATCHED + code, json.dumps(words)],
            cwd=tmp_path / "work", env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        new = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
        done = json.loads(result.stderr.splitlines()[-1])
        # Tables wait in the system's folder for temporary files, and leave nothing there.
        return [event for event in done if not event[1].startswith(environment["TMPDIR"])], new

    return run


def test_importing_every_module_touches_nothing(watched: Any) -> None:
    assert watched(IMPORT_ALL) == ([], set())


@pytest.mark.parametrize(
    "arguments",
    [
        ("predict", ROOT / "seeds" / "rally.txt"),
        ("predict", ROOT / "seeds" / "rally.txt", "--format", "csv"),
        ("predict", ROOT / "seeds" / "rally.txt", "--format", "html"),
        ("figures", ROOT / "seeds" / "rally.txt", "--format", "jsonl"),
        ("explain", "Voters booed Ann Ash.", "--figure", "Ash"),
        ("evaluate", "--articles", ROOT / "seeds"),
        ("info",),
        ("info", "--verify"),
        ("datasets",),
        ("--help",),
    ],
    ids=lambda arguments: " ".join(str(word).rpartition("/")[2] for word in arguments),
)
def test_commands_read_and_nothing_else(watched: Any, arguments: tuple[object, ...]) -> None:
    assert watched(RUN, *arguments) == ([], set())


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "table"])
def test_an_output_is_all_that_is_written(watched: Any, form: str) -> None:
    done, new = watched(RUN, "predict", ROOT / "seeds" / "rally.txt", "--format", form, "--output", "out")
    assert new == {"work/out"}
    assert {event for event, _ in done} <= {"write", "os.rename"}
    assert all(Path(path).name.startswith(".stance-") for _, path in done)


def test_training_writes_its_two_files(watched: Any, tmp_path: Path) -> None:
    rows = [{"sentence": f"Voters {verb} Ann Ash in town {n}.", "target": "Ann Ash", "stance": label}
            for n in range(6) for verb, label in (("praised", "support"), ("booed", "oppose"))]  # fmt: skip
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done, new = watched(RUN, "train", tmp_path / "rows.jsonl", "--output", "m.joblib")
    assert new == {"work/m.joblib", "work/m.npz", "rows.jsonl"}
    assert not [event for event in done if event[0].startswith(("socket", "subprocess"))]
