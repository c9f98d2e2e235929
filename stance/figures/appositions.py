"""Appositions: descriptions that stand beside the name they mean, parted by a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.figures.discourse import Discourse
from stance.figures.phrases import head_length

# Between a description and the name beside it: "his challenger, state Representative Keiko Lindgren".
LONGEST_TITLES = 40
# What may follow before that comma: "the governor at the time, Al Quint", "the member for Flagstaff, Al Quint".
_COMMA_TITLES = re.compile(
    r"(?: at the time| (?:for|of|from) (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,2})?,"
    r" (?:an? (?:[\w-]+ ){1,4}(?:called|named) |(?:(?:state|former|then|acting|the|U\.S\.) )*)"
)
_WITHIN_TITLES = frozenset(("for", "of", "and"))
# Between a name and its description, and after a name that one stands before.
_PLACE = r"(?: (?:of|from) (?:[A-Z][\w.]*(?: |(?=,))){1,3})?"
_AFTER_NAME = re.compile(rf"{_PLACE}, (?:now |\d{{1,3}}, )?")
_NAME_ENDS = re.compile(rf"{_PLACE} ?[,.'’(]")
_APPOSITIVE_END = re.compile(r"[^,.;:!?“”\"()\n]{0,60}?(?=[,.;:)])")


def apposed(discourse: Discourse, start: int, end: int) -> int | None:
    """Who stands beside the description, parted by a comma: "Dana Whitfield, the mayor", or the other way."""
    text = discourse.text
    for mark in discourse.before(start):
        return mark.person if _AFTER_NAME.fullmatch(text, mark.end, start) else _named_after(discourse, end)
    return _named_after(discourse, end)


def _named_after(discourse: Discourse, end: int) -> int | None:
    """Who is named after the comma that ends a description."""
    text = discourse.text
    titles = _COMMA_TITLES.match(text, end)
    if titles is None:
        return None
    name = next(iter(discourse.within(titles.end(), titles.end() + LONGEST_TITLES)), None)
    if name is None or not _NAME_ENDS.match(text, name.end):
        return None
    return name.person if _is_title(text[titles.end() : name.start].split()) else None


def _is_title(words: Sequence[str]) -> bool:
    """Whether the words before a name are its title: "Deputy Fire Chief", "county executive for Health"."""
    length = 0 if all(word[0].isupper() for word in words) else head_length(words)
    return all(word[0].isupper() or word in _WITHIN_TITLES for word in words[length:])


def appositive_end(discourse: Discourse, end: int, person: int) -> int:
    """An appositive after the name runs to the next comma: "the evening anchor on Channel 6"."""
    if any(mark.person == person for mark in discourse.within(end, end + 4)):
        return end
    rest = _APPOSITIVE_END.match(discourse.text, end)
    return rest.end() if rest and " who " not in rest.group() else end
