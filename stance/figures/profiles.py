"""What a text and the table of known figures say of each person: offices, work, party, home."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

from stance.figures.identity import Person
from stance.figures.known import KnownFigure
from stance.figures.offices import before_preposition, roles_in, words_in
from stance.resources import load_table

_PARTY_NOUNS = {
    "Democratic": ("democrat", "democratic"),
    "Republican": ("republican",),
    "Libertarian": ("libertarian",),
    "Green": ("green",),
    "Independent": ("independent",),
    "Conservative": ("conservative", "tory"),
    "Labour": ("labour",),
}
# What makes "Democratic" part of another party's or a country's name.
_OTHER_DEMOCRATS = frozenset(("republic", "liberal", "christian", "social", "union", "unionist", "free", "new"))


@dataclass(slots=True)
class Profile:
    """Roles and further words (places, parties, adjectives) said of a person, all in lower case.

    `told` are roles the text itself gives, `held` those of the table of known figures.
    `governs` tells that the text speaks of what only the head of a government has or does: a veto, an administration.
    """

    told: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    governs: bool = False

    def learn(self, phrase: str) -> None:
        """Take in a descriptive phrase of the text: "a bean farmer from Jerome"."""
        words = words_in(phrase)
        self.words.update(words)
        said = before_preposition(words)
        if "democratic" in said and _OTHER_DEMOCRATS.isdisjoint(said):
            self.told.add("democrat")
            self.words.add("democrat")
        for role in roles_in(said):
            self.told.add(role)
            self.told.update(_other_names(role))


@cache
def _other_names(role: str) -> tuple[str, ...]:
    """What else whoever has a role is called."""
    deputy = ("deputy",) if role.startswith("deputy ") else ()
    return (*deputy, *filter(None, load_table("same_roles").get(role, "").split("|")))


def profile_of(person: Person) -> Profile:
    """What the titles before a person's name and the table of known figures say."""
    profile = Profile()
    for title in person.titles:
        told, words = _of_title(title)
        profile.told.update(told)
        profile.words.update(words)
    if person.figure:
        held, words = _of_figure(person.figure)
        profile.held.update(held)
        profile.words.update(words)
    return profile


@cache
def _of_title(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """The roles and the words of a title."""
    profile = Profile()
    profile.learn(title)
    return frozenset({*profile.told, title.lower()}), frozenset(profile.words)


@lru_cache(maxsize=4096)
def _of_figure(figure: KnownFigure) -> tuple[frozenset[str], frozenset[str]]:
    """The roles and the words that the table gives a figure."""
    nouns = _PARTY_NOUNS.get(figure.party, ())
    held, words = set(nouns), set(nouns)
    for office in figure.offices:
        title = words_in(office.title)
        words.update(title)
        for role in roles_in(title):
            held.add(role)
            held.update(_other_names(role))
    return frozenset(held), frozenset(words)
