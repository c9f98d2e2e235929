"""Other people's names in a sentence, so that the model can mask them.

This looks at one sentence alone, as the model must: the same sentence gives the same features whether it comes from
an article or from a table of rows. It errs on the side of masking: a capitalised word in the middle of a sentence
that is not a known place, organisation, date or nationality is taken for a name.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys
from stance.features.lexicon import in_class
from stance.features.tokens import CAPITAL, Flags, Ints, tokenize

_I = tokenize(["I i'm i've i'll i'd"]).word


def other_persons(row: Ints, flags: Flags, word: Keys, functions: Ints) -> Ints:
    """Number of the person (from 1, over all rows) that each token belongs to, or 0.

    A name is a run of up to four capitalised tokens that holds nothing known to be no person. The first words of a
    sentence are capitalised anyway, so there a run counts only with a known first name in it, or when it is longer
    than one word, none of them an ordinary one.

    Args:
        row: Row of each token, ascending, shape (n_tokens,).
        flags: Flags of each token, 0 for masked ones, shape (n_tokens,).
        word: Key of each token, shape (n_tokens,).
        functions: Closed classes of each token, shape (n_tokens,).
    """
    title, known = in_class(functions, "title"), in_class(functions, "first-name")
    named = ((flags & CAPITAL) > 0) & ~title & ~np.isin(word, _I)
    opens_row = np.ones(row.size, dtype=np.bool_)
    opens_row[1:] = row[1:] != row[:-1]
    begins = named & opens_row
    begins[1:] |= named[1:] & ~named[:-1]
    run = np.cumsum(begins) * named
    n_runs = int(run.max(initial=0)) + 1

    def any_of(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.asarray(np.bincount(run, weights=marked & named, minlength=n_runs) > 0)

    length = np.bincount(run, minlength=n_runs)
    opening = any_of(begins & opens_row)
    ordinary = any_of((functions != 0) & ~known)
    after_title = np.zeros(row.size, dtype=np.bool_)
    after_title[1:] = begins[1:] & title[:-1] & ~opens_row[1:]
    plausible = ~ordinary & (~opening | (length > 1))
    person = (plausible | any_of(known) | any_of(after_title)) & (length <= 4)
    person &= ~any_of(in_class(functions, "not-a-person"))
    person[0] = False
    return np.where(person[run], run, 0)
