"""A guard before the parser of web pages, which takes time with the square of how many attributes a tag has."""

from __future__ import annotations

import re

from stance.errors import InputError

_MOST = 5 * 10**8
"""The sum over all tags of their attributes squared: two seconds of the parser, or 22,000 attributes in one tag."""

_TAG = re.compile(r"<(?:(!--)|(script|style|textarea|title|xmp|iframe|noembed|noframes)\b|[a-z])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+ [^\s/>] [^\s/>=]*+                                    # a name, which may begin with an equals sign
        (?: \s*+ = \s*+ (?: "[^"]*+"? | '[^']*+'? | [^\s>]*+ ) )?+""",
    re.VERBOSE,
)


def refuse_overfull(html: str, name: str) -> None:
    """Refuse a page with tags that no editor wrote; takes time in proportion to the page.

    Raises:
        InputError: There are too many attributes in too few tags.

    >>> refuse_overfull('<p class="a" id=b>Hello</p>', "a.html")
    """
    at, spent = 0, 0
    while tag := _TAG.search(html, at):
        at = tag.end()
        if not tag[1]:
            at, spent = _tag_end(html, at, len(html), spent, name)
        if ends := "-->" if tag[1] else f"</{tag[2]}" if tag[2] else "":
            # Whether this is text or tags depends on the parser, so both are counted: no quote in it reaches beyond.
            found = re.compile(ends, re.IGNORECASE).search(html, at)
            end = found.start() if found else len(html)
            while inner := _TAG.search(html, at, end):
                at, spent = _tag_end(html, inner.end(), end, spent, name)
            at = end


def _tag_end(html: str, at: int, end: int, spent: int, name: str) -> tuple[int, int]:
    """Where a tag ends, and what has been spent with it."""
    count = 0
    while attribute := _ATTRIBUTE.match(html, at, end):
        at, count = attribute.end(), count + 1
        if spent + count**2 > _MOST:
            raise InputError(
                f"{name}: expected a web page, found tags of many thousand attributes; save its text as .txt"
            )
    return at, spent + count**2
