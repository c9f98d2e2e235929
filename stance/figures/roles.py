"""Roles of noun phrases in their clauses: subject, object or possessor, by the words before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from stance.resources import load_list, load_table

Role = Literal["subject", "object", "possessor"]

_MARKS = frozenset(',;:—–“”"(?!’-•*')
_LONGEST_TITLE = 4
_REACH = 60


def role_of(text: str, sentence: int, start: int, end: int) -> Role:
    """The role of the noun phrase from `start` to `end` in the sentence that begins at `sentence`."""
    if text.startswith(("'", "’"), end):
        return "possessor"
    if start <= sentence:
        return "subject"
    words = text[max(sentence, start - _REACH) : start].split()
    openers = load_list("words_before_subjects")
    for _ in range(_LONGEST_TITLE):  # "Alaska Gov." before a name belongs to it
        if not words or not words[-1][0].isupper() or words[-1].lower() in openers or words[-1][-1] in _MARKS:
            break
        words.pop()
    if words and words[-1].lower() in load_table("role_nouns"):  # "Conservative group leader" before a name
        words = _before_phrase(words)
    if words and words[-1] == "the":
        words.pop()
    return "subject" if not words or words[-1][-1] in _MARKS or words[-1].lower() in openers else "object"


def _before_phrase(words: Sequence[str]) -> list[str]:
    """Words without the noun phrase they end with."""
    stops = load_list("sentence_openers")
    end = len(words) - 1
    while (
        end and words[end - 1].lower() not in stops and words[end - 1][-1] not in _MARKS and words[end - 1][-2:] != "ed"
    ):
        end -= 1
    return [*words[: end if end == 0 or words[end - 1].lower() not in ("the", "a", "an") else end - 1]]
