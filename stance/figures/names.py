"""Names of persons among runs of capitalised words, each with its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from stance.figures.judging import NO, SURE, Segment, is_extra, is_initial, is_witnessed, judge
from stance.figures.known import KnownFigures, fold, plain_letters
from stance.figures.runs import SUFFIXES, Run, Word, find_runs
from stance.figures.vocabulary import Kind, kinds, phrase_length
from stance.records import Span
from stance.resources import load_list, load_table

_LONGEST_NAME = 5
_LONGEST_TITLE = 4
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
_AFTER_DATES = re.compile(r"\s(?:\d|of\s)|,\s\d{4}")
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_CAMEL = re.compile(r"[a-z][A-Z]")
_CAMEL_NAMES = re.compile(r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Von|Fitz|O|D|St|Del|Des|Ap|Ab|Al|El)[A-Z]")
_CAPITAL_PARTICLES = frozenset(
    ("Van", "Von", "De", "Der", "Den", "Ter", "Ten", "Du", "Di", "Da", "Del", "La", "Le", "Bin", "Ibn")
)


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

    The text is read twice where its full names have surnames that are words ("Dexter March"), and its headlines
    after all else, since any word is capitalised there: then the surnames met are names, other words are not.
    """
    runs = list(find_runs(text, sentences))
    by_run = [[] if run.heading else list(_names_of(text, run, known, _NOBODY)) for run in runs]
    headings = any(run.heading for run in runs)
    met = _met(text, list(chain.from_iterable(by_run)), headings=headings)
    if met.odd:
        runs = list(find_runs(text, sentences, met.odd))
        by_run = [list(_names_of(text, run, known, met)) for run in runs]
    elif headings:
        by_run = [
            list(_names_of(text, run, known, met)) if run.heading else names
            for run, names in zip(runs, by_run, strict=True)
        ]
    return list(chain.from_iterable(by_run))


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
    odd = frozenset(word for word in last if not _open(table.get(word, 0)))
    if not odd and not headings:
        return _NOBODY
    words = frozenset(" ".join(name.words) for name in full if len(name.words) > 1)
    return Met(words, frozenset(name.words[-1] for name in full), odd)


def _names_of(text: str, run: Run, known: KnownFigures, met: Met) -> Iterator[Name]:
    if 1 < len(run.words) <= _LONGEST_NAME and known.named(" ".join(word.key for word in run.words)):
        yield _name(run, run.words, SURE)
        return
    flags = _flags(run, known)
    if met.odd:
        for at, word in enumerate(run.words):
            if word.key in met.odd and not _is_word_here(text, run, at, flags):
                flags[at] = Kind.SURNAME
    parts = _heading_parts(run, flags, known, met) if run.heading and met.surnames else _segments(run, flags)
    for begin, stop in parts:
        if run.heading and stop - begin > 2:
            begin, stop = _known_part(run, known, begin, stop)
        segment = _segment(text, run, flags, (begin, stop))
        sure = judge(segment, known) if segment else NO
        if segment and sure != NO:
            yield _name(run, segment.words, sure, _title(run, begin) if segment.titled else "", segment.titled)


def _flags(run: Run, known: KnownFigures) -> list[int]:
    """What each word may be; members of a listed phrase ("New Hampshire") are `OTHER`, initials and suffixes 0."""
    keys = [word.key for word in run.words]
    flags = [_flag(run, at, known) for at in range(len(keys))]
    if len(keys) > 1:
        keys = [key.title() if run.heading and key.isupper() else key for key in keys]
        at = 0
        while at < len(keys):
            length = phrase_length(keys, at)
            flags[at : at + length] = [Kind.OTHER] * length
            if not length and keys[at] in _CAPITAL_PARTICLES and known.surnamed(" ".join(keys[at : at + 2])):
                flags[at : at + 2] = [Kind.SURNAME] * len(flags[at : at + 2])
            at += length or 1
    return flags


def _flag(run: Run, at: int, known: KnownFigures) -> int:
    table = kinds()
    key = run.words[at].key
    flag = table.get(key, 0)
    follows = 0 < at < len(run.words) - 1 and not run.heading
    if key in ("A", "I") and run.words[at].end - run.words[at].start == 1:
        return 0 if follows else Kind.ORDINARY
    if key in _CAPITAL_PARTICLES:
        return 0 if follows or not flag else flag
    if len(key) < 4 and (key in SUFFIXES or (not flag & Kind.NOT_PERSON and is_initial(key))):
        return 0
    if key.isupper() and not flag & Kind.NOT_PERSON and len(key) > 2 - run.heading and "." not in key:
        flag = table.get(key.capitalize(), 0)
        # An acronym is no name, unless the text or the table knows it as one.
        return flag if flag or run.heading or len(key) > 5 or known.named(key) else Kind.OTHER
    if not flag and (_ACRONYMS.fullmatch(key) or (_CAMEL.search(key) and not _CAMEL_NAMES.match(key))):
        return Kind.OTHER
    if not flag and not key.isascii():
        flag = table.get(plain_letters(key), 0)
    if not flag and key.endswith("s") and not known.surnamed(key):
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


def _is_word_here(text: str, run: Run, at: int, flags: Sequence[int]) -> bool:
    """Whether a word that is somebody's surname is the plain word: "in March", "March 3", "Winter" that opens."""
    word = run.words[at]
    if at and not flags[at - 1] & (Kind.FIRST | Kind.TITLE) and not is_extra(run.words[at - 1].key):
        return not run.heading
    if at + 1 < len(run.words) and not run.heading:
        return True
    before = text[max(0, word.start - 12) : word.start].split()
    if before and before[-1].lower() in _BEFORE_DATES and flags[at] & (Kind.OTHER | Kind.CUE):
        return True
    if _AFTER_DATES.match(text, word.end):
        return True
    opens = at == 0 and run.initial and bool(flags[at] & Kind.ORDINARY) and not word.possessive
    return opens and not is_witnessed(text, word.end)


def _heading_parts(run: Run, flags: Sequence[int], known: KnownFigures, met: Met) -> Iterator[Span]:
    """The names in a headline that the text or the table knows; other words only where they stand alone or in pairs."""
    keys = [fold(word.key) for word in run.words]
    at = 0
    found: list[Span] = []
    while at < len(keys):
        length = next(
            (
                length
                for length in range(min(_LONGEST_NAME, len(keys) - at), 1, -1)
                if (name := " ".join(keys[at : at + length])) in met.full or known.named(name)
            ),
            int(keys[at] in met.surnames),
        )
        if length:
            found.append((at, at + length))
        at += length or 1
    yield from found
    for begin, stop in _segments(run, flags):
        if stop - begin <= 2 and not any(begin < end and start < stop for start, end in found):
            yield begin, stop


def _segments(run: Run, flags: Sequence[int]) -> Iterator[Span]:
    """Stretches of words that may be a name: no titles, no words that are never names."""
    begin = 0
    for at in range(len(flags) + 1):
        if at < len(flags) and _namelike(run, flags, at):
            continue
        if at > begin:
            yield begin, at
        begin = at + 1


def _known_part(run: Run, known: KnownFigures, begin: int, stop: int) -> Span:
    """In a headline any word is capitalised: the known name that a segment begins or ends with, else all of it."""
    keys = [word.key for word in run.words[begin : min(stop, begin + 2 * _LONGEST_NAME)]]
    for length in range(min(_LONGEST_NAME, len(keys)), 1, -1):
        if known.named(" ".join(keys[:length])):
            return begin, begin + length
        if known.named(" ".join(keys[-length:])):
            return stop - length, stop
    return begin, stop


def _namelike(run: Run, flags: Sequence[int], at: int) -> bool:
    flag = flags[at]
    if _is_odd_surname(run, flags, at):
        return True
    if flag & Kind.TITLE:
        # "Larry Elder", "Dean Phillips", but "Bishop Elder": a title is a name after a first name or as one.
        follows = at > 0 and flags[at - 1] & Kind.FIRST and not flags[at - 1] & Kind.TITLE
        last = at + 1 == len(flags) or not _open(flags[at + 1])
        if last and not at and flag & Kind.NAME:
            return True  # "Shah said": a name if the text has such a person
        leads = flag & Kind.FIRST and at + 2 == len(flags) and not flags[at + 1] & (Kind.FIRST | Kind.TITLE)
        return bool((follows and last and flag & Kind.NAME) or (leads and _open(flags[at + 1])))
    if at == 0 and run.initial and flag & Kind.ORDINARY and run.words[0].key.lower() in load_list("sentence_openers"):
        return False
    if flag == Kind.ORDINARY and at and not run.heading and flags[at - 1] & Kind.FIRST:
        # "Jared Diamond", but not "Will Children" where a sentence starts.
        sure_first = not flags[at - 1] & Kind.ORDINARY or not (run.initial and at == 1)
        return sure_first and (at + 1 == len(flags) or is_extra(run.words[at + 1].key))
    return _open(flag)


def _is_odd_surname(run: Run, flags: Sequence[int], at: int) -> bool:
    """Whether a word that is no surname elsewhere ends a full name: "Dexter March", "Tracey Field"."""
    if (
        not at
        or run.heading
        or (flags[at] & Kind.ORGANISATION and not flags[at] & (Kind.OTHER | Kind.PLACE_OR_SURNAME))
    ):
        return False
    if run.words[at].key.isupper() or (at + 1 < len(flags) and not is_extra(run.words[at + 1].key)):
        return False
    if not flags[at] & ~(Kind.TITLE | Kind.TRAILING):
        return False
    before = flags[at - 1]
    first = before & Kind.FIRST and not before & (Kind.ORDINARY | Kind.NOT_PERSON | Kind.TITLE)
    # A first name that no list has, after a title: "Labour MP Keziah Bright".
    titled = not before and at > 1 and flags[at - 2] & Kind.TITLE and flags[at] & Kind.ORDINARY
    return bool(first or titled)


def _open(flag: int) -> bool:
    """Whether a word of these kinds may be part of a name."""
    return not flag or bool(flag & Kind.NAME)


def _segment(text: str, run: Run, flags: Sequence[int], span: Span) -> Segment | None:
    """The words of `span` for judging, or None where they are plainly part of something else."""
    begin, stop = span
    while begin < stop and run.words[begin].key in SUFFIXES:
        begin += 1
    # "Supermodel Gigi Hadid": what opens a sentence before a first name describes it.
    if run.initial and begin == 0 and stop > 2 and flags[1] & Kind.FIRST and not flags[0] & Kind.FIRST:
        begin += len(run.words[0].key) > 2 and not flags[2] & Kind.FIRST
    words = run.words[begin:stop]
    plain = [at for at, word in enumerate(words) if not is_extra(word.key)]
    if not plain or len(words) > _LONGEST_NAME:
        return None
    titled = begin > 0 and bool(flags[begin - 1] & Kind.TITLE)
    after = flags[stop] if stop < len(flags) else 0
    if _belongs_to_other(run, flags, stop) and not after & Kind.TRAILING:
        return None
    segment = Segment(text, run, words, flags[begin:stop], plain, titled, 0 if after & Kind.TRAILING else after)
    if run.heading or segment.full or titled or not begin:
        return segment
    # "Camp Kelly", "Lake Mary": a word before that is no title makes the pair a name of something else.
    harmless = flags[begin - 1] & Kind.OTHER or (begin == 1 and run.initial)
    before = 0 if harmless or run.words[begin - 1].key in _CAPITAL_PARTICLES else flags[begin - 1]
    return None if before & (Kind.CUE | Kind.ORDINARY) else segment


def _belongs_to_other(run: Run, flags: Sequence[int], stop: int) -> bool:
    """Whether the words after make the name an organisation's, a building's, a place's."""
    if run.heading:  # any word is capitalised here: "Whitfield Falls" loses in a poll
        return stop < len(flags) and bool(flags[stop] & Kind.CUE) and not run.words[stop].key.lower().endswith("s")
    return any(flag & Kind.CUE for flag in flags[stop : stop + _LONGEST_NAME])


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
        key = fold(f"{word.particle} {word.key}")
        if len(parts) > 1 and parts[-1] in particles:
            key = f"{parts.pop()} {key}"
        parts.append(key)
    return Name(
        start=words[0].start,
        end=words[-1].end,
        words=tuple(parts),
        nickname=fold(run.nickname),
        title=_offices().get(title, ""),
        gender=load_table("gendered_titles").get(title, ""),
        titled=titled,
        sentence=run.sentence,
        sure=sure,
    )
