"""Tables of rows, one row at a time: JSON lines (also gzipped), CSV and Parquet.

A row that cannot be read is a `Failure` and the rest goes on; a file that cannot be read raises `InputError`.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.errors import InputError
from stance.reading.csv_rows import csv_rows
from stance.reading.decode import Note
from stance.reading.json_rows import json_rows
from stance.reading.lines import lines, standard_input
from stance.records import Failure

TABLE_SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".parquet")
_PARQUET_BATCH = 256


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    Attributes:
        where: File and place, for messages: `rows.csv line 7`, `rows.parquet row 3`.
        number: Position among the table's rows, from 1; unreadable rows count, blank lines do not.
        values: Cells by column name. CSV cells are text; JSON and Parquet keep their types.
    """

    where: str
    number: int
    values: Mapping[str, Any]


def is_table(path: str | Path) -> bool:
    """Whether the name is one of a table.

    >>> is_table("a/rows.JSONL"), is_table("a/article.txt")
    (True, False)
    """
    return str(path).lower().endswith(TABLE_SUFFIXES)


def read_table(path: str | Path, note: Note) -> Iterator[TableRow | Failure]:
    """The rows of a table, streamed; `-` is JSON lines on standard input.

    Args:
        path: A file whose name ends in one of `TABLE_SUFFIXES`, or `-`.
        note: Told what the user should know though it stops nothing (an encoding guessed, an empty file).

    Yields:
        A row, or the `Failure` of one that cannot be read.

    Raises:
        InputError: The file is missing, of another format, or damaged (rows before the damage are yielded).
    """
    name = str(path)
    if name != "-" and not is_table(name):
        raise InputError(
            f"{name}: expected a table ({', '.join(TABLE_SUFFIXES)}), found another suffix; rename or convert it"
        )
    try:
        yield from _rows(name, note)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(
            f"{name}: expected gzipped JSON lines, found a damaged archive ({error}); pack it anew"
        ) from error
    except OSError as error:
        raise InputError(unreadable(name, error)) from error


def unreadable(name: str, error: OSError) -> str:
    """The message for a file that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return f"{name}: expected a readable file, found none ({reason}); check the name and its permissions"


def _rows(name: str, note: Note) -> Iterator[TableRow | Failure]:
    number = 0
    for number, (where, values) in enumerate(_placed_rows(name, note), 1):
        yield Failure(where, values) if isinstance(values, str) else TableRow(where, number, values)
    if not number:
        note(f"{name}: no rows in it")


def _placed_rows(name: str, note: Note) -> Iterator[tuple[str, Mapping[str, Any] | str]]:
    if name.lower().endswith(".parquet"):
        for number, values in enumerate(_parquet_rows(name), 1):
            yield f"{name} row {number}", values
        return
    parse = csv_rows if name.lower().endswith(".csv") else json_rows
    with _opened(name) as stream:
        for line, cells in parse(lines(stream, name, note), name):
            yield f"{name} line {line}", cells


@contextlib.contextmanager
def _opened(name: str) -> Iterator[io.BufferedReader]:
    if name == "-":
        yield standard_input()
    elif name.lower().endswith(".gz"):
        with gzip.open(name) as unpacked:
            yield io.BufferedReader(unpacked)
    else:
        with Path(name).open("rb") as stream:
            yield stream


def _parquet_rows(name: str) -> Iterator[Mapping[str, Any]]:
    import pyarrow
    from pyarrow import parquet

    with Path(name).open("rb") as stream:
        try:
            for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_PARQUET_BATCH):
                yield from batch.to_pylist()
        except (pyarrow.ArrowException, ValueError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{name}: expected a Parquet table, found a file that is none or damaged ({reason}); write it anew"
            ) from error
