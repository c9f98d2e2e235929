"""One shard: its articles read, analysed and written. What one article does wrong stays with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from stance.analysis import predict_documents
from stance.batch.job import Found, Job, Outcome, Shard
from stance.errors import InputError, StanceError
from stance.figures import load_known
from stance.language import looks_english
from stance.model import load
from stance.reading import read_article
from stance.records import Document, Failure, Prediction
from stance.summary import summarize
from stance.writing import PREDICTION_COLUMNS, SUMMARY_COLUMNS, Columns, flat_row, nested_row, write_table

_TOGETHER = 64
"""Articles that are scored together."""

Analysed = tuple[Document, list[Prediction]]


class Scorer:
    """Writes shards, with the model loaded once.

    Raises:
        ModelFileError, InputError: The model or the file of figures cannot be read.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._model = load(job.model, trust=job.trust)
        known = load_known(job.figures_file) if job.figures_file else job.options.known
        self._options = replace(job.options, known=known)

    def write(
        self, shard: Shard, at: Callable[[int], None], *, careful: bool = False, bad: Mapping[int, str] | None = None
    ) -> Outcome:
        """Write a shard's file, whole or not at all.

        Args:
            shard: Its articles.
            at: Told the position of each article about to be read: of every one, or of every batch.
            careful: One article at a time, so that whoever hears `at` knows which one kills or hangs this process.
            bad: Positions of articles to leave alone, with the reason.

        Raises:
            OutputError: The file cannot be written.
        """
        visit = _Visit(self, shard.articles, at, 1 if careful else _TOGETHER, bad or {})
        rows = _Counted(_lines(visit.rows(), self.job))
        write_table(rows, self.job.form, Path(self.job.folder, shard.name(self.job.form)), columns_of(self.job))
        return Outcome(visit.read, rows.count, visit.nameless, visit.foreign, tuple(visit.failures), tuple(visit.notes))

    def attempt(self, article: Found) -> None:
        """Analyse one article and keep nothing of it."""
        for _ in _Visit(self, (article,), lambda _: None, 1, {}).rows():
            pass

    def analyse(self, documents: Sequence[Document]) -> Iterator[Analysed | Failure]:
        """Each document with its predictions, or why it has none; an unexpected error strikes only its document."""
        try:
            yield from list(predict_documents(self._model, documents, self._options))
        except StanceError as error:
            if not isinstance(error, InputError):
                raise
            yield from self._apart(documents, error)
        except Exception as error:  # whatever an article makes of our code, the others are not to blame
            yield from self._apart(documents, error)

    def _apart(self, documents: Sequence[Document], error: Exception) -> Iterator[Analysed | Failure]:
        if len(documents) == 1:
            yield broken(documents[0].id, error)
        else:
            for document in documents:
                yield from self.analyse([document])


def broken(name: str, error: Exception) -> Failure:
    """The failure of an article over which our code stumbled."""
    found = f"{type(error).__name__}: {error}".rstrip(": ")
    message = f"expected an article that can be analysed, found one that ends in an error ({found}); report it"
    return Failure(name, f"{name}: {message}")


class _Visit:
    """One pass over a shard's articles, counting."""

    def __init__(
        self, scorer: Scorer, articles: Sequence[Found], at: Callable[[int], None], step: int, bad: Mapping[int, str]
    ) -> None:
        self._scorer, self._articles, self._at, self._step, self._bad = scorer, articles, at, step, bad
        self.read = self.nameless = self.foreign = 0
        self.failures: list[Failure] = []
        self.notes: list[str] = []

    def rows(self) -> Iterator[list[Prediction]]:
        """The predictions of each article that can be analysed, in reading order."""
        for start in range(0, len(self._articles), self._step):
            self._at(start)
            stop = min(start + self._step, len(self._articles))
            yield from self._counted(self._analysed([self._document(index) for index in range(start, stop)]))
        self._at(len(self._articles))

    def _document(self, index: int) -> Document | Failure:
        found = self._articles[index]
        if index in self._bad:
            name = found if isinstance(found, str) else found.id if isinstance(found, Document) else found.input
            return Failure(name, f"{name}: {self._bad[index]}")
        if not isinstance(found, str):
            return found
        try:
            return read_article(found, self.notes.append, self._scorer.job.access)
        except Exception as error:  # of a parser, over a page that nobody has met yet
            return broken(found, error)

    def _analysed(self, found: Sequence[Document | Failure]) -> Iterator[Analysed | Failure]:
        """What came of each, in the order given."""
        analysed = self._scorer.analyse([document for document in found if isinstance(document, Document)])
        for item in found:
            yield item if isinstance(item, Failure) else next(analysed)

    def _counted(self, analysed: Iterable[Analysed | Failure]) -> Iterator[list[Prediction]]:
        for item in analysed:
            if isinstance(item, Failure):
                self.failures.append(item)
                continue
            document, predictions = item
            self.read += 1
            self.nameless += not predictions
            self.foreign += not looks_english(document.text)
            if self._scorer.job.with_text:
                predictions = [replace(row, carried={**row.carried, "text": document.text}) for row in predictions]
            yield predictions


def _lines(found: Iterable[list[Prediction]], job: Job) -> Iterator[dict[str, Any]]:
    """What is written of each article's predictions."""
    as_row = nested_row if job.form == "jsonl" else flat_row
    for predictions in found:
        yield from summarize(predictions) if job.summary else map(as_row, predictions)


def columns_of(job: Job) -> Columns:
    """The columns of a job's rows: the same in every shard, whatever its rows have, so that all make one table."""
    if job.summary:
        return SUMMARY_COLUMNS
    added = {"model": job.options.provenance, "text": job.with_text, "reasons": job.options.explain}
    return {**PREDICTION_COLUMNS, **{column: str for column, wanted in added.items() if wanted}}


class _Counted(Iterator[dict[str, Any]]):
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._rows, self.count = rows, 0

    def __next__(self) -> dict[str, Any]:
        row = next(self._rows)
        self.count += 1
        return row
