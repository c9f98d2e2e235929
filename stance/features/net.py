"""One rule of thumb for the whole sentence: what its leaning words, each read in its role, add up to for the target."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from stance.features.emissions import Emissions, Floats, emit, join, squashed_sums
from stance.features.hashing import constant
from stance.features.relations import Relations, relate
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


def _totals(view: View, name: str, hit: Ints, value: Floats, apart: bool) -> Emissions:
    """The sum over each row's hits: its positive and negative parts, its squashed whole, and its sign."""
    hit, value = hit[value != 0], value[value != 0]
    row = view.row[hit]
    parts = []

    def say(rule: str, chosen: npt.NDArray[np.bool_], part: Floats, squash: Callable[[Floats], Floats]) -> None:
        found = squashed_sums(row[chosen], hit[chosen], part[chosen], view.n_rows, squash, apart=apart)
        parts.append(emit(found[0], np.full(found[0].size, constant(rule)), *found[1:]))

    for sign in (1, -1):
        say(f"{name} {sign}", value * sign > 0, value, lambda sums: np.minimum(np.abs(sums), 2.0))
    say(name, value != 0, value, lambda sums: np.tanh(1.5 * sums))
    total = np.bincount(row, weights=value, minlength=view.n_rows)[row]
    step = np.sign(total) * (np.abs(total) > _STEP)
    for sign in (1, 0, -1):
        say(f"{name} step {sign}", (step == sign) & (total != 0), np.abs(value), lambda sums: np.full(sums.size, 0.5))
    return join(parts)


def net_score(view: View, *, apart: bool = False) -> Emissions:
    """Sums of polarity in role: of verbs, of other words, of both, and of those right beside the target.

    `apart` gives each word its share of the sums, for reasons.
    """
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
    totals = {
        "net verbs": (verb.hit, verbs),
        "net agent": (verb.hit, matches.agent[verb.hit] / 3.0 * acts * _nearness(verb)),
        "net patient": (verb.hit, matches.patient[verb.hit] / 3.0 * ~acts * _nearness(verb)),
        "net close verbs": (verb.hit, said * close_verb),
        "net words": (word.hit, words),
        "net close words": (word.hit, described * close_word),
        "net predicate": (word.hit, described * predicate),
        "net attribute": (word.hit, described * attribute),
        "net": (hits, values),
        "net quoted": (hits, values * view.quoted[hits]),
    }
    return join([_totals(view, name, hit, value, apart) for name, (hit, value) in totals.items()])
