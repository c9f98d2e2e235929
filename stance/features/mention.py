"""The target's mention as grammar shows it: no pronoun, or one in a certain case; never whose."""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import ruled
from stance.features.pronouns import mention_kinds
from stance.features.relations import possession
from stance.features.view import View


def mention_grammar(view: View) -> Emissions:
    """Kind of each mention, alone, with possession, and with the first place in the sentence."""
    at, kind = mention_kinds(view)
    row = view.row[at]
    opens = at == view.first[row]
    shapes = {
        "kind": kind,
        "kind and possession": kind * 4 + possession(view)[at],
        "kind and place": kind * 2 + opens,
    }
    return join([emit(row, ruled(name, code.astype(np.uint64)), at) for name, code in shapes.items()])
