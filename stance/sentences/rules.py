"""What the lists of abbreviations, openers and verbs say about the ends of sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stance.resources import load_list, load_table

OPENERS = "\"“‘'«([{"
LONGEST_TOKEN = 40

# George F. Will, Elaine R. May, John Q. Long: words that open sentences and are surnames too.
_NAMES_THAT_OPEN = frozenset(("will", "may", "do", "so", "you", "an", "no", "can", "in", "more", "such"))


@dataclass(frozen=True, slots=True)
class Rules:
    """What the lists say: abbreviations by what follows them, words that open sentences, quotations' verbs."""

    before_names: frozenset[str]
    before_numbers: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    after_initial: frozenset[str]
    abbreviated: frozenset[str]
    clock: frozenset[str]


@cache
def rules() -> Rules:
    """The lists, read once."""
    abbreviations = load_table("abbreviations")
    openers = load_list("sentence_openers")
    return Rules(
        before_names=frozenset(word for word, kind in abbreviations.items() if kind == "name"),
        before_numbers=frozenset(word for word, kind in abbreviations.items() if kind == "number"),
        may_end=frozenset(word for word, kind in abbreviations.items() if kind == "end"),
        openers=openers,
        after_initial=openers - _NAMES_THAT_OPEN,
        abbreviated=frozenset(abbreviations),
        clock=load_list("clock_words"),
    )


@cache
def name_speaks() -> re.Pattern[str]:
    """A name and a verb of saying: "Trump asked." goes on after a quotation; "Trump replied that" begins anew."""
    # Few texts need it, and it takes long to compile.
    verbs = "|".join(sorted(load_list("speech_verbs")))
    return re.compile(
        rf"(?:[A-Z][\w’'.-]{{0,30}}\s+){{1,4}}(?:{verbs})\b(?!\s+(?:that|the|an?|his|her|he|she|it|they|[“\"]))"
    )


def token_before(text: str, start: int, at: int) -> str:
    """The characters before `at` back to white space, without opening quotes and brackets; at most 40."""
    begin = max(start, at - LONGEST_TOKEN)
    parts = text[begin:at].rsplit(None, 1)
    return parts[-1].lstrip(OPENERS) if parts and not text[at - 1].isspace() else ""
