"""Segments of runs that may be a name, and what their words tell wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stance.figures.affixes import CAPITAL_PARTICLES, SUFFIXES
from stance.figures.forms import Form, form_of, title_before
from stance.figures.known import KnownFigures
from stance.figures.runs import Run, Word, is_extra
from stance.figures.vocabulary import Kind
from stance.records import Span
from stance.resources import load_table

LONGEST_NAME = 5
_DISTINCT = re.compile(r"[-’']|(?:^| )Mc")


@dataclass(slots=True, eq=False, repr=False)
class Segment:
    """Words of a run that may be a name, and what they tell of themselves.

    Attributes:
        start, end: From the beginning of the stretch.
        form: What they name, if anybody.
        named: The table of known figures has them as a full name; nothing else matters then.
        word: The first word.
        word_end: Where it ends, from the beginning of the stretch.
        first, last: What the first and the last word may be that is neither initial nor suffix.
        after: What the word after them in the run may be; 0 for none.
        full: More than a surname: two words, or initials and a word.
        given: They begin with a first name or initials.
        possessive: The first word has a possessive ending.
        surname: The last word is a surname, by the lists or by the table.
        distinct: Their form tells a person's name: a surname at the end, Mc-, O', a double name.
        initial, heading: As of the run.
        byline: They follow the By of a byline.
    """

    start: int
    end: int
    form: Form
    named: bool
    word: str = ""
    word_end: int = 0
    first: int = 0
    last: int = 0
    after: int = 0
    full: bool = False
    given: bool = False
    possessive: bool = False
    surname: bool = False
    distinct: bool = False
    initial: bool = False
    heading: bool = False
    byline: bool = False


def known_segment(run: Run, known: KnownFigures) -> Segment | None:
    """All words of a run, where they are a known figure's full name, or initials with points (A.O.C.)."""
    words = run.words
    if len(words) > LONGEST_NAME or (len(words) == 1 and "." not in words[0].key):
        return None
    if not known.named(" ".join([word.key for word in words])):
        return None
    return Segment(words[0].start, words[-1].end, form=form_of(run, words), named=True)


def known_after_title(run: Run, flags: Sequence[int], known: KnownFigures) -> Segment | None:
    """The words of a run after its title, where they are a known figure's full name: "Mayor London Breed"."""
    if not flags[0] & (Kind.TITLE | Kind.NOT_PERSON):  # as of most runs
        return None
    for begin in range(len(run.words) - 2, 0, -1):
        words = run.words[begin:]
        led = flags[begin - 1] & Kind.TITLE and all(flag & (Kind.TITLE | Kind.NOT_PERSON) for flag in flags[:begin])
        if led and len(words) <= LONGEST_NAME and known.named(" ".join([word.key for word in words])):
            form = form_of(run, words, title_before(run, begin), titled=True)
            return Segment(words[0].start, words[-1].end, form=form, named=True)
    return None


def segment_of(run: Run, flags: Sequence[int], span: Span, known: KnownFigures) -> Segment | None:
    """The words of `span` for judging, or None where they are plainly part of something else."""
    begin, stop = _without_opening(run, flags, *span)
    words = run.words[begin:stop]
    plain = [at for at, word in enumerate(words) if not is_extra(word.key)]
    if not plain or len(words) > LONGEST_NAME:
        return None
    after = flags[stop] if stop < len(flags) else 0
    if not after & Kind.TRAILING and _belongs_to_other(run, flags, stop):
        return None
    full = len(plain) > 1 or plain[0] > 0
    titled = begin > 0 and bool(flags[begin - 1] & Kind.TITLE)
    if not (run.heading or full or titled or not begin):
        # "Camp Kelly", "Lake Mary": a word before that is no title makes the pair a name of something else.
        harmless = flags[begin - 1] & Kind.OTHER or (begin == 1 and run.initial)
        before = 0 if harmless or run.words[begin - 1].key in CAPITAL_PARTICLES else flags[begin - 1]
        if before & (Kind.CUE | Kind.ORDINARY):
            return None
    form = form_of(run, words, title_before(run, span[0]) if titled else "", titled=titled)
    return _segment(run, words, flags[begin:stop], plain, 0 if after & Kind.TRAILING else after, form, known)


def _segment(
    run: Run,
    words: Sequence[Word],
    flags: Sequence[int],
    plain: Sequence[int],
    after: int,
    form: Form,
    known: KnownFigures,
) -> Segment:
    opening, closing = words[0], words[plain[-1]]
    first, last = flags[plain[0]], flags[plain[-1]]
    full = len(plain) > 1 or plain[0] > 0
    surname = bool(last & Kind.SURNAME) or known.has_surname(closing.key)
    written = " ".join([word.key for word in words]) if full else ""
    return Segment(
        start=opening.start,
        end=words[-1].end,
        word=opening.key,
        word_end=opening.end,
        first=first,
        last=last,
        after=after,
        full=full,
        given=bool(first & Kind.FIRST) or plain[0] > 0,
        possessive=opening.possessive,
        surname=surname,
        distinct=(surname and not first & Kind.ORDINARY) or bool(_DISTINCT.search(written)),
        # A whole run was looked up before it was cut.
        named=full and len(words) < len(run.words) and known.named(written) is not None,
        initial=run.initial,
        heading=run.heading,
        byline=run.byline and opening.start == run.words[0].end + 1,
        form=form,
    )


def _without_opening(run: Run, flags: Sequence[int], begin: int, stop: int) -> Span:
    """A span less the words that begin it and are no part of a name."""
    while begin < stop and run.words[begin].key in SUFFIXES:
        begin += 1
    if begin or stop <= 2 or not run.initial or flags[0] & Kind.FIRST:
        return begin, stop
    # "Supermodel Gigi Hadid": what opens a sentence before a first name describes it.
    if flags[1] & Kind.FIRST:
        return int(len(run.words[0].key) > 2 and not flags[2] & Kind.FIRST), stop
    if flags[0] & Kind.ORDINARY:  # "Farmer Reg Battye"
        return int(run.words[0].key.lower() in load_table("role_nouns")), stop
    return begin, stop


def _belongs_to_other(run: Run, flags: Sequence[int], stop: int) -> bool:
    """Whether the words after make the name an organisation's, a building's, a place's."""
    if run.heading:  # any word is capitalised here: "Whitfield Falls" loses in a poll
        return stop < len(flags) and bool(flags[stop] & Kind.CUE) and not run.words[stop].key.lower().endswith("s")
    return stop < len(flags) and any(flag & Kind.CUE for flag in flags[stop : stop + LONGEST_NAME])
