"""Blocks that weigh the lexicon by who does what to whom: sums of polarity, roles, and the skeleton of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stance.features.emissions import Emissions, emit, join, squashed_sums
from stance.features.hashing import Keys, combine, constant
from stance.features.ngrams import clause_of_target
from stance.features.relations import possession, relate
from stance.features.tokens import Ints
from stance.features.view import OTHER, TARGET, View

_NEAR = 5


def coded(name: str, *parts: npt.NDArray[np.generic]) -> Keys:
    """One key per combination of small numbers, within a named rule."""
    code = np.zeros(parts[0].size, dtype=np.uint64)
    for part in parts:
        code = code * np.uint64(16) + (part.astype(np.int64) + 4).astype(np.uint64)
    return combine(np.full(code.size, constant(name)), code)


def _bucket(distance: Ints) -> Ints:
    return np.searchsorted(np.array([0, 1, 3, 6, 10, 16]), distance)


def polarity_sums(view: View, *, apart: bool = False) -> Emissions:
    """How much praise and blame stands in the sentence, on each side of the target, near it and in its clause.

    `apart` gives each word its share of the sums, for reasons.
    """
    matches = view.matches
    index = np.arange(view.row.size)
    left, right = view.next(view.target), view.previous(view.target)
    regions = {
        "all": np.ones(view.row.size, dtype=np.bool_),
        "left": left >= 0,
        "right": right >= 0,
        "near left": (left >= 0) & (left - index <= _NEAR),
        "near right": (right >= 0) & (index - right <= _NEAR),
        "clause": clause_of_target(view),
    }
    parts = []
    for kind, values in (("agent", matches.agent), ("patient", matches.patient), ("word", matches.word)):
        for region, inside in regions.items():
            for sign in (1, -1):
                at = np.flatnonzero((values * sign > 0) & inside)
                part = np.abs(values[at]).astype(np.float64)
                rows, token, value = squashed_sums(view.row[at], at, part, view.n_rows, np.log1p, apart=apart)
                key = np.full(rows.size, constant(f"sum {kind} {region} {sign}"))
                parts.append(emit(rows, key, token, value))
    return join(parts)


def verb_roles(view: View) -> Emissions:
    """Each leaning verb with the role that word order and voice give the target in it."""
    matches = view.matches
    relation = relate(view, (matches.agent != 0) | (matches.patient != 0))
    hit, row = relation.hit, view.row[relation.hit]
    agent, patient = np.sign(matches.agent[hit]), np.sign(matches.patient[hit])
    strength = np.maximum(np.abs(matches.agent[hit]), np.abs(matches.patient[hit]))
    mentioned = relation.mention
    before = np.maximum(mentioned - 1, 0)
    linked = np.where(matches.has("by")[before], 2, np.where(matches.has("preposition")[before], 1, 0)) * (
        mentioned > view.first[row]
    )
    base = (
        relation.after, relation.passive, agent, patient,
        np.minimum(relation.others, 1), np.minimum(relation.boundaries, 2),
    )  # fmt: skip
    near = np.exp(-relation.distance / 8.0)
    shapes = (
        ("verb", (*base,), strength / 3.0),
        ("verb near", (*base,), near * strength / 3.0),
        ("verb distance", (*base, _bucket(relation.distance)), np.ones(hit.size)),
        ("verb negated", (*base, relation.negated, relation.hypothetical), np.ones(hit.size)),
        ("verb linked", (*base[:5], linked, relation.possessive), np.ones(hit.size)),
        ("verb quoted", (*base[:5], view.quoted[hit], view.quoted[mentioned]), np.ones(hit.size)),
    )
    return join([emit(row, coded(name, *code), hit, value) for name, code, value in shapes])


def word_roles(view: View) -> Emissions:
    """Each leaning adjective, noun or adverb with the way it is attached to the target."""
    matches = view.matches
    relation = relate(view, matches.word != 0)
    hit, row = relation.hit, view.row[relation.hit]
    sign, strength = np.sign(matches.word[hit]), np.abs(matches.word[hit])
    being = np.cumsum(np.concatenate([[0], matches.has("be")]))
    begin = np.minimum(hit, relation.mention)
    end = np.maximum(hit, relation.mention)
    copula = np.minimum(being[end] - being[begin + 1], 1)
    base = (relation.after, sign, np.minimum(relation.others, 1), np.minimum(relation.boundaries, 2))
    near = np.exp(-relation.distance / 8.0)
    shapes = (
        ("word", (*base,), strength / 3.0),
        ("word near", (*base,), near * strength / 3.0),
        ("word distance", (*base, _bucket(relation.distance)), np.ones(hit.size)),
        ("word negated", (*base, relation.negated, relation.hypothetical), np.ones(hit.size)),
        ("word copula", (*base, copula, relation.possessive), np.ones(hit.size)),
        ("word quoted", (*base, view.quoted[hit], view.quoted[relation.mention]), np.ones(hit.size)),
    )
    return join([emit(row, coded(name, *code), hit, value) for name, code, value in shapes])


_SILENT = np.uint64(0)


def _skeleton_symbols(view: View) -> Keys:
    """Symbol of each token that carries structure, 0 for all others."""
    matches = view.matches
    size = view.row.size
    symbol = np.zeros(size, dtype=np.uint64)
    for name in ("contrast", "negator", "by", "speech", "relative", "conditional", "comparison"):
        symbol = np.where(matches.has(name), constant(f"skeleton {name}"), symbol)
    leaning = (matches.agent != 0) | (matches.patient != 0) | (matches.word != 0)
    code = coded(
        "skeleton",
        np.sign(matches.agent),
        np.sign(matches.patient),
        np.sign(matches.word),
        matches.participle,
    )
    symbol = np.where(leaning, code, symbol)
    symbol = np.where(view.boundary, constant("skeleton boundary"), symbol)
    symbol = np.where(view.target, combine(np.full(size, TARGET), possession(view).astype(np.uint64)), symbol)
    return np.where(view.other, OTHER, symbol)


def skeleton(view: View) -> Emissions:
    """Runs of two to five structural symbols that hold the target: people, leanings, negation, clause marks."""
    symbol = _skeleton_symbols(view)
    kept = np.flatnonzero(symbol != _SILENT)
    symbols, rows, target = symbol[kept], view.row[kept], view.target[kept]
    parts: list[Emissions] = []
    keys, holds = symbols, target
    for length in range(2, 6):
        if symbols.size < length:
            break
        keys = combine(keys[: symbols.size - length + 1], symbols[length - 1 :])
        holds = holds[: symbols.size - length + 1] | target[length - 1 :]
        at = np.flatnonzero(holds & (rows[: keys.size] == rows[length - 1 :]))
        parts.append(emit(rows[at], keys[at], kept[at]))
    return join(parts) if parts else emit(rows[:0], symbols[:0], kept[:0])


__all__: Sequence[str] = ("polarity_sums", "skeleton", "verb_roles", "word_roles")
