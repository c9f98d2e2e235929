"""Short runs of what `make trust` does at length."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("name", "count", "outcomes"),
    [
        ("models", 240, {"loaded", "loaded, its description refused", "refused"}),
        (
            "inputs",
            400,
            {"article: some rows", "html: some rows", "csv: refused", "rows: scored", "command: exit code 2"},
        ),
    ],
)
def test_a_short_run_fails_nowhere(name: str, count: int, outcomes: set[str]) -> None:
    command = [sys.executable, str(ROOT / "fuzz" / f"{name}.py"), "--count", str(count), "--seed", "7"]
    result = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert result.returncode == 0, result.stderr
    counts = json.loads(result.stdout.partition(": ")[2])
    assert (counts["inputs"], counts["failed"]) == (count, 0)
    assert outcomes <= set(counts["outcomes"])
