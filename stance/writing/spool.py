"""Rows set aside in a temporary file while their columns are found out: a table's header comes first."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from stance.atomic import naming
from stance.writing.cells import json_text
from stance.writing.columns import Columns

_IN_MEMORY = 16_000_000
_LARGEST_INT = 2**63


@dataclass(frozen=True, slots=True)
class Table:
    """Rows whose columns are known.

    Attributes:
        columns: Those expected and present, in their order, then others as they first came.
        rows: The rows' values in the order of `columns`, None where a row has none; to be gone through once.
    """

    columns: Columns
    rows: Iterator[list[Any]]


@contextmanager
def spooled(rows: Iterable[Mapping[str, Any]], expected: Columns, optional: Set[str]) -> Iterator[Table]:
    """The rows as a table; expected columns that are optional stand in it only where a row has them.

    Raises:
        OutputError: The folder for temporary files takes no more.
    """
    found = {column: {kind} for column, kind in expected.items() if column not in optional}
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8") as file:
        for row in rows:
            for column, value in row.items():
                found.setdefault(column, set()).update(_kinds(value))
            with naming(tempfile.gettempdir()):
                file.write(json_text(row) + "\n")
        order = dict.fromkeys([*(column for column in expected if column in found), *found])
        columns = {column: _common(found[column]) for column in order}
        file.seek(0)
        yield Table(columns, ([row.get(column) for column in columns] for row in map(json.loads, file)))


def _kinds(value: Any) -> set[type]:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return set()  # written as missing
    if isinstance(value, int) and not -_LARGEST_INT <= value < _LARGEST_INT:
        return {str}
    return {next((kind for kind in (bool, int, float) if isinstance(value, kind)), str)}


def _common(kinds: Set[type]) -> type:
    if len(kinds) == 1:
        return next(iter(kinds))
    return float if kinds == {int, float} else str
