"""What each word of a run may be: looked up in the lists, or told by its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from stance.figures.affixes import CAPITAL_PARTICLES, SUFFIXES
from stance.figures.folding import plain_letters
from stance.figures.known import KnownFigures
from stance.figures.runs import Run, Word, is_initial
from stance.figures.vocabulary import Kind, begins_phrase, kinds, phrase_length

_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_CAMEL = re.compile(r"[a-z][A-Z]")
_CAMEL_NAMES = re.compile(r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Von|Fitz|O|D|St|Del|Des|Ap|Ab|Al|El)[A-Z]")
_SHORTEST_LABEL = 3


def flags_of(run: Run, known: KnownFigures) -> list[int]:
    """What each word may be; members of a listed phrase ("New Hampshire") are `OTHER`, initials and suffixes 0."""
    words, heading = run.words, run.heading or run.byline
    if len(words) == 1:  # as most runs are
        key = words[0].key
        flag = _flag(key, known, False, heading, _is_stopped(words[0]))
        return [0 if flag == Kind.OTHER and run.initial and _may_be_label(key) else flag]
    last = len(words) - 1
    found = [
        _flag(word.key, known, 0 < at < last and not heading, heading, _is_stopped(word))
        for at, word in enumerate(words)
    ]
    for at in range(1, last):
        if _are_initials(words[at].key, found[at - 1 : at + 2]):
            found[at] = 0
    keys = [word.key for word in words]
    if heading:
        keys = [key.title() if key.isupper() else key for key in keys]
    if begins_phrase(keys) or not CAPITAL_PARTICLES.isdisjoint(keys):
        _mark_phrases(found, keys, known)
    return found


def _mark_phrases(found: list[int], keys: Sequence[str], known: KnownFigures) -> None:
    """Set what words are together: a listed phrase, or a surname of the table that begins with a particle."""
    at = 0
    while at < len(keys):
        length = phrase_length(keys, at)
        found[at : at + length] = [Kind.OTHER] * length
        if not length and keys[at] in CAPITAL_PARTICLES and known.has_surname(" ".join(keys[at : at + 2])):
            found[at : at + 2] = [Kind.SURNAME] * len(found[at : at + 2])
        at += length or 1


def _are_initials(key: str, around: Sequence[int]) -> bool:
    """Whether two capitals between a title and a name are initials: "Senator JD Vance", no doctorate and no state."""
    before, flag, after = around
    pair = len(key) == 2 and key.isupper() and not flag & ~Kind.NOT_PERSON
    return pair and bool(before & Kind.TITLE) and bool(not after or after & Kind.NAME)


def _may_be_label(key: str) -> bool:
    """Whether a sentence's first word in capitals may be a surname in a transcript: "PELL:"."""
    return len(key) >= _SHORTEST_LABEL and key.isupper() and key.isalpha() and key not in kinds()


def _is_stopped(word: Word) -> bool:
    """Whether a word of one letter has its full stop: an initial, not the article or the pronoun."""
    return len(word.key) == 1 and word.end - word.start > 1


@lru_cache(maxsize=16384)
def _flag(key: str, known: KnownFigures, follows: bool, heading: bool, stopped: bool, /) -> int:
    """What a word may be; `follows` where it stands between two others outside headlines."""
    table = kinds()
    flag = table.get(key, 0)
    if key in ("A", "I") and not stopped:
        return 0 if follows else Kind.ORDINARY
    if key[:2] in ("I'", "I’") and key[2:] in ("m", "ve", "ll", "d"):
        return Kind.ORDINARY
    if key in CAPITAL_PARTICLES:
        return 0 if follows or not flag else flag
    if len(key) < 4 and (key in SUFFIXES or (not flag & Kind.NOT_PERSON and is_initial(key))):
        return 0
    if key.isupper() and not flag & Kind.NOT_PERSON and len(key) > 2 - heading and "." not in key:
        flag = table.get(key.capitalize(), 0)
        # An acronym is no name, unless the text or the table knows it as one.
        return flag if flag or heading or len(key) > 5 or known.named(key) else Kind.OTHER
    if not flag and (_ACRONYMS.fullmatch(key) or (_CAMEL.search(key) and not _CAMEL_NAMES.match(key))):
        return Kind.OTHER
    if not flag and not key.isascii():
        flag = table.get(plain_letters(key), 0)
    if not flag and key.endswith("s") and not known.has_surname(key):
        singular = table.get(key[:-1], 0)
        if singular & Kind.SURNAME and not singular & Kind.FIRST:
            return Kind.OTHER  # "the Weinsteins": a family, a band
    return flag or _flag_of_parts(table, key)


def _flag_of_parts(table: dict[str, int], key: str) -> int:
    """An unlisted word by its parts: "American-born", and "Chinas" where an apostrophe was lost."""
    first, hyphen, rest = key.partition("-")
    if hyphen and first in ("D", "R", "I", "L"):
        return Kind.OTHER  # a party and a state: D-Vt.
    if hyphen and first == "Ex" and table.get(rest.capitalize(), 0) & Kind.TITLE:
        return Kind.TITLE
    if hyphen and (table.get(first, 0) & Kind.NOT_PERSON or table.get(rest.capitalize(), 0) == Kind.ORDINARY):
        return 0 if table.get(first, 0) & Kind.NAME and rest[0].isupper() else Kind.OTHER
    if key.endswith(("ically", "edly", "ingly", "fully", "ously")):
        return Kind.ORDINARY
    return Kind.OTHER if key.endswith("s") and table.get(key[:-1], 0) & Kind.NOT_PERSON else 0
