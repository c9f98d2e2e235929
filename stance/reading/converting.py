"""Tables to what their rows stand for: articles, labelled rows, predictions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from stance.errors import InputError, MissingColumnError
from stance.reading.decode import Note
from stance.reading.tables import TableRow, read_table
from stance.records import Failure

Made = TypeVar("Made")


def converted(
    name: str,
    note: Note,
    read: Callable[[TableRow], Made | None],
    *,
    columns: Collection[str] | None = None,
    encoding: str | None = None,
) -> Iterator[Made | Failure]:
    """What is made of each row of a table; rows of which nothing can be made, or the whole table, are failures.

    A column that is in no row is one failure of the table, however many rows it has.

    Args:
        name: As the `path` of `read_table`, as are `note`, `columns` and `encoding`.
        read: Makes something of a row, or None where it is to be passed over. It raises InputError, and
            MissingColumnError where a column is absent; the messages name the row by its `where`.
    """
    try:
        yield from _each(read_table(name, note, columns=columns, encoding=encoding), name, read)
    except InputError as error:
        yield Failure(name, str(error))


def _each(
    rows: Iterable[TableRow | Failure], name: str, read: Callable[[TableRow], Made | None]
) -> Iterator[Made | Failure]:
    # The first rows lack a column: whether all do is known only when one has it, or at the end.
    lacking: list[tuple[TableRow, Failure]] = []
    columns: frozenset[str] | None = None
    for row in rows:
        if isinstance(row, Failure):
            yield row
            continue
        failure: Failure | None = None
        absent: frozenset[str] = frozenset()
        try:
            made = read(row)
        except InputError as error:
            failure = Failure(row.where, str(error))
            absent = error.columns if isinstance(error, MissingColumnError) else absent
        columns = absent if columns is None else columns & absent
        if failure and columns:
            lacking.append((row, failure))
            continue
        yield from (held for _, held in lacking)
        lacking = []
        if failure:
            yield failure
        elif made is not None:
            yield made
    if lacking:
        read(replace(lacking[0][0], where=name))  # raises what it raised of the first row, now of the table
