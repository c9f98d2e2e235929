"""Other people's names in a sentence, so that the model can mask them.

This looks at one sentence alone, as the model must: the same sentence gives the same features whether it comes from
an article or from a table of rows. It errs on the side of masking: a capitalised word in the middle of a sentence
that is not a known place, organisation, date or nationality is taken for a name.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys
from stance.features.lexicon import Matches
from stance.features.tokens import CAPITAL, Flags, Ints, tokenize

_I = tokenize(["I i'm i've i'll i'd"]).word


def other_persons(
    row: Ints, first: Ints, target: npt.NDArray[np.bool_], flags: Flags, word: Keys, matches: Matches
) -> Ints:
    """Number of the person (from 1, over all rows) that each token belongs to, or 0.

    A name is a run of capitalised tokens that holds nothing known to be no person. At the start of a sentence or
    after a mark that may begin one, a single capitalised word counts only as a known first name or after a title.
    """
    size = row.size
    if not size:
        return np.zeros(0, dtype=np.int64)
    title, known = matches.has("title"), matches.has("first-name")
    named = ((flags & CAPITAL) > 0) & ~target & ~title & ~np.isin(word, _I)
    starts_row = np.zeros(size, dtype=np.bool_)
    starts_row[first[:-1][first[:-1] < size]] = True
    begins = named & (starts_row | ~np.concatenate([[False], named[:-1]]))
    run = np.cumsum(begins) * named
    n_runs = int(run.max()) + 1

    def any_of(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.bincount(run, weights=marked, minlength=n_runs) > 0

    length = np.bincount(run, minlength=n_runs)
    excluded = any_of(matches.has("not-a-person") & named)
    ordinary = any_of((matches.functions != 0) & named & ~known)
    entry = np.flatnonzero(begins)
    before = np.maximum(entry - 1, 0)
    after_title = np.zeros(n_runs, dtype=np.bool_)
    after_title[run[entry]] = title[before] & ~starts_row[entry]
    initial = np.zeros(n_runs, dtype=np.bool_)
    initial[run[entry]] = starts_row[entry]
    person = (
        ~excluded
        & (length <= 4)
        & (
            after_title
            | any_of(known & named)
            | (~initial & ~ordinary)
            | (initial & (length > 1) & ~ordinary)
        )
    )
    person[0] = False
    return np.where(person[run], run, 0)
