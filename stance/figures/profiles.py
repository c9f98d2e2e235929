"""What a text and the table of known figures say of each person: offices, work, party, home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stance.figures.discourse import Discourse
from stance.figures.known import KnownFigure
from stance.figures.people import Person
from stance.resources import load_table

_APPOSITIVE = re.compile(
    r"(?: of (?:[A-Z]\w+ ?){1,3})?,? (?:\d{1,3}, )?(?:now |then |once |also )?(?P<phrase>(?:an?|the|who (?:is|was|chairs|leads|runs|heads|represents|"
    r"serves as|served as)|[Ff]ormer|is an?|is the|was an?|was the|MP|chair|chairman|mayor|director|author|founder) ?[^,.;:“”\"()]{0,80})"
)
_PARTY_TAG = re.compile(r",? \(?(?P<party>[DRIL])-(?P<state>[A-Z][\w.]*)")
_BEFORE = re.compile(r"(?:[\w’'.-]+[ ]){1,6}$")
_BECAME = re.compile(
    r"\b(?:as|is|was|became|been|named|elected|appointed|become)\s(?P<phrase>(?:[\w’'-]+\s){0,4}[\w’'-]+)"
)
_WORD = re.compile(r"[\w][\w’'-]*")
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent", "L": "libertarian"}
_PARTY_NOUNS = {
    "Democratic": ("democrat", "democratic"),
    "Republican": ("republican",),
    "Libertarian": ("libertarian",),
    "Green": ("green",),
    "Independent": ("independent",),
    "Conservative": ("conservative", "tory"),
    "Labour": ("labour",),
}
_SAME_ROLES = {
    "representative": ("congressman", "congresswoman", "lawmaker", "legislator"),
    "congressman": ("representative", "lawmaker", "legislator"),
    "congresswoman": ("representative", "lawmaker", "legislator"),
    "senator": ("lawmaker", "legislator"),
    "lord": ("peer",),
    "baroness": ("peer",),
    "lady": ("peer",),
    "mp": ("lawmaker", "backbencher", "legislator"),
    "administrator": ("administrator",),
    "councilman": ("councilor", "council member"),
    "nominee": ("candidate",),
}


@dataclass(slots=True)
class Profile:
    """Roles and further words (places, parties, adjectives) said of a person, all in lower case.

    `told` are roles the text itself gives, `held` those of the table of known figures.
    """

    told: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def learn(self, phrase: str) -> None:
        """Take in a descriptive phrase of the text: "a bean farmer from Jerome"."""
        words = [word.lower() for word in _WORD.findall(phrase)]
        self.words.update(words)
        for role in roles_in(words):
            self.told.add(role)
            self.told.update(_SAME_ROLES.get(role, ()))


def roles_in(words: Sequence[str]) -> Iterator[str]:
    """Role nouns among lower-case words, of up to three words each."""
    nouns = load_table("role_nouns")
    for at in range(len(words)):
        for length in (1, 2, 3):
            role = " ".join(words[at : at + length])
            if role in nouns:
                yield role


def profiles(discourse: Discourse) -> list[Profile]:
    """The profile of each person, by what stands around their names."""
    found = [_from_person(person) for person in discourse.persons]
    text = discourse.text
    for mark in discourse.marks:
        profile = found[mark.person]
        sentence_start, sentence_end = discourse.sentences[mark.sentence]
        before = _BEFORE.search(text[max(sentence_start, mark.start - 50) : mark.start])
        if before:
            words = before.group().split()
            # Only what leads up to the name without a verb: the last words, while the last of all is a role.
            if any(True for _ in roles_in([words[-1].lower()])):
                profile.learn(" ".join(words[-3:]))
        after = text[mark.end : min(sentence_end, mark.end + 120)]
        tag = _PARTY_TAG.match(after)
        if tag:
            profile.told.add(_PARTIES[tag["party"]])
            profile.words.update((_PARTIES[tag["party"]], tag["state"].strip(".").lower()))
            after = after[tag.end() :].lstrip(".)")
        appositive = _APPOSITIVE.match(after)
        if appositive:
            profile.learn(appositive["phrase"])
        if mark.role == "subject":
            became = _BECAME.search(after)
            if became:
                profile.learn(became["phrase"])
    return found


def _from_person(person: Person) -> Profile:
    profile = Profile()
    for title in person.titles:
        profile.learn(title)
        profile.told.add(title.lower())
    if person.figure:
        _from_figure(profile, person.figure)
    return profile


def _from_figure(profile: Profile, figure: KnownFigure) -> None:
    for office in figure.offices:
        words = [word.lower() for word in _WORD.findall(office.title)]
        profile.words.update(words)
        for role in roles_in(words):
            profile.held.add(role)
            profile.held.update(_SAME_ROLES.get(role, ()))
    nouns = _PARTY_NOUNS.get(figure.party, ())
    profile.held.update(nouns)
    profile.words.update(nouns)
