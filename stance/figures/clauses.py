"""Clauses around a pronoun: whom their grammar makes it mean, or keeps it from meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.figures.discourse import Discourse, Mark
from stance.figures.relations import begins_description

_CLAUSE = re.compile(
    r"[,;:—–]|\b(?:that|when|because|if|while|but|and|since|after|before|although|who|which|whether|until|as|or|than|to)\b"
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
_LONGEST_CLAUSE = 300
_LONGEST_OPENING, _LONGEST_PHRASE = 30, 120


def cataphor(discourse: Discourse, start: int, sentence: int) -> Mark | None:
    """Whom "In her closing statement, Harris" means: the subject that a sentence's opening phrase leads up to."""
    begin, end = discourse.sentences[sentence]
    if start - begin > _LONGEST_OPENING or not _OPENING.match(discourse.text, begin):
        return None
    marks = discourse.within(start, min(end, start + _LONGEST_PHRASE))
    mark = next((one for one in marks if discourse.text[one.start - 2 : one.start] == ", "), None)
    if mark is None:
        mark = next((one for one in marks if not discourse.text.startswith(("'s", "’s"), one.end)), None)
    return None if mark is None or _FINITE.search(discourse.text, start, mark.start) else mark


def named_in_quotation(discourse: Discourse, start: int) -> Iterator[int]:
    """Whom the quotation that ends right before a position names: "“Dana voted for it,” she said"."""
    quote = discourse.quote_at(start - 2)
    if quote >= 0:
        yield from (mark.person for mark in discourse.within(*discourse.quotes[quote]) if mark.kind != "description")


def _before_titles(text: str, start: int) -> int:
    """Where the capitalised words that stand right before a name begin, less the space before them."""
    begin = max(0, start - 40)
    match = _TITLES_BEFORE.search(text[begin:start])
    return begin + match.start() - 1 if match else start


def follows_participle(discourse: Discourse, start: int, sentence: int) -> bool:
    """Whether a subject is whom the sentence's opening tells of: "Born in Burnie to Dana Quint, she"."""
    begin = discourse.sentences[sentence][0]
    if not discourse.text.endswith(", ", begin, start):
        return False
    return bool(_PARTICIPLE.match(discourse.text, begin)) and not _FINITE.search(discourse.text, begin, start)


def apposed_to(discourse: Discourse, start: int, end: int) -> int | None:
    """Who stands before "his successor" as its apposition, and so is not "his" person: "Al Quint, his successor"."""
    if discourse.text.rfind(", ", max(0, start - _LONGEST_ASIDE), start) < 0:  # as before most possessives
        return None
    aside = _ASIDE_BEFORE.search(discourse.text, max(0, start - _LONGEST_ASIDE), start)
    if aside is None or not begins_description(discourse.text, end):
        return None
    mark = next(discourse.before(start), None)
    return mark.person if mark and mark.end == aside.start() else None


def same_clause_subject(discourse: Discourse, start: int, sentence: int) -> int | None:
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
