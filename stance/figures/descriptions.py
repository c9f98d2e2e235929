"""Descriptions to persons: "the Vermont senator", "the former secretary of state", "his former rival"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.figures.appositions import LONGEST_TITLES, apposed, appositive_end
from stance.figures.continuity import assumed, attributed
from stance.figures.discourse import Discourse
from stance.figures.epithets import epithet, epithet_length, telling_epithet
from stance.figures.fitting import NAMELESS, announced, described, longest_role
from stance.figures.phrases import NOUN_PHRASE, WORDS, end_of, head_length, is_title, owner_length
from stance.figures.races import side_of_race
from stance.figures.vocabulary import Kind, kinds
from stance.records import Span
from stance.resources import load_list, load_table

# Definite ones, and what a thing is owned by, where a name stands beside it: "its congressman, Phil Henning".
_DESCRIPTION = re.compile(rf"[IiTt](?<!\w.)(?:(?P<definite>(?<=[Tt])(?:he|his))|ts|heir)(?={WORDS})")
# "was the front-runner" says what somebody is and mentions nobody; "then the mayor" says what they were.
_PREDICATE = re.compile(
    r"\b(?:is|was|are|were|be|been|being|become|became|remains|remained|then|once|(?:makes?|made)\s(?:him|her|them))\s$"
)
_SERVING = re.compile(r"\b(?P<word>\w+)\s(?:for|of|to)\s$")
_PLACE_AFTER = re.compile(r"\s(?:from|for|of)\s(?:the\s)?(?P<place>[A-Z]\w+)")
_STRANGER = re.compile(
    r"(?:An?|One|Another)\s(?:[\w-]+\s){0,2}?(?P<noun>\w+)\s(?:who|said|says|in|from|close|familiar|with)\s"
)
_STRANGERS = 2
# Says who somebody is only beside a name: "Al Quint, the member for Bolton".
_OF_ANY_BODY = "member"
_POSSESSIVE = re.compile(r"[’']s\b")
_LAST_WORD = re.compile(r"\b[A-Z]\w+$")
# "the mayor it deserves", "the governor we need": whoever that may be.
_WISHED = re.compile(
    r"\s(?:that\s)?(?:it|they|we|you|people|voters)\s(?:\w+\s)?(?:deserves?|needs?|wants?|gets?|prefers?)\b"
)
_LONGEST_PLACE = 20
_PLAIN_NOUN = re.compile(r"\s(?P<word>[a-z]+)")


def resolve_descriptions(discourse: Discourse) -> None:
    """Link definite descriptions by what the text or the table says of the persons."""
    for match in _DESCRIPTION.finditer(discourse.text):
        words = match["words"].split()
        length = max(epithet_length(words), head_length(words, owned=not match["definite"]))
        if length and _resolve(discourse, match, words[:length]):
            continue
        owner = owner_length(words) if "’s" in match["words"] or "'s" in match["words"] else 0
        if owner:
            _resolve(discourse, match, [*words[: owner - 1], words[owner - 1][:-2]])
    for match in _POSSESSIVE.finditer(discourse.text):
        _resolve_of_place(discourse, *match.span())


def _resolve_of_place(discourse: Discourse, stop: int, following: int) -> None:
    """Link a role that a place has, by what the text itself says: "Ohio’s governor"; the place ends at `stop`."""
    place = _LAST_WORD.search(discourse.text[max(0, stop - _LONGEST_PLACE) : stop])
    if place is None or not kinds().get(place.group(), 0) & Kind.PLACE:
        return
    match = NOUN_PHRASE.match(discourse.text, following)
    words = match["words"].split() if match else []
    words = words[: head_length(words)]
    if match is None or not words:
        return
    start, end = stop - len(place.group()), end_of(match, words)
    if is_title(discourse.text, end) or discourse.taken(start, end):
        return
    said = [place.group().lower(), *(word.lower() for word in words)]
    if is_no_mention(discourse.text, start, end, said[-1]):
        return
    person = described(discourse, said, start, told=True)
    if person is not None and said[0] in discourse.profiles[person].words:
        discourse.add(start, end, person, "description", discourse.role_of(start, end))


def _resolve(discourse: Discourse, match: re.Match[str], words: Sequence[str]) -> bool:
    """Link the description that the words after an article make, if somebody is plainly meant."""
    start, end = match.start(), end_of(match, words)
    if is_title(discourse.text, end) and not discourse.text.startswith(",", end):
        return False
    if discourse.taken(start, end) or is_no_mention(discourse.text, start, end, words[-1].lower()):
        return False
    person = None if _serves(discourse.text, start) else apposed(discourse, start, end)
    if person is not None:
        longer = appositive_end(discourse, end, person)
        end = end if discourse.taken(end, longer) else longer
        discourse.learn(person, words)
        if words[-1] in load_table("relation_nouns"):
            discourse.relate(person, words[-1])
    elif match["definite"]:
        said = " ".join(words).lower().replace("ex-", "former ").replace(".", "").split()
        person = _meant(discourse, said, words, (start, end))
    if person is None:
        return False
    discourse.add(start, end, person, "description", discourse.role_of(start, end))
    return True


def _meant(discourse: Discourse, said: Sequence[str], words: Sequence[str], span: Span) -> int | None:
    """Whom a description means that stands beside no name: by what the text says of persons, or goes on about."""
    if epithet_length(words) == len(words):
        person = epithet(discourse, words, span[0])
        return attributed(discourse, words, *span) if person is None else person
    role = longest_role(said)
    if said[-1] == _OF_ANY_BODY or _is_of_a_stranger(discourse, said[-1], span[0]):
        return None
    person = None if {"former", "new", "next"} & {*said} else assumed(discourse, role, *span)
    if person is not None:
        discourse.learn(person, said)
        return person
    person = described(discourse, said, span[0])
    if person is not None and not _is_elsewhere(discourse, span[1], person):
        return person
    if said[-1] in NAMELESS:
        return None
    person = announced(discourse, said, span[0])
    person = side_of_race(discourse, said, span[0]) if person is None else person
    if person is not None:
        return person
    person = attributed(discourse, words, *span)
    if person is None:
        person = telling_epithet(discourse, said, span[0])
        if person is not None:
            discourse.learn(person, said)
    return person


def _is_of_a_stranger(discourse: Discourse, noun: str, start: int) -> bool:
    """Whether one of the last sentences began with somebody unnamed: "A clerk said yes. The clerk left"."""
    here = discourse.sentence_at(start)
    for sentence in range(max(0, here - _STRANGERS), here + 1):
        first, last = discourse.sentences[sentence]
        if discourse.text[first] not in "AO":
            continue
        begins = _STRANGER.match(discourse.text, first, min(last, start))
        if begins and begins["noun"] == noun:
            return True
    return False


def _serves(text: str, start: int) -> bool:
    """Whether somebody described by another stands beside a name: "a spokesman for the governor, Lars Quenneville"."""
    match = _SERVING.search(text, max(0, start - LONGEST_TITLES), start)
    return match is not None and match["word"] in load_table("role_nouns")


def _is_elsewhere(discourse: Discourse, end: int, person: int) -> bool:
    """Whether what follows a description places it where nothing says the person is: "the senator from Maine"."""
    place = _PLACE_AFTER.match(discourse.text, end)
    return place is not None and place["place"].lower() not in discourse.profiles[person].words


def is_no_mention(text: str, start: int, end: int, head: str) -> bool:
    """Whether a noun phrase only says what somebody is or ought to be, or describes a thing that follows."""
    if _WISHED.match(text, end):
        return True
    if _PREDICATE.search(text, max(0, start - 12), start) and not text.startswith(("'s", "’s"), end):
        return True  # but "is the mayor's niece" speaks of a mayor
    following = _PLAIN_NOUN.match(text, end)
    adjective = head in load_list("role_adjectives") or kinds().get(head.capitalize(), 0) & Kind.OTHER
    if not adjective or not following:
        return False
    word = following["word"]
    verb = word in load_list("person_verbs") or word in load_list("deeds") or word[-2:] == "ed"
    return word not in load_list("sentence_openers") and not verb
