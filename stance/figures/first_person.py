"""I, me and my in quotations, turns and signed articles, and you where somebody is plainly spoken to."""

from __future__ import annotations

import re

from stance.figures.discourse import Discourse
from stance.figures.relations import resolve_relation
from stance.figures.roles import Role
from stance.records import Span

_FIRST_PERSON = re.compile(r"\b(?:I(?!\.?[-&A-Z])|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_SECOND_PERSON = re.compile(r"\b[Yy]ou(?:r|rs|rself)?\b(?!\s(?:know|see)\b)")
_POSSESSIVES = ("my", "mine", "your", "yours")
_TITLES_BEFORE = re.compile(r"(?:[A-Z][\w.]*\s)+$")
_CALL_ENDS = re.compile(
    r",\s(?:you|your|I|we|do|did|will|would|what|why|how|this|that|don[’']t|let|please|but|and|it|is|are)\b|[.?!,][”\"’']"
)


def resolve_first_person(discourse: Discourse) -> None:
    """Link I, me and my to who speaks in a quotation or turn, else the author, and you in a turn to the other one."""
    for quote, speaker in zip(discourse.quotes, discourse.speakers, strict=True):
        if speaker is not None:
            _link(discourse, _FIRST_PERSON, quote, speaker)
        addressee = _addressee(discourse, quote)
        if addressee is not None and addressee != speaker:
            _link(discourse, _SECOND_PERSON, quote, addressee)
    for turn in discourse.turns:
        for person, words in ((turn.speaker, _FIRST_PERSON), (turn.addressee, _SECOND_PERSON)):
            if person is not None:
                _link(discourse, words, (turn.start, turn.end), person, quoted=False)
    if discourse.author and not discourse.turns:
        person, start = discourse.author
        _link(discourse, _FIRST_PERSON, (start, len(discourse.text)), person, quoted=False)


def _addressee(discourse: Discourse, quote: Span) -> int | None:
    """Whom a quotation calls by name: "“Dana, think of your job,”", "“In Ohio, Ms. Quint, you lied.”"."""
    text, start, end = discourse.text, *quote
    if not _SECOND_PERSON.search(text, start, end):
        return None
    called = set()
    for mark in discourse.within(start, end):
        before = _TITLES_BEFORE.sub("", text[start : mark.start])
        opens = len(before) == 1 and text.startswith(",", mark.end)
        if opens or (before.endswith(", ") and _CALL_ENDS.match(text, mark.end)):
            called.add(mark.person)
    return called.pop() if len(called) == 1 else None


def _link(discourse: Discourse, words: re.Pattern[str], span: Span, person: int, *, quoted: bool = True) -> None:
    """Link the pronouns in a span to a person; without `quoted`, only those outside quotations."""
    for match in words.finditer(discourse.text, *span):
        if discourse.taken(*match.span()) or (not quoted and discourse.quote_at(match.start()) >= 0):
            continue
        word = match.group().lower()
        if word in ("my", "your") and resolve_relation(discourse, *match.span(), person):
            continue
        role: Role = "subject" if word == "i" else "possessor" if word in _POSSESSIVES else "object"
        discourse.add(*match.span(), person, "pronoun", role)
