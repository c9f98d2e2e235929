"""Names of persons among stretches of capitalised words, each with its title."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from stance.figures.cutting import cut, is_open, is_word_here
from stance.figures.flags import flags_of
from stance.figures.folding import fold
from stance.figures.forms import Form
from stance.figures.judging import NO, SURE, judge
from stance.figures.known import KnownFigures
from stance.figures.openings import find_listed, opens_with_first_name
from stance.figures.runs import Run, split
from stance.figures.segments import LONGEST_NAME, Segment, known_after_title, known_segment, segment_of
from stance.figures.stretches import Stretch, find_stretches, read_left_out
from stance.figures.vocabulary import Kind, kinds
from stance.records import Span
from stance.spans import overlaps

_LONGEST_REMEMBERED = 100


@dataclass(slots=True, eq=False, repr=False)
class Name:
    """A stretch of text that may name a person, without title and possessive ending.

    Attributes:
        sentence: Index of the sentence.
        sure: As `judging.judge` says: `SURE`, `LIKELY` or `LINKED`.
    """

    start: int
    end: int
    form: Form
    sentence: int
    sure: int


def find_names(text: str, sentences: Sequence[Span], known: KnownFigures) -> list[Name]:
    """Names in reading order, not overlapping.

    Stretches are read twice that have words which are surnames of the text's full names ("Dexter March"), and
    headlines after all else, since any word is capitalised there: then the surnames met are names, other words are not.
    """
    stretches, left = find_stretches(text, sentences)
    by_stretch = [[] if one.heading else _judged(text, one, _segments_in(one, known)) for one in stretches]
    headings = any(one.heading for one in stretches)
    met = _met(text, list(chain.from_iterable(by_stretch)), headings=headings)
    listed = find_listed(text)
    again = [
        one
        for one in stretches
        if one.heading or one.start in listed or (met.odd and _has_any(one, met.odd)) or _is_odd_opening(text, one)
    ]
    again += [read_left_out(text, sentences, word) for word in left if word[1] in met.odd or word[0] in listed]
    if not again:
        return list(chain.from_iterable(by_stretch))
    by_start = {one.start: names for one, names in zip(stretches, by_stretch, strict=True)}
    by_start |= {one.start: _judged(text, one, _segments_again(text, one, known, met, listed), listed) for one in again}
    return [name for start in sorted(by_start) for name in by_start[start]]


class Met(NamedTuple):
    """What full names a text has.

    Attributes:
        full: Each full name's folded words.
        surnames: Their last words, folded.
        odd: Those last words that are no surnames elsewhere, as they are written.
    """

    full: frozenset[str]
    surnames: frozenset[str]
    odd: frozenset[str]


_NOBODY = Met(frozenset(), frozenset(), frozenset())


def _met(text: str, names: Sequence[Name], *, headings: bool) -> Met:
    full = [name for name in names if name.sure == SURE and (len(name.form.words) > 1 or name.form.titled)]
    table = kinds()
    last = {text[name.start : name.end].split()[-1] for name in full}
    odd = frozenset([word for word in last if not is_open(table.get(word, 0))])
    if not odd and not headings:
        return _NOBODY
    words = frozenset(name.form.key for name in full if len(name.form.words) > 1)
    return Met(words, frozenset(name.form.words[-1] for name in full), odd)


def _is_odd_opening(text: str, stretch: Stretch) -> bool:
    """Whether a sentence opens with a first name that looks like an auxiliary: "May Quint ran"."""
    return stretch.initial and not stretch.heading and opens_with_first_name(text, stretch.start)


def _has_any(stretch: Stretch, words: frozenset[str]) -> bool:
    if not any(word in stretch.written for word in words):  # soon told, of most
        return False
    runs = split(stretch.written, initial=stretch.initial, heading=stretch.heading)
    return any(word.key in words for run in runs for word in run.words)


def _judged(text: str, stretch: Stretch, found: Iterable[Segment], listed: Container[int] = ()) -> list[Name]:
    """The names among segments of a stretch; surely one where it is listed after a title."""
    names = []
    for segment in found:
        sure = SURE if stretch.start + segment.start in listed else judge(text, stretch.start, segment)
        if sure != NO:
            start, end = stretch.start + segment.start, stretch.start + segment.end
            names.append(Name(start, end, segment.form, stretch.sentence, sure))
    return names


def _segments_in(stretch: Stretch, known: KnownFigures) -> Iterable[Segment]:
    if len(stretch.written) > _LONGEST_REMEMBERED:
        return _segments_of(stretch.written, stretch.initial, known)
    return _remembered_segments(stretch.written, stretch.initial, known)


def _segments_of(written: str, initial: bool, known: KnownFigures, /) -> tuple[Segment, ...]:
    """What may be a name in a stretch outside headlines, wherever it stands."""
    found: list[Segment] = []
    for run in split(written, initial=initial, heading=False):
        segment = known_segment(run, known)
        found += [segment] if segment else _parts_of(run, flags_of(run, known), known, _NOBODY)
    return tuple(found)


# The same people are named again and again, in a text and from one to the next.
_remembered_segments = lru_cache(maxsize=16384)(_segments_of)


def _segments_again(
    text: str, stretch: Stretch, known: KnownFigures, met: Met, listed: Container[int]
) -> Iterator[Segment]:
    """What may be a name in a stretch, once the text's full names are known."""
    odd_opening = _is_odd_opening(text, stretch)
    for run in split(stretch.written, initial=stretch.initial and not odd_opening, heading=stretch.heading):
        segment = known_segment(run, known)
        if segment:
            yield segment
            continue
        flags = flags_of(run, known)
        for at, word in enumerate(run.words):
            if word.key in met.odd and not is_word_here(text, stretch.start, run, at, flags):
                flags[at] = Kind.SURNAME
        if odd_opening and run.words[0].start == 0:
            flags[0] = Kind.FIRST
        elif stretch.start in listed:
            flags[:] = [Kind.SURNAME] * len(flags)
        yield from _parts_of(run, flags, known, met)


def _parts_of(run: Run, flags: Sequence[int], known: KnownFigures, met: Met) -> Iterator[Segment]:
    titled = None if run.heading else known_after_title(run, flags, known)
    if titled:
        yield titled
        return
    parts = _heading_parts(run, flags, known, met) if run.heading and met.surnames else cut(run, flags)
    for begin, stop in parts:
        if run.heading and stop - begin > 2:
            begin, stop = _known_part(run, known, begin, stop)
        segment = segment_of(run, flags, (begin, stop), known)
        if segment:
            yield segment


def _heading_parts(run: Run, flags: Sequence[int], known: KnownFigures, met: Met) -> Iterator[Span]:
    """The names in a headline that the text or the table knows; other words only where they stand alone or in pairs."""
    keys = [fold(word.key) for word in run.words]
    at = 0
    found: list[Span] = []
    while at < len(keys):
        length = next(
            (
                length
                for length in range(min(LONGEST_NAME, len(keys) - at), 1, -1)
                if (name := " ".join(keys[at : at + length])) in met.full or known.named(name)
            ),
            int(keys[at] in met.surnames),
        )
        if length:
            found.append((at, at + length))
        at += length or 1
    yield from found
    for begin, stop in cut(run, flags):
        if stop - begin <= 2 and not overlaps((begin, stop), found):
            yield begin, stop


def _known_part(run: Run, known: KnownFigures, begin: int, stop: int) -> Span:
    """In a headline any word is capitalised: the known name that a segment begins or ends with, else all of it."""
    keys = [word.key for word in run.words[begin : min(stop, begin + 2 * LONGEST_NAME)]]
    for length in range(min(LONGEST_NAME, len(keys)), 1, -1):
        if known.named(" ".join(keys[:length])):
            return begin, begin + length
        if known.named(" ".join(keys[-length:])):
            return stop - length, stop
    return begin, stop
