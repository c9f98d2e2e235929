"""Descriptions to persons: "the Vermont senator", "the former secretary of state", "his former rival"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from stance.figures.discourse import Discourse
from stance.figures.profiles import Profile
from stance.figures.vocabulary import Kind, kinds
from stance.resources import load_list, load_table

_WORDS = r"(?P<words>(?:\s\w+(?:[.’'-]\w+)*(?:(?<=\.[A-Z])\.)?){1,5})"
_DEFINITE = re.compile(rf"[Tt](?<!\w.)(?:he|his){_WORDS}")
_NOUN_PHRASE = re.compile(_WORDS)
_APPOSITIVE_END = re.compile(r"[^,.;:!?“”\"()\n]{0,60}?(?=[,.;:)])")
_SPOUSES = ("wife", "husband", "spouse")
# Roles that most people of an article could be called by: only nearness tells who is meant.
_LOOSE = frozenset(
    ("man", "woman", "candidate", "nominee", "incumbent", "politician", "leader", "official", "lawmaker")
)
_NEAR = 3
_TOLD = 3
_FAR = 1000


@cache
def _relation() -> re.Pattern[str]:
    """What follows a possessive pronoun: "former rival", "husband"."""
    nouns = "|".join(sorted(load_table("relation_nouns"), key=len, reverse=True))
    return re.compile(rf"(?P<words>(?:\s[\w’'-]+){{0,3}}?)\s(?P<noun>{nouns})\b(?!-)")


def resolve_descriptions(discourse: Discourse) -> None:
    """Link definite descriptions by what the text or the table says of the persons."""
    nouns = load_table("role_nouns")
    for match in _DEFINITE.finditer(discourse.text):
        words = match["words"].split()
        length = _head_length(words, nouns)
        if not length:
            continue
        start = match.start()
        end = _end_of(match, words[:length])
        if _is_title(discourse.text, end) and not discourse.text.startswith(",", end):
            continue
        if discourse.taken(start, end):
            continue
        person = _apposed(discourse, start, end)
        if person is not None:
            longer = _appositive_end(discourse, end, person)
            end = end if discourse.taken(end, longer) else longer
        else:
            person = _described(discourse, [word.lower() for word in words[:length]], start)
        if person is not None:
            discourse.add(start, end, person, "description", discourse.role_of(start, end))


def _head_length(words: Sequence[str], nouns: dict[str, str]) -> int:
    """Number of words up to the last role noun, before any word that ends the noun phrase; 0 where there is none."""
    stops = load_list("sentence_openers")
    length = 0
    before = ""
    for at, word in enumerate(words):
        lower = word.lower()
        if lower in nouns or f"{before} {lower}" in nouns or _is_people(word):
            length = at + 1
        elif lower == "of" and " ".join((before, *words[at : at + 2])).lower() in nouns:
            length = at + 2
        elif length or lower in stops or lower.endswith("ed"):
            break
        before = lower
    return length


def _is_people(word: str) -> bool:
    """Whether a word names somebody of a place: the Idahoan, the Texan."""
    return bool(
        word[:1].isupper() and kinds().get(word, 0) & Kind.OTHER and word.endswith(("an", "er", "ite"))
    ) and word in load_list("demonyms")


def _end_of(match: re.Match[str], words: Sequence[str]) -> int:
    """Where the last of the words ends, without possessive ending."""
    position = match.start("words")
    for word in words:
        position = match.string.index(word, position) + len(word)
    for ending in ("'s", "’s"):
        if match.string.endswith(ending, 0, position):
            position -= 2
    return position


def _is_title(text: str, end: int) -> bool:
    """Whether a name follows, so that the words are its title."""
    return bool(re.match(r"\s[A-Z][a-z]|-", text[end : end + 3]))


def _apposed(discourse: Discourse, start: int, end: int) -> int | None:
    """Who stands beside the description, parted by a comma: "Dana Whitfield, the mayor", or the other way."""
    text = discourse.text
    for mark in discourse.before(start):
        if text[mark.end : start] in (", ", ", now ", ", then "):
            return mark.person
        if re.fullmatch(r", \d{1,3}, ", text[mark.end : start]):
            return mark.person
        break
    if text.startswith(", ", end):
        after = [
            mark for mark in discourse.within(end + 2, end + 3) if text[mark.end : mark.end + 1] in (",", ".", "'", "’")
        ]
        return after[0].person if after else None
    return None


def _appositive_end(discourse: Discourse, end: int, person: int) -> int:
    """An appositive after the name runs to the next comma: "the evening anchor on Channel 6"."""
    if any(mark.person == person for mark in discourse.within(end, end + 4)):
        return end
    rest = _APPOSITIVE_END.match(discourse.text, end)
    return rest.end() if rest and " who " not in rest.group() else end


def _described(discourse: Discourse, words: Sequence[str], start: int, *, told: bool = False) -> int | None:
    """The one person whom the words fit, or the nearest of several; with `told`, only by what the text says."""
    here = discourse.sentence_at(start)
    near: dict[int, int] = {}
    for mark in discourse.before(start):
        near.setdefault(mark.person, here - mark.sentence)
    for role in (_longest_role(words), words[-1]):
        for person in discourse.bearers.get(role, ()):
            if discourse.persons[person].names[0][0] < start:
                near.setdefault(person, _FAR)
    fits = {person: how for person in near if (how := _fit(discourse, person, words)) > (_TOLD - 1) * told}
    if not fits:
        return None
    best = max(fits.values())
    fits = {person: how for person, how in fits.items() if how == best}
    gender = load_table("role_nouns").get(words[-1], "u")
    able = [person for person in fits if gender == "u" or discourse.persons[person].gender in ("", gender)]
    if len(able) == 1:
        far = near[able[0]] > _NEAR if words[-1] in _LOOSE or best == 1 else False
        return None if far else able[0]
    able.sort(key=lambda person: near[person])
    if len(able) > 1 and near[able[0]] <= 1 < near[able[1]]:
        return able[0]
    return None


def _fit(discourse: Discourse, person: int, words: Sequence[str]) -> int:
    """How well the words fit a person: 0 not, 1 by the table alone, 2 by table and place or party, 3 by the text."""
    profile = discourse.profiles[person]
    role = _longest_role(words)
    roles = {role, words[-1]} if set(role.split()[:-1]) <= profile.words else {role}
    modifiers = [word for word in words[:-1] if word not in ("former", "new", "then", "current", "old")]
    specific = 0
    for word in modifiers:
        flag = kinds().get(word.capitalize(), 0)
        marked = flag & Kind.NOT_PERSON or word in discourse.said
        if marked and word not in profile.words:
            if any(word in role.split() for role in profile.told | profile.held):
                continue
            return 0
        specific += bool(marked)
    if roles & profile.told or (not role and _home_of(words[-1], profile)):
        return _TOLD
    if not roles & profile.held:
        return 0
    longest = max(len(role.split()) for role in roles & profile.held)
    return 2 if specific or longest > 1 or "former" in words else 1 if words[-1] != "president" else 0


def _longest_role(words: Sequence[str]) -> str:
    """The longest role noun that the words end with, or empty."""
    nouns = load_table("role_nouns")
    return next((role for at in range(-3, 0) if (role := " ".join(words[at:])) in nouns), "")


def _home_of(people: str, profile: Profile) -> bool:
    """Whether a person said to come from Idaho is "the Idahoan"."""
    return any(people.startswith(word[:4]) for word in profile.words if kinds().get(word.capitalize(), 0) & Kind.PLACE)


def resolve_relation(discourse: Discourse, start: int, end: int, owner: int | None) -> bool:
    """Link "his former rival" or "her energy secretary", begun by the possessive at `start` to `end`.

    Args:
        owner: Whom the possessive means, or None where that is in doubt.

    Returns:
        Whether a person other than the owner was evident, and is linked now.
    """
    match = _relation().match(discourse.text, end)
    if match:
        stop = match.end()
        person = _apposed(discourse, start, stop)
        if person is None:
            person = _related(discourse, owner, match["noun"], start)
        elif owner is not None and match["noun"] in _SPOUSES:
            discourse.spouses.update({owner: person, person: owner})
    else:
        stop, person = _serving(discourse, start, end)
    if person in (None, owner) or _is_title(discourse.text, stop) or discourse.taken(start, stop):
        return False
    assert person is not None
    discourse.add(start, stop, person, "description", discourse.role_of(start, stop))
    return True


def _serving(discourse: Discourse, start: int, end: int) -> tuple[int, int | None]:
    """Where "her energy secretary" ends, and who the text says that is."""
    match = _NOUN_PHRASE.match(discourse.text, end)
    words = match["words"].split() if match else []
    length = _head_length(words, load_table("role_nouns"))
    if not match or not length:
        return end, None
    stop = _end_of(match, words[:length])
    apposed = _apposed(discourse, start, stop)
    if apposed is not None:
        return stop, apposed
    return stop, _described(discourse, [word.lower() for word in words[:length]], start, told=True)


def _related(discourse: Discourse, owner: int | None, noun: str, start: int) -> int | None:
    """The other one of two main persons."""
    if owner is None:
        return None
    if noun in _SPOUSES:
        return discourse.spouses.get(owner)
    if load_table("relation_nouns").get(noun) != "rival":
        return None
    met = {mark.person for mark in discourse.before(start)}
    main = [person for person in discourse.main if person != owner and person in met]
    return main[0] if len(main) == 1 else None
