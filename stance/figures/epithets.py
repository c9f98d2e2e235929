"""Descriptions that tell something new of whom the text has just spoken: "the 61-year-old", "the two-term senator"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.figures.discourse import Discourse
from stance.figures.fitting import longest_role
from stance.resources import load_table

# Whoever is new to a text is not brought in with "the former": these tell more of somebody met.
_TELLING = frozenset(
    (
        *(
            "former",
            "longtime",
            "long-time",
            "veteran",
            "outgoing",
            "incoming",
            "retired",
            "embattled",
            "freshman",
            "rookie",
        ),
        *("disgraced", "ousted", "onetime", "one-time", "soft-spoken", "outspoken", "self-described", "newly-elected"),
        *(
            "first-term",
            "first-time",
            "lifelong",
            "bespectacled",
            "silver-haired",
            "white-haired",
            "grizzled",
            "born-again",
        ),
    )
)
_TERMS = re.compile(r"(?:\w+-(?:term|time|born|educated|trained|turned-\w+|haired|winning)|\d+-year|\d+-year-old)")
# Nouns that say of what kind somebody is, as the subject of a sentence: "The billionaire has never held office".
_TELLING_NOUNS = frozenset(
    (
        *("billionaire", "millionaire", "tycoon", "magnate", "mogul", "oligarch", "firebrand", "maverick", "newcomer"),
        *("upstart", "novice", "heavyweight", "first-termer", "populist", "sexagenarian", "septuagenarian"),
        *("octogenarian", "nonagenarian", "grandmother", "grandfather"),
    )
)

_AGED = re.compile(r"\d{1,3}-year-old")
_PARENT = re.compile(r"(?:grand)?(?:mother|father)")
_NUMBERS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))


def epithet_length(words: Sequence[str]) -> int:
    """Number of words of an age or a number of children that stands for a person: "61-year-old", "mother of three"."""
    if words and words[0][0].isdigit() and _AGED.fullmatch(words[0]):
        return 1
    if len(words) > 2 and words[1] == "of" and words[2] in _NUMBERS and _PARENT.fullmatch(words[0]):
        return 3
    return 0


def epithet(discourse: Discourse, words: Sequence[str], start: int) -> int | None:
    """Whom an age or a number of children means: the one subject of the sentence before its own."""
    gender = load_table("role_nouns").get(words[0].removeprefix("grand"), "u")
    here = discourse.sentence_at(start)
    if discourse.sentences[here][0] != start:
        return None
    persons = set()
    for mark in discourse.before(start):
        if here - mark.sentence > 1:
            break
        fits = gender == "u" or discourse.persons[mark.person].gender in ("", gender)
        if fits and mark.role == "subject" and mark.quote < 0:
            persons.add(mark.person)
    return persons.pop() if len(persons) == 1 else None


def _tells(discourse: Discourse, said: Sequence[str], start: int) -> bool:
    """Whether a description tells more than a text needs to say whom it means: "the Ohio native"."""
    if any(word in _TELLING or _TERMS.fullmatch(word) for word in said[:-1]):
        return True
    begins = discourse.sentences[discourse.sentence_at(start)][0] == start
    return begins and (said[-1] in _TELLING_NOUNS or (said[-1] == "native" and len(said) > 1))


def telling_epithet(discourse: Discourse, said: Sequence[str], start: int) -> int | None:
    """Whom a description with a new modifier means: the one subject of the last sentence that speaks of anybody.

    Args:
        said: Its words in lower case.
    """
    if not _tells(discourse, said, start):
        return None
    role = longest_role(said)
    if role in discourse.bearers or (" " not in role and any(one.endswith(role) for one in discourse.bearers)):
        return None  # whose it plainly is, or one of several's
    gender = load_table("role_nouns").get(said[-1], "u")
    here = discourse.sentence_at(start)
    found: set[int] = set()
    last = here
    for mark in discourse.before(start):
        if mark.sentence == here or mark.quote >= 0:
            continue
        if here - mark.sentence > 2 or discourse.paragraph[here] - discourse.paragraph[mark.sentence] > 1:
            break
        if found and mark.sentence != last:
            break
        if mark.role == "subject" and (gender == "u" or discourse.persons[mark.person].gender in ("", gender)):
            found.add(mark.person)
            last = mark.sentence
    return found.pop() if len(found) == 1 else None
