"""Introductions: what stands around a name in its sentence and says who that is."""

from __future__ import annotations

import re

from stance.figures.offices import ends_of_role
from stance.figures.profiles import Profile
from stance.resources import load_table

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
# Titles that go on after "of": "Secretary of State Ida Pell", "Minister of Health Ida Pell".
_TITLE_OF = re.compile(
    r"\b(?:Secretary|Minister|Speaker|Commissioner|Superintendent|Chief|Leader) of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?\s$"
)
_HONORIFIC_WORDS = (
    *("Prof", "Dr", "Eng", "Hon", "Shri", "Smt", "Mr", "Mrs", "Ms"),
    *("Cllr", "Cr", "Rev", "Adv", "Sir", "Dame", "Lord", "Lady", "Chief"),
)
_HONORIFICS = re.compile(rf"(?:\b(?:{'|'.join(_HONORIFIC_WORDS)})\.?\s)+$")
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
_SERVES_AS = re.compile(
    r"(?:,? who)?,?(?: has| had| was| is| been){0,2} (?:sworn in|re-?elected|elected|appointed|chosen|installed|"
    r"inaugurated|nominated|serves|served|serving)(?: \w+ (?:terms?|years))? as (?P<phrase>(?:[\w’'-]+ ){0,3}[\w’'-]+)"
)
_GOVERNS = re.compile(
    r"(?:[’']s? (?:own |first |new )?(?:administration|veto|cabinet|inauguration)\b|"
    r" (?:has |had )?(?:vetoed|signed (?:the|a) (?:[\w-]+ ){0,3}(?:bill|law|measure|legislation|ordinance))\b)"
)
_OF_PLACE = re.compile(r" (?:of|from) (?P<place>(?:[A-Z]\w+ ?){1,3})")
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent", "L": "libertarian"}


def learn_around(profile: Profile, before: str, after: str, *, subject: bool) -> None:
    """Take in what stands before and after a name in its sentence; a subject's predicate counts too."""
    # Before each pattern stands what it cannot be without: few names have it.
    apposed = _APPOSED_BEFORE.match(before) if after[:1] in (",", ".") and "," in before else None
    if apposed:  # "a former chief minister, Om Rathwa, has"
        profile.learn(apposed["phrase"])
    _learn_before(profile, before)
    after = _learn_party(profile, after)
    _learn_after(profile, after)
    _learn_deeds(profile, after)
    became = _BECAME.search(after) if subject else None
    if became:
        profile.learn(became["phrase"])


def _learn_before(profile: Profile, before: str) -> None:
    """What leads up to a name: "former Secretary of State", "hardware store owner"."""
    if ("ormer" in before or "x" in before) and _FORMER_BEFORE.search(before):
        profile.words.add("former")
    if before.rstrip().rstrip(".").endswith(_HONORIFIC_WORDS):
        before = _HONORIFICS.sub("", before)
    title = _TITLE_OF.search(before) if " of " in before else None
    if title:
        profile.learn(title.group())
    if before[-1:] == " ":
        # Only what leads up to the name without a verb: "hardware store owner".
        words = before.rsplit(None, 3)[-3:]
        if words and words[-1].lower() in load_table("role_nouns"):
            begin = next((at for at in range(len(words) - 1, 0, -1) if words[at - 1] in ends_of_role()), 0)
            profile.learn(" ".join(words[begin:]))


def _learn_party(profile: Profile, after: str) -> str:
    """Party and state of "(D-Ohio)"; what follows them."""
    tag = _PARTY_TAG.match(after) if "-" in after[:5] else None
    if not tag:
        return after
    profile.told.add(_PARTIES[tag["party"]])
    profile.words.update((_PARTIES[tag["party"]], tag["state"].strip(".").lower()))
    return after[tag.end() :].lstrip(".)")


def _learn_after(profile: Profile, after: str) -> None:
    """Who a name is said to be: ", a former judge", " of Ohio"."""
    appositive = _APPOSITIVE.match(after) if after[:1] in (" ", ",") else None
    if appositive:
        profile.learn(appositive["phrase"])
    place = _OF_PLACE.match(after) if after.startswith((" of ", " from ")) else None
    if place:
        profile.words.update(place["place"].lower().split())


def _learn_deeds(profile: Profile, after: str) -> None:
    """What a name is said to do or to be chosen for: ", who chairs the panel", "'s confirmation", " was elected as"."""
    if after.startswith(_CHOSEN, 1) and after[:1] in ("'", "’"):
        profile.told.add("nominee")
    deed = _DEEDS.match(after)
    if deed:
        profile.told.update(_ROLES_BY_DEED[deed.lastgroup or ""])
    if after[:1] in ("'", "’") or " vetoed" in after or " signed" in after:
        profile.governs = profile.governs or bool(_GOVERNS.match(after))
    serves = _SERVES_AS.match(after) if " as " in after else None
    if serves:
        profile.learn(serves["phrase"])
