"""How sure it is that a stretch of capitalised words names a person: by the words and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stance.figures.known import KnownFigures
from stance.figures.runs import SUFFIXES, Run, Word
from stance.figures.vocabulary import Kind, is_acting
from stance.resources import load_list, load_table

NO, LINKED, LIKELY, SURE = -1, 0, 1, 2
_LONGEST_ACRONYM = 5

_INITIALS = re.compile(r"[^\W\d_]|(?:[^\W\d_]\.[ -]?)+[^\W\d_]?\.?")
_RELATIONS = (
    "wife|husband|son|daughter|mother|father|brother|sister|lawyers?|attorneys?|campaign|administration|office|speech|"
    "remarks|comments|words|supporters|opponents|critics|aides|team|family|tweets?|death|decision|plan|allies|staff|"
    "testimony|claims?|statement|nomination|victory|defeat|record|presidency|behavior|body|parents|arrest|trial"
)
_AFTER_PERSON = re.compile(
    r"(?:[’']s?)?(?:, (?:who|whose|whom|\d{1,3}[,.]|an? |the |then |now |his |her |"
    r"[A-Z][\w.]*?(?:’s|'s)? (?:Democrat|Republican)|"
    r"[a-z]+(?: [a-z]+){0,2} (?:at|of|for|with|and)\b|"
    r"[DRI]-|former|chair|co-|head|chief|president|director|managing|executive|senior|vice|author|founder)"
    r"| ?\((?:[DRI]\b|\d\d\)|Democrat|Republican|(?:Lab|Con|Labou?r|Conservatives?|Liberals?|Nationals?|Lib Dem|"
    r"LD|Greens?|NDP|SNP|DUP|BJP|INC|Congress|Ind|Independent|ALP|ANC|APC|PDP|UDA|ODM|Bloc)\))"
    rf"|[’']s? (?:{_RELATIONS})\b|:)"
)
# "his wife, Harleen", "her brother Tavita"
_OF_RELATIVE = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Mm]y|\w[’']s) (?:(?:late|eldest|elder|older|younger|youngest|twin|first|second|\w+ged) ){0,2}"
    r"(?:wife|husband|son|daughter|mother|father|brother|sister|partner|niece|nephew|cousin|fiancée?),? $"
)
_NOT_PERSON_AFTER = re.compile(
    r"(?:[’']s)? (?:hospitals?|schools?|university|colleges?|foundations?|institute|cent(?:er|re)|airport|stadium|"
    r"library|museum|restaurant|steakhouse|brand|stores?|building|tower|hotel|resort|memorial|bridge|street|avenue|county|"
    r"prison|jail|newspaper|magazine|website|app|shares|stock)\b|(?: &| v\.| vs\.) "
)
_NOT_PERSON_BEFORE = frozenset(("&", "v.", "vs."))
_BEFORE_PLACE = frozenset(
    ("in", "near", "across", "outside", "inside", "throughout", "via", "north", "south", "east", "west")
)
_PERHAPS_BEFORE_PLACE = frozenset(("of", "from", "at", "to", "into", "around", "toward", "towards", "between", "on"))
_ARTICLES = frozenset(
    ("the", "a", "an", "these", "those", "its", "our", "their", "his", "her", "my", "your", "every", "each", "some")
)
# "the Solanki government": whose it is, a person; with an article before.
_RULE_OF = re.compile(
    r"(?:[’']s?)? (?:government|administration|campaign|ministry|cabinet|presidency|era|camp|faction|candidacy|team|"
    r"supporters?|loyalists?|aides?|allies|family|brothers|sisters|trial|case|affair|letter|memo|tapes?|emails?)\b"
)
_PAST = re.compile(r"\s[a-z]+ed\b")


class Segment(NamedTuple):
    """Words of a run that may be a name.

    Attributes:
        flags: What each word may be.
        plain: Positions, in `words`, of what is neither initial nor suffix.
        titled: A title stands before.
        after: What the word after them in the run may be; 0 for none.
    """

    text: str
    run: Run
    words: Sequence[Word]
    flags: Sequence[int]
    plain: Sequence[int]
    titled: bool
    after: int

    @property
    def full(self) -> bool:
        """More than a surname: two words, or initials and a word."""
        return len(self.plain) > 1 or self.plain[0] > 0


def judge(segment: Segment, known: KnownFigures) -> int:
    """`SURE` for a person's name, `LIKELY`, `LINKED` if only the text or the table can tell, `NO` for none."""
    start, end = segment.words[0].start, segment.words[-1].end
    before = _word_before(segment.text, start)
    if segment.full:
        if known.named(" ".join([word.key for word in segment.words])):
            return SURE
        if _NOT_PERSON_AFTER.match(segment.text, end) and before in _ARTICLES:
            return NO
        return _full(segment, known, before)
    if not segment.titled and (_NOT_PERSON_AFTER.match(segment.text, end) or before in _NOT_PERSON_BEFORE):
        return NO
    return _bare(segment, known, before)


def _word_before(text: str, start: int) -> str:
    """The word before, in lower case with what marks adhere to it; empty where none is near."""
    if not start or not text[start - 1].isspace():
        return ""
    words = text[max(0, start - 16) : start].rsplit(None, 1)
    return words[-1].lower() if words else ""


def _full(segment: Segment, known: KnownFigures, before: str) -> int:
    first, last = segment.flags[segment.plain[0]], segment.flags[segment.plain[-1]]
    given = bool(first & Kind.FIRST) or segment.plain[0] > 0
    person_like = given and last & (Kind.SURNAME | Kind.PLACE_OR_SURNAME | Kind.OTHER)
    if (last & Kind.CUE and not person_like) or (not given and first & Kind.CUE):
        return NO
    if segment.titled:
        return SURE
    if not given and (last & (Kind.PLACE_OR_SURNAME | Kind.NOT_PERSON) or first & Kind.NOT_PERSON):
        return NO
    if segment.run.heading:
        return LIKELY if given and not last & Kind.ORDINARY else LINKED
    if given and not last & Kind.NAME and last & (Kind.NOT_PERSON | Kind.CUE | Kind.PLACE_OR_SURNAME):
        # "Dexter March", but "Franklin Field": a surname that is a month, a field.
        return SURE if not first & Kind.SURNAME or _witness(segment) else LINKED
    if given:
        # "Will Price" at a sentence's start: two ordinary words need a witness.
        doubtful = first & last & Kind.ORDINARY and segment.run.initial
        return LINKED if doubtful and not _witness(segment) else SURE
    if before in _ARTICLES and _RULE_OF.match(segment.text, segment.words[-1].end):
        return LIKELY if first & last & Kind.ORDINARY else SURE
    if before in _ARTICLES:
        return LIKELY if last & Kind.SURNAME and not first and not last & Kind.ORDINARY else NO
    if _witness(segment) or _distinct(segment, known):
        return SURE
    if before in _BEFORE_PLACE:
        return LINKED
    introduced = before.rstrip(",") in load_list("words_before_persons") or (
        before.rstrip(",") in load_table("role_nouns") and segment.after == 0
    )
    return LIKELY if introduced else LINKED


def _distinct(segment: Segment, known: KnownFigures) -> bool:
    """Whether the form alone tells a person's name: a surname at the end, Mc-, O', a double name."""
    first, last = segment.flags[segment.plain[0]], segment.words[segment.plain[-1]]
    if not first & Kind.ORDINARY and (segment.flags[segment.plain[-1]] & Kind.SURNAME or known.surnamed(last.key)):
        return True
    return any(
        "-" in word.key or "’" in word.key or "'" in word.key or word.key.startswith("Mc") for word in segment.words
    )


def _bare(segment: Segment, known: KnownFigures, before: str) -> int:
    flag, word = segment.flags[segment.plain[0]], segment.words[segment.plain[0]]
    if segment.titled:
        return NO if flag & (Kind.CUE | Kind.TRAILING) and not flag & Kind.NAME else SURE
    if (
        not flag & ~Kind.FIRST
        and not segment.run.heading
        and _OF_RELATIVE.search(segment.text, max(0, word.start - 40), word.start)
    ):
        return SURE
    surname = bool(flag & Kind.SURNAME or known.surnamed(word.key))
    if word.key.isupper():
        if segment.text[word.end : word.end + 1] != ":":  # a transcript's "ROSENBERG:", but also "DELHI:"
            return LINKED
        unlisted = segment.run.initial and not flag and len(word.key) > _LONGEST_ACRONYM
        return SURE if surname else LIKELY if unlisted else LINKED
    if flag & Kind.TITLE:
        return LINKED
    if segment.run.heading:
        speaks = segment.run.initial and segment.text[word.end : word.end + 1] == ":"
        return LIKELY if speaks and not flag & (Kind.ORDINARY | Kind.NOT_PERSON) else LINKED
    if before in _ARTICLES or segment.after & (Kind.PLACE | Kind.ORDINARY):
        return LINKED
    points = 2 * surname + bool(flag & Kind.FIRST) - 4 * bool(flag & Kind.NOT_PERSON) + (not flag)
    points -= 2 * bool(flag & Kind.ORDINARY and segment.run.initial) + bool(flag & Kind.ORDINARY)
    points += 2 * bool(_witness(segment)) + (before.rstrip(",") in load_list("words_before_persons")) + word.possessive
    points -= 3 * (before in _BEFORE_PLACE) + (not flag and before in _PERHAPS_BEFORE_PLACE)
    points += segment.run.initial * (bool(_PAST.match(segment.text, word.end)) - (flag in (0, Kind.FIRST)))
    return SURE if points >= 4 else LIKELY if points >= 1 else LINKED


def _witness(segment: Segment) -> bool:
    """Whether what follows is said of persons: a verb of saying, an age, an appositive, a relative."""
    return is_witnessed(segment.text, segment.words[-1].end)


def is_witnessed(text: str, end: int) -> bool:
    """Whether what follows `end` is said of persons."""
    return bool(_AFTER_PERSON.match(text, end) or is_acting(text, end))


def is_initial(key: str) -> bool:
    """Whether a word is an initial or several: `J`, `J.D`."""
    return (len(key) == 1 or "." in key) and bool(_INITIALS.fullmatch(key))


def is_extra(key: str) -> bool:
    """Whether a word is an initial or a suffix, so no name by itself."""
    return key in SUFFIXES or is_initial(key)
