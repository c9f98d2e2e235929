"""Numbers of things as sentences have them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun, which has an s in the plural unless `many` says otherwise.

    >>> counted(1, "row"), counted(1200, "row"), counted(0, "person", "people")
    ('1 row', '1,200 rows', '0 people')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
