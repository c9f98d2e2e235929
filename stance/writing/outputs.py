"""Rows to a file or stream in one of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from stance.atomic import NamingStream, replacing
from stance.errors import UsageError
from stance.records import CARRIED, Prediction
from stance.writing.arrow import record_batch, schema
from stance.writing.cells import csv_record, json_text
from stance.writing.columns import PREDICTION_COLUMNS, Columns, flat_row, nested_row
from stance.writing.spool import Table, spooled

Destination = str | Path | BinaryIO
"""Where results go: a path, replaced as a whole, or a stream of bytes such as `sys.stdout.buffer`."""

_PARQUET_BATCH = 1024


def write_rows(rows: Iterable[Prediction], format: str, destination: Destination) -> None:
    """Write predictions, one row each, with the columns of the contract.

    In `csv` text that a spreadsheet would run as a formula is made harmless, in `csv-raw` it stays as it is.
    JSON lines are nested and go out row by row; CSV and Parquet are flat, with title, date, source and url
    where any row has them, and go out when all rows are known. Probabilities have six decimals and sum to 1.

    Args:
        rows: In the order to be written.
        format: One of `FORMATS`.
        destination: Where to; a path's file appears only when it is whole.

    Raises:
        UsageError: No such format.
        OutputError: The destination cannot be written.
        BrokenPipeError: Whoever read the stream has gone.
    """
    if format == "jsonl":
        write_table(map(nested_row, rows), format, destination)
    else:
        _write(map(flat_row, rows), format, destination, PREDICTION_COLUMNS, frozenset(CARRIED))


def write_table(
    rows: Iterable[Mapping[str, Any]], format: str, destination: Destination, columns: Columns | None = None
) -> None:
    """Write rows of any columns: summaries, figures, or labelled rows with what was predicted for them.

    CSV and Parquet have `columns` first, even when no row has them, and then every column of any row, as they
    first come. Lists and objects become JSON there; a Parquet column of unlike values becomes text.

    Args, Raises: As `write_rows`.
    """
    _write(rows, format, destination, columns or {}, frozenset())


def _write(
    rows: Iterable[Mapping[str, Any]], format: str, destination: Destination, columns: Columns, optional: Set[str]
) -> None:
    if format not in FORMATS:
        raise UsageError(f"expected a format ({', '.join(FORMATS)}), found {format}; choose one of them")
    with _opened(destination) as stream:
        if format == "jsonl":
            for row in rows:
                stream.write(f"{json_text(row)}\n".encode())
            return
        with spooled(rows, columns, optional) as table:
            _TABLE_WRITERS[format](table, stream)


@contextmanager
def _opened(destination: Destination) -> Iterator[BinaryIO]:
    if isinstance(destination, str | Path):
        with replacing(destination) as stream:
            yield stream
    else:
        stream = cast(BinaryIO, NamingStream(destination, "standard output"))
        yield stream
        stream.flush()


def _write_csv(table: Table, stream: BinaryIO, *, raw: bool = False) -> None:
    if table.columns:
        stream.write(csv_record(list(table.columns), raw=raw).encode())
    for row in table.rows:
        stream.write(csv_record(row, raw=raw).encode())


def _write_parquet(table: Table, stream: BinaryIO) -> None:
    from pyarrow import parquet

    with parquet.ParquetWriter(stream, schema(table.columns)) as writer:
        while rows := list(islice(table.rows, _PARQUET_BATCH)):
            writer.write_batch(record_batch(rows, table.columns))


_TABLE_WRITERS: Mapping[str, Callable[[Table, BinaryIO], None]] = {
    "csv": _write_csv,
    "csv-raw": partial(_write_csv, raw=True),
    "parquet": _write_parquet,
}
FORMATS = ("jsonl", *_TABLE_WRITERS)
