"""A spreadsheet (CSV) to fill in: one pair in each row, with a column for its stance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stance.errors import InputError
from stance.labelling.drawing import Candidate, labelled
from stance.reading import Note, read_table
from stance.records import STANCES, Failure
from stance.rows import labelled_row
from stance.writing.cells import unguarded

_SHOWN = ("before", "after")
SHEET_COLUMNS = dict.fromkeys(("stance", "figure", "target", *_SHOWN[:1], "sentence", *_SHOWN[1:]), str)
"""What stands first in a sheet: what one reads and fills in."""

_NUMBERS: dict[str, type[int] | type[float]] = {"start": int, "end": int, **{f"p_{label}": float for label in STANCES}}
_SHORT = {label[0]: label for label in STANCES}


def sheet_row(candidate: Candidate) -> dict[str, Any]:
    """A pair as it stands in the sheet."""
    return {**labelled(candidate, None), "before": candidate.before, "after": candidate.after}


def read_sheet(path: Path, note: Note) -> Iterator[dict[str, Any] | Failure]:
    """Labelled rows out of a sheet that was filled in, with stances in full or by their first letter.

    Rows without a stance are passed over.

    Raises:
        InputError: The file is no table.
    """
    for row in read_table(path, note):
        if isinstance(row, Failure):
            yield row
            continue
        given = str(row.values.get("stance") or "").strip().casefold()
        if not given and "stance" in row.values:
            continue
        values = {name: _text(value) for name, value in row.values.items() if name not in _SHOWN}
        if given:
            values["stance"] = _SHORT.get(given, given)
        try:
            target = labelled_row(values, row.where).target
        except InputError as error:
            yield Failure(row.where, str(error))
        else:
            numbers = {name: read(values[name]) for name, read in _NUMBERS.items() if values.get(name)}
            yield {**values, **numbers, "mentions": [list(span) for span in target.mentions]}


def _text(value: Any) -> Any:
    return unguarded(value) if isinstance(value, str) else value
