"""How sure it is that a stretch of capitalised words names a person: by the words and by what stands around them."""

from __future__ import annotations

import re

from stance.figures.segments import Segment
from stance.figures.vocabulary import Kind, kinds
from stance.figures.witnesses import is_plainly_person, is_witnessed
from stance.resources import load_list, load_table

NO, LINKED, LIKELY, SURE = -1, 0, 1, 2
_LONGEST_ACRONYM = 5

# "his wife, Harleen", "her brother Tavita"
_RELATIVES = frozenset(
    ("wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "partner", "niece", "nephew")
)
_RELATIVES |= {"cousin", "fiancé", "fiancée"}
_OF_RELATIVE = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Mm]y|\w[’']s|by an?|two|three|four|and an?|; an?) "
    r"(?:(?:late|eldest|elder|older|younger|youngest|twin|first|second|\w+ged) ){0,2}"
    rf"(?:{'|'.join(sorted(_RELATIVES))}),? $"
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
# "Dana Whitfield, MP for Bolton"
_SEAT_BEFORE = re.compile(
    r"\b(?:MPs?|MSP|MLA|TD|[Mm]ember|[Ss]enator|[Rr]epresentative|[Dd]elegate|[Cc]ouncillor) for $"
)
# "(Reporting by Dana Whitfield"
_CREDIT = re.compile(r"\b(?:Reporting|Editing|Writing) by ")
# "(Photo by Dana Whitfield/Getty Images)", "(Dana Whitfield/AP)": nobody whom the article speaks of.
_PHOTOGRAPHER = re.compile(r"\b(?:[Pp]hoto(?:graph)?s?|PHOTOS?|[Pp]icture|[Ii]mage|[Ii]llustration) by $")
_BEFORE_AGENCY = re.compile(r"(?:\(|\b(?:[Pp]hoto|PHOTO|[Cc]redit|[Ii]mage|[Pp]icture)s?: )$")
_AGENCY = re.compile(r" ?/ ?[A-Z]")
_ARTICLES = frozenset(
    ("the", "a", "an", "these", "those", "its", "our", "their", "his", "her", "my", "your", "every", "each", "some")
)
# "the Solanki government": whose it is, a person; with an article before.
_RULE_OF = re.compile(
    r"(?:[’']s?)? (?:government|administration|campaign|ministry|cabinet|presidency|era|camp|faction|candidacy|team|"
    r"supporters?|loyalists?|aides?|allies|family|brothers|sisters|trial|case|affair|letter|memo|tapes?|emails?)\b"
)
_PAST = re.compile(r"\s[a-z]+ed\b")


def judge(text: str, start: int, segment: Segment) -> int:
    """How sure it is that a segment names a person, by what it is and what stands around it.

    Args:
        start: Where the stretch begins that the segment is part of.

    Returns:
        `SURE` for a person's name, `LIKELY`, `LINKED` if only the text or the table can tell, `NO` for none.
    """
    end = start + segment.end
    if _is_photo_credit(text, start + segment.start, end):
        return NO
    if segment.named:
        return SURE
    before = _word_before(text, start + segment.start)
    if before == "for" and not segment.form.titled and _is_seat(text, start + segment.start):
        return NO
    if segment.full:
        if before in _ARTICLES and _NOT_PERSON_AFTER.match(text, end):
            return NO
        return _full(text, end, segment, before)
    if not segment.form.titled and (before in _NOT_PERSON_BEFORE or _NOT_PERSON_AFTER.match(text, end)):
        return NO
    return _bare(text, start, segment, before)


def _is_seat(text: str, start: int) -> bool:
    """Whether a name is a constituency's: "the MP for Bolton West, who"."""
    return bool(_SEAT_BEFORE.search(text, max(0, start - 30), start))


def _is_photo_credit(text: str, start: int, end: int) -> bool:
    """Whether a name is that of who took a picture."""
    if text.startswith("by ", start - 3):
        return bool(_PHOTOGRAPHER.search(text, max(0, start - 20), start))
    return text.find("/", end, end + 2) >= 0 and bool(
        _AGENCY.match(text, end) and _BEFORE_AGENCY.search(text, max(0, start - 12), start)
    )


def _word_before(text: str, start: int) -> str:
    """The word before, in lower case with what marks adhere to it; empty where none is near."""
    if not start or not text[start - 1].isspace():
        return ""
    words = text[max(0, start - 16) : start].rsplit(None, 1)
    return words[-1].lower() if words else ""


def _full(text: str, end: int, segment: Segment, before: str) -> int:
    first, last, given = segment.first, segment.last, segment.given
    person_like = given and last & (Kind.SURNAME | Kind.PLACE_OR_SURNAME | Kind.OTHER)
    if (last & Kind.CUE and not person_like) or (not given and first & Kind.CUE):
        return SURE if given and not first & Kind.SURNAME and is_witnessed(text, end) else NO
    if segment.form.titled or segment.byline:
        return SURE
    if not first and last and (not last & Kind.NAME or last & Kind.NOT_PERSON):
        return SURE if before not in _ARTICLES and is_plainly_person(text, end) else NO
    if not given and (last & (Kind.PLACE_OR_SURNAME | Kind.NOT_PERSON) or first & Kind.NOT_PERSON):
        return NO
    if before == "by" and _CREDIT.search(text, max(0, end - 60), end):
        return SURE
    if segment.heading:
        return LIKELY if given and not last & Kind.ORDINARY else LINKED
    return _given(text, end, segment) if given else _not_given(text, end, segment, before)


def _given(text: str, end: int, segment: Segment) -> int:
    """A full name that begins with a first name."""
    first, last = segment.first, segment.last
    if not last & Kind.NAME and last & (Kind.NOT_PERSON | Kind.CUE | Kind.PLACE_OR_SURNAME):
        # "Dexter March", but "Franklin Field": a surname that is a month, a field.
        return SURE if not first & Kind.SURNAME or is_witnessed(text, end) else LINKED
    # "Will Price" at a sentence's start: two ordinary words need a witness.
    doubtful = first & last & Kind.ORDINARY and segment.initial
    return LINKED if doubtful and not is_witnessed(text, end) else SURE


def _not_given(text: str, end: int, segment: Segment, before: str) -> int:
    """Words that may be a full name, of which the first is no first name."""
    first, last = segment.first, segment.last
    owner = before[:-2] if before.endswith(("’s", "'s")) else ""
    if owner and not first and not last and kinds().get(owner.title(), 0) & Kind.NOT_PERSON:
        return LIKELY  # "Hungary's Gergely Szanto"
    if before in _ARTICLES and _RULE_OF.match(text, end):
        return LIKELY if first & last & Kind.ORDINARY else SURE
    if before in _ARTICLES:
        return LIKELY if last & Kind.SURNAME and not first and not last & Kind.ORDINARY else NO
    if is_witnessed(text, end) or segment.distinct:
        return SURE
    if before in _BEFORE_PLACE:
        return LINKED
    introduced = before.rstrip(",") in load_list("words_before_persons") or (
        before.rstrip(",") in load_table("role_nouns") and segment.after == 0
    )
    return LIKELY if introduced else LINKED


def _bare(text: str, start: int, segment: Segment, before: str) -> int:
    flag, end = segment.first, start + segment.word_end
    if segment.form.titled:
        return NO if flag & (Kind.CUE | Kind.TRAILING) and not flag & Kind.NAME else SURE
    if not flag & ~Kind.FIRST and before.rstrip(",") in _RELATIVES and not segment.heading:
        at = start + segment.start
        if _OF_RELATIVE.search(text, max(0, at - 40), at):
            return SURE
    if segment.word.isupper():
        if text[end : end + 1] != ":":  # a transcript's "ROSENBERG:", but also "DELHI:"
            return LINKED
        unlisted = segment.initial and not flag and len(segment.word) > _LONGEST_ACRONYM
        return SURE if segment.surname else LIKELY if unlisted else LINKED
    if flag & Kind.TITLE:
        return LINKED
    if segment.heading:
        speaks = segment.initial and text[end : end + 1] == ":"
        return LIKELY if speaks and not flag & (Kind.ORDINARY | Kind.NOT_PERSON) else LINKED
    if before in _ARTICLES or segment.after & (Kind.PLACE | Kind.ORDINARY):
        return LINKED
    return _by_points(text, start, segment, before)


def _by_points(text: str, start: int, segment: Segment, before: str) -> int:
    """By what speaks for a single word as a person's name, and against."""
    flag, initial = segment.first, segment.initial
    points = 2 * segment.surname + bool(flag & Kind.FIRST) - 4 * bool(flag & Kind.NOT_PERSON) + (not flag)
    points -= bool(flag & Kind.ORDINARY) * (1 + 2 * initial)
    points += 2 * is_witnessed(text, start + segment.end) + segment.possessive
    points += before.rstrip(",") in load_list("words_before_persons")
    points -= 3 * (before in _BEFORE_PLACE) + (not flag and before in _PERHAPS_BEFORE_PLACE)
    if initial:
        points += bool(_PAST.match(text, start + segment.word_end)) - (flag in (0, Kind.FIRST))
    return SURE if points >= 4 else LIKELY if points >= 1 else LINKED
