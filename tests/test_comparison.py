"""Intervals of scores and two models on the same rows: known answers, and coverage by simulation."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from stance.comparison import compare, score_intervals
from stance.records import STANCES, Stance


def drawn(n: int, right: float, seed: int) -> tuple[list[Stance], np.ndarray]:
    """Gold, and calls that are right so often and otherwise at random among the others."""
    generator = np.random.default_rng(seed)
    gold = generator.choice(3, n, p=[0.5, 0.3, 0.2])
    calls = np.where(generator.random(n) < right, gold, (gold + generator.integers(1, 3, n)) % 3)
    return [STANCES[label] for label in gold], calls


def test_the_interval_holds_the_scores_of_a_large_sample() -> None:
    large_gold, large_calls = drawn(200_000, 0.7, 0)
    codes = [STANCES.index(label) for label in large_gold]
    truth = f1_score(codes, large_calls, average="macro")
    hits, accuracy = [], []
    for seed in range(100):
        gold, calls = drawn(150, 0.7, seed + 1)
        found = score_intervals(gold, calls, [str(number) for number in range(150)])
        hits.append(found.macro_f1[0] <= truth <= found.macro_f1[1])
        accuracy.append(found.accuracy[0] <= 0.7 <= found.accuracy[1])
    assert np.mean(hits) >= 0.88
    assert np.mean(accuracy) >= 0.88


def test_rows_of_one_document_are_drawn_together() -> None:
    gold, calls = drawn(200, 0.7, 3)
    alone = score_intervals(gold, calls, [str(number) for number in range(200)])
    twice = score_intervals(gold * 2, np.tile(calls, 2), [str(number) for number in range(200)] * 2)
    assert twice.accuracy == pytest.approx(alone.accuracy, abs=1e-12), "a copy of every row is no new evidence"


def test_a_model_against_itself() -> None:
    gold, calls = drawn(100, 0.6, 4)
    found = compare(gold, calls, calls, [str(number) for number in range(100)])
    assert found.mcnemar_p == 1.0
    assert found.macro_f1_difference == (0.0, 0.0, 0.0)
    assert (found.only_this_right, found.only_other_right) == (0, 0)


def test_a_better_model_is_told_from_a_worse_one_and_signs_turn() -> None:
    gold, good = drawn(400, 0.8, 5)
    bad = np.where(np.random.default_rng(6).random(400) < 0.6, good, 0)
    names = [str(number) for number in range(400)]
    one, other = compare(gold, good, bad, names), compare(gold, bad, good, names)
    assert one.mcnemar_p < 0.001
    assert one.mcnemar_p == other.mcnemar_p
    assert one.accuracy_difference[1] > 0
    assert one.accuracy_difference[0] == pytest.approx(-other.accuracy_difference[0])
    assert one.macro_f1_difference[1] == pytest.approx(-other.macro_f1_difference[2])
    codes = [STANCES.index(label) for label in gold]
    assert other.macro_f1 == pytest.approx(f1_score(codes, good, average="macro"))
