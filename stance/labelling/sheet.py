"""A spreadsheet (CSV) to fill in: one pair in each row, with a column for its stance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stance.errors import InputError
from stance.labelling.drawing import Candidate, labelled
from stance.reading import Note, TableRow, converted
from stance.records import STANCES, Failure
from stance.rows import labelled_row
from stance.values import is_missing, shown
from stance.writing.cells import unguarded

_SHOWN = ("before", "after")
SHEET_COLUMNS = dict.fromkeys(("stance", "figure", "target", "before", "sentence", "after"), str)
"""What stands first in a sheet: what one reads and fills in."""

_NUMBERS: dict[str, type[int] | type[float]] = {"start": int, "end": int, **{f"p_{label}": float for label in STANCES}}
_SHORT = {label[0]: label for label in STANCES}


def sheet_row(candidate: Candidate) -> dict[str, Any]:
    """A pair as it stands in the sheet."""
    return {**labelled(candidate, None), "before": candidate.before, "after": candidate.after}


def read_sheet(path: Path, note: Note) -> Iterator[dict[str, Any] | Failure]:
    """Labelled rows out of a sheet that was filled in, with stances in full or by their first letter.

    Rows without a stance are passed over; what cannot be read is a failure.
    """
    return converted(str(path), note, _filled_in)


def _filled_in(row: TableRow) -> dict[str, Any] | None:
    """A labelled row, or None where its stance is not filled in."""
    given = str(row.values.get("stance") or "").strip().casefold()
    if not given and "stance" in row.values:
        return None
    values = {name: _text(value) for name, value in row.values.items() if name not in _SHOWN}
    if given:
        values["stance"] = _SHORT.get(given, given)
    target = labelled_row(values, row.where).target
    numbers = {name: _number(values[name], name, row.where) for name in _NUMBERS if not is_missing(values.get(name))}
    return {**values, **numbers, "mentions": [list(span) for span in target.mentions]}


def _number(value: Any, column: str, where: str) -> int | float:
    try:
        return _NUMBERS[column](value)
    except (TypeError, ValueError):
        raise InputError(
            f"{where}: expected a number as {column}, found {shown(value)}; leave that column as it was handed out"
        ) from None


def _text(value: Any) -> Any:
    return unguarded(value) if isinstance(value, str) else value
