"""An article to predictions: the one place where sentences, figures and the model meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stance.compiled import CompiledModel
from stance.figures import KnownFigures, find_figures
from stance.records import STANCES, Document, Figure, Mention, Prediction, Span, Target
from stance.sentences import split_sentences

_BATCH = 256
"""Documents whose rows are scored together."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to predict.

    Attributes:
        figures: Keep these figures (names or ids), and look for them; empty keeps all.
        known_only: Keep figures of the list only.
        known: The list of known figures; None for the one that comes with stance.
        min_probability: Predictions whose highest probability is lower are marked uncertain.
    """

    figures: tuple[str, ...] = ()
    known_only: bool = False
    known: KnownFigures | None = None
    min_probability: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One (sentence, figure) pair of a document."""

    sentence_index: int
    sentence: Span
    figure: Figure
    mentions: tuple[Mention, ...]

    def target(self, text: str) -> Target:
        start, end = self.sentence
        return Target(text[start:end], tuple((mention.start - start, mention.end - start) for mention in self.mentions))


def predict_documents(
    model: CompiledModel, documents: Iterable[Document], options: Options | None = None
) -> Iterator[tuple[Document, list[Prediction]]]:
    """Each document with its predictions, in reading order.

    Args:
        model: The compiled model.
        documents: Read as they are needed; many are scored at once.
        options: What to predict.
    """
    options = options or Options()
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            yield from _predict_batch(model, batch, options)
            batch = []
    yield from _predict_batch(model, batch, options)


def _predict_batch(
    model: CompiledModel, documents: Sequence[Document], options: Options
) -> Iterator[tuple[Document, list[Prediction]]]:
    rows = [_rows(document.text, options) for document in documents]
    targets = [row.target(document.text) for document, found in zip(documents, rows, strict=True) for row in found]
    probabilities = model.predict_proba(targets)
    first = 0
    for document, found in zip(documents, rows, strict=True):
        mine = probabilities[first : first + len(found)]
        first += len(found)
        yield document, [_prediction(document, row, p, options) for row, p in zip(found, mine, strict=True)]


def _rows(text: str, options: Options) -> list[_Row]:
    """All (sentence, figure) pairs, by sentence and then by first mention."""
    figures = [figure for figure in find_figures(text, options.known, options.figures) if _wanted(figure, options)]
    mentions = sorted(
        ((mention, figure) for figure in figures for mention in figure.mentions),
        key=lambda pair: pair[0].start,
    )
    rows: list[_Row] = []
    position = 0
    for index, (start, end) in enumerate(split_sentences(text) if mentions else ()):
        inside: dict[str, tuple[Figure, list[Mention]]] = {}
        while position < len(mentions) and mentions[position][0].start < end:
            mention, figure = mentions[position]
            position += 1
            if mention.start >= start and mention.end <= end:
                inside.setdefault(figure.name, (figure, []))[1].append(mention)
        rows.extend(_Row(index, (start, end), figure, tuple(found)) for figure, found in inside.values())
    return rows


def _wanted(figure: Figure, options: Options) -> bool:
    if options.known_only and figure.id is None:
        return False
    if not options.figures:
        return True
    names = {name.casefold() for name in options.figures}
    mentioned = {mention.text.casefold() for mention in figure.mentions if mention.kind in ("name", "alias")}
    return bool(names & {figure.name.casefold(), (figure.id or "").casefold()}) or bool(names & mentioned)


def _prediction(document: Document, row: _Row, probabilities: npt.NDArray[np.float64], options: Options) -> Prediction:
    start, end = row.sentence
    top = int(probabilities.argmax())
    carried = {name: getattr(document, name) for name in ("title", "date", "source", "url")}
    return Prediction(
        document=document.id,
        sentence_index=row.sentence_index,
        start=start,
        end=end,
        sentence=document.text[start:end],
        figure=row.figure.name,
        figure_id=row.figure.id,
        party=row.figure.party,
        mentions=row.mentions,
        stance=STANCES[top],
        probabilities={label: float(p) for label, p in zip(STANCES, probabilities, strict=True)},
        uncertain=bool(probabilities[top] < options.min_probability),
        carried={name: value for name, value in carried.items() if value is not None},
    )
