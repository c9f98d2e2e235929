"""`stance predict` of articles: to the screen, to a file, or to pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from stance.cli.batch import Batch, refuse_without_folder
from stance.cli.common import Tally, note, progress
from stance.cli.effects import refuse_beside_text
from stance.cli.keeping import refuse_read, refuse_site, site_files
from stance.cli.options import (
    destination,
    known_figures,
    nobody_in,
    read_articles,
    screen,
    show,
    warn_if_foreign,
)
from stance.cli.pages import is_site
from stance.cli.request import Request
from stance.records import Document, Figure, Prediction

if TYPE_CHECKING:
    from stance.analysis import Options

Analysed = Iterator[tuple[Document, list[Prediction]]]


def predict_articles(request: Request, batch: Batch) -> None:
    """Write what is predicted for articles; those that cannot be read are named.

    Raises:
        StanceError: Options are refused, or results cannot be written.
    """
    from stance.analysis import predict_documents

    form = _form(request)
    refuse_beside_text(request.context, request.text)
    _keep(request, form, batch)
    tally = Tally()
    options = replace(
        request.options,
        known=known_figures(request.figures_file),
        explain=request.options.explain or form == "html",
    )
    articles = read_articles(request.paths, request.text, request.text_column, request.access)
    documents = warn_if_foreign(tally.only_read_if_any(articles))
    model = request.loaded()
    found = _told(predict_documents(model, progress(documents, "articles"), options), options, request.with_text)
    if form == "html":
        from stance.cli.pages import write_pages

        write_pages(found, request.file, model)
    elif request.summary:
        _write_summary(found, form, request.file)
    else:
        _write(found, form, request.file, options)
    tally.leave()


def _form(request: Request) -> str:
    from stance.writing import FORMATS

    if request.summary:
        return request.form(("table", *FORMATS), "table", "with --summary", file=request.file)
    return request.form(("table", *FORMATS, "html"), "table", file=request.file)


def _keep(request: Request, form: str, batch: Batch) -> None:
    """Refuse to write over what is read, and over a site that was made before, and options of a folder of results."""
    from stance.reading import ARTICLE_SUFFIXES

    file = request.file
    site = file if file is not None and form == "html" and is_site(file) else None
    refuse_without_folder(replace(batch, force=False) if site else batch)
    read: list[str | Path | None] = [*request.paths, request.figures_file, request.model]
    refuse_read(site_files(site) if site else [file], read, ARTICLE_SUFFIXES)
    if site:
        refuse_site(site, batch.force)


def _told(found: Analysed, options: Options, with_text: bool) -> Analysed:
    """The predictions; an article that does not name who was looked for is said to."""
    for document, predictions in found:
        for line in _missing(document, predictions, options):
            note(line)
        if with_text:
            predictions = [replace(row, carried={**row.carried, "text": document.text}) for row in predictions]
        yield document, predictions


def _missing(document: Document, predictions: Sequence[Prediction], options: Options) -> Iterator[str]:
    from stance.analysis import is_called

    if not options.figures or not document.text.strip():
        if not predictions:
            yield nobody_in(document, options.known_only)
        return
    figures = [Figure(row.figure, row.figure_id, row.mentions) for row in predictions]
    for name in options.figures:
        if not any(is_called(figure, [name]) for figure in figures):
            yield f"{document.id}: {name} is not named{' as a known figure' if options.known_only else ''}"


def _write(found: Analysed, form: str, output: Path | None, options: Options) -> None:
    if form == "table":
        from stance.render import render_articles

        nobody = "Nobody who was asked for" if options.figures or options.known_only else "Nobody"
        show(render_articles(found, screen(output), f"{nobody} is named in it."), output)
    else:
        from stance.writing import write_rows

        write_rows((row for _, rows in found for row in rows), form, destination(output))


def _write_summary(found: Analysed, form: str, output: Path | None) -> None:
    from stance.summary import summarize

    lines = (line for _, rows in found for line in summarize(rows))
    if form == "table":
        from stance.render import render_summary

        show([render_summary(lines, screen(output))], output)
    else:
        from stance.writing import SUMMARY_COLUMNS, write_table

        write_table(lines, form, destination(output), SUMMARY_COLUMNS)
