"""An article to predictions: the one place where sentences, figures and the model meet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from stance.compiled import CompiledModel
from stance.figures import KnownFigures, read_text
from stance.reasons import reasons
from stance.records import CARRIED, STANCES, Document, Figure, Mention, Prediction, Quotation, Reason, Target
from stance.rows import as_target

_BATCH = 256
"""Documents whose rows are scored together."""
_BATCH_TEXT = 5_000_000
"""Characters after which fewer are: an article may have a hundred million."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to predict.

    Attributes:
        figures: Keep these figures (names or ids), and look for them; empty keeps all.
        known_only: Keep figures of the list only.
        known: The list of known figures; None for the one that comes with stance.
        min_probability: Predictions whose highest probability is lower are marked uncertain.
        explain: Give every prediction its reasons.
        provenance: Give every prediction the digest of the model that made it, carried as `model`.
    """

    figures: tuple[str, ...] = ()
    known_only: bool = False
    known: KnownFigures | None = None
    min_probability: float = 0.0
    explain: bool = False
    provenance: bool = False


class _Row(NamedTuple):
    """One (sentence, figure) pair of a document."""

    sentence_index: int
    start: int
    sentence: str
    figure: Figure
    mentions: tuple[Mention, ...]
    quotation: Quotation | None = None

    def target(self) -> Target:
        start = self.start
        return Target(self.sentence, tuple([(mention.start - start, mention.end - start) for mention in self.mentions]))


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
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) == _BATCH or size >= _BATCH_TEXT:
            yield from _predict_batch(model, batch, options)
            batch, size = [], 0
    yield from _predict_batch(model, batch, options)


def _predict_batch(
    model: CompiledModel, documents: Sequence[Document], options: Options
) -> Iterator[tuple[Document, list[Prediction]]]:
    rows = [_rows(document.text, options) for document in documents]
    targets = [row.target() for found in rows for row in found]
    probabilities = iter(model.predict_proba(targets).tolist())
    why = iter(reasons(model, targets)) if options.explain else repeat(None)
    made_by = {"model": str(model.metadata.get("digest"))} if options.provenance else {}
    for document, found in zip(documents, rows, strict=True):
        given = {name: getattr(document, name) for name in CARRIED}
        carried = {name: value for name, value in given.items() if value is not None} | made_by
        yield (
            document,
            [_prediction(document.id, row, next(probabilities), next(why), options, carried.copy()) for row in found],
        )


def article_targets(text: str, options: Options | None = None) -> list[Target]:
    """What the model is asked about an article: one target per (sentence, figure), in reading order.

    >>> [target.sentence for target in article_targets("Ann Ash won. It rained. Voters cheered Ash.")]
    ['Ann Ash won.', 'Voters cheered Ash.']
    """
    return [row.target() for row in _rows(text, options or Options())]


def _rows(text: str, options: Options) -> list[_Row]:
    """All (sentence, figure) pairs, by sentence and then by first mention."""
    reading = read_text(text, options.known, options.figures)
    figures = [figure for figure in reading.figures if _wanted(figure, options)]
    mentions = sorted(
        ((mention, figure) for figure in figures for mention in figure.mentions),
        key=lambda pair: pair[0].start,
    )
    rows: list[_Row] = []
    position = 0
    for index, (start, end) in enumerate(reading.sentences if mentions else ()):
        inside: dict[str, tuple[Figure, list[Mention]]] = {}
        while position < len(mentions) and mentions[position][0].start < end:
            mention, figure = mentions[position]
            position += 1
            if mention.start >= start and mention.end <= end:
                inside.setdefault(figure.name, (figure, []))[1].append(mention)
        sentence = text[start:end] if inside else ""
        rows += [
            _Row(index, start, sentence, figure, tuple(found), _quotation_at(reading.quotations, found[0].start))
            for figure, found in inside.values()
        ]
    return rows


def _quotation_at(quotations: Sequence[Quotation], position: int) -> Quotation | None:
    """The quotation that a position stands in, out of those of a text in reading order."""
    at = bisect_right(quotations, position, key=lambda quotation: quotation.start) - 1
    return quotations[at] if at >= 0 and position < quotations[at].end else None


def _wanted(figure: Figure, options: Options) -> bool:
    if options.known_only and figure.id is None:
        return False
    return not options.figures or is_called(figure, options.figures)


def is_called(figure: Figure, names: Iterable[str]) -> bool:
    """Whether a figure of an article goes by one of the names that the user asked for (or has it as its id).

    >>> is_called(Figure("Dana Whitfield", None, ()), ["whitfield"])
    True
    """
    asked_for = {" ".join(name.casefold().split()) for name in names}
    mentioned = {mention.text.casefold() for mention in figure.mentions if mention.kind in ("name", "alias")}
    # A surname will do, though the article may only have the full name.
    words = figure.name.casefold().split()
    endings = {" ".join(words[index:]) for index in range(len(words))}
    return bool(asked_for & (endings | mentioned | {(figure.id or "").casefold()}))


def _prediction(
    document: str,
    row: _Row,
    probabilities: Sequence[float],
    why: Sequence[Reason] | None,
    options: Options,
    carried: dict[str, str],
) -> Prediction:
    highest = max(probabilities)
    quotation = row.quotation
    return Prediction(
        document=document,
        sentence_index=row.sentence_index,
        start=row.start,
        end=row.start + len(row.sentence),
        sentence=row.sentence,
        figure=row.figure.name,
        figure_id=row.figure.id,
        party=row.figure.party,
        mentions=row.mentions,
        stance=STANCES[probabilities.index(highest)],
        probabilities=dict(zip(STANCES, probabilities, strict=True)),
        uncertain=highest < options.min_probability,
        in_quote=quotation is not None,
        speaker=quotation.speaker if quotation else None,
        carried=carried,
        reasons=None if why is None else tuple(reason.moved(row.start) for reason in why),
    )


def explain_sentence(model: CompiledModel, text: str, figure: str) -> list[Prediction]:
    """What the model says of one figure in a sentence or more, with its reasons.

    Where nobody of that name is found in the text, its first occurrence is taken for the mention; where there is none
    either, the whole text is the context, as for most tweets.

    Args:
        model: The compiled model.
        text: Usually one sentence.
        figure: The figure's name, as a whole or as the text has it.
    """
    document, options = Document("text", text), Options(figures=(figure,), explain=True)
    found = [row for _, rows in predict_documents(model, [document], options) for row in rows]
    if found:
        return found
    target = as_target((text, figure), "the sentence")
    mentions = tuple(Mention(start, end, text[start:end], "name") for start, end in target.mentions)
    row = _Row(0, 0, text, Figure(figure, None, mentions), mentions)
    probabilities = model.predict_proba([target])[0].tolist()
    return [_prediction(document.id, row, probabilities, reasons(model, [target])[0], options, {})]
