"""How a lexicon word stands to the target: before or after it, what lies between, which voice, whose possession.

There is no parser: the order of words, clause marks, other people's names and a few closed classes are what news
English gives away cheaply, and they decide most cases of who did what to whom.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stance.features.lookup import among, distinct
from stance.features.matching import in_class
from stance.features.pronouns import POSSESSIVE, mention_kinds
from stance.features.tokens import Ints, tokenize
from stance.features.view import (
    Mask,
    View,
    boundaries,
    last_boundary,
    last_mention,
    next_boundary,
    next_mention,
    once,
    others,
    people,
)

_POSSESSIVE = distinct(tokenize(["x's s'"]).word[[1, 3]])[0]
_COMMA = tokenize([","]).word[0]
_THAN = tokenize(["than"]).word[0]
_COMPARED_WITHIN = 3
"""Tokens from "than" to the person compared with, at most: "than the incumbent, Smith"."""


class Relations(NamedTuple):
    """Pairs of a lexicon word and the nearest mention on one side of it; all arrays have shape (n,).

    Attributes:
        hit: Token of the lexicon word in the view.
        mention: Token of the target's mention in the view.
        after: The mention stands after the word.
        distance: Tokens between the two.
        boundaries, others: Clause marks and other people's names between the two.
        passive: The word is a participle in the passive voice.
        negated: The word counts the other way: a negator stands shortly before it in its clause, or the mention is
            what it compares with ("more honest than Smith"), but not both ("less honest than Smith").
        hypothetical: A modal or a condition stands shortly before the word.
        possessive: 0 the mention is no possessor, 1 it is, 2 of something that stands for the person,
            3 of somebody else ("Smith's critics").
        rival: Another person stands nearer to the word on its other side, in the same clause, as Jones does to "honest"
            in "called Jones honest and Smith a liar".
    """

    hit: Ints
    mention: Ints
    after: Mask
    distance: Ints
    boundaries: Ints
    others: Ints
    passive: Mask
    negated: Mask
    hypothetical: Mask
    possessive: Ints
    rival: Mask


def recently(view: View, places: Ints, within: int, at: Ints) -> Mask:
    """Which tokens have one of these places among the `within` before them, no clause mark between; shape of `at`."""
    last, stop = view.previous_at(places, at), last_boundary(view)[at]
    return (last >= 0) & (at - last <= within) & (last >= stop)


def soon(view: View, places: Ints, within: int, at: Ints) -> Mask:
    """Which tokens have one of these places among the `within` after them, no clause mark between; shape of `at`."""
    coming, stop = view.next_at(places, at), next_boundary(view)[at]
    return (coming >= 0) & (coming - at <= within) & ((stop < 0) | (coming <= stop))


def between(places: Ints, begin: Ints, end: Ints) -> Ints:
    """How many of these places, which ascend, lie between two tokens; shape of `begin`."""
    return np.searchsorted(places, end) - np.searchsorted(places, begin + 1)


@once
def possession(view: View) -> Ints:
    """For each mention of the target whether it possesses something: values as `Relations.possessive`, else 0."""
    kinds = np.zeros(view.row.size, dtype=np.int64)
    ends = among(view.word[1:], _POSSESSIVE) & view.target[:-1] & (view.row[1:] == view.row[:-1])
    at, kind = mention_kinds(view)
    owner = np.concatenate([np.flatnonzero(ends), at[kind == POSSESSIVE]])
    standing = soon(view, view.of_class("extension"), 4, owner)
    somebody = soon(view, view.of_class("other-holder"), 4, owner)
    kinds[owner] = np.where(somebody, 3, np.where(standing, 2, 1))
    return kinds


@once
def comparisons(view: View) -> Ints:
    """Indices of the tokens "than"."""
    return np.flatnonzero(view.word == _THAN)


def passive_voice(view: View, at: Ints) -> Mask:
    """Which tokens are participles that a form of "be" or "get" makes passive, or short clauses of their own."""
    matches = view.matches
    passive = matches.participle[at]
    verb = at[passive]
    helped = recently(view, view.of_class("be", "get"), 3, verb)
    # "Smith, accused of lying,": a participle after a comma, followed by a preposition or "by".
    follows = (verb > 0) & (view.word[np.maximum(verb - 1, 0)] == _COMMA)
    after = np.minimum(matches.last[verb] + 1, max(view.row.size - 1, 0))
    short = follows & in_class(matches.functions.take(after), "preposition", "by")
    by = soon(view, view.of_class("by"), 2, verb) & recently(view, people(view), 2, verb)
    passive[passive] = helped | short | by
    return passive


@once
def leaning_verbs(view: View) -> Mask:
    """Tokens that begin a leaning verb."""
    return np.asarray((view.matches.agent != 0) | (view.matches.patient != 0))


@once
def leaning(view: View) -> Mask:
    """Tokens that begin a leaning verb or another leaning word."""
    return np.asarray(leaning_verbs(view) | (view.matches.word != 0))


@once
def verb_relations(view: View) -> Relations:
    """Every leaning verb related to the mentions beside it."""
    return relate(view, leaning_verbs(view))


@once
def word_relations(view: View) -> Relations:
    """Every other leaning word related to the mentions beside it."""
    return relate(view, view.matches.word != 0)


def relate(view: View, hits: Mask) -> Relations:
    """Relate each hit to the nearest mention before it and the nearest one after it."""
    left, right = last_mention(view), next_mention(view)
    last = view.matches.last
    found = np.flatnonzero(hits)
    ending = last.take(found)
    before = found[left.take(found) >= 0]
    after = found[(right.take(ending) >= 0) & (view.row.take(ending) == view.row.take(found))]
    hit = np.concatenate([before, after])
    mention = np.concatenate([left[before], right[last[after]]])
    is_after = np.arange(hit.size) >= before.size
    begin, end = np.where(is_after, last[hit], mention), np.where(is_after, mention, hit)
    marks, persons = boundaries(view), others(view)
    than = view.previous_at(comparisons(view), mention)
    compared = is_after & (than > hit) & (mention - than <= _COMPARED_WITHIN)
    distance = end - begin - 1
    return Relations(
        hit=hit,
        mention=mention,
        after=is_after,
        distance=distance,
        boundaries=between(marks, begin, end),
        others=between(persons, begin, end),
        passive=passive_voice(view, hit),
        negated=recently(view, view.of_class("negator"), 4, hit) ^ compared,
        hypothetical=recently(view, view.of_class("modal", "conditional"), 5, hit),
        possessive=possession(view)[mention],
        rival=np.where(is_after, _near_before(view, hit, distance), _near_after(view, last[hit], distance)),
    )


def _near_before(view: View, at: Ints, within: Ints) -> Mask:
    """Which tokens have another person before them at less than this distance, no clause mark between."""
    person = view.previous_at(others(view), at)
    return (person >= 0) & (at - person - 1 < within) & (person > last_boundary(view)[at])


def _near_after(view: View, at: Ints, within: Ints) -> Mask:
    """Which tokens have another person after them at less than this distance, no clause mark between."""
    person, mark = view.next_at(others(view), at), next_boundary(view)[at]
    return (person >= 0) & (person - at - 1 < within) & ((mark < 0) | (person < mark))
