"""Quotations to their speakers, and the I, me and my inside them."""

from __future__ import annotations

import re

from stance.figures.descriptions import resolve_relation
from stance.figures.discourse import Discourse, Role
from stance.figures.vocabulary import speech_verb

_FIRST_PERSON = re.compile(r"\b(?:I(?!\.?[-&A-Z])|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_ASIDE = re.compile(r",[^.,]{0,80},")
_ATTRIBUTION = 90
_LONGEST_TAIL = 250


def resolve_first_person(discourse: Discourse) -> None:
    """Link I, me and my in quotations to their speakers."""
    for quote, speaker in zip(discourse.quotes, discourse.speakers, strict=True):
        if speaker is None:
            continue
        for match in _FIRST_PERSON.finditer(discourse.text, *quote):
            if not discourse.taken(*match.span()):
                word = match.group().lower()
                if word == "my" and resolve_relation(discourse, *match.span(), speaker):
                    continue
                role: Role = "subject" if word == "i" else "possessor" if word in ("my", "mine") else "object"
                discourse.add(*match.span(), speaker, "pronoun", role)


def find_speakers(discourse: Discourse) -> None:
    """Who says each quotation: named after it, before it, or the one who spoke just before in the paragraph."""
    for index, (start, end) in enumerate(discourse.quotes):
        first, last = discourse.sentence_at(start), discourse.sentence_at(max(start, end - 1))
        tail_end = min(discourse.sentences[last][1], end + _LONGEST_TAIL)
        if index + 1 < len(discourse.quotes):
            tail_end = max(end, min(tail_end, discourse.quotes[index + 1][0]))
        head_start = discourse.sentences[first][0]
        if index:
            head_start = min(start, max(head_start, discourse.quotes[index - 1][1]))
        speaker = _speaker_after(discourse, end, tail_end)
        if speaker is None:
            speaker = _speaker_before(discourse, head_start, start)
        if speaker is None and index:
            speaker = _speaker_continued(discourse, index, head_start)
        discourse.speakers[index] = speaker


def _speaker_after(discourse: Discourse, start: int, end: int) -> int | None:
    """`,” X said`, `,” said X`."""
    text, verb = discourse.text, speech_verb()
    for mark in discourse.within(start, min(end, start + _ATTRIBUTION)):
        if verb.match(text, mark.end) or _verb_before(text, start, mark.start):
            return mark.person
        # "X, who runs the union, said"
        if mark.role == "subject" and _ASIDE.match(text, mark.end, end) and verb.search(text, mark.end, end):
            return mark.person
    return None


def _verb_before(text: str, start: int, end: int) -> bool:
    """Whether only a verb of saying and a title stand between the quotation and the name."""
    between = text[start:end]
    match = speech_verb().match(between if between[:1].isspace() else " " + between.lstrip(',”" '))
    if not match:
        return False
    rest = between[match.end() :].strip()
    return not rest or rest[0].isupper() or rest.startswith(("the ", "former ", "a ", "an ")) or len(rest.split()) <= 4


def _speaker_before(discourse: Discourse, start: int, end: int) -> int | None:
    """`X said, “`, `X told reporters that he was “`: the first subject before a verb of saying."""
    subject = next((mark for mark in discourse.within(start, end) if mark.role == "subject"), None)
    if subject and speech_verb().search(discourse.text, subject.end, end):
        return subject.person
    return None


def _speaker_continued(discourse: Discourse, index: int, head_start: int) -> int | None:
    """The speaker of the quotation before, where this one follows it in the same paragraph with nothing between."""
    before, here = discourse.quotes[index - 1], discourse.quotes[index]
    sentence_end = discourse.sentences[discourse.sentence_at(here[1] - 1)][1]
    if speech_verb().search(discourse.text, here[1], min(sentence_end, here[1] + _LONGEST_TAIL)):
        return None  # somebody else is said to speak, though not plainly who
    same = discourse.paragraph[discourse.sentence_at(before[0])] == discourse.paragraph[discourse.sentence_at(here[0])]
    return discourse.speakers[index - 1] if same and here[0] - head_start < 3 else None
