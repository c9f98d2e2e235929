"""One rule of thumb for the whole sentence: what its leaning words, each read in its role, add up to for the target."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import constant
from stance.features.relations import Relations, relate
from stance.features.tokens import Ints
from stance.features.view import View

Floats = npt.NDArray[np.float64]

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


def _totals(view: View, name: str, hit: Ints, value: Floats) -> Emissions:
    """The sum over each row's hits: its positive and negative parts, its squashed whole, and its sign."""
    row = view.row[hit]
    parts = []

    def total(chosen: npt.NDArray[np.bool_]) -> tuple[Ints, Floats, Ints]:
        at = np.flatnonzero(chosen)
        sums: Floats = np.asarray(np.bincount(row[at], weights=value[at], minlength=view.n_rows), np.float64)
        rows = np.flatnonzero(sums)
        token = np.zeros(view.n_rows, dtype=np.int64)
        token[row[at][::-1]] = hit[at][::-1]
        return rows, sums[rows], token[rows]

    for sign in (1, -1):
        rows, sums, token = total(value * sign > 0)
        parts.append(emit(rows, np.full(rows.size, constant(f"{name} {sign}")), token, np.minimum(np.abs(sums), 2.0)))
    rows, sums, token = total(value != 0)
    parts.append(emit(rows, np.full(rows.size, constant(name)), token, np.tanh(1.5 * sums)))
    for sign in (1, 0, -1):
        step = np.flatnonzero(np.sign(sums) * (np.abs(sums) > _STEP) == sign)
        key = np.full(step.size, constant(f"{name} step {sign}"))
        parts.append(emit(rows[step], key, token[step], np.full(step.size, 0.5)))
    return join(parts)


def net_score(view: View) -> Emissions:
    """Sums of polarity in role: of verbs, of other words, of both, and of those right beside the target."""
    matches = view.matches
    verb = relate(view, (matches.agent != 0) | (matches.patient != 0))
    acts = verb.after == verb.passive
    said = np.where(acts, matches.agent[verb.hit], matches.patient[verb.hit]) / 3.0 * _modality(verb)
    word = relate(view, matches.word != 0)
    described = matches.word[word.hit] / 3.0 * np.where(word.negated, _FLIP, 1.0)

    close_verb = (verb.others == 0) & (verb.boundaries == 0) & (verb.distance <= 6)
    close_word = (word.others == 0) & (word.boundaries == 0) & (word.distance <= 4)
    being = np.cumsum(np.concatenate([[0], matches.has("be")]))
    low, high = np.minimum(word.hit, word.mention), np.maximum(word.hit, word.mention)
    copula = (being[high] - being[np.minimum(low + 1, high)]) > 0
    predicate = ~word.after & copula & (word.others == 0) & (word.boundaries == 0) & (word.distance <= 6)
    attribute = word.after & (word.distance <= 2) & (word.others == 0) & (word.boundaries == 0)

    verbs, words = said * _nearness(verb), described * _nearness(word)
    hits, values = np.concatenate([verb.hit, word.hit]), np.concatenate([verbs, words])
    order = np.argsort(hits, kind="stable")
    hits, values = hits[order], values[order]
    return join(
        [
            _totals(view, "net verbs", verb.hit, verbs),
            _totals(view, "net agent", verb.hit, matches.agent[verb.hit] / 3.0 * acts * _nearness(verb)),
            _totals(view, "net patient", verb.hit, matches.patient[verb.hit] / 3.0 * ~acts * _nearness(verb)),
            _totals(view, "net close verbs", verb.hit, said * close_verb),
            _totals(view, "net words", word.hit, words),
            _totals(view, "net close words", word.hit, described * close_word),
            _totals(view, "net predicate", word.hit, described * predicate),
            _totals(view, "net attribute", word.hit, described * attribute),
            _totals(view, "net", hits, values),
            _totals(view, "net quoted", hits, values * view.quoted[hits]),
        ]
    )
