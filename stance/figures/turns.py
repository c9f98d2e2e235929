"""Turns of interviews and transcripts: lines that begin with who speaks, as "Q:", "SANDERS:", "Dana Whitfield:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from stance.figures.discourse import Discourse, Turn
from stance.figures.marks import Mark
from stance.resources import load_table

_NAME = r"(?:[A-Z][\w.’'-]*[^\S\n]){0,4}[A-Z][\w.’'-]*(?:[^\S\n]\([^)\n]{1,40}\)){0,2}"
_LABEL = re.compile(rf"[^\S\n]*(?:(?P<short>[QA])[.:]|(?P<label>{_NAME}):)[^\S\n]")
_OTHERS = frozenset(("MODERATOR", "HOST", "ANCHOR", "REPORTER", "QUESTION", "ANSWER", "AUDIENCE MEMBER"))
_FEWEST = 2


def find_turns(discourse: Discourse) -> list[Turn]:
    """Turns in reading order; empty where a text has fewer than two labels that name speakers."""
    found = list(_label_matches(discourse.text))
    labels = [match for match in found if _names_speaker(discourse, match)]
    if len(labels) < _FEWEST:
        return []
    # Between speakers any label is one's that comes again: a paper asks under its own name.
    often = Counter(match["label"] for match in found if match["label"])
    labels = [match for match in found if match in labels or often[match["label"]] >= _FEWEST]
    holders = {
        role: named[0].person for match in labels if (role := _role(match)) and (named := _named(discourse, match))
    }
    speakers = [_speaker(discourse, match, labels[0].start(), holders) for match in labels]
    known = {speaker for speaker in speakers if speaker is not None}
    ends = [match.start() for match in labels[1:]] + [len(discourse.text)]
    turns = []
    for match, end, speaker in zip(labels, ends, speakers, strict=True):
        blank = discourse.text.find("\n\n", match.end(), end)
        # An answer may run over paragraphs, as long as another turn follows.
        stop = blank if blank >= 0 and end == len(discourse.text) else end
        others = known - {speaker}
        turns.append(Turn(match.end(), stop, speaker, next(iter(others)) if len(others) == 1 else None))
    return turns


def _label_matches(text: str) -> Iterator[re.Match[str]]:
    """What looks like a label, at the starts of lines."""
    # Line by line: a pattern that begins with ^ is tried at every character.
    start = 0
    while True:
        end = text.find("\n", start)
        first = text[start : start + 1]
        # Most lines have no colon, so no label.
        if first.isspace() or first in "QA" or text.find(":", start, end if end >= 0 else len(text)) >= 0:
            match = _LABEL.match(text, start)
            if match:
                yield match
        if end < 0:
            return
        start = end + 1


def _names_speaker(discourse: Discourse, label: re.Match[str]) -> bool:
    return bool(label["short"]) or label["label"].upper() in _OTHERS or bool(_named(discourse, label) or _role(label))


def _role(label: re.Match[str]) -> str:
    """The office that a label gives instead of a name: "The Prime Minister", "The Prime Minister (Orla Quint)"."""
    words = (label["label"] or "").partition(" (")[0].lower().removeprefix("the ").removeprefix("mr ")
    return words if words in load_table("role_nouns") else ""


def _named(discourse: Discourse, label: re.Match[str]) -> list[Mark]:
    return discourse.within(label.start("label"), label.end("label")) if label["label"] else []


def _speaker(discourse: Discourse, label: re.Match[str], first: int, holders: Mapping[str, int]) -> int | None:
    """Whom a label names; answers are given by the person whom the text names first.

    Args:
        first: Where the first label begins.
        holders: Who holds an office, as another label says.
    """
    named = _named(discourse, label)
    if named:
        return named[0].person
    role = _role(label)
    if role:
        told = [person for person in discourse.bearers.get(role, ()) if role in discourse.profiles[person].told]
        return holders.get(role, told[0] if len(told) == 1 else None)
    answers = label["short"] == "A" or (label["label"] or "").upper() == "ANSWER"
    before = discourse.within(0, first) if answers else []
    return before[0].person if before else None
