"""Why the model says so: every class score taken apart, exactly, into what each word adds under which rule.

The model is linear, so weight times value is what a feature adds. Features are credited to the words they come from,
and those of one word are added up, so that a person reads one line per word instead of fifty per sentence. Nothing is
left out: the reasons of a row add up to its class scores before the calibrating temperature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from stance.arrays import Floats
from stance.compiled import CompiledModel, batches
from stance.features.blocks import block_named
from stance.features.masking import build_view
from stance.features.ngrams import WINDOW
from stance.features.relations import Relations, leaning_verbs, verb_relations, word_relations
from stance.features.tokens import Ints
from stance.features.view import View, last_mention, next_mention
from stance.features.vocabulary import shares
from stance.records import STANCES, Reason, Target

BASE = "how common each stance is"
MENTION = "the mention itself: place and grammar"
ENCODER = "the encoder's reading"


def reasons(model: CompiledModel, targets: Sequence[Target]) -> list[tuple[Reason, ...]]:
    """The reasons of each row, the weightiest first; offsets count in the row's sentence.

    Args:
        model: A compiled model.
        targets: The rows.
    """
    return [found for _, batch in batches(targets) for found in _reasons(model, batch)]


def _reasons(model: CompiledModel, targets: Sequence[Target]) -> Iterator[tuple[Reason, ...]]:
    view = build_view(targets, model.lexicon)
    phrases = Phrases(view)
    by_token = np.zeros((view.row.size, len(STANCES)))
    for part in model.blocks:
        block = block_named(part.name)
        share = shares(block, part.vocabulary, block.credited(view))
        np.add.at(by_token, phrases.head[share.token], share.value[:, None] * part.weights[share.column])
    read = model.encoder.scores(view) if model.encoder else None
    for row, target in enumerate(targets):
        lines = [_reason("", None, BASE, model.intercept.astype(np.float64))]
        if read is not None:
            lines.append(_reason(target.sentence, (0, len(target.sentence)), ENCODER, read[row]))
        lines += _of_words(phrases, row, target, by_token)
        told = [line for line in lines if line.support or line.oppose or line.neutral]
        yield tuple(sorted(told, key=weight, reverse=True))


def weight(reason: Reason) -> float:
    """How far a reason drives the class scores apart."""
    values = (reason.support, reason.oppose, reason.neutral)
    return max(values) - min(values)


def _reason(text: str, span: tuple[int, int] | None, rule: str, added: Floats) -> Reason:
    values = dict(zip(STANCES, map(float, added), strict=True))
    start, end = span or (None, None)
    return Reason(text, start, end, rule, values["support"], values["oppose"], values["neutral"])


def _of_words(phrases: Phrases, row: int, target: Target, by_token: Floats) -> Iterator[Reason]:
    """One reason per word or phrase; all mentions of the target together are one."""
    view = phrases.view
    first, last = int(view.first[row]), int(view.first[row + 1])
    mentions = [index for index in range(first, last) if view.target[index]]
    if mentions:
        span = phrases.span(mentions[0])
        yield _reason(target.sentence[slice(*span)], span, MENTION, by_token[mentions].sum(axis=0))
    for index in range(first, last):
        if not view.target[index] and by_token[index].any():
            span = phrases.span(index)
            yield _reason(target.sentence[slice(*span)], span, phrases.rule(index), by_token[index])


class Phrases:
    """Words and phrases of a view: which token speaks for which, where they stand, and what the model reads in them.

    Attributes:
        view: The view.
        head: First token of the lexicon phrase that each token belongs to, itself where there is none, shape (n,).
    """

    def __init__(self, view: View) -> None:
        self.view = view
        matches = view.matches
        self._leans = leaning_verbs(view)
        self._describes = (matches.word != 0) & ~self._leans
        self.head = np.arange(view.row.size)
        for index in np.flatnonzero((self._leans | self._describes) & (matches.last > self.head)):
            inside = slice(int(index) + 1, int(matches.last[index]) + 1)
            people = view.target[inside] | view.other[inside]
            self.head[inside] = np.where(people, self.head[inside], index)
        self._verbs, self._words = verb_relations(view), word_relations(view)
        self._distance = self._to_nearest_mention()

    def _to_nearest_mention(self) -> Ints:
        index, far = np.arange(self.view.row.size), np.iinfo(np.int64).max
        before, after = last_mention(self.view), next_mention(self.view)
        return np.minimum(np.where(before >= 0, index - before, far), np.where(after >= 0, after - index, far))

    def span(self, index: int) -> tuple[int, int]:
        """Offsets in the sentence of the word or phrase that begins with a token of the view."""
        view = self.view
        tokens = view.tokens
        last = max(int(view.matches.last[index]), index)
        row = int(view.row[index])
        # A masked token stands for all tokens up to the view's next one.
        beyond = view.token[last + 1] if last + 1 < view.first[row + 1] else tokens.first[view.sentence[row] + 1]
        end = view.token[last] if not (view.target[last] or view.other[last]) else beyond - 1
        return int(tokens.start[view.token[index]]), int(tokens.end[end])

    def rule(self, index: int) -> str:
        """What the model reads in the word or phrase that begins with this token."""
        if self.view.other[index]:
            return "another person"
        if self._leans[index]:
            return self._verb_rule(index)
        near = "near the figure" if self._distance[index] <= WINDOW else "of the sentence"
        if not self._describes[index]:
            return f"word {near}"
        at = _nearest(self._words, index)
        kind = "praise" if self.view.matches.word[index] > 0 else "blame"
        return f"word of {kind} {near}" + (", negated" if at is not None and self._words.negated[at] else "")

    def _verb_rule(self, index: int) -> str:
        at = _nearest(self._verbs, index)
        if at is None:
            return "leaning verb of the sentence"
        verbs = self._verbs
        role = "done by the figure" if verbs.after[at] == verbs.passive[at] else "done to the figure"
        if verbs.others[at]:
            role += " or another person"
        ways = [(verbs.passive, "passive"), (verbs.negated, "negated"), (verbs.hypothetical, "not yet a fact")]
        return ", ".join(["leaning verb", role, *(name for marked, name in ways if marked[at])])


def _nearest(relations: Relations, index: int) -> int | None:
    """Of the pairs of this lexicon word with mentions, the one with the nearest mention."""
    pairs = np.flatnonzero(relations.hit == index)
    return int(pairs[relations.distance[pairs].argmin()]) if pairs.size else None
