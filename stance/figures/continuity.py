"""Descriptions that nothing in the text explains, of whom the text goes on about: "Rhiannon Cobb survived. The prime
minister saw her majority shrink", "the 61-year-old", "“We are four short,” said the Pine Bluff Republican"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stance.figures.discourse import Discourse
from stance.figures.epithets import epithet_length
from stance.figures.fitting import PARTIES
from stance.figures.marks import Mark
from stance.figures.vocabulary import speech_end
from stance.resources import load_table

# Offices that one person holds at a time, so that an article which names nobody else for it means its main person.
_OFFICES = frozenset(
    (
        "governor",
        "lieutenant governor",
        "mayor",
        "deputy mayor",
        "premier",
        "deputy premier",
        "prime minister",
        "chief minister",
        "first minister",
        "chancellor",
        "minister",
        "secretary",
        "secretary of state",
        "treasurer",
        "sheriff",
        "senator",
        "congressman",
        "congresswoman",
        "county executive",
    )
)
_GOVERNMENTS = frozenset(("governor", "mayor", "premier", "prime minister", "chief minister", "county executive"))
_ELECTED = frozenset(
    (
        *(
            "senator",
            "representative",
            "congressman",
            "congresswoman",
            "lawmaker",
            "legislator",
            "governor",
            "mayor",
            "mp",
        ),
        *("councilman", "councilwoman", "minister", "premier", "assemblyman", "assemblywoman", "whip", "speaker"),
    )
)
_AFTER_QUOTATION = re.compile(r"[”\"’']\s(?P<verb>(?:said|says|added|asked|replied)\s)?$")
_ASIDE_AFTER = re.compile(r", (?:s?he|[A-Z]\w+) (?:says|said)\b")
# Whoever is introduced with an age is no one whose office goes without saying.
_AGE_AFTER = re.compile(r"(?:\s(?:is|was)|,)\s\d{1,3}\b")
_SOMEBODY = re.compile(r"(?:One|Another|An?|Some|Several)\s")
_LONGEST_MEMORY = 600
_PLACE = re.compile(r"\s(?:from|for|of)(?:\s[A-Z]\w+){1,3}")
_FEWEST_NAMES = 2
_REACH = 16


def assumed(discourse: Discourse, role: str, start: int, end: int) -> int | None:
    """Whom an office means that the text gives to nobody: the one main person of whom it says no other role."""
    if role not in _OFFICES or discourse.quote_at(start) >= 0:
        return None
    if any(_holds(discourse, person, role, start) for person in discourse.bearers.get(role, ())):
        return None
    if _ASIDE_AFTER.match(discourse.text, end) or _is_indefinite_before(discourse, role, start):
        return None
    here = discourse.sentence_at(start)
    before = {mark.person for mark in discourse.before(start) if mark.sentence == here and mark.role == "subject"}
    most = max(len(person.names) for person in discourse.persons)
    able = [
        person
        for person in discourse.main
        if not discourse.profiles[person].told
        and discourse.persons[person].figure is None
        and len(discourse.persons[person].names) >= _FEWEST_NAMES
        and discourse.persons[person].names[0][0] < start
        and not _AGE_AFTER.match(discourse.text, discourse.persons[person].names[0][1])
    ]
    governing = [person for person in able if discourse.profiles[person].governs] if role in _GOVERNMENTS else []
    if len(governing) == 1 and governing[0] not in before:
        return governing[0]
    if len(able) != 1 or able[0] in before:
        return None
    last = [mark for mark in discourse.before(start) if here - mark.sentence == 1] if here else []
    subjects = {mark.person for mark in last if mark.role == "subject" and mark.quote < 0}
    near = (subjects or {mark.person for mark in last}) == {able[0]}
    return able[0] if near or len(discourse.persons[able[0]].names) == most else None


def _holds(discourse: Discourse, person: int, role: str, start: int) -> bool:
    """Whether a role may mean someone: the text gives it to them, or goes on about one who held it."""
    profile = discourse.profiles[person]
    if role not in profile.told:
        return person in discourse.main
    here = discourse.paragraph[discourse.sentence_at(start)]
    first = discourse.persons[person].names[0][0]
    return "former" not in profile.words and discourse.paragraph[discourse.sentence_at(first)] - here <= 1


def _is_indefinite_before(discourse: Discourse, role: str, start: int) -> bool:
    """Whether the text has spoken of somebody unnamed in that role: "one minister who voted for it"."""
    pattern = re.compile(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother)\s(?:[\w-]+\s){{0,2}}{re.escape(role)}\b")
    return bool(pattern.search(discourse.text, max(0, start - _LONGEST_MEMORY), start))


def _follows_somebody(discourse: Discourse, start: int) -> bool:
    """Whether the sentence before is of somebody unnamed: "One supporter was scathing. “A fool,” the senator said"."""
    here = discourse.sentence_at(start)
    return here > 0 and bool(_SOMEBODY.match(discourse.text, discourse.sentences[here - 1][0]))


def attributed(discourse: Discourse, words: Sequence[str], start: int, end: int) -> int | None:
    """Who says a quotation that is attributed to a role: the one subject of its paragraph, if nobody else has it."""
    head = words[-1].lower()
    match = _AFTER_QUOTATION.search(discourse.text, max(0, start - _REACH), start)
    if match is None or not (match["verb"] or _says(discourse.text, end)):
        return _of_party(discourse, words, start)
    if _is_indefinite_before(discourse, head, start) or _follows_somebody(discourse, start):
        return None
    gender = load_table("role_nouns").get(head, "u")
    marks = list(_subjects(discourse, start))
    nearest = marks[0].sentence if marks and epithet_length(words) else 0
    persons = {mark.person for mark in marks if mark.sentence >= nearest}
    if len(persons) != 1:
        return None
    person = persons.pop()
    if gender != "u" and discourse.persons[person].gender not in ("", gender):
        return None
    places = {word.lower() for word in words[:-1] if word[0].isupper()}
    others = (one for one in discourse.bearers.get(head, ()) if one != person)
    return None if any(places <= discourse.profiles[one].words for one in others) else person


def _of_party(discourse: Discourse, words: Sequence[str], start: int) -> int | None:
    """Whose party a description tells first: "Local MP Anwen Goldsworthy stayed away. The Labour MP said"."""
    if words[-1].lower() in PARTIES and len(words) > 1 and (words[0][0].isupper() or words[0].endswith("-term")):
        return _politician_near(discourse, words, start)
    if len(words) != 2 or words[0].lower() not in PARTIES:
        return None
    here = discourse.sentence_at(start)
    persons = {mark.person for mark in _subjects(discourse, start) if here - mark.sentence == 1}
    head = words[1].lower()
    if len(persons) != 1 or len(discourse.bearers.get(head, ())) != 1:
        return None
    person = persons.pop()
    profile = discourse.profiles[person]
    return person if head in profile.told and not PARTIES & profile.words else None


def _politician_near(discourse: Discourse, words: Sequence[str], start: int) -> int | None:
    """Whom "the Ohio Republican" means: the one politician of this and the last sentence, whose party nothing tells."""
    here = discourse.sentence_at(start)
    found = set()
    for mark in discourse.before(start):
        if here - mark.sentence > 1:
            break
        profile = discourse.profiles[mark.person]
        if profile.told.isdisjoint(_ELECTED) or (mark.sentence == here and mark.role == "subject"):
            continue
        party = profile.words & PARTIES
        if not party or words[-1].lower() in profile.words:
            found.add(mark.person)
    return found.pop() if len(found) == 1 else None


def _says(text: str, end: int) -> bool:
    """Whether a verb of saying follows a description, perhaps after a place: "the MLA from Sonapur said"."""
    place = _PLACE.match(text, end)
    return speech_end(text, place.end() if place else end) >= 0


def _subjects(discourse: Discourse, start: int) -> Iterator[Mark]:
    """Subjects of the paragraph before a position, outside quotations, the nearest first."""
    paragraph = discourse.paragraph[discourse.sentence_at(start)]
    for mark in discourse.before(start):
        if discourse.paragraph[mark.sentence] != paragraph:
            return
        if mark.role == "subject" and mark.quote < 0:
            yield mark
