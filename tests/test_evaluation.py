"""Scores of probabilities against gold stances."""

import json
import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from stance.errors import InputError
from stance.evaluation import evaluate
from stance.records import STANCES, Stance

GOLD: list[Stance] = ["support", "support", "oppose", "neutral"]
PROBABILITIES = [[0.1, 0.1, 0.8], [0.6, 0.1, 0.3], [0.2, 0.5, 0.3], [0.9, 0.05, 0.05]]  # neutral oppose support


def test_scores_worked_out_by_hand() -> None:
    scores = evaluate(GOLD, PROBABILITIES).to_dict()
    losses = [-math.log(p) for p in (0.8, 0.3, 0.5, 0.9)]
    assert scores == {
        "n": 4,
        "macro_f1": pytest.approx((2 / 3 + 1 + 2 / 3) / 3),
        "f_avg": pytest.approx((2 / 3 + 1) / 2),
        "accuracy": 0.75,
        "ece": pytest.approx((0.2 + 0.6 + 0.5 + 0.1) / 4),
        "log_loss": pytest.approx(sum(losses) / 4),
        "per_class": {
            "support": {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2},
            "oppose": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1},
            "neutral": {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3), "n": 1},
        },
        "confusion": {
            "support": {"support": 1, "oppose": 0, "neutral": 1},
            "oppose": {"support": 0, "oppose": 1, "neutral": 0},
            "neutral": {"support": 0, "oppose": 0, "neutral": 1},
        },
        "baseline": {"macro_f1": pytest.approx((2 / 3) / 3), "accuracy": 0.5},
        "coverage": [
            {"share": share, "min_probability": threshold, "accuracy": pytest.approx(accuracy)}
            for share, threshold, accuracy in [
                *[(0.25, 0.9, 1.0)] * 2,
                *[(0.5, 0.8, 1.0)] * 3,
                *[(0.75, 0.6, 2 / 3)] * 2,
                *[(1.0, 0.5, 0.75)] * 3,
            ]
        ],
    }
    assert list(scores["per_class"]) == ["support", "oppose", "neutral"]


def test_scores_can_be_written_as_json() -> None:
    scores = evaluate(GOLD, PROBABILITIES).to_dict()
    assert json.loads(json.dumps(scores)) == scores


def test_rows_that_tie_with_the_last_one_kept_are_kept_too() -> None:
    curve = evaluate(["support", "oppose", "support"], [[0.1, 0.2, 0.7]] * 3).coverage
    assert {(step.share, step.accuracy) for step in curve} == {(1.0, 2 / 3)}


def test_macro_f1_is_over_the_classes_in_the_gold() -> None:
    scores = evaluate(["support", "oppose"], [[0, 0, 1], [1, 0, 0]])
    assert scores.macro_f1 == scores.f_avg == 0.5
    assert scores.per_class["neutral"].n == 0
    assert scores.per_class["neutral"].precision == 0
    assert scores.baseline.macro_f1 == pytest.approx((2 / 3) / 2)


def test_calibration_is_binned_by_the_top_probability() -> None:
    rows = [[0.0, 0.4, 0.6], [0.0, 0.4, 0.6], [0.0, 0.39, 0.61], [0.0, 0.0, 1.0]]
    scores = evaluate(["support", "oppose", "support", "support"], rows)
    # 0.6 is the upper edge of its bin; 0.61 lies in the next.
    assert scores.ece == pytest.approx((2 * abs(0.6 - 0.5) + abs(0.61 - 1)) / 4)


def test_log_loss_stays_finite() -> None:
    assert evaluate(["support"], [[1, 0, 0]]).log_loss == pytest.approx(-math.log(np.finfo(float).eps))


@pytest.mark.parametrize(
    ("gold", "probabilities", "message"),
    [
        ([], np.zeros((0, 3)), "expected rows to evaluate, found none; give rows with gold stances"),
        (["positive"], [[1, 0, 0]], "expected gold stances support, oppose, neutral, found 'positive'; use these"),
        (GOLD, [[1, 0, 0]], "expected probabilities of shape (4, 3), found (1, 3); give one row per gold stance"),
        (["support"], [1, 0, 0], "expected probabilities of shape (1, 3), found (3,); give one row per gold stance"),
        (["support"], [[0.5, 0.4, 0]], "row 0: expected probabilities from 0 to 1 that sum to 1, found [0.5, 0.4,"),
        (["support"], [[1.5, -0.5, 0]], "row 0: expected probabilities from 0 to 1 that sum to 1, found [1.5, -0.5"),
        (["support"], [[math.nan, 1, 0]], "row 0: expected probabilities from 0 to 1 that sum to 1, found [nan, 1"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(gold: Any, probabilities: Any, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        evaluate(gold, probabilities)


@given(st.lists(st.tuples(st.sampled_from(STANCES), st.permutations([0.15, 0.3, 0.55])), min_size=1, max_size=40))
def test_scores_agree_with_scikit_learn(rows: list[tuple[Stance, list[float]]]) -> None:
    gold, probabilities = [row[0] for row in rows], np.array([row[1] for row in rows])
    predicted = [STANCES[column] for column in probabilities.argmax(axis=1)]
    scores = evaluate(gold, probabilities)
    f1 = metrics.f1_score(gold, predicted, labels=sorted(set(gold)), average="macro", zero_division=0)
    assert scores.macro_f1 == pytest.approx(f1)
    f_avg = metrics.f1_score(gold, predicted, labels=["support", "oppose"], average="macro", zero_division=0)
    assert scores.f_avg == pytest.approx(f_avg)
    assert scores.accuracy == pytest.approx(metrics.accuracy_score(gold, predicted))
    assert scores.log_loss == pytest.approx(metrics.log_loss(gold, probabilities, labels=STANCES))
    majority = [max(STANCES, key=gold.count)] * len(gold)
    f1 = metrics.f1_score(gold, majority, labels=sorted(set(gold)), average="macro", zero_division=0)
    assert scores.baseline.macro_f1 == pytest.approx(f1)
    assert scores.ece == pytest.approx(abs(0.55 - scores.accuracy))
