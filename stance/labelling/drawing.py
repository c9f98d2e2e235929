"""Which (sentence, figure) pairs to label: those the model is least sure of, and a random sample.

Every pair has a lot, a number that its text and the seed decide. A third of all pairs, those of the lowest lots, is
kept for the random draw and taken from the lowest up, so that what is labelled of it is a random sample of the whole;
the others come with the least sure ones first. The order does not hang on how often work is stopped and resumed.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from stance.records import MENTION_KINDS, Document, Prediction, Span, Stance
from stance.sentences import split_sentences
from stance.writing import rounded

DrawnBy = Literal["random", "uncertain"]
Key = tuple[str, str, tuple[Span, ...]]
"""Document, sentence, and the figure's spans in it: what is asked for once."""

DRAWS = ("mixed", "uncertain", "random")
_RANDOM_SHARE = {"mixed": 1 / 3, "uncertain": 0.0, "random": 1.0}
_EVERY = 3
"""In a mixed draw, every third pair is a random one."""

_AROUND = 600
"""Characters before and after a sentence in which its neighbours are looked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to draw.

    Attributes:
        count: Pairs at most.
        mode: One of `DRAWS`.
        seed: Decides what is random.
    """

    count: int
    mode: str = "mixed"
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair to label.

    Attributes:
        row: What the model says of it.
        before, after: The neighbouring sentences, empty at the ends of the article.
        drawn_by: `random`, or `uncertain` where the model's doubt chose it.
    """

    row: Prediction
    before: str
    after: str
    drawn_by: DrawnBy

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the sentence mentions the figure."""
        return _spans(self.row)


def draw(
    found: Iterable[tuple[Document, Sequence[Prediction]]], plan: Plan, done: Collection[Key] = ()
) -> list[Candidate]:
    """The pairs to label next, in the order to ask for them.

    Only as many pairs as the plan asks for are held in memory, however many articles there are.

    Args:
        found: Documents with their predictions.
        plan: How many, and which.
        done: Pairs that are dealt with already. Of those drawn for doubt, the same words in another document are too.
    """
    random, doubtful = _Lowest(plan.count), _Lowest(plan.count)
    done, told = set(done), {key[1:] for key in done}
    for document, rows in found:
        for row in rows:
            key = (row.document, row.sentence, _spans(row))
            lot = _lot(key, plan.seed)
            if lot < _RANDOM_SHARE[plan.mode]:
                if key not in done:
                    random.offer((lot, 0.0), key, document, row)
            elif key[1:] not in told:
                doubtful.offer((max(row.probabilities.values()), _lot(key[1:], plan.seed)), key[1:], document, row)
    return list(_mixed(random.candidates("random"), doubtful.candidates("uncertain"), plan.count))


def labelled(candidate: Candidate, stance: Stance | None) -> dict[str, Any]:
    """A pair as a labelled row: the contract's columns, then what the model said and how it was drawn.

    Args:
        candidate: The pair.
        stance: Its label, or None where it has none (yet).
    """
    row = candidate.row
    called = min(row.mentions, key=lambda mention: (MENTION_KINDS.index(mention.kind), mention.start))
    shares = rounded(row.probabilities)
    return {
        "sentence": row.sentence,
        "target": called.text,
        "start": called.start - row.start,
        "end": called.end - row.start,
        "mentions": [list(span) for span in candidate.spans],
        "stance": stance,
        "document": row.document,
        **row.carried,
        "figure": row.figure,
        "figure_id": row.figure_id,
        **{f"p_{label}": share for label, share in shares.items()},
        "drawn_by": candidate.drawn_by,
    }


Rank = tuple[float, float]


@dataclass(slots=True)
class _Lowest:
    """The pairs of the lowest ranks, one for each key."""

    count: int
    _heap: list[tuple[float, float, int, Any, Document, Prediction]] = field(default_factory=list)
    _keys: set[Any] = field(default_factory=set)
    _offered: int = 0

    def offer(self, rank: Rank, key: Any, document: Document, row: Prediction) -> None:
        """Keep the pair if it is among the lowest so far; of equal keys, which have equal ranks, the first stays."""
        if key in self._keys:
            return
        self._offered += 1
        entry = (-rank[0], -rank[1], -self._offered, key, document, row)
        if len(self._heap) < self.count:
            heapq.heappush(self._heap, entry)
        elif entry > self._heap[0]:
            self._keys.discard(heapq.heapreplace(self._heap, entry)[3])
        else:
            return
        self._keys.add(key)

    def candidates(self, drawn_by: DrawnBy) -> list[Candidate]:
        """Those that were kept, the lowest first."""
        kept = sorted(self._heap, key=lambda entry: entry[:3], reverse=True)
        return [Candidate(row, *_around(document.text, row), drawn_by) for *_, document, row in kept]


def _mixed(random: list[Candidate], doubtful: list[Candidate], count: int) -> Iterator[Candidate]:
    """Every third is random while both last; then what there is."""
    ahead, behind = iter(doubtful), iter(random)
    for place in range(count):
        first, second = (behind, ahead) if place % _EVERY == _EVERY - 1 else (ahead, behind)
        following = next(chain(first, second), None)
        if following is None:
            return
        yield following


def _lot(key: tuple[Any, ...], seed: int) -> float:
    """A number in [0, 1) that looks drawn at random, always the same for a key and a seed."""
    text = json.dumps([seed, *key])  # ASCII, so that whatever is in the text can be hashed
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest()) / 2**48


def _spans(row: Prediction) -> tuple[Span, ...]:
    return tuple((mention.start - row.start, mention.end - row.start) for mention in row.mentions)


def _around(text: str, row: Prediction) -> tuple[str, str]:
    """The sentences before and after."""
    before, after = text[max(row.start - _AROUND, 0) : row.start], text[row.end : row.end + _AROUND]
    last, first = split_sentences(before)[-1:], split_sentences(after)[:1]
    return "".join(before[slice(*span)] for span in last), "".join(after[slice(*span)] for span in first)
