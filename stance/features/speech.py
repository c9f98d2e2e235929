"""Whether the target speaks: speakers are seldom judged by what they say, others are."""

from __future__ import annotations

from functools import cache

import numpy as np

from stance.features.emissions import Emissions, emit, join, squashed_sums
from stance.features.hashing import Keys, constant, ruled
from stance.features.pronouns import FIRST_PERSON, mention_kinds
from stance.features.relations import leaning
from stance.features.tokens import tokenize
from stance.features.view import Mask, View, last_boundary, mentions, next_boundary, people

_COMMA = tokenize([","]).word[0]
_REACH = 3
"""Tokens between a speaker and the verb, at most: "Smith later also said"."""


def speaking(view: View) -> dict[str, Mask]:
    """Which of `mentions(view)` speak: subjects of a verb of speech, by where it stands, and I; each of their shape."""
    at, kind = mention_kinds(view)
    speech, person = view.of_class("speech"), people(view)
    verb, mark, somebody = view.next_at(speech, at), next_boundary(view)[at], view.next_at(person, at)
    follows = (verb >= 0) & (verb - at <= _REACH)
    follows &= ((mark < 0) | (verb < mark)) & ((somebody < 0) | (verb < somebody))
    last = view.previous_at(speech, at)
    precedes = (last >= 0) & (at - last <= _REACH)
    precedes &= (last > last_boundary(view)[at]) & (last > view.previous_at(person, at))
    # "Smith, a former judge, said": the verb stands right after what the commas enclose.
    opening = np.maximum(mark, 0)
    closing = np.maximum(next_boundary(view)[opening], 0)
    beyond = view.next_at(speech, closing)
    enclosed = (mark == at + 1) & (view.word[opening] == _COMMA) & (closing > opening)
    enclosed &= (beyond >= 0) & (beyond - closing < _REACH)
    says_i = kind == FIRST_PERSON
    return {"follows": follows, "precedes": precedes, "after apposition": enclosed, "first person": says_i}


def speech_roles(view: View, *, apart: bool = False) -> Emissions:
    """Whether the target speaks, how, and what the sentence's leaning words add up to if so and if not.

    `apart` gives each word its share of the sums, for reasons.
    """
    places = mentions(view)
    found = speaking(view)
    parts = []
    for name, chosen in found.items():
        at = places[chosen]
        parts.append(emit(view.row[at], np.full(at.size, constant(f"speaks, verb {name}")), at))
    anyhow = places[np.logical_or.reduce(list(found.values()))]
    parts.append(emit(view.row[anyhow], np.full(anyhow.size, constant("speaks")), anyhow))
    speaks = np.bincount(view.row[anyhow], minlength=view.n_rows) > 0
    matches = view.matches
    lean = np.flatnonzero(leaning(view))
    said = np.stack([matches.agent.take(lean), matches.patient.take(lean), matches.word.take(lean)])
    kind, which = np.nonzero(said)
    values, at = said[kind, which], lean[which]
    row = view.row[at]
    rule = (kind * 2 + (values < 0)) * 2 + speaks[row]
    parts.append(squashed_sums(_spoken(), rule, row, at, np.abs(values) / 3.0, view.n_rows, np.log1p, apart=apart))
    return join(parts)


@cache
def _spoken() -> Keys:
    """Keys of what leaning words add up to: by kind, sign, and whether the target speaks."""
    rules = (f"spoken {kind} {sign}" for kind in ("agent", "patient", "word") for sign in (1, -1))
    return np.concatenate([ruled(rule, np.array([0, 1], dtype=np.uint64)) for rule in rules])
