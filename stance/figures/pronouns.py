"""Pronouns to persons: what each is in its sentence, and in doubt nobody's."""

from __future__ import annotations

import re

from stance.figures.antecedents import Pronoun, find_antecedent
from stance.figures.bystanders import means_bystander
from stance.figures.clauses import (
    apposed_to,
    does_as_asked,
    named_in_quotation,
    same_clause_subject,
    spoken_of,
    who_asked,
)
from stance.figures.discourse import Discourse
from stance.figures.genders import THEY_TOLD, are_several_since, gender_of_pronoun
from stance.figures.identity import THEY
from stance.figures.relations import resolve_relation
from stance.figures.roles import Role
from stance.figures.vocabulary import speech_end

# Patterns begin with a class of characters where they can: the search skips to the next of these at speed.
_PRONOUN = re.compile(
    r"[HhSs](?<!\w.)(?:(?<=[Hh])(?:e|im|is|ers?|imself|erself)|(?<=[Ss])he|(?<=H)(?:E|IM|IS|ER)|(?<=S)HE)\b(?!-)"
)
_THEY = re.compile(r"\b[Tt]h(?:ey|em|eir|emsel(?:f|ves))\b")
_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:to|in|on|for|at|with|as|and|of|from|by|that|than|but|or|into|about|over|when|while|if|because|"
    r"before|after|is|was|the|a|an|up|out|off|down|back|away|through|against|without|during|under|who|not|more|too|"
    r"again|openly|instead|directly|personally|so|he|she|his|her|it|they|what|how|why|where|whether|since|until|like|"
    r"for|this|last|next|yesterday|today|there|here|publicly|once|twice|ever|never|all|would|could|should)\b)"
)
_BORN = " was born "
_REPORTING = frozenset(
    ("said", "says", "added", "think", "thought", "believed", "insisted", "argued", "conceded", "that", "whether")
)


def find_pronouns(text: str, *, they: bool = False) -> list[tuple[int, int, str]]:
    """Third-person pronouns as start, end, lower-case word; with `they` those too, of a person called so."""
    if not they:
        return [(*match.span(), match.group().lower()) for match in _PRONOUN.finditer(text)]
    told = [match.span() for match in THEY_TOLD.finditer(text)]
    found = [*_PRONOUN.finditer(text), *_THEY.finditer(text)]
    return sorted(
        (*match.span(), match.group().lower())
        for match in found
        if not any(start <= match.start() < end for start, end in told)
    )


def resolve_pronoun(discourse: Discourse, start: int, end: int, word: str) -> None:
    """Link one pronoun, or the description it begins ("his former rival"), if one person is plainly meant."""
    pronoun = read_pronoun(discourse, start, end, word)
    person = None
    if pronoun.role == "subject":
        person = _born(discourse, end)
        person = does_as_asked(discourse, start, end, pronoun.sentence) if person is None else person
    if person is None and not means_bystander(discourse, start, pronoun.gender):
        person = find_antecedent(discourse, pronoun)
    if pronoun.role == "possessor" and resolve_relation(discourse, start, end, person):
        return
    if person is not None:
        discourse.add(start, end, person, "pronoun", pronoun.role)


def _born(discourse: Discourse, end: int) -> int | None:
    """Whose full name a pronoun's predicate gives: "He was born Edgar Alden Quint"."""
    if not discourse.text.startswith(_BORN, end):
        return None
    named = discourse.within(end + len(_BORN), end + len(_BORN) + 1)
    return named[0].person if named else None


def read_pronoun(discourse: Discourse, start: int, end: int, word: str) -> Pronoun:
    """What a pronoun is where it stands, and whom it cannot mean there."""
    text = discourse.text
    sentence, quote = discourse.sentence_at(start), discourse.quote_at(start)
    turn = discourse.turn_at(start) if discourse.turns else None
    role = _role(text, end, word)
    says = quote < 0 and role == "subject" and speech_end(text, end) >= 0
    speaker = discourse.speakers[quote] if quote >= 0 else turn.speaker if turn else None
    barred = [speaker, turn.addressee if turn and quote < 0 else None]
    if discourse.author is not None:
        barred.append(_author_aside(discourse, start))
    if role == "object" and not word.endswith("self"):
        barred.append(same_clause_subject(discourse, start, sentence))
    elif role == "possessor":
        barred.append(apposed_to(discourse, start, end))
    elif says:
        barred.extend(named_in_quotation(discourse, start))
        barred.append(who_asked(discourse, start, end))
    if role == "subject":
        barred.append(spoken_of(discourse, start, end))
    gender = gender_of_pronoun(word)
    if gender == THEY:
        barred.extend(are_several_since(discourse, start))
    reported = _is_reported(text[max(0, start - 20) : start].rsplit(None, 1))
    return Pronoun(start, end, word, gender, role, sentence, quote, barred, says, reported)


def _author_aside(discourse: Discourse, start: int) -> int | None:
    """Who wrote the text, if only its byline has named them: nobody that the text speaks of."""
    assert discourse.author is not None
    person, byline = discourse.author
    return None if any(byline < name < start for name, _, _ in discourse.persons[person].names) else person


def _is_reported(before: list[str]) -> bool:
    """Whether the words before a pronoun report what somebody says: "said", "said that"."""
    return bool(before) and before[-1] in _REPORTING


def _role(text: str, end: int, word: str) -> Role:
    if word in ("he", "she", "they"):
        return "subject"
    if word in ("him", "them") or word.endswith(("self", "selves")):
        return "object"
    if word == "her" and _AFTER_OBJECT.match(text, end):
        return "object"
    return "possessor"
