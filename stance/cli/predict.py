"""`stance predict`: articles, or rows, to stances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance.cli.batch import (
    DEFAULTS,
    Batch,
    Engine,
    Force,
    Jobs,
    Place,
    Resume,
    ShardSize,
    Timeout,
    is_folder,
    refuse_with_folder,
    refuse_without_folder,
)
from stance.cli.common import Tally, note, progress
from stance.cli.keeping import refuse_read, refuse_site, site_files
from stance.cli.options import (
    AllowPrivate,
    Encoding,
    FiguresFile,
    FormatName,
    KnownOnly,
    ModelFile,
    Paths,
    TextColumn,
    TextGiven,
    Trust,
    a_number,
    destination,
    known_figures,
    read_articles,
    refuse_unknown_format,
    screen,
    show,
    warn_if_foreign,
)
from stance.cli.pages import is_site
from stance.errors import UsageError
from stance.records import Document, Prediction

if TYPE_CHECKING:
    from stance.model import Model


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
    output: Place = None,
    summary: Annotated[bool, typer.Option("--summary", help="One row per article and figure.")] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the article's text, which all offsets count in, to each row.")
    ] = False,
    min_probability: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            callback=a_number,
            metavar="P",
            help="Mark predictions below this probability uncertain.",
        ),
    ] = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add to each row what its words add to the class scores.")
    ] = False,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Add to each row the digest of the model that made it.")
    ] = False,
    model: ModelFile = None,
    trust: Trust = False,
    jobs: Jobs = DEFAULTS.jobs,
    engine: Engine = DEFAULTS.engine,
    resume: Resume = DEFAULTS.resume,
    force: Force = DEFAULTS.force,
    shard_size: ShardSize = DEFAULTS.shard_size,
    timeout: Timeout = DEFAULTS.timeout,
) -> None:
    """Say whom each sentence of an article supports or opposes.

    \b
    Examples:
      stance predict article.txt
      stance predict news/ --format jsonl --output stances.jsonl
      stance predict page.html --figure "Hillary Clinton" --summary
      stance predict news/ --format html --output site/
      stance predict rows.csv --rows --format csv --output scored.csv
      stance predict corpus/ --output results/ --jobs 4
    """
    refuse_unknown_format(form, *(() if rows or summary else ("html",)))
    if summary and explain:
        raise UsageError("expected --summary or --explain, found both: sums have no reasons; leave one of them out")
    from stance.analysis import Options
    from stance.reading import ARTICLE_SUFFIXES, Access

    access = Access(encoding, allow_private)
    named, wanted, batch = paths or [], tuple(figure or ()), Batch(jobs, engine, shard_size, timeout, resume, force)
    if output is not None and form != "html" and is_folder(output):
        from stance.batch import Inputs, Job
        from stance.cli.folder import predict_to_folder

        refuse_with_folder(batch, output, rows, text, named)
        options = Options(wanted, known_only, None, min_probability, explain, provenance)
        job = Job(
            output,
            "jsonl" if form == "table" else form,
            options,
            figures_file,
            model,
            trust,
            summary,
            with_text,
            access,
        )
        predict_to_folder(job, Inputs(tuple(named), text_column, shard_size, access), batch)
        return
    file, tally = Path(output) if output is not None else None, Tally()
    site = file if file is not None and form == "html" and is_site(file) else None
    refuse_without_folder(replace(batch, force=False) if site else batch)
    refuse_read(site_files(site) if site else [file], [*named, figures_file, model], ARTICLE_SUFFIXES)
    if site:
        refuse_site(site, force)
    if rows:
        from stance.cli.rows import predict_rows, refuse_with_rows

        refuse_with_rows(text, figure, known_only, figures_file, summary, with_text)
        options = Options(min_probability=min_probability, explain=explain, provenance=provenance)
        predict_rows(_loaded(model, trust), named, encoding, form, file, options, tally)
    else:
        from stance.analysis import predict_documents

        options = Options(
            wanted, known_only, known_figures(figures_file), min_probability, explain or form == "html", provenance
        )
        documents = warn_if_foreign(tally.only_read_if_any(read_articles(paths, text, text_column, access)))
        loaded = _loaded(model, trust)
        found = _told(predict_documents(loaded, progress(documents, "articles"), options), with_text)
        if form == "html":
            from stance.cli.pages import write_pages

            write_pages(found, file, loaded)
        else:
            _write(found, form, file, summary)
    tally.leave()


def _loaded(path: Path | None, trust: bool) -> Model:
    from stance.model import load

    return load(path, trust=trust)


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
