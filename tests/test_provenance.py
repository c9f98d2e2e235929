"""Every row can say which model made it, and the same model says the same whatever surrounds it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stance.compiled import CompiledModel
from stance.storage import load

ROOT = Path(__file__).parent.parent
TEXT = "Sen. Ann Ash lost the vote. Voters booed Ben Birch. “No,” Gov. Cal Dorn told Ash, “I praise her.”"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_rows_say_which_model_made_them(cli: Any, toy_model: Path, form: str) -> None:
    digest = load(toy_model, CompiledModel).metadata["digest"]
    arguments = ("predict", "--text", TEXT, "--format", form, "--model", toy_model)
    assert digest not in cli(*arguments)[1]
    code, out, _ = cli(*arguments, "--provenance")
    assert code == 0
    lines = out.splitlines()[form == "csv" :]
    assert lines
    assert all(digest in line for line in lines)


def test_scored_rows_say_so_too(cli: Any, toy_model: Path) -> None:
    row = json.dumps({"sentence": "Ash lost.", "target": "Ash"}).encode()
    _, out, _ = cli("predict", "-", "--rows", "--provenance", "--model", toy_model, stdin=row)
    assert json.loads(out)["model"] == load(toy_model, CompiledModel).metadata["digest"]


def predicted(toy_model: Path, **environment: str) -> bytes:
    command = [sys.executable, "-m", "stance", "predict", str(ROOT / "seeds"), "--format", "jsonl", "--model"]
    done = subprocess.run(
        [*command, str(toy_model)], env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_results_are_the_same_whatever_the_locale_the_threads_and_the_hashes(toy_model: Path) -> None:
    first = predicted(toy_model, LC_ALL="C", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="1")
    second = predicted(toy_model, LC_ALL="C.UTF-8", OMP_NUM_THREADS="4", OPENBLAS_NUM_THREADS="4", PYTHONHASHSEED="2")
    assert first == second
    assert first.count(b"\n") > 100


def test_an_article_alone_gets_the_rows_that_it_gets_among_others(toy_model: Path) -> None:
    import stance

    model = stance.load(toy_model)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    together = [row.probabilities for row in model.analyze_many(texts)]
    assert together == [row.probabilities for text in texts for row in model.analyze(text)]
