"""The target's mention as grammar shows it: no pronoun, or one in a certain case; never whose."""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, ruled
from stance.features.lookup import among, distinct
from stance.features.relations import possession
from stance.features.tokens import MARK, Ints, tokenize
from stance.features.view import View, mentions

NO_PRONOUN, SUBJECT, OBJECT, POSSESSIVE = range(4)


def _words(text: str) -> Keys:
    return distinct(tokenize([text]).word)[0]


_SUBJECTS, _OBJECTS = _words("he she they i we"), _words("him them me us")
_POSSESSIVES, _HER = _words("his their my our"), _words("her hers")


def mention_kinds(view: View) -> tuple[Ints, Ints]:
    """Tokens of the target's mentions, and the kind of each.

    Gender is not told: "he" and "she" are both subjects, and "her" is an object or a possessive by what follows.
    """
    at = mentions(view)
    word = view.tokens.word[view.token[at]]
    following = np.minimum(at + 1, max(view.row.size - 1, 0))
    inside = view.row[following] == view.row[at] if at.size else np.zeros(0, np.bool_)
    inside &= following > at
    # The mention was drawn together; its length shows in where the next token stands in the sentence. Only a mention
    # of one word can be a pronoun: all else, long or short, must look the same, or a name would show.
    next_token = np.where(inside, view.token[following], view.tokens.first[view.sentence[view.row[at]] + 1])
    word = np.where(next_token - view.token[at] == 1, word, np.uint64(0))
    kind = np.full(at.size, NO_PRONOUN)
    for words, name in ((_SUBJECTS, SUBJECT), (_OBJECTS, OBJECT), (_POSSESSIVES, POSSESSIVE)):
        kind = np.where(among(word, words), name, kind)
    closed = view.matches.has(
        "preposition", "be", "modal", "by", "coordinator", "relative", "determiner", "contrast", "negator"
    )
    owns = inside & ((view.flags[following] & MARK) == 0) & ~closed[following]
    return at, np.where(among(word, _HER), np.where(owns, POSSESSIVE, OBJECT), kind)


def mention_grammar(view: View) -> Emissions:
    """Kind of each mention, alone and with possession, first place in the sentence, and a title before it."""
    at, kind = mention_kinds(view)
    row = view.row[at]
    opens = at == view.first[row]
    titled = view.matches.has("title")[np.maximum(at - 1, 0)] & ~opens
    shapes = {
        "kind": kind,
        "kind and possession": kind * 4 + possession(view)[at],
        "kind and place": kind * 2 + opens,
        "kind and title": kind * 2 + titled,
    }
    return join([emit(row, ruled(name, code.astype(np.uint64)), at) for name, code in shapes.items()])
