"""Every row can say which model made it, and the same model says the same whatever surrounds it."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stance
from stance import datasets
from stance.compiled import CompiledModel
from stance.shipped import shipped
from stance.storage import load
from stance.training import digest_of

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
    model = stance.load(toy_model)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    together = [row.probabilities for row in model.analyze_many(texts)]
    assert together == [row.probabilities for text in texts for row in model.analyze(text)]


def evaluated(cli: Any, *arguments: object) -> Any:
    code, out, _ = cli("evaluate", *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_scores_say_which_command_data_model_and_versions_gave_them(cli: Any, toy_model: Path) -> None:
    found = evaluated(cli, "--dataset", "own", "--model", toy_model)["provenance"]
    assert found == {
        "command": f"stance evaluate --dataset own --model {toy_model} --json",
        "data": digest_of(datasets.load_labelled("own", "dev")),
        "model": load(toy_model, CompiledModel).metadata["digest"],
        "versions": {
            "stance": stance.__version__,
            "python": ".".join(map(str, sys.version_info[:3])),
            "numpy": np.__version__,
        },
    }


def test_the_command_can_be_pasted_into_a_shell(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    rows = tmp_path / "my $HOME rows.jsonl"
    rows.write_text(json.dumps({"sentence": "Ash lied.", "target": "Ash", "stance": "oppose"}), encoding="utf-8")
    command = evaluated(cli, rows, "--model", toy_model)["provenance"]["command"]
    assert shlex.split(command) == ["stance", "evaluate", str(rows), "--model", str(toy_model), "--json"]


def test_several_sources_are_each_traced(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    for name in ("rally.txt", "rally.gold.jsonl"):
        shutil.copy(shipped("seeds", name), tmp_path)
    arguments = ("--articles", tmp_path, "--behaviour", "--model", toy_model)
    found = evaluated(cli, *arguments)
    assert list(found) == ["articles", "behaviour"]
    assert found == evaluated(cli, *arguments)
    gold = tmp_path / "rally.gold.jsonl"
    gold.write_text(gold.read_text("utf-8").replace('"oppose"', '"neutral"'), encoding="utf-8")
    changed = evaluated(cli, *arguments)
    assert changed["articles"]["provenance"]["data"] != found["articles"]["provenance"]["data"]
    assert changed["behaviour"] == found["behaviour"]


def test_only_what_was_compared_names_the_other_model(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"sentence": "Ash lied.", "target": "Ash", "stance": "oppose"}), encoding="utf-8")
    articles = shipped("seeds", "rally.txt")
    found = evaluated(cli, rows, "--articles", articles, "--behaviour", "--model", toy_model, "--compare", toy_model)
    named = {name: "compared_model" in one["provenance"] for name, one in found.items()}
    assert named == {str(rows): True, "articles": False, "behaviour": False}


def test_a_comparison_names_both_models(cli: Any, toy_model: Path) -> None:
    found = evaluated(cli, "--dataset", "own", "--compare", toy_model)["provenance"]
    assert found["model"] == stance.load().metadata["digest"]
    assert found["compared_model"] == load(toy_model, CompiledModel).metadata["digest"]
