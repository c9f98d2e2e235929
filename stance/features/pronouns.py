"""Which of the target's mentions are pronouns, and in which case: never whose, nor of which gender."""

from __future__ import annotations

import numpy as np

from stance.features.hashing import Keys
from stance.features.lookup import among, distinct
from stance.features.tokens import MARK, Ints, tokenize
from stance.features.view import View, mentions, once

NO_PRONOUN, SUBJECT, OBJECT, POSSESSIVE, FIRST_PERSON, SECOND_PERSON = range(6)


def _words(text: str) -> Keys:
    return distinct(tokenize([text]).word)[0]


_SUBJECTS, _OBJECTS = _words("he she they we"), _words("him them us")
_POSSESSIVES, _HER = _words("his their our"), _words("her hers")
_FIRST_PERSON, _SECOND_PERSON = _words("i me my mine myself"), _words("you your yours yourself")


@once
def mention_kinds(view: View) -> tuple[Ints, Ints]:
    """Tokens of the target's mentions, and the kind of each.

    Gender is not told: "he" and "she" are both subjects, and "her" is an object or a possessive by what follows. First
    and second person are kinds of their own, whatever their case: they speak, or are spoken to.
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
    for words, name in (
        (_SUBJECTS, SUBJECT),
        (_OBJECTS, OBJECT),
        (_POSSESSIVES, POSSESSIVE),
        (_FIRST_PERSON, FIRST_PERSON),
        (_SECOND_PERSON, SECOND_PERSON),
    ):
        kind = np.where(among(word, words), name, kind)
    closed = view.matches.has(
        "preposition", "be", "modal", "by", "coordinator", "relative", "determiner", "contrast", "negator"
    )
    owns = inside & ((view.flags[following] & MARK) == 0) & ~closed[following]
    return at, np.where(among(word, _HER), np.where(owns, POSSESSIVE, OBJECT), kind)
