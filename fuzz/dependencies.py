"""The lowest and the newest versions that pyproject.toml allows: a fast part of the tests in a fresh environment.

    python fuzz/dependencies.py                        # both sets, with the Python that runs this
    python fuzz/dependencies.py lowest --python python3.13

"Lowest" pins each direct dependency to its lower bound; what these need in turn is as new as they allow.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from record import write_result

ROOT = Path(__file__).parent.parent
SETS = ("lowest", "newest")
TESTS = (
    *("test_model", "test_storage", "test_tables", "test_documents", "test_rows", "test_cli", "test_writing"),
    *("test_render", "test_addresses", "test_datasets"),
)
"""What reaches every dependency: training, model files, tables, pages, addresses, sets, the command line's tables."""

NOT_HELD = "not light"
"""What is imported at the start is promised of the locked sets: Typer 0.16 imports rich, numpy 1.26 numpy.ma."""

MARKS = "not datasets and not slow and not encoder and not browser and not ray"
RUNNERS = ("pytest>=8", "hypothesis>=6.100")
SHOWN = ("numpy", "scikit-learn", "joblib", "typer", "rich", "datasets", "fsspec", "pyarrow", "trafilatura", "urllib3")


def asked(which: str) -> list[str]:
    """The direct dependencies as pip takes them: pinned to their lower bounds, or as they stand."""
    lines = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return [lowest(line) if which == "lowest" else line for line in lines]


def lowest(line: str) -> str:
    """A requirement pinned to its lower bound, for the same versions of Python.

    >>> lowest("fsspec[http]>=2023.5,<2030")
    'fsspec[http]==2023.5'
    >>> lowest("numpy>=2.1; python_version >= '3.13'")
    'numpy==2.1; python_version >= "3.13"'
    """
    requirement = Requirement(line)
    (bound,) = (part.version for part in requirement.specifier if part.operator == ">=")
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    marker = f"; {requirement.marker}" if requirement.marker else ""
    return f"{requirement.name}{extras}=={bound}{marker}"


def tried(which: str, python: str, folder: Path) -> dict[str, Any]:
    """Install a set into a new environment, run the tests there, and say what came of it."""
    print(f"{which}: installing", file=sys.stderr, flush=True)
    subprocess.run([python, "-m", "venv", folder], check=True)
    inside = folder / "bin" / "python"
    pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    installed = subprocess.run([*pip, *asked(which), *RUNNERS], capture_output=True, text=True)
    if installed.returncode:
        return {"passed": False, "why": installed.stderr[-2000:]}
    print(f"{which}: testing", file=sys.stderr, flush=True)
    tests = [f"tests/{name}.py" for name in TESTS]
    # Warnings of other versions are no failures here: only the locked sets are held to having none.
    options = ["-W", "default", "-o", "filterwarnings=", "-p", "no:cacheprovider", "-m", MARKS, "-k", NOT_HELD]
    # With -m, Python finds stance in the folder it runs in.
    done = subprocess.run([inside, "-m", "pytest", *options, *tests], cwd=ROOT, capture_output=True, text=True)
    summary = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-500:]
    if done.returncode:
        print(done.stdout[-5000:], done.stderr[-2000:], file=sys.stderr)
    return {"passed": done.returncode == 0, "tests": summary, "versions": versions(inside)}


def versions(python: Path) -> dict[str, str]:
    """Of Python and of the direct dependencies, as installed."""
    code = (
        "import json, platform, sys; from importlib.metadata import version;"
        "print(json.dumps({'python': platform.python_version(), **{n: version(n) for n in sys.argv[1:]}}))"
    )
    done = subprocess.run([python, "-c", code, *SHOWN], check=True, capture_output=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    # No `choices`: argparse of Python 3.11 holds the empty list, for none given, against them.
    parser.add_argument("sets", nargs="*", metavar="|".join(SETS), help="which; both by default")
    parser.add_argument("--python", default=sys.executable, help="the Python to make the environments with")
    parser.add_argument("--record", action="store_true", help="write the outcome to results.json")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(SETS):
        parser.error(f"expected {' or '.join(SETS)}, found {', '.join(sorted(unknown))}")
    results = {}
    for which in options.sets or SETS:
        with tempfile.TemporaryDirectory() as name:
            results[which] = tried(which, options.python, Path(name))
        print(f"{which}: {json.dumps(results[which])}", flush=True)
    if options.record:
        write_result(Path(__file__).stem, results)
    sys.exit(0 if all(result["passed"] for result in results.values()) else 1)


if __name__ == "__main__":
    main()
