"""`stance predict --rows`: tables of (sentence, target) rows, to the same rows with what is predicted for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stance.cli.batch import Batch, refuse_without_folder
from stance.cli.common import Tally, note, progress
from stance.cli.keeping import refuse_read
from stance.cli.options import destination
from stance.cli.request import Request
from stance.errors import UsageError
from stance.records import SHOWN_ORDER, STANCES, Failure, Target

if TYPE_CHECKING:
    from stance.analysis import Options
    from stance.model import Model
    from stance.reading import TableRow

_BATCH = 1024
_OF_ARTICLES = (
    "text",
    "text_column",
    "allow_private",
    "figure",
    "known_only",
    "figures_file",
    "summary",
    "with_text",
)


def predict_rows(request: Request, batch: Batch) -> None:
    """Write rows of tables with what is predicted for them; rows that cannot be read are named and left out.

    Raises:
        StanceError: Options are refused, or results cannot be written.
    """
    from stance.reading import TABLE_SUFFIXES
    from stance.writing import FORMATS, write_table

    request.refuse_given(_OF_ARTICLES, "with --rows, whose targets are given")
    # A table of rows has any columns: there is no page to make of it, nor a table to read.
    form = request.form(FORMATS, "jsonl", "with --rows", file=request.file)
    refuse_without_folder(batch)
    refuse_read([request.file], [*request.paths, request.model], TABLE_SUFFIXES)
    if not request.paths:
        raise UsageError("expected tables of rows (.jsonl, .csv, .parquet), found none; name them, or - for stdin")
    model, tally = request.loaded(), Tally()
    write_table(_scored(model, request, tally), form, destination(request.file))
    tally.leave()


def _scored(model: Model, request: Request, tally: Tally) -> Iterator[dict[str, Any]]:
    targets = _targets(request.paths, request.access.encoding)
    batch: list[tuple[TableRow, Target]] = []
    for pair in progress(tally.only_read_if_any(targets), "rows"):
        batch.append(pair)
        if len(batch) == _BATCH:
            yield from _score(model, batch, request.options)
            batch = []
    yield from _score(model, batch, request.options)


def _targets(paths: list[str], encoding: str | None) -> Iterator[tuple[TableRow, Target] | Failure]:
    from stance.reading import converted
    from stance.rows import as_target

    for path in paths:
        yield from converted(path, note, lambda row: (row, as_target(row.values, row.where)), encoding=encoding)


def _score(model: Model, batch: list[tuple[TableRow, Target]], options: Options) -> Iterator[dict[str, Any]]:
    from stance.writing import reason_cells, rounded

    targets = [target for _, target in batch]
    why = model.explain(targets) if options.explain else [None] * len(targets)
    for (row, _), p, reasons in zip(batch, model.predict_proba(targets), why, strict=True):
        shown = rounded(dict(zip(STANCES, map(float, p), strict=True)))
        yield {
            **row.values,
            "predicted": STANCES[int(p.argmax())],
            **{f"p_{label}": shown[label] for label in SHOWN_ORDER},
            "uncertain": bool(p.max() < options.min_probability),
            **({"model": model.metadata.get("digest")} if options.provenance else {}),
            **({} if reasons is None else {"reasons": reason_cells(reasons)}),
        }
