"""Blocks that weigh the lexicon by who does what to whom: sums of polarity, roles, and the skeleton of the sentence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.emissions import Emissions, emit, join, squashed_sums
from stance.features.hashing import Keys, combine, constant, constants, ruled
from stance.features.matching import in_class
from stance.features.ngrams import clause_of_target
from stance.features.relations import between, leaning, possession, verb_relations, word_relations
from stance.features.tokens import Ints
from stance.features.view import OTHER, TARGET, View, last_mention, next_mention

_NEAR = 5
_REGIONS = ("all", "left", "right", "near left", "near right", "clause")
_SUMS = constants(
    *(f"sum {kind} {region} {sign}" for kind in ("agent", "patient", "word") for region in _REGIONS for sign in (1, -1))
)


def code_of(*parts: npt.NDArray[np.generic], onto: Keys | None = None) -> Keys:
    """One number per combination of small numbers (-4 to 11); `onto` is the code of those that come before."""
    code = np.zeros(parts[0].size, dtype=np.uint64) if onto is None else onto
    for part in parts:
        code = code * np.uint64(16) + (part.astype(np.int64) + 4).view(np.uint64)
    return code


def coded(rule: str, *parts: npt.NDArray[np.generic]) -> Keys:
    """One key per combination of small numbers, within a named rule."""
    return ruled(rule, code_of(*parts))


def _bucket(distance: Ints) -> Ints:
    return np.searchsorted(np.array([0, 1, 3, 6, 10, 16]), distance)


def polarity_sums(view: View, *, apart: bool = False) -> Emissions:
    """How much praise and blame stands in the sentence, on each side of the target, near it and in its clause.

    `apart` gives each word its share of the sums, for reasons.
    """
    matches = view.matches
    lean = np.flatnonzero(leaning(view))
    left, right = next_mention(view)[lean], last_mention(view)[lean]
    near_left, near_right = (left >= 0) & (left - lean <= _NEAR), (right >= 0) & (lean - right <= _NEAR)
    everywhere = np.ones(lean.size, dtype=np.bool_)
    regions = (everywhere, left >= 0, right >= 0, near_left, near_right, clause_of_target(view)[lean])
    said = np.stack([matches.agent[lean], matches.patient[lean], matches.word[lean]])
    kind, region, which = np.nonzero((said != 0)[:, None, :] & np.stack(regions)[None])
    values, at = said[kind, which], lean[which]
    rule = (kind * len(_REGIONS) + region) * 2 + (values < 0)
    part = np.abs(values).astype(np.float64)
    return squashed_sums(_SUMS, rule, view.row[at], at, part, view.n_rows, np.log1p, apart=apart)


def verb_roles(view: View) -> Emissions:
    """Each leaning verb with the role that word order and voice give the target in it."""
    matches = view.matches
    relation = verb_relations(view)
    hit, row = relation.hit, view.row[relation.hit]
    agent, patient = np.sign(matches.agent[hit]), np.sign(matches.patient[hit])
    strength = np.maximum(np.abs(matches.agent[hit]), np.abs(matches.patient[hit]))
    mentioned = relation.mention
    before = matches.functions.take(np.maximum(mentioned - 1, 0))
    linked = np.where(in_class(before, "by"), 2, in_class(before, "preposition")) * (mentioned > view.first[row])
    brief = code_of(relation.after, relation.passive, agent, patient, np.minimum(relation.others, 1))
    base = code_of(np.minimum(relation.boundaries, 2), onto=brief)
    near = np.exp(-relation.distance / 8.0)
    shapes = (
        ("verb", base, strength / 3.0),
        ("verb near", base, near * strength / 3.0),
        ("verb distance", code_of(_bucket(relation.distance), onto=base), None),
        ("verb negated", code_of(relation.negated, relation.hypothetical, onto=base), None),
        ("verb linked", code_of(linked, relation.possessive, onto=brief), None),
        ("verb rival", code_of(relation.rival, onto=base), None),
        ("verb quoted", code_of(view.quoted[hit], view.quoted[mentioned], onto=brief), None),
    )
    return join([emit(row, ruled(name, code), hit, value) for name, code, value in shapes])


def word_roles(view: View) -> Emissions:
    """Each leaning adjective, noun or adverb with the way it is attached to the target."""
    matches = view.matches
    relation = word_relations(view)
    hit, row = relation.hit, view.row[relation.hit]
    sign, strength = np.sign(matches.word[hit]), np.abs(matches.word[hit])
    begin, end = np.minimum(hit, relation.mention), np.maximum(hit, relation.mention)
    copula = np.minimum(between(view.of_class("be"), begin, end), 1)
    base = code_of(relation.after, sign, np.minimum(relation.others, 1), np.minimum(relation.boundaries, 2))
    near = np.exp(-relation.distance / 8.0)
    shapes = (
        ("word", base, strength / 3.0),
        ("word near", base, near * strength / 3.0),
        ("word distance", code_of(_bucket(relation.distance), onto=base), None),
        ("word negated", code_of(relation.negated, relation.hypothetical, onto=base), None),
        ("word copula", code_of(copula, relation.possessive, onto=base), None),
        ("word rival", code_of(relation.rival, onto=base), None),
        ("word quoted", code_of(view.quoted[hit], view.quoted[relation.mention], onto=base), None),
    )
    return join([emit(row, ruled(name, code), hit, value) for name, code, value in shapes])


_STRUCTURAL = ("contrast", "negator", "by", "speech", "relative", "conditional", "comparison")


def _skeleton_symbols(view: View) -> tuple[Ints, Keys]:
    """Tokens that carry structure, and the symbol of each."""
    matches = view.matches
    lean = leaning(view)
    people = view.target | view.other
    kept = np.flatnonzero(matches.has(*_STRUCTURAL) | lean | view.boundary | people)
    functions, symbol = matches.functions.take(kept), np.zeros(kept.size, dtype=np.uint64)
    for name in _STRUCTURAL:
        symbol = np.where(in_class(functions, name), constant(f"skeleton {name}"), symbol)
    signs = (np.sign(values[kept]) for values in (matches.agent, matches.patient, matches.word))
    symbol = np.where(lean[kept], coded("skeleton", *signs, matches.participle[kept]), symbol)
    symbol = np.where(view.boundary[kept], constant("skeleton boundary"), symbol)
    mention = combine(np.full(kept.size, TARGET), possession(view)[kept].astype(np.uint64))
    symbol = np.where(view.target[kept], mention, symbol)
    return kept, np.where(view.other[kept], OTHER, symbol)


def skeleton(view: View) -> Emissions:
    """Runs of two to five structural symbols that hold the target: people, leanings, negation, clause marks."""
    kept, symbols = _skeleton_symbols(view)
    rows, target = view.row[kept], view.target[kept]
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
