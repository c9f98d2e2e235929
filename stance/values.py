"""Values as users give them in rows: texts, offsets, mentions and weights, each checked and made what it stands for."""

from __future__ import annotations

import json
import math
import operator
from itertools import pairwise
from typing import Any

from stance.errors import InputError
from stance.records import Span


def read_text(value: object, column: str, where: str) -> str:
    """A text that is not blank; an InputError names the row (`where`) and the column."""
    if isinstance(value, str) and value.strip():
        return value
    found = f"an empty {column}" if isinstance(value, str) or is_missing(value) else shown(value)
    raise InputError(f"{where}: expected text as {column}, found {found}; fill it in or leave the row out")


def read_spans(value: Any, sentence: str, where: str) -> tuple[Span, ...]:
    """Given mentions, from a list of pairs or its JSON: checked and sorted."""
    given = value
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    value = value.tolist() if hasattr(value, "tolist") else value  # Parquet columns come as arrays of arrays
    if not isinstance(value, list | tuple) or not all(hasattr(pair, "__len__") and len(pair) == 2 for pair in value):
        raise InputError(
            f"{where}: expected mentions as a list of [start, end], found {shown(given)}; "
            "give all spans of the target, or leave mentions out"
        )
    spans = sorted(read_span(pair[0], pair[1], sentence, where) for pair in value)
    for (start, end), following in pairwise(spans):
        if following[0] < end:
            raise InputError(
                f"{where}: expected mentions that do not overlap, found {[start, end]} and "
                f"{list(following)}; list each span once"
            )
    return tuple(spans)


def read_span(start: object, end: object, sentence: str, where: str) -> Span:
    """Offsets that lie in the sentence, at least one character apart."""
    span = _offset(start, "start", where), _offset(end, "end", where)
    if not 0 <= span[0] < span[1] <= len(sentence):
        raise InputError(
            f"{where}: expected 0 <= start < end <= {len(sentence)} (the sentence's length), found start "
            f"{span[0]}, end {span[1]}; give code-point offsets in the sentence, or leave both out"
        )
    return span


def _offset(value: Any, column: str, where: str) -> int:
    if isinstance(value, str) and value.strip().isdecimal():  # CSV
        return int(value)
    if isinstance(value, float) and value.is_integer():  # an integer column with gaps in it
        return int(value)
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        return operator.index(value)
    found = "nothing" if is_missing(value) else shown(value)
    raise InputError(
        f"{where}: expected a whole number as {column}, found {found}; give both start and end, or neither"
    )


def read_weight(value: Any, where: str) -> float:
    """A sample weight, 1 where none is given."""
    if is_missing(value):
        return 1.0
    try:
        weight = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        weight = math.nan
    if not (math.isfinite(weight) and weight > 0):
        raise InputError(f"{where}: expected a positive number as weight, found {shown(value)}; 1 is the usual weight")
    return weight


def is_missing(value: object) -> bool:
    """None, an empty cell, or one of the things pandas puts in a gap."""
    if isinstance(value, str):
        return not value.strip()
    return (
        value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType")
    )


def as_text(value: Any) -> str | None:
    """A value that is carried along, as text: dates in ISO form, None where it is missing.

    >>> import datetime
    >>> as_text(datetime.date(2024, 1, 1)), as_text(7), as_text(float("nan"))
    ('2024-01-01', '7', None)
    """
    if is_missing(value):
        return None
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def shown(value: object) -> str:
    """A value as messages show it, cut where it is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
