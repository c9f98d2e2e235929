"""The blocks of features: each a named function from a view to emissions, and how its features are weighed.

This list is the model's whole input. Leaving a block out is an ablation; adding one is adding a line.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

from stance.features.characters import character_ngrams
from stance.features.context import mention_context, modifiers
from stance.features.emissions import Emissions
from stance.features.governors import governors
from stance.features.mention import mention_grammar
from stance.features.net import net_score
from stance.features.ngrams import beside_words, sentence_words, window_words
from stance.features.outcomes import outcomes
from stance.features.roles import polarity_sums, skeleton, verb_roles, word_roles
from stance.features.speech import speech_roles
from stance.features.view import View


class Block(NamedTuple):
    """One block of features.

    Attributes:
        name: Unique name, a step of the pipeline.
        emit: What the block says of a view.
        weighing: `tfidf` (1 + log count, times inverse document frequency, rows of length 1) or `value` (as emitted).
        scale: Factor on all its values: how freely the classifier may use the block.
        apart: Where `emit` credits sums over many words to none of them (token -1): the same, each word with its share.
        min_rows: Features in fewer training rows are left out.
    """

    name: str
    emit: Callable[[View], Emissions]
    weighing: Literal["tfidf", "value"]
    scale: float
    min_rows: int
    apart: Callable[[View], Emissions] | None = None

    def credited(self, view: View) -> Emissions:
        """The same features, each part credited to the word it comes from."""
        return (self.apart or self.emit)(view)


BLOCKS: tuple[Block, ...] = (
    Block("sentence", sentence_words, "tfidf", 2.0, 3),
    Block("window", window_words, "tfidf", 1.5, 3),
    Block("beside", beside_words, "tfidf", 1.0, 3),
    Block("sums", polarity_sums, "value", 0.25, 2, partial(polarity_sums, apart=True)),
    Block("verbs", verb_roles, "value", 0.25, 3),
    Block("words", word_roles, "value", 0.25, 3),
    Block("governors", governors, "tfidf", 1.0, 3),
    Block("skeleton", skeleton, "tfidf", 1.0, 3),
    Block("net", net_score, "value", 0.4, 2, partial(net_score, apart=True)),
    Block("context", mention_context, "value", 0.15, 3),
    Block("mention", mention_grammar, "value", 0.3, 2),
    Block("modifiers", modifiers, "tfidf", 0.5, 2),
    Block("speech", speech_roles, "value", 0.25, 2, partial(speech_roles, apart=True)),
    Block("outcomes", outcomes, "value", 0.25, 3),
    Block("characters", character_ngrams, "tfidf", 3.0, 3),
)


def block_named(name: str) -> Block:
    """The block of that name.

    >>> block_named("window").weighing
    'tfidf'
    """
    return next(block for block in BLOCKS if block.name == name)
