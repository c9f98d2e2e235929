"""Standard streams that are closed, full, or read by nobody: an exit code and at most one line, never a traceback."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SENTENCE = "Voters booed Sen. Dana Whitfield on Monday."
FULL = Path("/dev/full")
COMMANDS = [
    "predict a.txt",
    "predict a.txt --format html",
    "predict - --format csv",
    "explain 'Voters booed Dana.' --figure Dana",
    "explain 'Voters booed Dana.' --figure Dana --json",
    "datasets",
    "info",
    "evaluate rows.jsonl --json",
    "predict --help",
    "--help",
    "--version",
]
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="needs a device that is full, and a POSIX shell")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    row = {"sentence": SENTENCE, "target": "Dana Whitfield", "stance": "oppose"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, command: str, streams: str, model: Path) -> tuple[int, str, str]:
    if command.split()[0] in ("predict", "explain", "info", "evaluate", "label") and "--help" not in command:
        command += f" --model {model}"
    line = f"printf 'Sen. Ann Ash won.\\377' | {sys.executable} -m stance {command} {streams}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        # What waits in a buffer is what may be tried again at exit.
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": ""},
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_standard_output_is_a_failure_in_one_line(folder: Path, toy_model: Path, command: str) -> None:
    code, _, err = run(folder, command, ">/dev/full", toy_model)
    assert code == 1
    assert os.strerror(errno.ENOSPC) in err.splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away_is_no_failure(folder: Path, toy_model: Path, command: str) -> None:
    assert run(folder, command, "| true", toy_model)[0] == 0


@pytest.mark.parametrize("command", COMMANDS[:5])
def test_results_without_a_standard_output_are_a_failure(folder: Path, toy_model: Path, command: str) -> None:
    code, _, err = run(folder, command, ">&-", toy_model)
    assert code == 1
    assert "expected an open standard output, found it closed" in err


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", "2> >(true)"])
def test_results_do_not_depend_on_whether_notes_are_read(folder: Path, toy_model: Path, streams: str) -> None:
    command = "predict - gone.txt a.txt --format jsonl --output out.jsonl"
    assert run(folder, command, streams, toy_model)[0] == 3
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["document"] for row in rows] == ["-", "a.txt"]


def test_answers_from_a_closed_or_broken_standard_input(folder: Path, toy_model: Path) -> None:
    code, _, err = run(folder, "label a.txt --output l.jsonl", "<&-", toy_model)
    assert (code, "expected answers on standard input, found it closed" in err) == (1, True)
    assert run(folder, "label a.txt --output l.jsonl", "< <(printf '\\377\\ns\\n')", toy_model)[0] == 0
    assert json.loads((folder / "l.jsonl").read_text(encoding="utf-8"))["stance"] == "support"
