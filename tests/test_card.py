"""The model card says what was measured and what is known of the data, and nothing else."""

import re
from pathlib import Path

import pytest

from stance.behaviour import evaluate_behaviour, read_cases
from stance.card import card
from stance.compiled import CompiledModel
from stance.shipped import shipped
from stance.statement import data_statement
from stance.storage import load


@pytest.fixture(scope="module")
def model(toy_model: Path) -> CompiledModel:
    return load(toy_model, CompiledModel)


def test_known_failures_are_those_of_the_suite_the_worst_first(model: CompiledModel) -> None:
    found = evaluate_behaviour(model, read_cases(shipped("data", "behaviour")))
    text = card({**model.metadata, "scores": {"behaviour": found}})
    failed = found["n"] - found["passed"]
    assert f"Of {found['n']} behavioural cases the model fails {failed} " in text
    section = text.partition("## Known failures")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (\S.*?) +\| (\d+) +\| (\d+) +\| ([\d.]+)% +\|$", section, re.MULTILINE)
    assert {name: (int(n), int(n) - int(wrong)) for name, n, wrong, _ in lines} == {
        name: (one["n"], one["passed"]) for name, one in found["capabilities"].items()
    }
    assert sum(int(wrong) for _, _, wrong, _ in lines) == failed > 0
    rates = [float(rate) for *_, rate in lines]
    assert rates == sorted(rates, reverse=True)


def test_failures_that_nobody_measured_are_not_spoken_of(model: CompiledModel) -> None:
    assert "scores" not in model.metadata
    assert "Known failures" not in card(model.metadata)


def test_every_set_that_the_shipped_model_learnt_from_is_described() -> None:
    import stance

    text = data_statement([source["name"] for source in stance.load().metadata["sources"]])
    assert "not described" not in text
    assert "Not in it: " in text
    assert max(map(len, text.splitlines())) <= 115


def test_of_rows_from_elsewhere_nothing_is_claimed() -> None:
    text = data_statement(["own", "mine.csv"])
    assert re.search(r"^- mine\.csv\. Sentences: not described here", text, re.MULTILINE)
    assert "Not in it" not in text, "who knows what is in a user's rows"
