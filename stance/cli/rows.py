"""`stance predict --rows`: tables of (sentence, target) rows, to the same rows with what is predicted for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stance.cli.common import Tally, note, progress
from stance.cli.options import destination
from stance.errors import InputError, UsageError
from stance.records import STANCES, Failure, Target

if TYPE_CHECKING:
    from stance.analysis import Options
    from stance.model import Model
    from stance.reading import TableRow

_BATCH = 1024


def refuse_with_rows(
    text: str | None,
    figure: list[str] | None,
    known_only: bool,
    figures_file: Path | None,
    summary: bool,
    with_text: bool,
) -> None:
    """Refuse options of articles.

    Raises:
        UsageError: There is one.
    """
    given = {
        "--text": text is not None,
        "--figure": bool(figure),
        "--known-only": known_only,
        "--figures-file": figures_file is not None,
        "--summary": summary,
        "--with-text": with_text,
    }
    for name in (name for name, was_given in given.items() if was_given):
        raise UsageError(f"expected no {name} with --rows, whose targets are given, found it; leave one of them out")


def predict_rows(
    model: Model,
    paths: list[str],
    encoding: str | None,
    form: str,
    output: Path | None,
    options: Options,
    tally: Tally,
) -> None:
    """Rows of tables with what is predicted for them; rows that cannot be read are named and left out."""
    from stance.writing import write_table

    if not paths:
        raise UsageError("expected tables of rows (.jsonl, .csv, .parquet), found none; name them, or - for stdin")

    def scored() -> Iterator[dict[str, Any]]:
        batch: list[tuple[TableRow, Target]] = []
        for pair in progress(tally.only_read_if_any(_targets(paths, encoding)), "rows"):
            batch.append(pair)
            if len(batch) == _BATCH:
                yield from _score(model, batch, options)
                batch = []
        yield from _score(model, batch, options)

    # A table of rows has any columns, so there is no page to make of it: it goes out as it came in.
    write_table(scored(), "jsonl" if form == "table" else form, destination(output))


def _targets(paths: list[str], encoding: str | None) -> Iterator[tuple[TableRow, Target] | Failure]:
    from stance.reading import read_table
    from stance.rows import as_target

    for path in paths:
        try:
            for row in read_table(path, note, encoding=encoding):
                if isinstance(row, Failure):
                    yield row
                    continue
                try:
                    yield row, as_target(row.values, row.where)
                except InputError as error:
                    yield Failure(row.where, str(error))
        except InputError as error:
            yield Failure(path, str(error))


def _score(model: Model, batch: list[tuple[TableRow, Target]], options: Options) -> Iterator[dict[str, Any]]:
    from stance.writing import reason_cells, rounded

    targets = [target for _, target in batch]
    why = model.explain(targets) if options.explain else [None] * len(targets)
    for (row, _), p, reasons in zip(batch, model.predict_proba(targets), why, strict=True):
        shown = rounded(dict(zip(STANCES, map(float, p), strict=True)))
        yield {
            **row.values,
            "predicted": STANCES[int(p.argmax())],
            **{f"p_{label}": shown[label] for label in ("support", "oppose", "neutral")},
            "uncertain": bool(p.max() < options.min_probability),
            **({"model": model.metadata.get("digest")} if options.provenance else {}),
            **({} if reasons is None else {"reasons": reason_cells(reasons)}),
        }
