"""What a text and the table of known figures say of each person: offices, work, party, home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from stance.figures.identity import Person
from stance.figures.known import KnownFigure
from stance.resources import load_list, load_table

_APPOSITIVE = re.compile(
    r"(?: of (?:[A-Z]\w+ ?){1,3})?,? (?:\d{1,3}, )?(?:now |then |once |also )?(?P<phrase>(?:"
    r"an?|the|who (?:is|was|chairs|leads|runs|heads|represents|serves as|served as)|[Ff]ormer|is an?|is the|was an?|"
    r"was the|MP|chair|chairman|mayor|director|author|founder|co-founder|chief|head|president|professor|secretary|"
    r"minister|leader|editor|publisher|owner|deputy|vice|executive|managing|senator|governor|spokesman|spokeswoman)\b"
    r"[^,.;:“”\"()]{0,80})"
)
_PARTY_TAG = re.compile(r",? \(?(?P<party>[DRIL])-(?P<state>[A-Z][\w.]*)")
# The last article that no "of" stands before: "the court heard from an engineer, Dr", "the head of the league, ".
_APPOSED_BEFORE = re.compile(
    r"(?:.*\s)?(?<!\bof\s)(?<!\bfor\s)(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|\w+[’']s)\s"
    r"(?P<phrase>[^,.;:()“”\"]{3,45}),\s(?:[A-Z][\w.]*\s){0,2}$",
    re.DOTALL,
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
# "Quint's confirmation", "Quint, who chairs the panel", "Quint has led his party for years".
_CHOSEN = ("s confirmation", "s nomination")
# What somebody is by what the text says they do: ", who chairs the panel", " has led his party", ", 44, was charged".
_ROLES_BY_DEED = {
    "leads": ("leader", "party leader"),
    "chairs": ("chair", "chairman", "chairwoman"),
    "owns": ("owner",),
    "runs": ("candidate",),
    "challenges": ("challenger", "candidate"),
    "tried": ("defendant", "accused"),
    "served": ("lawmaker", "legislator", "congressman", "congresswoman"),
}
_DEEDS = re.compile(
    r"(?:, \d{1,3})?(?:,? who)?,?(?: has| had| is| was| now){0,2} (?:(?P<leads>leads|led)|(?P<chairs>chairs|chaired)|"
    r"(?P<owns>owns|owned)|(?P<runs>(?:is )?running for)|(?P<challenges>(?:is )?challenging)|"
    r"(?P<tried>charged with|indicted|on trial|pleaded (?:not )?guilty|convicted of)|"
    r"(?P<served>served [^.;]{0,30}in (?:Congress|the House|the Senate)))\b"
)
_OF_PLACE = re.compile(r" (?:of|from) (?P<place>(?:[A-Z]\w+ ?){1,3})")
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
_LONGEST_ROLE = 4
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
# What follows "of" in the name of an office.
_OF_OFFICES = ("state", "staff", "the opposition")


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
        words = _words_in(phrase)
        self.words.update(words)
        for role in roles_in(_before_preposition(words)):
            self.told.add(role)
            self.told.update(_other_names(role))


@cache
def _other_names(role: str) -> tuple[str, ...]:
    """What else whoever has a role is called."""
    return tuple(filter(None, load_table("same_roles").get(role, "").split("|")))


def _words_in(phrase: str) -> list[str]:
    """The words of a phrase in lower case."""
    if phrase.isascii():
        found: list[str] = _WORD.findall(phrase.lower())
        return found
    return [word.lower() for word in _WORD.findall(phrase)]


def learn_around(profile: Profile, before: str, after: str, *, subject: bool) -> None:
    """Take in what stands before and after a name in its sentence; a subject's predicate counts too."""
    # Before each pattern stands what it cannot be without: few names have it.
    if ("ormer" in before or "x" in before) and _FORMER_BEFORE.search(before):
        profile.words.add("former")
    apposed = _APPOSED_BEFORE.match(before) if after[:1] in (",", ".") and "," in before else None
    if apposed:  # "a former chief minister, Om Rathwa, has"
        profile.learn(apposed["phrase"])
    if before.rstrip().rstrip(".").endswith(_HONORIFIC_WORDS):
        before = _HONORIFICS.sub("", before)
    if before[-1:] == " ":
        # Only what leads up to the name without a verb: "hardware store owner".
        words = before.rsplit(None, 3)[-3:]
        if words and words[-1].lower() in load_table("role_nouns"):
            begin = next((at for at in range(len(words) - 1, 0, -1) if words[at - 1] in _stops()), 0)
            profile.learn(" ".join(words[begin:]))
    tag = _PARTY_TAG.match(after) if "-" in after[:5] else None
    if tag:
        profile.told.add(_PARTIES[tag["party"]])
        profile.words.update((_PARTIES[tag["party"]], tag["state"].strip(".").lower()))
        after = after[tag.end() :].lstrip(".)")
    appositive = _APPOSITIVE.match(after) if after[:1] in (" ", ",") else None
    if appositive:
        profile.learn(appositive["phrase"])
    place = _OF_PLACE.match(after) if after.startswith((" of ", " from ")) else None
    if place:
        profile.words.update(place["place"].lower().split())
    if after.startswith(_CHOSEN, 1) and after[:1] in ("'", "’"):
        profile.told.add("nominee")
    deed = _DEEDS.match(after)
    if deed:
        profile.told.update(_ROLES_BY_DEED[deed.lastgroup or ""])
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
        if word in stops and at and not (word == "of" and " ".join(words[at + 1 : at + 3]).startswith(_OF_OFFICES)):
            return words[:at]
    return words


def qualified(words: Sequence[str], at: int, role: str) -> str:
    """The role that begins at a position with the word that makes it another's: "deputy mayor", "shadow secretary"."""
    for before in (at - 1, at - 2):
        if before >= 0 and words[before] in DEPUTIES:
            return f"{words[before]} {role}"
    return role


@cache
def _beginnings() -> frozenset[str]:
    """The words that role nouns begin with."""
    return frozenset(noun.split()[0] for noun in load_table("role_nouns"))


def roles_in(words: Sequence[str]) -> Iterator[str]:
    """Role nouns among lower-case words, of up to four words each; no vice president is a president."""
    nouns, beginnings = load_table("role_nouns"), _beginnings()
    if beginnings.isdisjoint(words):
        return
    after = 0
    for at, word in enumerate(words):
        if at < after or word not in beginnings:
            continue
        length = _role_length(words, at, nouns)
        if not length:
            continue
        after = at + length
        yield qualified(words, at, " ".join(words[at:after]))
        if length > 1 and word not in _OTHER_OFFICES:
            yield from (one for one in words[at:after] if one in nouns)


def _role_length(words: Sequence[str], at: int, nouns: Mapping[str, str]) -> int:
    """Number of words of the longest role noun that begins at a position, or 0."""
    for length in range(min(_LONGEST_ROLE, len(words) - at), 1, -1):
        if " ".join(words[at : at + length]) in nouns:
            return length
    # "deputy mayor" is told at "mayor"
    return int(words[at] in nouns and not (words[at] in DEPUTIES and at + 1 < len(words)))


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
        title = _words_in(office.title)
        words.update(title)
        for role in roles_in(title):
            held.add(role)
            held.update(_other_names(role))
    return frozenset(held), frozenset(words)
