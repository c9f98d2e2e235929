"""Rows as Arrow batches, from which Parquet is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stance.writing.cells import text_cell
from stance.writing.columns import Columns

if TYPE_CHECKING:
    import pyarrow

_CASTS: Mapping[type, Callable[[Any], Any]] = {str: text_cell, int: int, float: float, bool: bool}


def schema(columns: Columns) -> pyarrow.Schema:
    """The Arrow types of columns."""
    import pyarrow

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    return pyarrow.schema([(text_cell(column), kinds[kind]) for column, kind in columns.items()])


def record_batch(rows: Sequence[Sequence[Any]], columns: Columns) -> pyarrow.RecordBatch:
    """Rows, their values in the order of the columns; lists and objects become JSON in columns of text."""
    import pyarrow

    fields = schema(columns)
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [
        pyarrow.array([None if value is None else _CASTS[kind](value) for value in values], field.type)
        for values, kind, field in zip(cells, columns.values(), fields, strict=True)
    ]
    return pyarrow.record_batch(arrays, schema=fields)
