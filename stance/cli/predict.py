"""`stance predict`: articles, or rows, to stances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stance.cli.common import Tally, note, progress
from stance.cli.options import (
    AllowPrivate,
    Encoding,
    FiguresFile,
    FormatName,
    KnownOnly,
    ModelFile,
    Output,
    Paths,
    TextColumn,
    TextGiven,
    Trust,
    destination,
    known_figures,
    read_articles,
    refuse_unknown_format,
    screen,
    show,
    warn_if_foreign,
)
from stance.cli.pages import write_pages
from stance.errors import InputError, UsageError
from stance.records import STANCES, Document, Failure, Prediction, Target

if TYPE_CHECKING:
    from stance.model import Model
    from stance.reading import TableRow


def predict(
    paths: Paths = None,
    text: TextGiven = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="The input is a table of (sentence, target) rows, not articles.")
    ] = False,
    text_column: TextColumn = "text",
    encoding: Encoding = None,
    allow_private: AllowPrivate = False,
    figure: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Keep this figure, and look for it; may be repeated.")
    ] = None,
    known_only: KnownOnly = False,
    figures_file: FiguresFile = None,
    form: FormatName = "table",
    output: Output = None,
    summary: Annotated[bool, typer.Option("--summary", help="One row per article and figure.")] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the article's text, which all offsets count in, to each row.")
    ] = False,
    min_probability: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="P", help="Mark predictions below this probability uncertain.")
    ] = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add to each row what its words add to the class scores.")
    ] = False,
    model: ModelFile = None,
    trust: Trust = False,
) -> None:
    """Say which politicians each sentence of an article supports or opposes.

    \b
    Examples:
      stance predict article.txt
      stance predict news/ --format jsonl --output stances.jsonl
      stance predict page.html --figure "Hillary Clinton" --summary
      stance predict news/ --format html --output site/
      stance predict rows.csv --rows --format csv --output scored.csv
    """
    from stance.model import load
    from stance.reading import Access

    refuse_unknown_format(form, *(() if rows or summary else ("html",)))
    if summary and explain:
        raise UsageError("expected --summary or --explain, found both: sums have no reasons; leave one of them out")
    tally = Tally()
    access = Access(encoding, allow_private)
    if rows:
        if not paths:
            raise UsageError("expected tables of rows (.jsonl, .csv, .parquet), found none; name them, or - for stdin")
        _refuse_with_rows(text, figure, known_only, figures_file, summary, with_text)
        loaded = load(model, trust=trust)
        _predict_rows(loaded, _targets(paths or [], encoding), form, output, min_probability, explain, tally)
    else:
        from stance.analysis import Options, predict_documents

        options = Options(
            tuple(figure or ()), known_only, known_figures(figures_file), min_probability, explain or form == "html"
        )
        documents = warn_if_foreign(tally.only_read(read_articles(paths, text, text_column, access)))
        loaded = load(model, trust=trust)
        found = _told(predict_documents(loaded, progress(documents, "articles"), options), with_text)
        if form == "html":
            write_pages(found, output, loaded)
        else:
            _write(found, form, output, summary)
    tally.leave()


def _refuse_with_rows(
    text: str | None,
    figure: list[str] | None,
    known_only: bool,
    figures_file: Path | None,
    summary: bool,
    with_text: bool,
) -> None:
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


def _told(
    found: Iterator[tuple[Document, list[Prediction]]], with_text: bool
) -> Iterator[tuple[Document, list[Prediction]]]:
    """The predictions; an article that names nobody is said to."""
    for document, predictions in found:
        if not predictions:
            note(f"{document.id}: {'nobody is named' if document.text.strip() else 'the article is empty'}")
        if with_text:
            predictions = [replace(row, carried={**row.carried, "text": document.text}) for row in predictions]
        yield document, predictions


def _write(found: Iterator[tuple[Document, list[Prediction]]], form: str, output: Path | None, summary: bool) -> None:
    from stance.summary import summarize
    from stance.writing import SUMMARY_COLUMNS, write_rows, write_table

    if form == "table":
        from stance.render import render_articles, render_summary

        if summary:
            lines = (line for _, rows in found for line in summarize(rows))
            show([render_summary(lines, screen(output))], output)
        else:
            show(render_articles(found, screen(output)), output)
    elif summary:
        write_table((line for _, rows in found for line in summarize(rows)), form, destination(output), SUMMARY_COLUMNS)
    else:
        write_rows((row for _, rows in found for row in rows), form, destination(output))


_BATCH = 1024


def _predict_rows(
    model: Model,
    rows: Iterator[tuple[TableRow, Target] | Failure],
    form: str,
    output: Path | None,
    min_probability: float,
    explain: bool,
    tally: Tally,
) -> None:
    """Rows of tables with what is predicted for them; rows that cannot be read are named and left out."""
    from stance.writing import write_table

    def scored() -> Iterator[dict[str, Any]]:
        batch: list[tuple[TableRow, Target]] = []
        for pair in progress(tally.only_read(rows), "rows"):
            batch.append(pair)
            if len(batch) == _BATCH:
                yield from _score(model, batch, min_probability, explain)
                batch = []
        yield from _score(model, batch, min_probability, explain)

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


def _score(
    model: Model, batch: list[tuple[TableRow, Target]], min_probability: float, explain: bool
) -> Iterator[dict[str, Any]]:
    from stance.writing import reason_cells, rounded

    targets = [target for _, target in batch]
    why = model.explain(targets) if explain else [None] * len(targets)
    for (row, _), p, reasons in zip(batch, model.predict_proba(targets), why, strict=True):
        shown = rounded(dict(zip(STANCES, map(float, p), strict=True)))
        yield {
            **row.values,
            "predicted": STANCES[int(p.argmax())],
            **{f"p_{label}": shown[label] for label in ("support", "oppose", "neutral")},
            "uncertain": bool(p.max() < min_probability),
            **({} if reasons is None else {"reasons": reason_cells(reasons)}),
        }
