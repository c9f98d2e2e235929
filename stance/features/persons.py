"""Other people's names in a sentence, so that the model can mask them.

This looks at one sentence alone, as the model must: the same sentence gives the same features whether it comes from
an article or from a table of rows. It errs on the side of masking: a capitalised word in the middle of a sentence
that is not a known place, organisation, date or nationality is taken for a name.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.matching import in_class
from stance.features.tokens import CAPITAL, Flags, Ints
from stance.features.words import FIRST_PERSON, LEVELLED, STOP, Classes, Traits


def other_persons(row: Ints, flags: Flags, traits: Traits, functions: Classes) -> Ints:
    """Number of the person (from 1, over all rows) that each token belongs to, or 0.

    A name is a run of up to four capitalised tokens that holds nothing known to be no person. The first words of a
    sentence are capitalised anyway, so there a run counts only with a known first name in it, or when it is longer
    than one word, none of them an ordinary one.

    Args:
        row: Row of each token, ascending, shape (n_tokens,).
        flags: Flags of each token, 0 for masked ones, shape (n_tokens,).
        traits: Traits of each token's word, shape (n_tokens,).
        functions: Closed classes of each token, shape (n_tokens,).
    """
    title, capital = in_class(functions, "title"), (flags & CAPITAL) > 0
    named = np.flatnonzero(capital & ~title & ((traits & FIRST_PERSON) == 0))
    if not named.size:
        return np.zeros(row.size, dtype=np.int64)
    opens_row = np.append(True, row[1:] != row[:-1])
    begins = opens_row[named]
    begins[0] = True
    begins[1:] |= named[1:] != named[:-1] + 1
    run = np.cumsum(begins)
    first = named[begins]

    def any_of(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.bincount(run[marked], minlength=first.size + 1)[1:] > 0

    classes = functions[named]
    known = in_class(classes, "first-name")
    length = np.bincount(run)[1:]
    opening = opens_row[first]
    after_title = ~opening & title[np.maximum(first - 1, 0)]
    plausible = ~any_of((classes != 0) & ~known) & (~opening | (length > 1))
    person = (plausible | any_of(known) | after_title) & (length <= 4)
    person &= ~any_of(in_class(classes, "not-a-person"))
    # "the Christian candidate" names nobody, "Christian Wulff" does.
    person &= (length > 1) | ~any_of((traits[named] & LEVELLED) > 0)
    found = np.zeros(row.size, dtype=np.int64)
    found[named] = np.where(person[run - 1], run, 0)
    return found


_MOST_TITLES = 6
"""Tokens of titles before one name, at most, full stops among them: "Vice President and Lt. Gov." is longer."""


def take_titles(person: Ints, row: Ints, flags: Flags, traits: Traits, functions: Classes) -> None:
    """Let capitalised titles right before a name belong to it, so that no feature tells a senator from a mayor.

    Args:
        person: Number of the person (from 1) that each token belongs to, or 0, shape (n_tokens,); changed in place.
        row, flags, traits, functions: As for `other_persons`.
    """
    title = in_class(functions, "title") & ((flags & CAPITAL) > 0)
    title[1:] |= ((traits[1:] & STOP) > 0) & title[:-1]
    for _ in range(_MOST_TITLES):
        before = np.flatnonzero(title[:-1] & (person[:-1] == 0) & (person[1:] > 0) & (row[:-1] == row[1:]))
        person[before] = person[before + 1]
