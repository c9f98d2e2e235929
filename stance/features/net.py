"""One rule of thumb for the whole sentence: what its leaning words, each read in its role, add up to for the target."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stance.arrays import Floats
from stance.features.emissions import Emissions, join, squashed_sums
from stance.features.hashing import Keys, constants
from stance.features.relations import Relations, between, verb_relations, word_relations
from stance.features.tokens import Ints
from stance.features.view import View

_FLIP = -0.6
"""A negated word counts the other way, a little less."""
_PER_OTHER, _PER_BOUNDARY, _REACH = 0.4, 0.6, 10.0
"""How much is left per other person and per clause mark between, and the tokens over which a word's say fades by e."""
_STEP = 0.15


def _modality(relation: Relations) -> Floats:
    return np.where(relation.negated, _FLIP, 1.0) * np.where(relation.hypothetical, 0.8, 1.0)


def _nearness(relation: Relations) -> Floats:
    between = _PER_OTHER ** np.minimum(relation.others, 4) * _PER_BOUNDARY ** np.minimum(relation.boundaries, 4)
    return np.asarray(between * np.exp(-relation.distance / _REACH))


_NAMES = (
    "net verbs", "net agent", "net patient", "net close verbs", "net words", "net close words", "net predicate",
    "net attribute", "net", "net quoted",
)  # fmt: skip
_SIGNED = constants(*(f"{name} {sign}" for name in _NAMES for sign in (1, -1)))
_WHOLE = constants(*_NAMES)
_STEPS = constants(*(f"{name} step {sign}" for name in _NAMES for sign in (-1, 0, 1)))


def _totals(view: View, name: Ints, hit: Ints, value: Floats, apart: bool) -> Emissions:
    """Of each name the sum over each row's hits: its positive and negative parts, its squashed whole, and its sign."""
    kept = np.flatnonzero(value)
    name, hit, value = name[kept], hit[kept], value[kept]
    row = view.row[hit]

    def say(keys: Keys, rule: Ints, part: Floats, squash: Callable[[Floats], Floats]) -> Emissions:
        return squashed_sums(keys, rule, row, hit, part, view.n_rows, squash, apart=apart)

    cell = name * view.n_rows + row
    total = np.bincount(cell, weights=value, minlength=len(_NAMES) * view.n_rows)[cell]
    step = (1 + np.sign(total) * (np.abs(total) > _STEP)).astype(np.int64)
    # Where all cancels there is no step: nothing is said.
    size = np.where(total != 0, np.abs(value), 0.0)
    return join(
        [
            say(_SIGNED, name * 2 + (value < 0), value, lambda sums: np.minimum(np.abs(sums), 2.0)),
            say(_WHOLE, name, value, lambda sums: np.tanh(1.5 * sums)),
            say(_STEPS, name * 3 + step, size, lambda sums: np.full(sums.size, 0.5)),
        ]
    )


def net_score(view: View, *, apart: bool = False) -> Emissions:
    """Sums of polarity in role: of verbs, of other words, of both, and of those right beside the target.

    `apart` gives each word its share of the sums, for reasons.
    """
    matches = view.matches
    verb = verb_relations(view)
    acts = verb.after == verb.passive
    said = np.where(acts, matches.agent[verb.hit], matches.patient[verb.hit]) / 3.0 * _modality(verb)
    word = word_relations(view)
    described = matches.word[word.hit] / 3.0 * np.where(word.negated, _FLIP, 1.0)

    close_verb = (verb.others == 0) & (verb.boundaries == 0) & (verb.distance <= 6)
    close_word = (word.others == 0) & (word.boundaries == 0) & (word.distance <= 4)
    low, high = np.minimum(word.hit, word.mention), np.maximum(word.hit, word.mention)
    copula = between(view.of_class("be"), low, high) > 0
    predicate = ~word.after & copula & (word.others == 0) & (word.boundaries == 0) & (word.distance <= 6)
    attribute = word.after & (word.distance <= 2) & (word.others == 0) & (word.boundaries == 0)

    verbs, words = said * _nearness(verb), described * _nearness(word)
    hits, values = np.concatenate([verb.hit, word.hit]), np.concatenate([verbs, words])
    order = np.argsort(hits, kind="stable")
    hits, values = hits[order], values[order]
    said_by_name = (
        (verb.hit, verbs),
        (verb.hit, matches.agent[verb.hit] / 3.0 * acts * _nearness(verb)),
        (verb.hit, matches.patient[verb.hit] / 3.0 * ~acts * _nearness(verb)),
        (verb.hit, said * close_verb),
        (word.hit, words),
        (word.hit, described * close_word),
        (word.hit, described * predicate),
        (word.hit, described * attribute),
        (hits, values),
        (hits, values * view.quoted[hits]),
    )
    name = np.repeat(np.arange(len(_NAMES)), [hit.size for hit, _ in said_by_name])
    hit, value = (np.concatenate(column) for column in zip(*said_by_name, strict=True))
    return _totals(view, name, hit, value, apart)
