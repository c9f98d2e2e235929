"""The columns of the rows that go out, and how nested rows become flat ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stance.records import CARRIED, SHOWN_ORDER, STANCES, Prediction, Reason, Stance

Columns = Mapping[str, type]
"""Columns in their order with the type of their values; they stand in a table even when it has no rows."""

_MILLION = 1_000_000

PREDICTION_COLUMNS: Columns = {
    "document": str,
    **dict.fromkeys(CARRIED, str),
    "sentence_index": int,
    "start": int,
    "end": int,
    "sentence": str,
    "figure": str,
    "figure_id": str,
    "party": str,
    "mentions": str,
    "stance": str,
    "p_support": float,
    "p_oppose": float,
    "p_neutral": float,
    "uncertain": bool,
    "in_quote": bool,
    "speaker": str,
}
SUMMARY_COLUMNS: Columns = {
    "document": str,
    "figure": str,
    "figure_id": str,
    "sentences": int,
    "support": int,
    "oppose": int,
    "neutral": int,
    "mean_support": float,
    "mean_oppose": float,
    "mean_neutral": float,
    "net": float,
}
FIGURE_COLUMNS: Columns = {
    "document": str,
    "figure": str,
    "figure_id": str,
    "start": int,
    "end": int,
    "text": str,
    "kind": str,
}


def rounded(probabilities: Mapping[Stance, float]) -> dict[Stance, float]:
    """Probabilities to six decimals that still sum to 1 and stand in the same order of size.

    >>> rounded({"neutral": 1 / 3, "oppose": 1 / 3, "support": 1 / 3})
    {'support': 0.333333, 'oppose': 0.333333, 'neutral': 0.333334}
    """
    scaled = {label: probabilities[label] * _MILLION for label in SHOWN_ORDER}
    whole = {label: int(value) for label, value in scaled.items()}
    missing = _MILLION - sum(whole.values())
    # the largest remainders are rounded up; of equal ones the larger probability, then the first label, which
    # is the one a model chooses of equals: so the top stays on top
    by_remainder = sorted(STANCES, key=lambda label: (whole[label] - scaled[label], -scaled[label]))
    for label in by_remainder[: max(missing, 0)]:
        whole[label] += 1
    return {label: value / _MILLION for label, value in whole.items()}


def nested_row(prediction: Prediction) -> dict[str, Any]:
    """The row as it stands in JSON lines."""
    row = {**prediction.to_dict(), "probabilities": rounded(prediction.probabilities)}
    if prediction.reasons is not None:
        row["reasons"] = reason_cells(prediction.reasons)
    return row


def reason_cells(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as they are written: with six decimals."""
    return [
        {**reason.to_dict(), **{label: round(getattr(reason, label), 6) for label in STANCES}} for reason in reasons
    ]


def flat_row(prediction: Prediction) -> dict[str, Any]:
    """The row with a column for each probability, as it stands in CSV and Parquet."""
    row: dict[str, Any] = {}
    for column, value in nested_row(prediction).items():
        if column == "probabilities":
            row.update({f"p_{label}": share for label, share in value.items()})
        else:
            row[column] = value
    return row
