"""Known figures: politicians by name, with aliases, pronoun, party and offices, read from a table.

The table is `data/figures.csv`; a user's own table with the same columns (only `id` and `name`
required) is laid over it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from stance.errors import InputError
from stance.shipped import shipped

COLUMNS = ("id", "name", "aliases", "pronoun", "party", "country", "offices")
_PRONOUNS = ("", "he", "she", "they")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OFFICE = re.compile(r"(?P<title>[^:|]+):(?P<start>\d{4})-(?P<end>\d{4})?")
_SUFFIX = re.compile(r"(?:,? (?:jr|sr|ii|iii|iv))$")
_SUFFIXES = (" jr", " sr", " ii", " iii", " iv")
_INITIALS = re.compile(r"(?<= )(?:[a-z] )+")
# Where the family name stands first, in newspapers too.
_FAMILY_NAME_FIRST = frozenset(("CN", "KP", "KR", "TW", "VN", "SG", "KH"))
_SURNAME_PARTICLES = frozenset(
    ("de", "da", "dos", "du", "del", "della", "der", "den", "di", "la", "le", "van", "von", "ter", "ten")
)
_SURNAME_PARTICLES |= {"das", "do", "bin", "ibn", "al", "el", "zu", "abu", "st"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office or candidacy ("senator from Vermont") with its years; `end` is None while it lasts."""

    title: str
    start: int
    end: int | None


class KnownFigure(NamedTuple):
    """A row of the table. `pronoun` is `he`, `she`, `they` or empty; empty text where a fact is not known."""

    # A tuple: thousands are made at every start, and few of them are ever looked at.
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    pronoun: str = ""
    party: str = ""
    country: str = ""
    offices_held: str = ""

    @property
    def offices(self) -> tuple[Office, ...]:
        """Offices and candidacies, in the order of the table."""
        return _offices(self.offices_held)

    @property
    def surname(self) -> str:
        """The name that stands alone in later mentions, folded: `clinton`, `de blasio`, `xi`."""
        return surname_of(fold(self.name).split(), family_name_first=self.country in _FAMILY_NAME_FIRST)


class KnownFigures:
    """Known figures with their names indexed.

    Attributes:
        figures: In the order of the table, the most prominent first.
    """

    def __init__(self, figures: Iterable[KnownFigure]) -> None:
        self.figures = tuple(figures)
        self._by_name: dict[str, KnownFigure] = {}
        self._by_surname: dict[str, list[KnownFigure]] = {}
        for figure in self.figures:
            name = fold_once(figure.name)
            self._by_name.setdefault(name, figure)
            surname = surname_of(name.split(), family_name_first=figure.country in _FAMILY_NAME_FIRST)
            self._by_surname.setdefault(surname, []).append(figure)
            if surname.startswith(("al-", "el-")):
                self._by_surname.setdefault(surname[3:], []).append(figure)
        for figure in self.figures:
            for alias in figure.aliases:
                self._by_name.setdefault(fold_once(alias), figure)

    def named(self, name: str) -> KnownFigure | None:
        """The figure of this full name or alias; a middle initial or "Jr." more or less does not matter.

        >>> KnownFigures([KnownFigure("joe-biden", "Joe Biden")]).named("Joe R. Biden Jr.").id
        'joe-biden'
        """
        key = fold(name)
        found = self._by_name.get(key)
        if found is None and " " in key:
            if key.endswith(_SUFFIXES):
                key = _SUFFIX.sub("", key)
            found = self._by_name.get(key) or self._by_name.get(_INITIALS.sub("", key))
        return found

    def surnamed(self, surname: str) -> tuple[KnownFigure, ...]:
        """Figures of this surname, the most prominent first."""
        return tuple(self._by_surname.get(fold(surname), ()))

    def has_surname(self, surname: str) -> bool:
        """Whether any figure has this surname."""
        return fold(surname) in self._by_surname


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name for comparison: lower case, plain letters, no full stops, straight apostrophes, single spaces.

    >>> fold("José  O’Rourke Jr.")
    "jose o'rourke jr"
    """
    return fold_once(name)


def fold_once(name: str) -> str:
    """`fold` without its memory, for the table's thousands of names: each is folded once."""
    if name.isascii():
        if name.isalpha():
            return name.lower()
    else:
        name = plain_letters(name.replace("’", "'"))
    return " ".join(name.replace(".", " ").casefold().split())


def plain_letters(text: str) -> str:
    """A text without the marks over and under its letters."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def surname_of(words: list[str], *, family_name_first: bool = False) -> str:
    """Surname of a name given as folded words: the last word with the particles before it."""
    if family_name_first and len(words) > 1 and len(words[0]) <= 5:
        return words[0]
    end = len(words)
    while end > 1 and words[end - 1] in ("jr", "sr", "ii", "iii", "iv"):
        end -= 1
    start = end - 1
    while start > 1 and words[start - 1] in _SURNAME_PARTICLES:
        start -= 1
    return " ".join(words[start:end])


@lru_cache(maxsize=4096)
def _offices(held: str) -> tuple[Office, ...]:
    """The offices of a table's field; ValueError names one that is not as it should be."""
    return tuple(_office(item.strip()) for item in held.split("|") if item.strip())


def _office(item: str) -> Office:
    match = _OFFICE.fullmatch(item)
    if not match:
        raise ValueError(f"expected an office as title:START-END (years, END may be missing), found {item!r}")
    start, end = int(match["start"]), match["end"] and int(match["end"])
    if end and end < start:
        raise ValueError(f"expected an office to end after it starts, found {item!r}")
    return Office(match["title"].strip(), start, end or None)


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
        raise InputError(f"{path}: expected a table of figures (CSV), found none: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: expected UTF-8 text, found byte {error.object[error.start]:#x}; save it as UTF-8"
        ) from error
    except csv.Error as error:
        raise InputError(f"{path}: expected CSV, found a row that is none: {error}") from error


def _figures(path: Path, reader: csv.DictReader[str]) -> Iterator[tuple[str, KnownFigure]]:
    header = reader.fieldnames or []
    unknown = [column for column in header if column not in COLUMNS]
    if unknown or "id" not in header or "name" not in header:
        raise InputError(
            f"{path}, line 1: expected the columns id and name, and of {', '.join(COLUMNS[2:])} any; "
            f"found {', '.join(header) or 'none'}"
        )
    seen: set[str] = set()
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row or None in row.values():
            raise InputError(f"{where}: expected {len(header)} fields, found more or fewer; quote fields with commas")
        figure = validate_figure({column: value.strip() for column, value in row.items()}, where)
        if figure.id in seen:
            raise InputError(f"{where}: expected an id of its own, found {figure.id!r} a second time")
        seen.add(figure.id)
        yield figure.id, figure


def validate_figure(row: Mapping[str, str], where: str) -> KnownFigure:
    """A row of the table as a record.

    Raises:
        InputError: A field is not as it should be; the message begins with `where`.
    """
    if not _ID.fullmatch(row["id"]):
        raise InputError(f"{where}: expected an id of lower-case letters, digits and hyphens, found {row['id']!r}")
    if not row["name"]:
        raise InputError(f"{where}: expected a name, found an empty field")
    pronoun = row.get("pronoun", "")
    if pronoun not in _PRONOUNS:
        raise InputError(f"{where}: expected the pronoun he, she, they or nothing, found {pronoun!r}")
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
        _offices(figure.offices_held)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
    return figure
