"""Names of persons among runs of capitalised words, each with its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from stance.figures.flags import flags_of
from stance.figures.judging import NO, SURE, judge
from stance.figures.known import KnownFigures, fold
from stance.figures.runs import SUFFIXES, Run, Word, find_runs
from stance.figures.segments import LONGEST_NAME, is_open, is_word_here, segment_of, segments
from stance.figures.vocabulary import Kind, kinds
from stance.records import Span
from stance.resources import load_list, load_table

_LONGEST_TITLE = 4


class Name(NamedTuple):
    """A stretch of text that may name a person, without title and possessive ending.

    Attributes:
        words: Folded, initials included, particles joined to what follows (`de la cruz`), suffixes left out.
        nickname: Folded, or empty.
        title: The office before the name (`senator`), or empty.
        gender: What the title tells, `m`, `f` or empty.
        titled: Whether any title stands before the name.
        sentence: Index of the sentence.
        sure: As `judging.judge` says: `SURE`, `LIKELY` or `LINKED`.
    """

    start: int
    end: int
    words: tuple[str, ...]
    nickname: str
    title: str
    gender: str
    titled: bool
    sentence: int
    sure: int


def find_names(text: str, sentences: Sequence[Span], known: KnownFigures) -> list[Name]:
    """Names in reading order, not overlapping.

    Runs are read twice that have words which are surnames of the text's full names ("Dexter March"), and headlines
    after all else, since any word is capitalised there: then the surnames met are names, other words are not.
    """
    runs = list(find_runs(text, sentences))
    by_run: list[list[Name]] = [[] if run.heading else list(_names_of(text, run, known, _NOBODY)) for run in runs]
    headings = any(run.heading for run in runs)
    met = _met(text, list(chain.from_iterable(by_run)), headings=headings)
    again = [
        run for run in runs if run.heading or (met.odd and not met.odd.isdisjoint([word.key for word in run.words]))
    ]
    if met.odd:
        again += find_runs(text, sentences, met.odd)
    if not again:
        return list(chain.from_iterable(by_run))
    by_start = {run.words[0].start: names for run, names in zip(runs, by_run, strict=True)}
    by_start |= {run.words[0].start: list(_names_of(text, run, known, met)) for run in again}
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
    full = [name for name in names if name.sure == SURE and (len(name.words) > 1 or name.titled)]
    table = kinds()
    last = {text[name.start : name.end].split()[-1] for name in full}
    odd = frozenset(word for word in last if not is_open(table.get(word, 0)))
    if not odd and not headings:
        return _NOBODY
    words = frozenset(" ".join(name.words) for name in full if len(name.words) > 1)
    return Met(words, frozenset(name.words[-1] for name in full), odd)


def _names_of(text: str, run: Run, known: KnownFigures, met: Met) -> Iterator[Name]:
    if 1 < len(run.words) <= LONGEST_NAME and known.named(" ".join(word.key for word in run.words)):
        yield _name(run, run.words, SURE)
        return
    flags = flags_of(run, known)
    if met.odd:
        for at, word in enumerate(run.words):
            if word.key in met.odd and not is_word_here(text, run, at, flags):
                flags[at] = Kind.SURNAME
    parts = _heading_parts(run, flags, known, met) if run.heading and met.surnames else segments(run, flags)
    for begin, stop in parts:
        if run.heading and stop - begin > 2:
            begin, stop = _known_part(run, known, begin, stop)
        segment = segment_of(text, run, flags, (begin, stop))
        sure = judge(segment, known) if segment else NO
        if segment and sure != NO:
            yield _name(run, segment.words, sure, _title(run, begin) if segment.titled else "", segment.titled)


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
    for begin, stop in segments(run, flags):
        if stop - begin <= 2 and not any(begin < end and start < stop for start, end in found):
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


def _title(run: Run, begin: int) -> str:
    """The longest title that ends before position `begin`."""
    for first in range(max(0, begin - _LONGEST_TITLE), begin):
        title = " ".join(word.key for word in run.words[first:begin])
        if title in _offices():
            return title
    return run.words[begin - 1].key


@cache
def _offices() -> dict[str, str]:
    return {title.replace(".", ""): office for title, office in load_table("titles").items()}


def _name(run: Run, words: Sequence[Word], sure: int, title: str = "", titled: bool = False) -> Name:
    particles = load_list("particles")
    parts: list[str] = []
    for word in words:
        if word.key in SUFFIXES:
            continue
        key = fold(f"{word.particle} {word.key}") if word.particle else fold(word.key)
        key = key.removesuffix("-ji")  # "Kamakshi-ji": respect, in India
        if len(parts) > 1 and parts[-1] in particles:
            key = f"{parts.pop()} {key}"
        parts.append(key)
    return Name(
        start=words[0].start,
        end=words[-1].end,
        words=tuple(parts),
        nickname=fold(run.nickname) if run.nickname else "",
        title=_offices().get(title, "") if title else "",
        gender=load_table("gendered_titles").get(title, "") if title else "",
        titled=titled,
        sentence=run.sentence,
        sure=sure,
    )
