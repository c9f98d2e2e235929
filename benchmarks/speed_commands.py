"""What whole commands cost: their start against the import of the classifier's library, and their memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from rounds import ratio, rounds

from stance.shipped import shipped

COLD = {
    "import sklearn.linear_model": [sys.executable, "-c", "import sklearn.linear_model"],
    "import numpy": [sys.executable, "-c", "import numpy"],
    "stance --help": [sys.executable, "-m", "stance", "--help"],
    "stance predict, one article": [sys.executable, "-m", "stance", "predict", str(shipped("seeds", "rally.txt"))],
}
YARDSTICK = "import sklearn.linear_model"


def run(command: Sequence[str]) -> None:
    """Run a command as an installed one runs: pip compiles what it installs, and so nothing may forbid to here."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment)


def cold_start() -> dict[str, Any]:
    """Whole commands, against the import of the classifier's library."""
    times = rounds({name: lambda command=command: run(command) for name, command in COLD.items()})
    return {
        name: {"seconds": statistics.median(taken), "ratio": ratio(times, name, YARDSTICK)}
        for name, taken in times.items()
    }


def peak_of_one_article() -> float:
    """Megabytes that `stance predict` holds at most for an article of 30 sentences."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)"
    code += "; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", code, *COLD["stance predict, one article"]]
    kilobytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(kilobytes) / (1024 if sys.platform.startswith("linux") else 1024**2)
