"""Whom a description fits, by what the text or the table of known figures says of each person."""

from __future__ import annotations

from collections.abc import Sequence

from stance.figures.discourse import Discourse
from stance.figures.offices import DEPUTIES, qualified
from stance.figures.profiles import Profile
from stance.figures.vocabulary import Kind, kinds
from stance.resources import load_table

# Roles that most people of an article could be called by: only nearness tells who is meant.
_LOOSE = frozenset(
    ("man", "woman", "candidate", "nominee", "incumbent", "politician", "leader", "official", "lawmaker")
)
# Those whom an article keeps from naming: "the official said".
NAMELESS = frozenset(
    ("official", "aide", "staffer", "operative", "adviser", "advisor", "witness", "victim", "spokesperson")
)
PARTIES = frozenset(
    ("democrat", "democratic", "republican", "labour", "labor", "conservative", "tory", "liberal", "green")
)
# Offices that no two words told apart make: a party chief and revenue minister is no chief minister.
_WHOLE_OFFICES = ("chief ", "prime ", "first ")
# Offices of one person at a time, so that the table tells who is meant of those whom the text goes on to name.
_HEADS = frozenset(("prime minister", "first minister", "chief minister", "taoiseach"))
_LONGEST_ROLE = 4
_STEM = 4
_NEAR = 3
_TOLD = 3
_FAR = 1000
_SOON = 2


def described(discourse: Discourse, words: Sequence[str], start: int, *, told: bool = False) -> int | None:
    """The one person whom the words fit, or the nearest of several; with `told`, only by what the text says."""
    role = longest_role(words)
    if role and role not in discourse.bearers and words[-1] not in discourse.bearers:
        return None  # nobody has the role, as for most phrases
    near = _distances(discourse, words, role, start)
    if not told:
        for person in _subjects_of_sentence(discourse, start):
            near.pop(person, None)
    bearers = discourse.bearers.get(role, ())
    sole = len(bearers) == 1 and discourse.persons[bearers[0]].figure is None
    fits = {
        person: how
        for person in near
        if (how := _fit(discourse.profiles[person], discourse.said, words, role, sole=sole)) > (_TOLD - 1) * told
    }
    if max(fits.values(), default=0) < _TOLD:  # nobody whom the text names but in passing
        fits = {one: how for one, how in fits.items() if one in discourse.main or len(discourse.persons[one].names) > 1}
    best = max(fits.values(), default=0)
    if words[-1] in NAMELESS and best < _TOLD:
        return None
    able = _able(discourse, words, [person for person, how in fits.items() if how == best])
    return _nearest(able, near, loose=words[-1] in _LOOSE or best == 1)


def _distances(discourse: Discourse, words: Sequence[str], role: str, start: int) -> dict[int, int]:
    """How many sentences back each person is who was mentioned near the words, or has the role and was named before."""
    here = discourse.sentence_at(start)
    near: dict[int, int] = {}
    for mark in discourse.before(start):
        near.setdefault(mark.person, here - mark.sentence)
    deputy = not DEPUTIES.isdisjoint(words[:-1])
    for one in (role, *([] if deputy else words[-1:])):
        for person in discourse.bearers.get(one, ()):
            if discourse.persons[person].names[0][0] < start:
                near.setdefault(person, _FAR)
    return near


def _able(discourse: Discourse, words: Sequence[str], persons: list[int]) -> list[int]:
    """Those of equal fit who hold the office still, and whose gender the role has."""
    if "former" not in words:  # "the governor" is the one in office, where the text names a former one besides
        persons = [one for one in persons if "former" not in discourse.profiles[one].words] or persons
    gender = load_table("role_nouns").get(words[-1], "u")
    return [one for one in persons if gender == "u" or discourse.persons[one].gender in ("", gender)]


def _nearest(persons: list[int], near: dict[int, int], *, loose: bool) -> int | None:
    """The only person, if near where the words are loose; of several, the one who alone is near."""
    if len(persons) == 1:
        return None if loose and near[persons[0]] > _NEAR else persons[0]
    persons = sorted(persons, key=lambda person: near[person])
    if len(persons) > 1 and near[persons[0]] <= 1 < near[persons[1]]:
        return persons[0]
    return None


def announced(discourse: Discourse, words: Sequence[str], start: int) -> int | None:
    """Whom a description means that comes before all names: "The sheriff has left. Ned Yarrow, the sheriff, said"."""
    role = longest_role(words)
    bearers = discourse.bearers.get(role, ())
    if "former" not in words:  # "the minister" is none who was one once
        bearers = [person for person in bearers if "former" not in discourse.profiles[person].words]
    if len(bearers) != 1 or words[-1] in _LOOSE or words[-1] in NAMELESS or discourse.quote_at(start) >= 0:
        return None
    person = bearers[0]
    if discourse.persons[person].names[0][0] < start or next(iter(discourse.before(start)), None) is not None:
        return None
    first = discourse.sentence_at(discourse.persons[person].names[0][0])
    here = discourse.sentence_at(start)
    ahead = first > here and discourse.paragraph[first] - discourse.paragraph[here] <= _SOON
    if not ahead:
        return None
    heads = len(words) == len(role.split()) and role in _HEADS and role in discourse.profiles[person].held
    return person if heads or is_told_to_be(discourse, person, words) else None


def is_told_to_be(discourse: Discourse, person: int, words: Sequence[str]) -> bool:
    """Whether the text itself says, wherever it does, that a person is what the lower-case words say."""
    role = longest_role(words)
    return _fit(discourse.profiles[person], discourse.said, words, role, sole=True) == _TOLD


def _subjects_of_sentence(discourse: Discourse, start: int) -> set[int]:
    """Who is a subject earlier in the sentence: called by their name there, so by no description in the same breath."""
    here, quote = discourse.sentence_at(start), discourse.quote_at(start)
    found = set()
    for mark in discourse.before(start):
        if mark.sentence != here:
            break
        if mark.role == "subject" and mark.quote == quote and mark.kind != "pronoun":
            found.add(mark.person)
    return found


def _fit(profile: Profile, said: frozenset[str], words: Sequence[str], role: str, *, sole: bool) -> int:
    """How well the words fit a person: 0 not, 1 by the table alone, 2 by table and place or party, 3 by the text.

    Args:
        said: Every word of any profile.
        role: The longest role noun that the words end with, or empty.
        sole: Nobody else of the text has it.
    """
    if role and profile.told.isdisjoint((role, words[-1])) and profile.held.isdisjoint((role, words[-1])):
        return 0  # as for most persons, and soon told
    deputy = not DEPUTIES.isdisjoint(words[:-1])
    whole = deputy or role.startswith(_WHOLE_OFFICES) or not set(role.split()[:-1]) <= profile.words
    roles = {role} if whole else {role, words[-1]}
    modifiers = [word for word in words[:-1] if word not in ("former", "new", "then", "current", "old")]
    specific = 0
    for word in modifiers:
        flag = kinds().get(word.capitalize(), 0)
        marked = flag & Kind.NOT_PERSON or word in said
        if marked and word not in profile.words:
            if any(word in role.split() for role in profile.told | profile.held) or _is_open(word, profile, sole=sole):
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


def _is_open(word: str, profile: Profile, *, sole: bool) -> bool:
    """Whether a place, people or party may be a person's: the place's by another form, or the first that is told."""
    if word in PARTIES:
        return sole and PARTIES.isdisjoint(profile.words)
    places = [one for one in profile.words if kinds().get(one.capitalize(), 0) & Kind.NOT_PERSON and one not in PARTIES]
    if any(word[:_STEM] == one[:_STEM] for one in places):
        return True
    return sole and not places and bool(kinds().get(word.capitalize(), 0) & Kind.NOT_PERSON)


def longest_role(words: Sequence[str]) -> str:
    """The longest role noun that the words end with, or empty."""
    nouns = load_table("role_nouns")
    longest = range(max(0, len(words) - _LONGEST_ROLE), len(words))
    return next((qualified(words, at, role) for at in longest if (role := " ".join(words[at:])) in nouns), "")


def _home_of(people: str, profile: Profile) -> bool:
    """Whether a person said to come from Idaho is "the Idahoan"."""
    return any(people.startswith(word[:4]) for word in profile.words if kinds().get(word.capitalize(), 0) & Kind.PLACE)
