"""Word lists written for this project: names, titles, places, organisations, ordinary words.

One item per line in `NAME.txt`, lines that begin with `#` are comments; a table has a tab between word and value.
Each list is read once, when first asked for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


@cache
def load_list(name: str) -> frozenset[str]:
    """Items of the list `name`.

    Raises:
        FileNotFoundError: There is no such list.

    >>> "University" in load_list("organisation_words")
    True
    """
    return frozenset(_lines(name))


@cache
def load_table(name: str) -> dict[str, str]:
    """Values by word of the table `name`. Do not change it: every caller gets the same one.

    Raises:
        FileNotFoundError: There is no such table.

    >>> load_table("first_names")["Hillary"]
    'f'
    """
    pairs = (line.partition("\t") for line in _lines(name))
    return {word: value for word, _, value in pairs}


def _lines(name: str) -> list[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]
