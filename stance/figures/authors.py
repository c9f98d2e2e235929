"""Who wrote a text, by its byline: the I, me and my outside quotations are theirs."""

from __future__ import annotations

import re

from stance.figures.discourse import Discourse

_BYLINE = re.compile(r"(?:[Bb]y|BY|(?:Posted|Written|Words|Story|Review|Column|Analysis|Opinion) by)\s")
_AND = re.compile(r",?\s(?:and|&)\s")
_TOP = 1000
_FEWEST_SENTENCES = 3


def find_author(discourse: Discourse) -> tuple[int, int] | None:
    """Who the only author is and where the byline ends: "By Dana Whitfield", or a name alone on a line near the top."""
    for number, (start, end) in enumerate(discourse.sentences):
        if start > _TOP:
            return None
        byline = _BYLINE.match(discourse.text, start)
        named = discourse.within(byline.end() if byline else start, end)
        if byline and discourse.text.startswith(".", end - 1):
            continue  # "By March Al Quint had lost."
        if not named or named[0].start != (byline.end() if byline else start):
            continue
        whole = len(named) == 1 and not _AND.match(discourse.text, named[0].end)
        if byline:
            return (named[0].person, end) if whole else None
        if whole and 0 < number < _FEWEST_SENTENCES and named[0].end == end and " " in discourse.text[start:end]:
            return named[0].person, end
    return None
