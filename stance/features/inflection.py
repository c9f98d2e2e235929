"""English inflection, just as much as the lexicon needs: forms of verbs and verb phrases, plurals, comparison."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

Irregular = Mapping[str, tuple[str, str, str, str]]
"""Lemma to past, participle, gerund, third person; alternatives joined by `|`."""


class VerbForm(Enum):
    """Forms that differ in what they say of a verb's subject: a participle may be passive."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"


def read_irregular(path: Path) -> Irregular:
    """Read the table of irregular verbs."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["lemma"]: (row["past"], row["participle"], row["gerund"], row["third"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }


def _regular(verb: str) -> tuple[str, str, str, str]:
    vowels = "aeiou"
    if verb.endswith("e"):
        past = verb + "d"
        gerund = verb + "ing" if verb.endswith(("ee", "oe", "ye")) else verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2:-1] not in vowels:
        past, gerund = verb[:-1] + "ied", verb + "ing"
    else:
        past, gerund = verb + "ed", verb + "ing"
    return past, past, gerund, inflect_noun(verb)


def inflect_noun(noun: str) -> str:
    """Plural of a noun, which is also the third person of a regular verb.

    >>> inflect_noun("bully"), inflect_noun("boss"), inflect_noun("ally of convenience")
    ('bullies', 'bosses', 'allies of convenience')
    """
    head, *rest = noun.split(" ", 1) if " of " in noun else [noun]
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        head = head[:-1] + "ies"
    elif head.endswith(("s", "x", "z", "ch", "sh")):
        head += "es"
    else:
        head += "s"
    return " ".join([head, *rest])


def compare_adjective(adjective: str) -> tuple[str, ...]:
    """Comparative and superlative of a short adjective; none where English says "more" and "most".

    >>> compare_adjective("weak"), compare_adjective("ugly"), compare_adjective("fit"), compare_adjective("corrupt")
    (('weaker', 'weakest'), ('uglier', 'ugliest'), ('fitter', 'fittest'), ())
    """
    if not re.fullmatch("[a-z]+", adjective) or adjective.endswith(("ed", "ing")):
        return ()
    syllables = len(re.findall("[aeiouy]+", adjective.removesuffix("e")))
    if syllables > 1 and not (syllables == 2 and adjective.endswith("y")):
        return ()
    if adjective.endswith("y") and adjective[-2:-1] not in "aeiou":
        stem = adjective[:-1] + "i"
    elif re.search("(?:^|[^aeiou])[aeiou][bdgmnpt]$", adjective):
        stem = adjective + adjective[-1]
    else:
        stem = adjective.removesuffix("e")
    return stem + "er", stem + "est"


def inflect_verb(phrase: str, irregular: Irregular) -> Iterator[tuple[str, VerbForm]]:
    """All forms of a verb phrase, whose first word is the verb.

    >>> [form for form, kind in inflect_verb("rally behind", {})]
    ['rally behind', 'rallies behind', 'rallied behind', 'rallied behind', 'rallying behind']
    """
    verb, _, rest = phrase.partition(" ")
    past, participle, gerund, third = irregular.get(verb) or _regular(verb)
    forms = (
        (verb, VerbForm.BASE),
        (third, VerbForm.THIRD),
        (past, VerbForm.PAST),
        (participle, VerbForm.PARTICIPLE),
        (gerund, VerbForm.GERUND),
    )
    for alternatives, kind in forms:
        for form in alternatives.split("|"):
            yield (f"{form} {rest}" if rest else form), kind
