"""The table of known figures: `data/figures.csv`, and a user's own, read and checked.

A user's table with the same columns (only `id` and `name` required) is laid over the shipped one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from stance.errors import InputError
from stance.figures.known import KnownFigure, KnownFigures, offices_of
from stance.shipped import shipped

COLUMNS = ("id", "name", "aliases", "pronoun", "party", "country", "offices")
_PRONOUNS = ("", "he", "she", "they")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@cache
def load_known(extra: Path | None = None) -> KnownFigures:
    """Shipped figures, with those of the file `extra` laid over them: a row of the same id replaces the shipped one.

    Raises:
        InputError: A table is missing, is not UTF-8 CSV, or has a row that is not as it should be.
    """
    figures = _read_sound(shipped("data", "figures.csv"))
    if extra is None:
        return KnownFigures(figures.values())
    own = _read(extra)
    # The user's figures come first: where a surname is shared, theirs is meant.
    return KnownFigures({**own, **{id: figure for id, figure in figures.items() if id not in own}}.values())


def _read_sound(path: Path) -> dict[str, KnownFigure]:
    """The shipped table, whose rows are as they should be (a test reads it as a user's): no time is lost on doubt."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {
            id: KnownFigure(id, name, tuple(aliases.split("|")) if aliases else (), pronoun, party, country, offices)
            for id, name, aliases, pronoun, party, country, offices in rows
        }


def _read(path: Path) -> dict[str, KnownFigure]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return dict(_figures(path, csv.DictReader(file, strict=True)))
    except OSError as error:
        raise InputError(
            f"{path}: expected a table of figures (CSV), found none: {error.strerror}; check its path"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: expected UTF-8 text, found byte {error.object[error.start]:#x}; save it as UTF-8"
        ) from error
    except csv.Error as error:
        raise InputError(
            f"{path}: expected CSV, found a row that is none: {error}; part fields with commas, close quotation marks"
        ) from error


def _figures(path: Path, reader: csv.DictReader[str]) -> Iterator[tuple[str, KnownFigure]]:
    header = reader.fieldnames or []
    unknown = [column for column in header if column not in COLUMNS]
    if unknown or "id" not in header or "name" not in header:
        raise InputError(
            f"{path}, line 1: expected the columns id and name, and of {', '.join(COLUMNS[2:])} any; "
            f"found {', '.join(header) or 'none'}; name them so in the first line"
        )
    seen: set[str] = set()
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row or None in row.values():
            raise InputError(f"{where}: expected {len(header)} fields, found more or fewer; quote fields with commas")
        figure = validate_figure({column: value.strip() for column, value in row.items()}, where)
        if figure.id in seen:
            raise InputError(
                f"{where}: expected an id of its own, found {figure.id!r} a second time; change or remove one"
            )
        seen.add(figure.id)
        yield figure.id, figure


def validate_figure(row: Mapping[str, str], where: str) -> KnownFigure:
    """A row of the table as a record.

    Raises:
        InputError: A field is not as it should be; the message begins with `where`.
    """
    if not _ID.fullmatch(row["id"]):
        raise InputError(
            f"{where}: expected an id of lower-case letters, digits and hyphens, found {row['id']!r}; "
            "write it like dana-whitfield"
        )
    if not row["name"]:
        raise InputError(f"{where}: expected a name, found an empty field; fill it in or remove the row")
    pronoun = row.get("pronoun", "")
    if pronoun not in _PRONOUNS:
        raise InputError(
            f"{where}: expected the pronoun he, she, they or nothing, found {pronoun!r}; leave it empty where in doubt"
        )
    figure = KnownFigure(
        id=row["id"],
        name=row["name"],
        aliases=tuple(alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip()),
        pronoun=pronoun,
        party=row.get("party", ""),
        country=row.get("country", ""),
        offices_held=row.get("offices", ""),
    )
    try:
        offices_of(figure.offices_held)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
    return figure
