"""What a text and the table of known figures say of each person: offices, work, party, home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from stance.figures.identity import Person
from stance.figures.known import KnownFigure
from stance.resources import load_list, load_table

_APPOSITIVE = re.compile(
    r"(?: of (?:[A-Z]\w+ ?){1,3})?,? (?:\d{1,3}, )?(?:now |then |once |also )?(?P<phrase>(?:"
    r"an?|the|who (?:is|was|chairs|leads|runs|heads|represents|serves as|served as)|[Ff]ormer|is an?|is the|was an?|"
    r"was the|MP|chair|chairman|mayor|director|author|founder) ?[^,.;:“”\"()]{0,80})"
)
_PARTY_TAG = re.compile(r",? \(?(?P<party>[DRIL])-(?P<state>[A-Z][\w.]*)")
_APPOSED_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|\w[’']s)\s(?P<phrase>[^,.;:()“”\"]{3,45}),\s(?:[A-Z][\w.]*\s){0,2}$"
)
_FORMER_BEFORE = re.compile(r"\b(?:[Ff]ormer|[Ee]x)[\s-](?:\w+\.?\s){0,4}$")
_HONORIFIC_WORDS = (
    *("Prof", "Dr", "Eng", "Hon", "Shri", "Smt", "Mr", "Mrs", "Ms"),
    *("Cllr", "Cr", "Rev", "Adv", "Sir", "Dame", "Lord", "Lady", "Chief"),
)
_HONORIFICS = re.compile(rf"(?:\b(?:{'|'.join(_HONORIFIC_WORDS)})\.?\s)+$")
_MOTHER = re.compile(
    r",? (?:an?|the) (?:[\w-]+ ){0,3}(?P<noun>mother|grandmother|widow|actress|father|grandfather|widower)\b"
)
# Begins with one class of characters, so that the search skips to the next of them at speed.
_BECAME = re.compile(
    r"[abeinw](?<!\w.)(?:(?<=[ai])s|(?<=w)as|(?<=b)(?:ecame|een|ecome)|(?<=n)amed|(?<=e)lected|(?<=a)ppointed)\s(?P<phrase>(?:[\w’'-]+\s){0,4}[\w’'-]+)"
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
# What begins the name of another office than its last word says.
_OTHER_OFFICES = frozenset(
    (
        "vice",
        "deputy",
        "lieutenant",
        "assistant",
        "first",
        "running",
        "attorney",
        "surgeon",
        "inspector",
        "solicitor",
        "shadow",
        "chief",
        "prime",
        "district",
        "press",
    )
)
DEPUTIES = frozenset(("deputy", "vice", "shadow", "assistant", "lieutenant"))
_SAME_ROLES = {
    "representative": ("congressman", "congresswoman", "lawmaker", "legislator"),
    "congressman": ("representative", "lawmaker", "legislator"),
    "congresswoman": ("representative", "lawmaker", "legislator"),
    "senator": ("lawmaker", "legislator"),
    "chief minister": ("cm",),
    "prime minister": ("pm",),
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
        for role in roles_in(_before_preposition(words)):
            self.told.add(role)
            self.told.update(_SAME_ROLES.get(role, ()))


def learn_around(profile: Profile, before: str, after: str, *, subject: bool) -> None:
    """Take in what stands before and after a name in its sentence; a subject's predicate counts too."""
    # Before each pattern that ends at the name stands what it cannot be without: few names have it.
    if ("ormer" in before or "x" in before) and _FORMER_BEFORE.search(before):
        profile.words.add("former")
    apposed = _APPOSED_BEFORE.search(before) if after[:1] in (",", ".") and "," in before else None
    if apposed:  # "a former chief minister, Om Rathwa, has"
        profile.learn(apposed["phrase"])
    if before.rstrip().rstrip(".").endswith(_HONORIFIC_WORDS):
        before = _HONORIFICS.sub("", before)
    words = before.split()
    # Only what leads up to the name without a verb: "hardware store owner".
    if words and before[-1:] == " " and words[-1].lower() in load_table("role_nouns"):
        profile.learn(" ".join(words[-3:]))
    tag = _PARTY_TAG.match(after)
    if tag:
        profile.told.add(_PARTIES[tag["party"]])
        profile.words.update((_PARTIES[tag["party"]], tag["state"].strip(".").lower()))
        after = after[tag.end() :].lstrip(".)")
    appositive = _APPOSITIVE.match(after)
    if appositive:
        profile.learn(appositive["phrase"])
    became = _BECAME.search(after) if subject else None
    if became:
        profile.learn(became["phrase"])


@cache
def _stops() -> frozenset[str]:
    return (load_list("sentence_openers") | {"of", "to", "who", "into", "than", "like"}) - {"the", "a", "an"}


def _before_preposition(words: Sequence[str]) -> Sequence[str]:
    """Words up to the first preposition or clause, so that "a critic of the mayor" makes nobody mayor."""
    stops = _stops()
    for at, word in enumerate(words):
        if word in stops and at and not (word == "of" and words[at + 1 : at + 2] in (["state"], ["staff"])):
            return words[:at]
    return words


def qualified(words: Sequence[str], at: int, role: str) -> str:
    """The role that begins at a position with the word that makes it another's: "deputy mayor", "shadow secretary"."""
    near = [words[before] for before in (at - 1, at - 2) if before >= 0]
    word = next((word for word in near if word in DEPUTIES), None)
    return f"{word} {role}" if word else role


@cache
def _beginnings() -> frozenset[str]:
    """The words that role nouns begin with."""
    return frozenset(noun.split()[0] for noun in load_table("role_nouns"))


def roles_in(words: Sequence[str]) -> Iterator[str]:
    """Role nouns among lower-case words, of up to three words each; no vice president is a president."""
    nouns = load_table("role_nouns")
    beginnings = _beginnings()
    if beginnings.isdisjoint(words):
        return
    at = 0
    while at < len(words):
        if words[at] not in beginnings:
            at += 1
            continue
        length = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in nouns and at + n <= len(words)), 0)
        if length and at + length < len(words) and words[at] in DEPUTIES and length == 1:
            length = 0  # "deputy mayor" is told at "mayor"
        if length:
            yield qualified(words, at, " ".join(words[at : at + length]))
            if length > 1 and words[at] not in _OTHER_OFFICES:
                yield from (word for word in words[at : at + length] if word in nouns)
        at += length or 1


def profile_of(person: Person) -> Profile:
    """What the titles before a person's name and the table of known figures say."""
    profile = Profile()
    for title in person.titles:
        profile.learn(title)
        profile.told.add(title.lower())
    if person.figure:
        held, words = _of_figure(person.figure)
        profile.held.update(held)
        profile.words.update(words)
    return profile


@lru_cache(maxsize=4096)
def _of_figure(figure: KnownFigure) -> tuple[frozenset[str], frozenset[str]]:
    """The roles and the words that the table gives a figure."""
    nouns = _PARTY_NOUNS.get(figure.party, ())
    held, words = set(nouns), set(nouns)
    for office in figure.offices:
        title = [word.lower() for word in _WORD.findall(office.title)]
        words.update(title)
        for role in roles_in(title):
            held.add(role)
            held.update(_SAME_ROLES.get(role, ()))
    return frozenset(held), frozenset(words)
