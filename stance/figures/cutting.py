"""Runs cut into stretches of words that may be a name: without titles, without words that are never names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stance.figures.runs import Run, is_extra
from stance.figures.vocabulary import Kind
from stance.figures.witnesses import is_witnessed
from stance.records import Span
from stance.resources import load_list

_BEFORE_DATES = frozenset(
    (
        "in",
        "on",
        "since",
        "until",
        "till",
        "by",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "before",
        "after",
        "every",
        "each",
        "through",
        "from",
        "between",
        "during",
        "of",
        "the",
        "a",
        "and",
        "or",
        "to",
        "for",
    )
)
_OF_ANY_SURNAME = frozenset(("Mr", "Mrs", "Ms", "Cllr", "Cr", "Shri", "Smt"))
_AUXILIARY = re.compile(r"\s(?:has|had|was|will|would|did|does|is)\b")
_AFTER_DATES = re.compile(r"\s(?:\d|of\s)|,\s\d{4}")


def cut(run: Run, flags: Sequence[int]) -> Iterator[Span]:
    """Stretches of words that may be a name: no titles, no words that are never names."""
    if len(flags) == 1:  # as most runs are
        if _namelike(run, flags, 0):
            yield 0, 1
        return
    begin = 0
    for at in range(len(flags) + 1):
        if at < len(flags) and _namelike(run, flags, at):
            continue
        if at > begin:
            yield begin, at
        begin = at + 1


def _namelike(run: Run, flags: Sequence[int], at: int) -> bool:
    flag = flags[at]
    if at and _is_odd_surname(run, flags, at):
        return True
    if flag & Kind.TITLE:
        # "Larry Elder", "Dean Phillips", but "Bishop Elder": a title is a name after a first name or as one.
        follows = at > 0 and flags[at - 1] & Kind.FIRST and not flags[at - 1] & Kind.TITLE
        last = at + 1 == len(flags) or not is_open(flags[at + 1])
        if last and not at and flag & Kind.NAME:
            return True  # "Shah said": a name if the text has such a person
        leads = flag & Kind.FIRST and at + 2 == len(flags) and not flags[at + 1] & (Kind.FIRST | Kind.TITLE)
        return bool((follows and last and flag & Kind.NAME) or (leads and is_open(flags[at + 1])))
    if at == 0 and run.initial and flag & Kind.ORDINARY and run.words[0].key.lower() in load_list("sentence_openers"):
        return False
    if flag == Kind.ORDINARY and at and run.words[at - 1].key in _OF_ANY_SURNAME and not run.heading:
        return True  # "Mr Blunt"
    if flag == Kind.ORDINARY and at and not run.heading and flags[at - 1] & Kind.FIRST:
        # "Jared Diamond"; "Will Children" where a sentence starts needs a witness, as `judging` asks.
        return at + 1 == len(flags) or is_extra(run.words[at + 1].key)
    return is_open(flag)


def _is_odd_surname(run: Run, flags: Sequence[int], at: int) -> bool:
    """Whether a word after the first that is no surname elsewhere ends a full name: "Dexter March", "Tracey Field"."""
    if at > 1 and at + 1 == len(flags) and run.byline:
        return True
    if run.heading or run.words[at].key.isupper() or (at + 1 < len(flags) and not is_extra(run.words[at + 1].key)):
        return False
    if not flags[at] & ~(Kind.TITLE | Kind.TRAILING):
        return False
    before = flags[at - 1]
    first = before & Kind.FIRST and not before & (Kind.ORDINARY | Kind.NOT_PERSON | Kind.TITLE)
    if flags[at] & Kind.ORGANISATION and not flags[at] & (Kind.OTHER | Kind.PLACE_OR_SURNAME):
        return bool(first and not before & Kind.SURNAME)  # "Bettina Power", where what follows is said of persons
    # A first name that no list has, after a title: "Labour MP Keziah Bright".
    titled = not before and at > 1 and flags[at - 2] & Kind.TITLE and flags[at] & Kind.ORDINARY
    # And one where what follows may tell: "Keziah Moon, who".
    alone = not before and at == 1 and not flags[at] & (Kind.CUE | Kind.TRAILING) and not run.words[0].key.isupper()
    return bool(first or titled or alone)


def is_open(flag: int) -> bool:
    """Whether a word of these kinds may be part of a name."""
    return not flag or bool(flag & Kind.NAME)


def is_word_here(text: str, start: int, run: Run, at: int, flags: Sequence[int]) -> bool:
    """Whether a word that is somebody's surname is the plain word: "in March", "March 3", "Winter" that opens.

    Args:
        start: Where the stretch begins that the run is part of.
    """
    word = run.words[at]
    if at and flags[at - 1] and not flags[at - 1] & (Kind.FIRST | Kind.TITLE) and not is_extra(run.words[at - 1].key):
        return not run.heading
    if at + 1 < len(run.words) and not run.heading:
        return True
    before = text[max(0, start + word.start - 12) : start + word.start].split()
    if before and before[-1].lower() in _BEFORE_DATES and flags[at] & (Kind.OTHER | Kind.CUE):
        return True
    if _AFTER_DATES.match(text, start + word.end):
        return True
    opens = at == 0 and run.initial and bool(flags[at] & Kind.ORDINARY) and not word.possessive
    return opens and not (is_witnessed(text, start + word.end) or _AUXILIARY.match(text, start + word.end))
