"""Pronouns to persons: by gender, nearness and role; in doubt none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stance.figures.discourse import Discourse, Mark, Role
from stance.figures.relations import begins_description, resolve_relation
from stance.figures.vocabulary import speech_end

# Patterns begin with a class of characters where they can: the search skips to the next of these at speed.
_PRONOUN = re.compile(
    r"[HhSs](?<!\w.)(?:(?<=[Hh])(?:e|im|is|ers?|imself|erself)|(?<=[Ss])he|(?<=H)(?:E|IM|IS|ER)|(?<=S)HE)\b(?!-)"
)
_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:to|in|on|for|at|with|as|and|of|from|by|that|than|but|or|into|about|over|when|while|if|because|"
    r"before|after|is|was|the|a|an|up|out|off|down|back|away|through|against|without|during|under|who|not|more|too|"
    r"again|openly|instead|directly|personally|so|he|she|his|her|it|they|what|how|why|where|whether|since|until|like|"
    r"for|this|last|next|yesterday|today|there|here|publicly|once|twice|ever|never|all|would|could|should)\b)"
)
_CLAUSE = re.compile(
    r"[,;:—–]|\b(?:that|when|because|if|while|but|and|since|after|before|although|who|which|whether|until|as|or|than|to)\b"
)
_REPORTING = frozenset(
    ("said", "says", "added", "think", "thought", "believed", "insisted", "argued", "conceded", "that", "whether")
)
_PARENTHESIS = re.compile(r"^, [^,]{1,80},")
_RELATIVE = re.compile(r"[^.;]{0,40}?\bwho\b")
_OPENING = re.compile(
    r"(?:In|At|On|Under|With|Like|Unlike|After|Before|During|Despite|For|As|Following|Throughout|From|By|Through|Upon|"
    r"Over|Since|Until|Because of|True to|"
    r"According to|Thanks to|Alongside|Among|Amid|Within|Outside|Inside|Beyond|Besides|"
    r"Near|[A-Z][a-z]+ing)\b"
)
_PARTICIPLE = re.compile(
    r"(?:Born|Raised|Educated|Asked|Pressed|Questioned|Elected|Appointed|Flanked|Backed|Accompanied|Introduced|Joined|"
    r"Challenged|Quizzed|Cheered|Heckled|Married|(?!During|Following|According)[A-Z][a-z]+ing)\b"
)
_ASIDE_BEFORE = re.compile(r", (?:(?:once|then|now|formerly|long|already|until recently) )?$")
_LONGEST_ASIDE = 20
_REST_OF_APPOSITIVE = re.compile(r"^[^,]{0,40}, ")
_TITLES_BEFORE = re.compile(r"(?:[A-Z][\w.]*\s){0,3}$")
_FINITE = re.compile(r"\b(?:was|were|is|are|had|has|said|says|would|could)\b")
_FARTHEST = 3
_LONGEST_CLAUSE = 300
_LONGEST_OPENING, _LONGEST_PHRASE = 30, 120
# What speaks for a mention, in points. Set on the development gold and GAP's development set; the order is plain:
# same sentence before the one before it, subjects first, then whoever is in the same role as the pronoun.
_HERE = 8.0
_PER_SENTENCE = -2.5
_PER_PARAGRAPH = -1.5
_ROLE = {"subject": 2.5, "possessor": 0.8, "object": 0.0}
_SAME_ROLE = 1.5
_NEAREST = {"subject": 2.0, "possessor": 4.0, "object": 2.0}
_AHEAD = 6.0
_EMPHATIC = 8.0
_ATTRIBUTIVE = -4.0
_SAID_OF_SELF = 1.5
_FROM_QUOTATION = -1.5
_INTO_QUOTATION = -0.5
_GENDER_KNOWN = 0.1
_PER_NAME, _MOST_NAMES = 0.3, 7
_AGAIN = 0.5
_LEAST = 3.0
_MARGIN, _MARGIN_IF_GENDER_UNKNOWN = 0.3, 0.5


class Pronoun(NamedTuple):
    """A third-person pronoun where it stands.

    Attributes:
        speaker: Whose words it stands in, or None.
        barred: Whom it cannot mean: the subject of its own clause for an object, who stands beside "his successor",
            in a turn whoever is spoken to, and for a speaker whom the quotation names.
        says: A verb of saying follows: its person is no third person of the quotation beside it.
        reported: A verb of saying stands before: "Harris said she" means Harris.
    """

    start: int
    end: int
    word: str
    role: Role
    sentence: int
    quote: int
    speaker: int | None
    barred: tuple[int | None, ...]
    says: bool
    reported: bool


def find_pronouns(text: str) -> list[tuple[int, int, str]]:
    """Third-person pronouns as start, end, lower-case word."""
    return [(*match.span(), match.group().lower()) for match in _PRONOUN.finditer(text)]


def resolve_pronoun(discourse: Discourse, start: int, end: int, word: str) -> None:
    """Link one pronoun, or the description it begins ("his former rival"), if one person is plainly meant."""
    pronoun = _read(discourse, start, end, word)
    person = _antecedent(discourse, pronoun)
    if pronoun.role == "possessor" and resolve_relation(discourse, start, end, person):
        return
    if person is not None:
        discourse.add(start, end, person, "pronoun", pronoun.role)


def _read(discourse: Discourse, start: int, end: int, word: str) -> Pronoun:
    text = discourse.text
    sentence, quote = discourse.sentence_at(start), discourse.quote_at(start)
    turn = discourse.turn_at(start) if discourse.turns else None
    role = _role(text, end, word)
    is_object = role == "object" and not word.endswith("self")
    says = quote < 0 and role == "subject" and speech_end(text, end) >= 0
    return Pronoun(
        start=start,
        end=end,
        word=word,
        role=role,
        sentence=sentence,
        quote=quote,
        speaker=discourse.speakers[quote] if quote >= 0 else turn.speaker if turn else None,
        barred=(
            _same_clause_subject(discourse, start, sentence) if is_object else None,
            _apposed_to(discourse, start, end) if role == "possessor" else None,
            turn.addressee if turn and quote < 0 else None,
            *(_named_in_quotation(discourse, start) if says else ()),
        ),
        says=says,
        reported=_is_reported(text[max(0, start - 20) : start].rsplit(None, 1)),
    )


def _is_reported(before: list[str]) -> bool:
    """Whether the words before a pronoun report what somebody says: "said", "said that"."""
    return bool(before) and before[-1] in _REPORTING


def _role(text: str, end: int, word: str) -> Role:
    if word in ("he", "she"):
        return "subject"
    if word in ("him", "himself", "herself"):
        return "object"
    if word == "her" and _AFTER_OBJECT.match(text, end):
        return "object"
    return "possessor"


def rank(discourse: Discourse, start: int, end: int, word: str) -> list[tuple[int, float]]:
    """Persons whom a pronoun may mean with their points, the likeliest first."""
    return _ranked(discourse, _read(discourse, start, end, word))


def _gender(pronoun: Pronoun) -> str:
    return "m" if pronoun.word in ("he", "him", "his", "himself") else "f"


def _ranked(discourse: Discourse, pronoun: Pronoun) -> list[tuple[int, float]]:
    gender = _gender(pronoun)
    scores: dict[int, float] = {}
    for mark, score in _candidates(discourse, pronoun, gender):
        person = discourse.persons[mark.person]
        score += _GENDER_KNOWN * bool(person.gender) + _PER_NAME * min(_MOST_NAMES, len(person.names))
        before = scores.get(mark.person)
        scores[mark.person] = score if before is None else max(score, before) + _AGAIN
    if len(scores) < 2:
        return list(scores.items())
    return sorted(scores.items(), key=lambda item: -item[1])


def _antecedent(discourse: Discourse, pronoun: Pronoun) -> int | None:
    """Whom a pronoun means, or None in doubt; learns the gender of a person whose name does not tell it."""
    ranked = _ranked(discourse, pronoun)
    if not ranked:
        return None
    best, points = ranked[0]
    lead = points - (ranked[1][1] if len(ranked) > 1 else 0.0)
    person = discourse.persons[best]
    if points < _LEAST or lead < (_MARGIN if person.gender else _MARGIN_IF_GENDER_UNKNOWN):
        return None
    person.gender = person.gender or _gender(pronoun)
    return best


def _candidates(discourse: Discourse, pronoun: Pronoun, gender: str) -> Iterator[tuple[Mark, float]]:
    """Mentions that the pronoun may refer to, with the points that position and role give them."""
    persons, paragraph = discourse.persons, discourse.paragraph
    farthest = 0 if pronoun.word.endswith("self") else _FARTHEST
    excluded = (pronoun.speaker, *pronoun.barred)
    nearest = True
    dangling = _follows_participle(discourse, pronoun)
    for mark in discourse.before(pronoun.start):
        distance = pronoun.sentence - mark.sentence
        if distance > farthest:
            break
        if dangling and not distance:
            continue
        apart = paragraph[pronoun.sentence] - paragraph[mark.sentence]
        if apart > 1 or mark.person in excluded or (pronoun.says and mark.quote >= 0 and not distance):
            continue
        if persons[mark.person].gender not in ("", gender):
            nearest = False
            continue
        if apart and pronoun.quote >= 0 and discourse.text.startswith(":", mark.end):
            continue  # who says the quotation before, in a list of them
        score = _HERE + _PER_SENTENCE * distance + _PER_PARAGRAPH * apart + _ROLE[mark.role]
        if discourse.text.endswith((" a ", " an "), mark.start - 4, mark.start):
            score += _ATTRIBUTIVE  # "Ron Kaneshiro, a Pang ally, held his seat"
        score += _EMPHATIC * (not farthest and mark.end == pronoun.start - 1)  # "Pang himself"
        score += _SAME_ROLE * (mark.role == pronoun.role) + _NEAREST[pronoun.role] * nearest
        nearest = False
        if pronoun.reported and not distance and mark.role == "subject":
            score += _SAID_OF_SELF
        if mark.quote != pronoun.quote:
            score += _FROM_QUOTATION * (mark.quote >= 0) + _INTO_QUOTATION * (pronoun.quote >= 0)
        yield mark, score
    if pronoun.role == "possessor" and pronoun.quote < 0:
        ahead = _cataphor(discourse, pronoun.start, pronoun.sentence)
        if ahead and persons[ahead.person].gender in ("", gender):
            yield ahead, _HERE + _ROLE["subject"] + _AHEAD


def _cataphor(discourse: Discourse, start: int, sentence: int) -> Mark | None:
    """Whom "In her closing statement, Harris" means: the subject that a sentence's opening phrase leads up to."""
    begin, end = discourse.sentences[sentence]
    if start - begin > _LONGEST_OPENING or not _OPENING.match(discourse.text, begin):
        return None
    marks = discourse.within(start, min(end, start + _LONGEST_PHRASE))
    mark = next((one for one in marks if discourse.text[one.start - 2 : one.start] == ", "), None)
    if mark is None:
        mark = next((one for one in marks if not discourse.text.startswith(("'s", "’s"), one.end)), None)
    return None if mark is None or _FINITE.search(discourse.text, start, mark.start) else mark


def _named_in_quotation(discourse: Discourse, start: int) -> Iterator[int]:
    """Whom the quotation that ends right before a position names: "“Dana voted for it,” she said"."""
    quote = discourse.quote_at(start - 2)
    if quote >= 0:
        yield from (mark.person for mark in discourse.within(*discourse.quotes[quote]) if mark.kind != "description")


def _before_titles(text: str, start: int) -> int:
    """Where the capitalised words that stand right before a name begin, less the space before them."""
    begin = max(0, start - 40)
    match = _TITLES_BEFORE.search(text[begin:start])
    return begin + match.start() - 1 if match else start


def _follows_participle(discourse: Discourse, pronoun: Pronoun) -> bool:
    """Whether a pronoun is whom the sentence's opening tells of: "Born in Burnie to Dana Quint, she"."""
    begin = discourse.sentences[pronoun.sentence][0]
    if pronoun.role != "subject" or not discourse.text.endswith(", ", begin, pronoun.start):
        return False
    return bool(_PARTICIPLE.match(discourse.text, begin)) and not _FINITE.search(discourse.text, begin, pronoun.start)


def _apposed_to(discourse: Discourse, start: int, end: int) -> int | None:
    """Who stands before "his successor" as its apposition, and so is not "his" person: "Al Quint, his successor"."""
    aside = _ASIDE_BEFORE.search(discourse.text, max(0, start - _LONGEST_ASIDE), start)
    if aside is None or not begins_description(discourse.text, end):
        return None
    mark = next(discourse.before(start), None)
    return mark.person if mark and mark.end == aside.start() else None


def _same_clause_subject(discourse: Discourse, start: int, sentence: int) -> int | None:
    """Who is the subject of the clause that an object pronoun stands in: never the one it means."""
    for mark in discourse.before(start):
        if mark.sentence != sentence or start - mark.end > _LONGEST_CLAUSE:
            return None
        between = _PARENTHESIS.sub(" ", discourse.text[mark.end : start], count=1)
        if discourse.text.endswith(",", 0, _before_titles(discourse.text, mark.start)):
            # "His deputy, Lord Wexcombe, patted him"; "Al Quint, his successor in the House, patted him"
            between = _REST_OF_APPOSITIVE.sub("", between)
        if _RELATIVE.match(between):
            return mark.person
        if mark.role == "subject":
            return None if _CLAUSE.search(between) else mark.person
    return None
