"""Whether the target speaks: speakers are seldom judged by what they say, others are."""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join, squashed_sums
from stance.features.hashing import combine, constant
from stance.features.tokens import tokenize
from stance.features.view import Mask, View

_COMMA = tokenize([","]).word[0]
_REACH = 3
"""Tokens between a speaker and the verb, at most: "Smith later also said"."""


def speaking(view: View) -> dict[str, Mask]:
    """Mentions of the target that are the subject of a verb of speech, by where the verb stands."""
    speech = view.matches.has("speech")
    person = view.target | view.other
    index = np.arange(view.row.size)
    verb, mark, somebody = view.next(speech), view.next(view.boundary), view.next(person)
    follows = (verb >= 0) & (verb - index <= _REACH)
    follows &= ((mark < 0) | (verb < mark)) & ((somebody < 0) | (verb < somebody))
    last = view.previous(speech)
    precedes = (last >= 0) & (index - last <= _REACH)
    precedes &= (last > view.previous(view.boundary)) & (last > view.previous(person))
    # "Smith, a former judge, said": the verb stands right after what the commas enclose.
    opening = np.maximum(mark, 0)
    closing = np.maximum(view.next(view.boundary)[opening], 0)
    enclosed = (mark == index + 1) & (view.word[opening] == _COMMA) & (closing > opening)
    enclosed &= (verb[closing] >= 0) & (verb[closing] - closing < _REACH)
    return {
        "follows": view.target & follows,
        "precedes": view.target & precedes,
        "after apposition": view.target & enclosed,
    }


def speech_roles(view: View, *, apart: bool = False) -> Emissions:
    """Whether the target speaks, how, and what the sentence's leaning words add up to if so and if not.

    `apart` gives each word its share of the sums, for reasons.
    """
    found = speaking(view)
    parts = []
    for name, mentions in found.items():
        at = np.flatnonzero(mentions)
        parts.append(emit(view.row[at], np.full(at.size, constant(f"speaks, verb {name}")), at))
    anyhow = np.flatnonzero(np.logical_or.reduce(list(found.values())))
    parts.append(emit(view.row[anyhow], np.full(anyhow.size, constant("speaks")), anyhow))
    speaks = np.bincount(view.row[anyhow], minlength=view.n_rows) > 0
    matches = view.matches
    for kind, values in (("agent", matches.agent), ("patient", matches.patient), ("word", matches.word)):
        for sign in (1, -1):
            at = np.flatnonzero(values * sign > 0)
            part = np.abs(values[at]) / 3.0
            rows, token, value = squashed_sums(view.row[at], at, part, view.n_rows, np.log1p, apart=apart)
            key = combine(np.full(rows.size, constant(f"spoken {kind} {sign}")), speaks[rows].astype(np.uint64))
            parts.append(emit(rows, key, token, value))
    return join(parts)
