"""Predictions counted: what an article as a whole says about each of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stance.records import SHOWN_ORDER, Prediction

_DECIMALS = 6


def summarize(predictions: Iterable[Prediction]) -> list[dict[str, Any]]:
    """One row for each figure of each document, in the order in which they first come.

    Returns:
        Rows of `document, figure, figure_id, sentences`, the counts `support, oppose, neutral`, the mean
        probabilities `mean_support, mean_oppose, mean_neutral`, and `net`: the share of supporting sentences
        less the share of opposing ones, from -1 to 1. Means and net have six decimals.

    >>> def row(stance):
    ...     shares = {label: float(label == stance) for label in ("support", "oppose", "neutral")}
    ...     return Prediction("a.txt", 0, 0, 9, "Vale won.", "Vale", None, None, (), stance, shares)
    >>> summarize([row("support"), row("support"), row("neutral")])[0]["net"]
    0.666667
    """
    groups: dict[tuple[str, str, str | None], list[Prediction]] = {}
    for prediction in predictions:
        key = (prediction.document, prediction.figure, prediction.figure_id)
        groups.setdefault(key, []).append(prediction)
    return [
        {"document": document, "figure": figure, "figure_id": figure_id, **_counted(group)}
        for (document, figure, figure_id), group in groups.items()
    ]


def agreement(calls: Iterable[Prediction]) -> str:
    """What calls agree on, neutral ones apart: a stance, or `mixed`; `neutral` where all of them are."""
    sides = {call.stance for call in calls} - {"neutral"}
    return sides.pop() if len(sides) == 1 else "mixed" if sides else "neutral"


def _counted(group: Sequence[Prediction]) -> dict[str, Any]:
    sentences = len(group)
    counts = {label: sum(row.stance == label for row in group) for label in SHOWN_ORDER}
    sums = {label: sum(row.probabilities[label] for row in group) for label in SHOWN_ORDER}
    return {
        "sentences": sentences,
        **counts,
        **{f"mean_{label}": round(sums[label] / sentences, _DECIMALS) for label in SHOWN_ORDER},
        "net": round((counts["support"] - counts["oppose"]) / sentences, _DECIMALS),
    }
