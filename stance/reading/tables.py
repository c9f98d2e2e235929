"""Tables of rows, one row at a time: JSON lines (also packed with gzip or zstd), CSV and Parquet.

A row that cannot be read is a `Failure` and the rest goes on; a file that cannot be read raises `InputError`.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from stance.errors import InputError
from stance.reading.csv_rows import csv_rows
from stance.reading.decode import Note
from stance.reading.json_rows import json_rows
from stance.reading.lines import lines, standard_input
from stance.reading.remote import opened
from stance.records import Failure

JSON_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
TABLE_SUFFIXES = (*JSON_SUFFIXES, ".csv", ".parquet")
_PARQUET_BATCH = 256
_PARQUET_UNPACKED = 256_000_000
"""Bytes that the rows of a batch may take if each has the largest cell there can be."""
_PARQUET_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    Attributes:
        where: File and place, for messages: `rows.csv line 7`, `rows.parquet row 3`.
        number: Position among the table's rows, from 1; unreadable rows count, blank lines do not.
        values: Cells by column name. CSV cells are text; JSON and Parquet keep their types.
        position: About how many bytes of the file, as it is stored, have been read.
    """

    where: str
    number: int
    values: Mapping[str, Any]
    position: int = field(default=0, compare=False)


def is_table(path: str | Path) -> bool:
    """Whether the name is one of a table.

    >>> is_table("a/rows.JSONL"), is_table("a/article.txt")
    (True, False)
    """
    return str(path).lower().endswith(TABLE_SUFFIXES)


def read_table(
    path: str | Path, note: Note, *, columns: Collection[str] | None = None, encoding: str | None = None
) -> Iterator[TableRow | Failure]:
    """The rows of a table, streamed; `-` is JSON lines on standard input.

    Args:
        path: A file whose name ends in one of `TABLE_SUFFIXES`, or `-`.
        note: Told what the user should know though it stops nothing (an encoding guessed, an empty file).
        columns: Those that will be asked for: of a Parquet file that has the first, no others are unpacked.
        encoding: The encoding of JSON lines and CSV, as the user says; None to recognise it.

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
        yield from _rows(name, note, columns, encoding)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(damaged(name, "gzip", error)) from error
    except OSError as error:
        if error.errno is None and name.lower().endswith(".zst"):  # what pyarrow found, not the system
            raise InputError(damaged(name, "zstd", error)) from error
        raise InputError(unreadable(name, error)) from error


def damaged(name: str, packer: str, error: Exception) -> str:
    """The message for an archive that cannot be unpacked."""
    return f"{name}: expected JSON lines packed with {packer}, found a damaged archive ({error}); pack it anew"


def unreadable(name: str, error: OSError) -> str:
    """The message for a file that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return f"{name}: expected a readable file, found none ({reason}); check the name and its permissions"


_Placed = tuple[str, Mapping[str, Any] | str, int]
"""Where a row stands, its values or the message why it has none, and the position in the file."""


def _rows(name: str, note: Note, columns: Collection[str] | None, encoding: str | None) -> Iterator[TableRow | Failure]:
    number = 0
    placed = _parquet_rows(name, columns) if name.lower().endswith(".parquet") else _line_rows(name, note, encoding)
    for number, (where, values, position) in enumerate(placed, 1):
        yield Failure(where, values) if isinstance(values, str) else TableRow(where, number, values, position)
    if not number:
        note(f"{name}: no rows in it")


def _line_rows(name: str, note: Note, encoding: str | None) -> Iterator[_Placed]:
    parse = csv_rows if name.lower().endswith(".csv") else json_rows
    with _opened(name) as (stream, position):
        for line, cells in parse(lines(stream, name, note, encoding), name):
            yield f"{name} line {line}", cells, position()


@contextlib.contextmanager
def _opened(name: str) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    """The file's unpacked bytes, and how many of its own bytes have been read."""
    if name == "-":
        yield standard_input(), lambda: 0
        return
    with opened(name) as file:
        if name.lower().endswith(".gz"):
            yield io.BufferedReader(gzip.GzipFile(fileobj=file)), file.tell
        elif name.lower().endswith(".zst"):
            yield io.BufferedReader(_unpacked_zstd(file)), file.tell
        else:
            yield cast(io.BufferedReader, file), file.tell


def _unpacked_zstd(file: BinaryIO) -> io.RawIOBase:
    import pyarrow

    return cast(io.RawIOBase, pyarrow.CompressedInputStream(file, "zstd"))  # has all that a reader calls


def _parquet_rows(name: str, columns: Collection[str] | None) -> Iterator[_Placed]:
    import pyarrow
    from pyarrow import parquet

    with opened(name) as stream:
        size = stream.seek(0, io.SEEK_END)
        try:
            # Unbuffered, the file would be read a whole row group at a time, however large its writer made them.
            table = parquet.ParquetFile(stream, buffer_size=_PARQUET_BUFFER, pre_buffer=False)
            number, rows = 0, max(table.metadata.num_rows, 1)
            if not table.metadata.num_row_groups:  # which pyarrow 18 takes for damage
                return
            for batch in table.iter_batches(
                _batch_size(table.metadata), columns=_among(table.schema_arrow.names, columns)
            ):
                for values in batch.to_pylist():
                    number += 1
                    yield f"{name} row {number}", values, size * number // rows
        except (pyarrow.ArrowException, ValueError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{name}: expected a Parquet table, found a file that is none or damaged ({reason}); write it anew"
            ) from error


def _batch_size(metadata: Any) -> int:
    """Rows to unpack at once: few where a group is so large that one long text, stored once, may stand in every row."""
    largest = max(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
    return int(min(max(_PARQUET_UNPACKED // max(largest, 1), 1), _PARQUET_BATCH))


def _among(names: Collection[str], columns: Collection[str] | None) -> list[str] | None:
    """The columns to unpack; all where the first of those wanted is missing, so that a message can list them."""
    if columns is None or next(iter(columns)) not in names:
        return None
    return [name for name in names if name in columns]
