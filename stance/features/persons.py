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
from stance.features.words import FIRST_PERSON, Classes, Traits


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
    found = np.zeros(row.size, dtype=np.int64)
    found[named] = np.where(person[run - 1], run, 0)
    return found
