"""Quotations to their speakers."""

from __future__ import annotations

import re

from stance.figures.discourse import Discourse
from stance.figures.vocabulary import find_quoting_verbs, is_speech_within, speech_end
from stance.resources import load_table

_ASIDE = re.compile(r",[^.,]{0,80},")
# Between a quotation and a name: a clause that is not the quotation's.
_OTHER_CLAUSE = re.compile(
    r";|\b(?:when|while|because|although|though|after|before|but|whose|who)\b|,\s+(?:and|as|with)\b"
)
# Before a verb of saying: a subject of its own, who is none of the persons found.
_OTHER_SUBJECT = re.compile(
    r"\b(?:an?|the|one|two|some|many|several|most|other|another|his|her|their|its|it|they|we|you)\s+(?:(?!(?:and|but|or)\s)[\w’'-]+\s+){0,4}$"
    r"|\b(?:spokes\w+|aides?|officials?|critics|allies|lawyers?|reporters|supporters|opponents|which|that|this|it|they)\s+"
    r"(?:\w+ly\s+|has\s+|had\s+|have\s+)?$"
)
_COORDINATED = re.compile(r",?\s(?:and|but|or|then)\s(?:[A-Z]\w+\s|(?:him|her|them|as|also|that)\s){0,3}")
_BEFORE_TITLES = ("the ", "former ", "a ", "an ", "then ", "his ", "her ")
_OF = frozenset(("of", "to", "for", "with", "by", "from", "on", "about", "after"))
_SERVANT = re.compile(r"\s(?:\w+\s)?(?P<noun>[a-z]+)\s[A-Z]")
# "“We won.” — Dana Whitfield, in a debate"
_DASH = re.compile(r"\s{0,2}[—–-]{1,2}\s?(?:[A-Z][\w.]*\s){0,3}")
_DASH_ENDS = re.compile(r"[,.]?(?:\s(?:in|on|at|to|during)\b|\s*\n|\s*$)")
# "according to Gov. Dana Whitfield", "To Whitfield, it was “a sham”"; "in Whitfield's words"
_TOLD_BY = re.compile(r"(?:\b[Aa]ccording to|(?:^|[.!?”\"]\s)To) (?:(?:the|[A-Z][\w.]*|\w+) ){0,4}$")
_IN_WORDS = re.compile(r"[’']s? (?:own )?(?:words|phrase|telling|view|phrasing)\b")
_SPLIT = re.compile(r"\s\w+[^.!?;:]*,\s$")
_ATTRIBUTION = 90
_LONGEST_TAIL = 250


def find_speakers(discourse: Discourse) -> None:
    """Who says each quotation: named after it, before it, or the one who spoke just before."""
    for index, (start, end) in enumerate(discourse.quotes):
        dash = 2 * discourse.text.startswith((" —", " –"), end)  # "“We won.” — Dana Whitfield"
        first, last = discourse.sentence_at(start), discourse.sentence_at(max(start, end - 1 + dash))
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
        for before in range(index, 0, -1):  # one named only at the end has said it all
            if before not in discourse.carried or discourse.speakers[before - 1] is not None:
                break
            discourse.speakers[before - 1] = speaker


def _speaker_after(discourse: Discourse, start: int, end: int) -> int | None:
    """`,” X said`, `,” said X`."""
    text = discourse.text
    for mark in discourse.within(start, min(end, start + _ATTRIBUTION)):
        if _is_attributive(text, mark.end):
            continue
        if _TOLD_BY.search(text, start, mark.start) and not _parts(text, start, mark.start):
            return mark.person
        if _DASH.fullmatch(text, start, mark.start) and _DASH_ENDS.match(text, mark.end):
            return mark.person
        if _verb_before(text, start, mark.start):
            return mark.person
        if _parts(text, start, mark.start):
            return None
        if speech_end(text, mark.end) >= 0:
            return mark.person
        # "X, who runs the union, said"
        if mark.role == "subject" and _ASIDE.match(text, mark.end, end) and is_speech_within(text, mark.end, end):
            return mark.person
    return None


def _is_attributive(text: str, end: int) -> bool:
    """Whether a name says whose somebody named after it is: "said Quint spokeswoman Hattie Lowe"."""
    match = _SERVANT.match(text, end)
    return match is not None and match["noun"] in load_table("role_nouns")


def _parts(text: str, start: int, end: int) -> bool:
    """Whether another clause stands between a quotation and a name: what follows is said of something else."""
    return bool(_OTHER_CLAUSE.search(text, start, end))


def _verb_before(text: str, start: int, end: int) -> bool:
    """Whether only a verb of saying and a title stand between the quotation and the name."""
    between = text[start:end]
    verb_end = speech_end(between if between[:1].isspace() else " " + between.lstrip(',”" '), 0)
    if verb_end < 0:
        return False
    rest = between[verb_end:].strip()
    return not rest or (
        (rest[0].isupper() or rest.startswith(_BEFORE_TITLES)) and rest.split()[-1] not in _OF and len(rest.split()) < 9
    )


def _speaker_before(discourse: Discourse, start: int, end: int) -> int | None:
    """`X said, “`, `X told reporters that he was “`, `X rose, calling her “`, `X: “`."""
    found = discourse.within(start, end)
    for mark in found:
        if _TOLD_BY.search(discourse.text, start, mark.start) or _IN_WORDS.match(discourse.text, mark.end):
            return mark.person
    colon = discourse.text[start:end].rstrip().endswith(":")
    if colon and len({mark.person for mark in found}) == 1:
        return found[0].person
    marks = [
        mark for mark in found if mark.role == "subject" or discourse.text.startswith((", who ", ", whose "), mark.end)
    ]
    if not marks:
        return None
    if colon:
        return marks[-1].person if discourse.text[marks[-1].end : end].strip() == ":" else marks[0].person
    verbs = find_quoting_verbs(discourse.text, marks[0].end, end)
    if not verbs:
        return None
    verb = verbs[-1]
    if verb.group().endswith("ing"):
        return marks[0].person
    before = [mark for mark in marks if mark.end <= verb.start()]
    between = discourse.text[before[-1].end : verb.start()]
    return None if _OTHER_SUBJECT.search(between) else before[-1].person


def _speaker_continued(discourse: Discourse, index: int, head_start: int) -> int | None:
    """The speaker of the quotation before, where this one goes on with it or follows it with nothing between."""
    before, here = discourse.quotes[index - 1], discourse.quotes[index]
    if index in discourse.carried:
        return discourse.speakers[index - 1]
    sentence_end = discourse.sentences[discourse.sentence_at(here[1] - 1)][1]
    if is_speech_within(discourse.text, here[1], min(sentence_end, here[1] + _LONGEST_TAIL)):
        return None  # somebody else is said to speak, though not plainly who
    apart = discourse.paragraph[discourse.sentence_at(here[0])] - discourse.paragraph[discourse.sentence_at(before[0])]
    between = discourse.text[before[1] : here[0]]
    if not apart and _COORDINATED.fullmatch(between):  # calling one “a crook” and the other “a fool”
        return discourse.speakers[index - 1]
    if (
        not apart
        and _SPLIT.match(between)
        and {mark.person for mark in discourse.within(before[1], here[0])} == {discourse.speakers[index - 1]}
    ):
        return discourse.speakers[index - 1]  # “She was,” said Dana Whitfield, “the best”
    if here[0] - head_start >= 3 or apart > 1:
        return None
    # Across paragraphs only a quotation that stands alone, and answers nothing.
    alone = sentence_end - here[1] < 2 and "?" not in discourse.text[before[1] - 3 : before[1]]
    return discourse.speakers[index - 1] if not apart or alone else None
