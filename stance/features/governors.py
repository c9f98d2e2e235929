"""The words that govern a mention or are governed by it: the nearest content words on each side, auxiliaries jumped.

In "Vance, a former judge, was not invited by Lee" the first content word after the target is "invited", reached over
a negator and a form of "be", and its appositive is "judge". A parser would say more; these few words say most of it.
"""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, combine, constant
from stance.features.roles import coded
from stance.features.tokens import MARK, Ints, tokenize
from stance.features.view import Mask, View, boundaries, last_boundary, mentions

_COMMA = tokenize([","]).word[0]
_JUMPED = (
    "be", "get", "modal", "determiner", "intensifier", "diminisher", "possessive-pronoun", "negator", "title",
)  # fmt: skip
_LINKING = ("preposition", "by", "coordinator")
_NOBODY = -1


def _content(view: View) -> Mask:
    """Tokens that say what is the case: neither marks nor the words that only help others."""
    return np.asarray(~view.matches.has(*_JUMPED) & ((view.flags & MARK) == 0) & ~view.target)


def _first(view: View, places: Ints, start: Ints, row: Ints) -> Ints:
    """The first of these places at or after each start within its row, or -1."""
    found = np.append(places, view.row.size).take(np.searchsorted(places, start))
    return np.where(found < view.first.take(row + 1), found, _NOBODY)


def _leaning(view: View, at: Ints) -> Keys:
    matches = view.matches
    return coded("leaning", np.sign(matches.agent[at]), np.sign(matches.patient[at]), np.sign(matches.word[at]))


def _helpers(view: View, begin: Ints, end: Ints) -> Ints:
    """Which helpers stand between two tokens: 4 a negator, 2 a form of "be" or "get", 1 a modal, added up."""
    total = np.zeros(begin.size, dtype=np.int64)
    low = np.minimum(begin + 1, end)
    for weight, names in ((4, ("negator",)), (2, ("be", "get")), (1, ("modal",))):
        places = view.of_class(*names)
        total += weight * (np.searchsorted(places, end) > np.searchsorted(places, low))
    return total


def governors(view: View) -> Emissions:
    """The content words nearest to each mention in its clause, by side, with their leaning and what was jumped."""
    at = mentions(view)
    if not at.size:
        return emit(at, np.zeros(0, np.uint64), at)
    row = view.row[at]
    saying = _content(view)
    content, heads = np.flatnonzero(saying), np.flatnonzero(saying & ~view.matches.has(*_LINKING))
    stop = _first(view, boundaries(view), at + 1, row)
    clause_end = np.where(stop >= 0, stop, view.row.size)

    after = _first(view, content, at + 1, row)
    has_after = (after >= 0) & (after < clause_end)
    second = _first(view, content, after + 1, row)
    has_second = has_after & (second >= 0) & (second < clause_end)
    opening = last_boundary(view)[at]
    before, head = view.previous_at(content, at), view.previous_at(heads, at)
    has_before, has_head = before > opening, head > opening

    # ", a former judge," after the mention: what the commas enclose is passed over once more.
    comma = (stop == at + 1) & (view.word[np.maximum(stop, 0)] == _COMMA)
    close = _first(view, boundaries(view), stop + 1, row)
    beyond = _first(view, content, close + 1, row)
    has_beyond = comma & (close >= 0) & (beyond >= 0)

    parts: list[Emissions] = []

    def say(name: str, there: Mask, *words: Ints, code: Ints | None = None) -> None:
        chosen = np.flatnonzero(there)
        key = np.full(chosen.size, constant(name))
        if code is not None:
            key = combine(key, code[chosen].astype(np.uint64))
        lean = combine(key, _leaning(view, words[0][chosen]))
        for word in words:
            key = combine(key, view.symbol[word[chosen]])
        parts.append(emit(row[chosen], key, words[0][chosen]))
        if len(words) == 1:
            parts.append(emit(row[chosen], lean, words[0][chosen]))

    after_, second_, before_, head_, beyond_ = (np.maximum(index, 0) for index in (after, second, before, head, beyond))
    say("governor after", has_after, after_)
    say("governor after, helped", has_after, after_, code=_helpers(view, at, np.where(has_after, after_, at + 1)))
    say("governor second", has_second, second_)
    say("governor both after", has_second, after_, second_)
    say("governor beyond", has_beyond, beyond_)
    say("governor before", has_before, before_)
    say("governor head", has_head, head_)
    say("governor head and link", has_head & has_before & (head != before), head_, before_)
    say("governor around", has_before & has_after, before_, after_)
    return join(parts)
