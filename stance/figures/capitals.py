"""Patterns of capitalised words: of A to Z alone where a text has no other capitals, which are hundreds."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from stance.figures.affixes import particles

# Whatever may be a capital beyond A to Z; most texts have none, and to compile hundreds of letters takes long.
_BEYOND_ASCII = re.compile("[^\x00-\xbf\u2010-\u2026]")
_GAP = r"(?:[^\S\n\r]|[^\S\n\r]?\r?\n[^\S\n\r]{0,4})"


class Patterns(NamedTuple):
    """What finds runs, the words of a run, and abbreviations, of texts with these capitals."""

    run: re.Pattern[str]
    words: re.Pattern[str]
    abbreviation: re.Pattern[str]


@cache
def _patterns(capitals: str) -> Patterns:
    small = particles("run")
    nickname = rf"[“\"‘'](?P<nick>[{capitals}]\w*(?:[ -]\w+)?),?[”\"’']"
    unnamed = nickname.replace("?P<nick>", "?:")
    # Begins with one class of characters, so that the search can skip everything else at speed.
    capitalised = rf"[{capitals}](?:\.(?:[ -]?[{capitals}]\.)*(?![\w’'])|\w*(?:[’'-]\w+)*\.?)"
    word = rf"(?:al-|el-|d[’'])?{capitalised}"
    # Most words after a gap get no further than their first letter.
    onward = rf"{_GAP}(?=[{capitals}{''.join(sorted({particle[0] for particle in small}))}“\"‘'])"
    particle = "|".join(sorted(small))
    nicknamed = rf"{unnamed}(?={_GAP}[{capitals}])"
    return Patterns(
        run=re.compile(
            rf"{capitalised}(?:{onward}(?:{nicknamed}|(?:(?:{particle}){_GAP}){{0,3}}{word})"
            rf"|, (?=(?:Jr|Sr)\.){word})*"
        ),
        words=re.compile(rf"{nickname}|(?P<particle>(?:(?:{particle}){_GAP})*)(?P<word>{word})"),
        abbreviation=re.compile(rf"(?:[{capitals}]\.[ -]?)*[{capitals}]"),
    )


def patterns_for(text: str) -> Patterns:
    """The patterns for a text, or for a part of one."""
    return _patterns(_all_capitals() if not text.isascii() and _BEYOND_ASCII.search(text) else "A-Z")


@cache
def _all_capitals() -> str:
    codes = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    return "A-Z" + "".join(chr(code) for code in codes if chr(code).isupper())
