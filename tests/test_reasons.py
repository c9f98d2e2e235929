"""Reasons add up to the class scores, point at the words they speak of, and come out of every door."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stance
from stance import datasets
from stance.compiled import CompiledModel, compile_pipeline
from stance.features.blocks import BLOCKS
from stance.features.lexicon import Lexicon
from stance.features.masking import build_view
from stance.features.vocabulary import learn, shares, weigh
from stance.reasons import BASE, ENCODER, MENTION, reasons, weight
from stance.records import STANCES, Reason, Target
from stance.rows import as_targets
from stance.storage import load
from stance.training import Source, train

ARTICLE = "Voters booed Sen. Dana Whitfield. Gov. Ines Duarte praised her."


@pytest.fixture(scope="module")
def model(toy_model: Path) -> CompiledModel:
    return load(toy_model, CompiledModel)


def total(found: tuple[Reason, ...]) -> list[float]:
    return [sum(getattr(reason, label) for reason in found) for label in STANCES]


def assert_exact(model: CompiledModel, targets: list[Target]) -> None:
    scores = model.decision_function(targets)
    for target, score, found in zip(targets, scores, reasons(model, targets), strict=True):
        np.testing.assert_allclose(total(found), score, atol=1e-9)
        assert [weight(reason) for reason in found] == sorted(map(weight, found), reverse=True)
        for reason in found:
            assert reason.start is None or target.sentence[reason.start : reason.end] == reason.text


def test_they_add_up_to_the_class_scores(model: CompiledModel) -> None:
    assert_exact(model, [row.target for row in datasets.load_labelled("own", "dev")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=90), st.text(min_size=1, max_size=5).filter(str.strip)), max_size=5))
def test_on_any_text(model: CompiledModel, rows: list[tuple[str, str]]) -> None:
    assert_exact(model, as_targets([(text, name) for text, name in rows if text.strip()]))


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.apart], ids=lambda block: block.name)
def test_a_sum_credited_word_by_word_is_the_same_sum(block: Any, lexicon: Lexicon) -> None:
    view = build_view([row.target for row in datasets.load_labelled("own", "dev")], lexicon)
    vocabulary = learn(block, block.emit(view), view.n_rows)
    whole, apart = weigh(block, vocabulary, block.emit(view)), weigh(block, vocabulary, block.credited(view))
    size = vocabulary.keys.size

    def table(cells: Any) -> np.ndarray:
        return np.bincount(cells.row * size + cells.column, cells.value, minlength=view.n_rows * size)

    np.testing.assert_allclose(table(apart), table(whole), atol=1e-12)
    credited, one = (np.unique(shares(block, vocabulary, e).token) for e in (block.credited(view), block.emit(view)))
    assert credited.size > one.size, "no word got a share of its own"


def only(found: tuple[Reason, ...], text: str) -> Reason:
    return next(reason for reason in found if reason.text == text)


@pytest.mark.parametrize(
    ("sentence", "target", "words", "rule"),
    [
        ("Voters booed Dana Whitfield.", "Dana Whitfield", "booed", "leaning verb, done to the figure"),
        ("Whitfield was booed by voters.", "Whitfield", "booed", "leaning verb, done to the figure, passive"),
        ("Whitfield praised the nurses.", "Whitfield", "praised", "leaning verb, done by the figure"),
        ("Nobody ever praised Whitfield.", "Whitfield", "praised", "leaning verb, done to the figure, negated"),
        ("Tom Ash praised Whitfield.", "Tom Ash", "Whitfield", "another person"),
        ("It was a disgraceful Whitfield rally.", "Whitfield", "disgraceful", "word of blame near the figure"),
        ("They stood up for Whitfield.", "Whitfield", "stood up for", "leaning verb, done to the figure"),
        ("Whitfield spoke.", "Whitfield", "Whitfield", MENTION),
        ("Whitfield spoke.", "Whitfield", "", BASE),
    ],
)  # fmt: skip
def test_words_are_read_in_their_role(sentence: str, target: str, words: str, rule: str) -> None:
    (found,) = stance.load().explain([(sentence, target)])
    assert only(found, words).rule == rule


def test_praise_and_blame_push_the_right_way() -> None:
    praised, booed = stance.load().explain([("Voters praised Whitfield.", "Whitfield"), ("Voters booed Ash.", "Ash")])
    assert only(praised, "praised").support > 0.5 > only(praised, "praised").oppose
    assert only(booed, "booed").oppose > 0.5 > only(booed, "booed").support


@pytest.mark.usefixtures("letters")
def test_what_an_encoder_adds_is_a_reason(lexicon: Lexicon) -> None:
    rows = datasets.load_labelled("own", "dev")[:120]
    model = compile_pipeline(train([Source("own", rows)], lexicon, encoder="letters").pipeline)
    assert_exact(model, [row.target for row in rows[:20]])
    assert ENCODER in {reason.rule for reason in reasons(model, [rows[0].target])[0]}


def test_predict_writes_them(cli: Any, toy_model: Path) -> None:
    code, out, _ = cli("predict", "--text", ARTICLE, "--explain", "--format", "jsonl", "--model", toy_model)
    assert code == 0
    for row in map(json.loads, out.splitlines()):
        assert row["reasons"]
        for reason in row["reasons"]:
            assert list(reason) == ["text", "start", "end", "rule", "support", "oppose", "neutral"]
            assert reason["start"] is None or ARTICLE[reason["start"] : reason["end"]] == reason["text"]
    code, out, _ = cli("predict", "--text", ARTICLE, "--explain", "--format", "csv", "--model", toy_model)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {reason["rule"] for reason in json.loads(rows[0]["reasons"])} >= {BASE, MENTION}
    code, out, _ = cli("predict", "--text", ARTICLE, "--format", "jsonl", "--model", toy_model)
    assert "reasons" not in json.loads(out.splitlines()[0])


def test_rows_get_them_too(cli: Any, toy_model: Path) -> None:
    row = {"sentence": "Voters booed Ash.", "target": "Ash"}
    code, out, _ = cli("predict", "--rows", "-", "--explain", "--model", toy_model, stdin=json.dumps(row).encode())
    assert code == 0
    (found,) = map(json.loads, out.splitlines())
    assert any(reason["text"] == "booed" and reason["start"] == 7 for reason in found["reasons"])


def test_a_table_shows_the_strongest(cli: Any) -> None:
    _, out, _ = cli("predict", "--text", "Voters booed Sen. Dana Whitfield.", "--explain")
    assert "oppose  booed  leaning verb, done to the figure" in out


def test_explain_shows_what_adds_up(cli: Any) -> None:
    code, out, errors = cli("explain", "Voters booed Gov. Dana Whitfield.", "--figure", "Whitfield")
    assert (code, errors) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    numbers = [list(map(float, line[-3:])) for line in lines[4:] if line and line[-1][0] in "+-" and len(line) > 3]
    np.testing.assert_allclose(np.sum(numbers[:-1], axis=0), numbers[-1], atol=0.02 * len(numbers))
    assert "oppose  Dana Whitfield" in out


def test_explain_in_json_is_a_prediction_row(cli: Any) -> None:
    _, out, _ = cli("explain", "Voters booed Gov. Dana Whitfield.", "--figure", "dana whitfield", "--json")
    row = json.loads(out)
    assert row["stance"] == "oppose"
    assert row["mentions"][0]["text"] == "Dana Whitfield"
    assert row["reasons"]


def test_a_figure_who_is_not_named_is_said_to_be_meant(cli: Any) -> None:
    code, out, errors = cli("explain", "lock her up!", "--figure", "Hillary Clinton")
    assert code == 0
    assert "not named in it" in errors
    assert "lock her up" in out


@pytest.mark.parametrize(("sentence", "figure"), [("", "Ash"), ("Ash won.", " ")])
def test_explain_needs_a_sentence_and_a_name(cli: Any, sentence: str, figure: str) -> None:
    code, out, errors = cli("explain", sentence, "--figure", figure)
    assert (code, out) == (2, "")
    assert "found an empty one" in errors


def test_sums_have_no_reasons(cli: Any) -> None:
    code, _, errors = cli("predict", "--text", ARTICLE, "--summary", "--explain")
    assert code == 2
    assert "leave one of them out" in " ".join(errors.split())


def test_a_surname_keeps_its_figure(cli: Any, toy_model: Path) -> None:
    arguments = ("predict", "--text", ARTICLE, "--format", "jsonl", "--model", toy_model)
    _, out, _ = cli(*arguments, "--figure", "whitfield")
    assert {json.loads(line)["figure"] for line in out.splitlines()} == {"Dana Whitfield"}
    assert cli(*arguments, "--figure", "field")[1] == ""
