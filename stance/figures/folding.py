"""Names folded, so that one name written in two ways is compared as one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


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
