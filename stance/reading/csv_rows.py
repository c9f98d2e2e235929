"""CSV to rows: comma-separated with a header, cells quoted where they hold commas, quotes or newlines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from stance.errors import InputError
from stance.reading.decode import MAX_ARTICLE_BYTES

_LONE_RETURN = re.compile(r"(?<=\r)(?!\n)")


def csv_rows(lines: Iterable[str], name: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Line number and cells by column of each record, or the message why the record is none.

    A record's number is the line where it begins. Blank lines are skipped; a column without a name is called
    `column N`.

    Raises:
        InputError: The header is blank, cannot be read, or names a column twice.

    >>> list(csv_rows(["text,id", "Hello,7", "Hello"], "x.csv"))[0]
    (2, {'text': 'Hello', 'id': '7'})
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ARTICLE_BYTES))  # the module's own limit is 128 kB
    records = _records(lines)
    number, header = next(records, (1, []))
    if isinstance(header, str):
        raise InputError(f"{name} line {number}: expected a header, found invalid CSV ({header}); mend that line")
    if header:
        columns = _columns(header, name)
        for number, cells in records:
            yield number, _row(cells, columns, f"{name} line {number}")


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str] | str]]:
    reader = csv.reader((part for line in lines for part in _LONE_RETURN.split(line)), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, str(error)
        else:
            if cells:
                yield number, cells


def _columns(header: list[str], name: str) -> list[str]:
    if not any(cell.strip() for cell in header):
        raise InputError(f"{name}: expected a header of column names, found empty cells; name the columns in line 1")
    columns = [cell.strip() or f"column {index}" for index, cell in enumerate(header, 1)]
    twice = sorted(column for column, count in Counter(columns).items() if count > 1)
    if twice:
        raise InputError(f"{name}: expected each column once, found {', '.join(twice)} more than once; rename one")
    return columns


def _row(cells: list[str] | str, columns: list[str], where: str) -> dict[str, str] | str:
    if isinstance(cells, str):
        return f"{where}: expected CSV, found invalid CSV ({cells}); put cells with commas or quotes in double quotes"
    if len(cells) != len(columns):
        return (
            f"{where}: expected {len(columns)} cells, as in the header, found {len(cells)}; "
            "put cells with commas or newlines in double quotes"
        )
    return dict(zip(columns, cells, strict=True))
