"""How sure it is that a stretch of capitalised words names a person: by the words and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stance.figures.forms import Form
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
        after: What the word after them in the run may be; 0 for none.
        form: What they name, if anybody.
        named: The table of known figures has them as a full name.
        surname: The last plain word is a surname, by the lists or by the table.
    """

    run: Run
    words: Sequence[Word]
    flags: Sequence[int]
    plain: Sequence[int]
    after: int
    form: Form
    named: bool
    surname: bool

    @property
    def full(self) -> bool:
        """More than a surname: two words, or initials and a word."""
        return len(self.plain) > 1 or self.plain[0] > 0


def judge(text: str, start: int, segment: Segment) -> int:
    """How sure it is that a segment names a person, by what it is and what stands around it.

    Args:
        start: Where the stretch begins that the segment is part of.

    Returns:
        `SURE` for a person's name, `LIKELY`, `LINKED` if only the text or the table can tell, `NO` for none.
    """
    if segment.named:
        return SURE
    words = segment.words
    end = start + words[-1].end
    before = _word_before(text, start + words[0].start)
    if segment.full:
        if before in _ARTICLES and _NOT_PERSON_AFTER.match(text, end):
            return NO
        return _full(text, end, segment, before)
    if not segment.form.titled and (before in _NOT_PERSON_BEFORE or _NOT_PERSON_AFTER.match(text, end)):
        return NO
    return _bare(text, start, segment, before)


def _word_before(text: str, start: int) -> str:
    """The word before, in lower case with what marks adhere to it; empty where none is near."""
    if not start or not text[start - 1].isspace():
        return ""
    words = text[max(0, start - 16) : start].rsplit(None, 1)
    return words[-1].lower() if words else ""


def _full(text: str, end: int, segment: Segment, before: str) -> int:
    first, last = segment.flags[segment.plain[0]], segment.flags[segment.plain[-1]]
    given = bool(first & Kind.FIRST) or segment.plain[0] > 0
    person_like = given and last & (Kind.SURNAME | Kind.PLACE_OR_SURNAME | Kind.OTHER)
    if (last & Kind.CUE and not person_like) or (not given and first & Kind.CUE):
        return NO
    if segment.form.titled:
        return SURE
    if not given and (last & (Kind.PLACE_OR_SURNAME | Kind.NOT_PERSON) or first & Kind.NOT_PERSON):
        return NO
    if segment.run.heading:
        return LIKELY if given and not last & Kind.ORDINARY else LINKED
    if given and not last & Kind.NAME and last & (Kind.NOT_PERSON | Kind.CUE | Kind.PLACE_OR_SURNAME):
        # "Dexter March", but "Franklin Field": a surname that is a month, a field.
        return SURE if not first & Kind.SURNAME or is_witnessed(text, end) else LINKED
    if given:
        # "Will Price" at a sentence's start: two ordinary words need a witness.
        doubtful = first & last & Kind.ORDINARY and segment.run.initial
        return LINKED if doubtful and not is_witnessed(text, end) else SURE
    if before in _ARTICLES and _RULE_OF.match(text, end):
        return LIKELY if first & last & Kind.ORDINARY else SURE
    if before in _ARTICLES:
        return LIKELY if last & Kind.SURNAME and not first and not last & Kind.ORDINARY else NO
    if is_witnessed(text, end) or _distinct(segment):
        return SURE
    if before in _BEFORE_PLACE:
        return LINKED
    introduced = before.rstrip(",") in load_list("words_before_persons") or (
        before.rstrip(",") in load_table("role_nouns") and segment.after == 0
    )
    return LIKELY if introduced else LINKED


def _distinct(segment: Segment) -> bool:
    """Whether the form alone tells a person's name: a surname at the end, Mc-, O', a double name."""
    if segment.surname and not segment.flags[segment.plain[0]] & Kind.ORDINARY:
        return True
    return any(
        "-" in word.key or "’" in word.key or "'" in word.key or word.key.startswith("Mc") for word in segment.words
    )


def _bare(text: str, start: int, segment: Segment, before: str) -> int:
    flag, word, surname = segment.flags[0], segment.words[0], segment.surname
    end = start + word.end
    if segment.form.titled:
        return NO if flag & (Kind.CUE | Kind.TRAILING) and not flag & Kind.NAME else SURE
    if not flag & ~Kind.FIRST and not segment.run.heading and _is_relative(text, start + word.start):
        return SURE
    if word.key.isupper():
        if text[end : end + 1] != ":":  # a transcript's "ROSENBERG:", but also "DELHI:"
            return LINKED
        unlisted = segment.run.initial and not flag and len(word.key) > _LONGEST_ACRONYM
        return SURE if surname else LIKELY if unlisted else LINKED
    if flag & Kind.TITLE:
        return LINKED
    if segment.run.heading:
        speaks = segment.run.initial and text[end : end + 1] == ":"
        return LIKELY if speaks and not flag & (Kind.ORDINARY | Kind.NOT_PERSON) else LINKED
    if before in _ARTICLES or segment.after & (Kind.PLACE | Kind.ORDINARY):
        return LINKED
    points = 2 * surname + bool(flag & Kind.FIRST) - 4 * bool(flag & Kind.NOT_PERSON) + (not flag)
    points -= 2 * bool(flag & Kind.ORDINARY and segment.run.initial) + bool(flag & Kind.ORDINARY)
    points += (
        2 * is_witnessed(text, start + segment.words[-1].end)
        + (before.rstrip(",") in load_list("words_before_persons"))
        + word.possessive
    )
    points -= 3 * (before in _BEFORE_PLACE) + (not flag and before in _PERHAPS_BEFORE_PLACE)
    points += segment.run.initial * (bool(_PAST.match(text, end)) - (flag in (0, Kind.FIRST)))
    return SURE if points >= 4 else LIKELY if points >= 1 else LINKED


def _is_relative(text: str, start: int) -> bool:
    """Whether a name that starts here is of somebody's relative: "her brother Tavita"."""
    return bool(_OF_RELATIVE.search(text, max(0, start - 40), start))


def is_witnessed(text: str, end: int) -> bool:
    """Whether what follows `end` is said of persons."""
    return bool(_AFTER_PERSON.match(text, end) or is_acting(text, end))


def is_initial(key: str) -> bool:
    """Whether a word is an initial or several: `J`, `J.D`."""
    return (len(key) == 1 or "." in key) and bool(_INITIALS.fullmatch(key))


def is_extra(key: str) -> bool:
    """Whether a word is an initial or a suffix, so no name by itself."""
    return key in SUFFIXES or is_initial(key)
