"""Descriptions to persons: "the Vermont senator", "the former secretary of state", "his former rival"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from stance.figures.continuity import assumed, attributed, epithet, epithet_length
from stance.figures.discourse import Discourse
from stance.figures.profiles import DEPUTIES, Profile, qualified
from stance.figures.vocabulary import Kind, kinds
from stance.records import Span
from stance.resources import load_list, load_table

_WORDS = r"(?P<words>(?:\s\w+(?:[.’'-]\w+)*(?:(?<=\.[A-Z])\.)?){1,5})"
# Definite ones, and what a thing is owned by, where a name stands beside it: "its congressman, Phil Henning".
_DESCRIPTION = re.compile(rf"[IiTt](?<!\w.)(?:(?P<definite>(?<=[Tt])(?:he|his))|ts|heir)(?={_WORDS})")
# "was the front-runner" says what somebody is and mentions nobody; "then the mayor" says what they were.
_PREDICATE = re.compile(r"\b(?:is|was|are|were|be|been|being|become|became|remains|remained|then|once)\s$")
# Between a description and the name beside it: "his challenger, state Representative Keiko Lindgren".
_LONGEST_TITLES = 40
_COMMA_TITLES = re.compile(r", (?:(?:state|former|then|acting|U\.S\.) )*")
_SERVING = re.compile(r"\b(?P<word>\w+)\s(?:for|of|to)\s$")
_PLACE_AFTER = re.compile(r"\s(?:from|for|of)\s(?:the\s)?(?P<place>[A-Z]\w+)")
_NAME_NEXT = re.compile(r"\s[A-Z][a-z]|-")
_AGE = re.compile(r", \d{1,3}, ")
_PLAIN_NOUN = re.compile(r"\s(?P<word>[a-z]+)")
NOUN_PHRASE = re.compile(_WORDS)
_APPOSITIVE_END = re.compile(r"[^,.;:!?“”\"()\n]{0,60}?(?=[,.;:)])")
# Roles that most people of an article could be called by: only nearness tells who is meant.
_LOOSE = frozenset(
    ("man", "woman", "candidate", "nominee", "incumbent", "politician", "leader", "official", "lawmaker")
)
# Those whom an article keeps from naming: "the official said".
_NAMELESS = frozenset(
    ("official", "aide", "staffer", "operative", "adviser", "advisor", "witness", "victim", "spokesperson")
)
_LONGEST_ROLE = 4
_NEAR = 3
_TOLD = 3
_FAR = 1000


def resolve_descriptions(discourse: Discourse) -> None:
    """Link definite descriptions by what the text or the table says of the persons."""
    nouns = load_table("role_nouns")
    for match in _DESCRIPTION.finditer(discourse.text):
        words = match["words"].split()
        length = epithet_length(words) or head_length(words, nouns)
        if not length:
            continue
        start = match.start()
        end = end_of(match, words[:length])
        if is_title(discourse.text, end) and not discourse.text.startswith(",", end):
            continue
        if discourse.taken(start, end) or _is_no_mention(discourse.text, start, end, words[length - 1].lower()):
            continue
        person = None if _serves(discourse.text, start) else apposed(discourse, start, end)
        if person is not None:
            longer = _appositive_end(discourse, end, person)
            end = end if discourse.taken(end, longer) else longer
            discourse.learn(person, words[:length])
        elif match["definite"]:
            said = " ".join(words[:length]).lower().replace("ex-", "former ").split()
            person = _meant(discourse, said, words[:length], (start, end))
        if person is not None:
            discourse.add(start, end, person, "description", discourse.role_of(start, end))


def _meant(discourse: Discourse, said: Sequence[str], words: Sequence[str], span: Span) -> int | None:
    """Whom a description means that stands beside no name: by what the text says of persons, or goes on about."""
    if epithet_length(words):
        person = epithet(discourse, words, span[0])
        return attributed(discourse, words, *span) if person is None else person
    role = _longest_role(said)
    person = None if {"former", "new", "next"} & {*said} else assumed(discourse, role, *span)
    if person is not None:
        discourse.learn(person, said)
        return person
    person = described(discourse, said, span[0])
    if person is not None and not _is_elsewhere(discourse, span[1], person):
        return person
    return None if said[-1] in _NAMELESS else attributed(discourse, words, *span)


def _serves(text: str, start: int) -> bool:
    """Whether somebody described by another stands beside a name: "a spokesman for the governor, Lars Quenneville"."""
    match = _SERVING.search(text, max(0, start - _LONGEST_TITLES), start)
    return match is not None and match["word"] in load_table("role_nouns")


def _is_elsewhere(discourse: Discourse, end: int, person: int) -> bool:
    """Whether what follows a description places it where nothing says the person is: "the senator from Maine"."""
    place = _PLACE_AFTER.match(discourse.text, end)
    return place is not None and place["place"].lower() not in discourse.profiles[person].words


def _is_no_mention(text: str, start: int, end: int, head: str) -> bool:
    """Whether a noun phrase only says what somebody is, or describes a thing that follows."""
    if _PREDICATE.search(text, max(0, start - 12), start):
        return True
    following = _PLAIN_NOUN.match(text, end)
    adjective = head in load_list("role_adjectives") or kinds().get(head.capitalize(), 0) & Kind.OTHER
    if not adjective or not following:
        return False
    word = following["word"]
    verb = word in load_list("person_verbs") or word in load_list("deeds") or word[-2:] == "ed"
    return word not in load_list("sentence_openers") and not verb


def head_length(words: Sequence[str], nouns: dict[str, str]) -> int:
    """Number of words up to the last role noun, before any word that ends the noun phrase; 0 where there is none."""
    stops = load_list("sentence_openers")
    if words and words[0].lower() in stops:
        return 0
    length = 0
    before = ""
    for at, word in enumerate(words):
        lower = word.lower()
        if lower in nouns or (lower in _endings() and f"{before} {lower}" in nouns) or _is_people(word):
            length = at + 1
        elif lower == "of" and " ".join((before, *words[at : at + 2])).lower() in nouns:
            length = at + 2
        elif length or lower in stops or lower.endswith("ed"):
            break
        before = lower
    return length


@cache
def _endings() -> frozenset[str]:
    """The words that role nouns of several words end with."""
    return frozenset(noun.rpartition(" ")[2] for noun in load_table("role_nouns") if " " in noun)


def _is_people(word: str) -> bool:
    """Whether a word names somebody of a place: the Idahoan, the Texan."""
    return bool(
        word[:1].isupper() and kinds().get(word, 0) & Kind.OTHER and word.endswith(("an", "er", "ite"))
    ) and word in load_list("demonyms")


def end_of(match: re.Match[str], words: Sequence[str]) -> int:
    """Where the last of the words ends, without possessive ending."""
    position = match.start("words")
    for word in words:
        position = match.string.index(word, position) + len(word)
    for ending in ("'s", "’s"):
        if match.string.endswith(ending, 0, position):
            position -= 2
    return position


def is_title(text: str, end: int) -> bool:
    """Whether a name follows, so that the words are its title."""
    return bool(_NAME_NEXT.match(text, end))


def apposed(discourse: Discourse, start: int, end: int) -> int | None:
    """Who stands beside the description, parted by a comma: "Dana Whitfield, the mayor", or the other way."""
    text = discourse.text
    for mark in discourse.before(start):
        if text[mark.end : start] in (", ", ", now "):
            return mark.person
        if _AGE.fullmatch(text, mark.end, start):
            return mark.person
        break
    titles = _COMMA_TITLES.match(text, end)
    if titles is None:
        return None
    name = next(iter(discourse.within(titles.end(), titles.end() + _LONGEST_TITLES)), None)
    if name is None or text[name.end : name.end + 1] not in (",", ".", "'", "’"):
        return None
    title = text[titles.end() : name.start].split()
    return name.person if all(word[0].isupper() for word in title) else None


def _appositive_end(discourse: Discourse, end: int, person: int) -> int:
    """An appositive after the name runs to the next comma: "the evening anchor on Channel 6"."""
    if any(mark.person == person for mark in discourse.within(end, end + 4)):
        return end
    rest = _APPOSITIVE_END.match(discourse.text, end)
    return rest.end() if rest and " who " not in rest.group() else end


def described(discourse: Discourse, words: Sequence[str], start: int, *, told: bool = False) -> int | None:
    """The one person whom the words fit, or the nearest of several; with `told`, only by what the text says."""
    here = discourse.sentence_at(start)
    near: dict[int, int] = {}
    for mark in discourse.before(start):
        near.setdefault(mark.person, here - mark.sentence)
    longest = _longest_role(words)
    deputy = not DEPUTIES.isdisjoint(words[:-1])
    for role in (longest, *([] if deputy else words[-1:])):
        for person in discourse.bearers.get(role, ()):
            if discourse.persons[person].names[0][0] < start:
                near.setdefault(person, _FAR)
    fits = {
        person: how
        for person in near
        if (how := _fit(discourse.profiles[person], discourse.said, words, longest)) > (_TOLD - 1) * told
    }
    if not fits:
        return None
    best = max(fits.values())
    if words[-1] in _NAMELESS and best < _TOLD:
        return None
    fits = {person: how for person, how in fits.items() if how == best}
    if "former" not in words:  # "the governor" is the one in office, where the text names a former one besides
        fits = {one: how for one, how in fits.items() if "former" not in discourse.profiles[one].words} or fits
    gender = load_table("role_nouns").get(words[-1], "u")
    able = [person for person in fits if gender == "u" or discourse.persons[person].gender in ("", gender)]
    if len(able) == 1:
        far = near[able[0]] > _NEAR if words[-1] in _LOOSE or best == 1 else False
        return None if far else able[0]
    able.sort(key=lambda person: near[person])
    if len(able) > 1 and near[able[0]] <= 1 < near[able[1]]:
        return able[0]
    return None


def _fit(profile: Profile, said: frozenset[str], words: Sequence[str], role: str) -> int:
    """How well the words fit a person: 0 not, 1 by the table alone, 2 by table and place or party, 3 by the text.

    Args:
        said: Every word of any profile.
        role: The longest role noun that the words end with, or empty.
    """
    if role and not any(name in profile.told or name in profile.held for name in (role, words[-1])):
        return 0  # as for most persons, and soon told
    deputy = not DEPUTIES.isdisjoint(words[:-1])
    roles = {role, words[-1]} if not deputy and set(role.split()[:-1]) <= profile.words else {role}
    modifiers = [word for word in words[:-1] if word not in ("former", "new", "then", "current", "old")]
    specific = 0
    for word in modifiers:
        flag = kinds().get(word.capitalize(), 0)
        marked = flag & Kind.NOT_PERSON or word in said
        if marked and word not in profile.words:
            if any(word in role.split() for role in profile.told | profile.held):
                continue
            return 0
        specific += bool(marked)
    if "former" in words and "former" not in profile.words and not roles & profile.held:
        return 0
    if roles & profile.told or (not role and _home_of(words[-1], profile)):
        return _TOLD
    if not roles & profile.held:
        return 0
    longest = max(len(role.split()) for role in roles & profile.held)
    return 2 if specific or longest > 1 or "former" in words else 1 if words[-1] != "president" else 0


def _longest_role(words: Sequence[str]) -> str:
    """The longest role noun that the words end with, or empty."""
    nouns = load_table("role_nouns")
    longest = range(max(0, len(words) - _LONGEST_ROLE), len(words))
    return next((qualified(words, at, role) for at in longest if (role := " ".join(words[at:])) in nouns), "")


def _home_of(people: str, profile: Profile) -> bool:
    """Whether a person said to come from Idaho is "the Idahoan"."""
    return any(people.startswith(word[:4]) for word in profile.words if kinds().get(word.capitalize(), 0) & Kind.PLACE)
