"""`stance label`: sentences worth labelling, asked for one by one or handed to other tools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance.cli.asking import ask_all
from stance.cli.common import Tally, note, progress
from stance.cli.effects import refuse_given
from stance.cli.keeping import refuse_read
from stance.cli.options import (
    AllowPrivate,
    Encoding,
    FigureNames,
    FiguresFile,
    KnownOnly,
    ModelFile,
    Paths,
    TextColumn,
    Trust,
    known_figures,
    read_articles,
    screen,
    warn_if_foreign,
)
from stance.counting import counted
from stance.errors import OutputError, UsageError
from stance.records import Document, Prediction

if TYPE_CHECKING:
    from stance.labelling import Plan

_EXCHANGED = (".json", ".csv")
_OF_ARTICLES = (
    "count",
    "draw",
    "seed",
    "force",
    "figure",
    "known_only",
    "figures_file",
    "text_column",
    "encoding",
    "allow_private",
    "model",
    "trust",
)


def label(
    context: typer.Context,
    paths: Paths = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Labelled rows (.jsonl): made, or gone on with.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="How many sentences to ask for.")] = 100,
    draw: Annotated[
        str,
        typer.Option(metavar="NAME", help="uncertain, random, or mixed: every third at random, the rest uncertain."),
    ] = "mixed",
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Decides what is drawn at random.")] = 0,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask elsewhere: .json for Label Studio, .csv for a spreadsheet."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that was exported before.")] = False,
    imported: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take in what was labelled elsewhere.")
    ] = None,
    figure: FigureNames = None,
    known_only: KnownOnly = False,
    figures_file: FiguresFile = None,
    text_column: TextColumn = "text",
    encoding: Encoding = None,
    allow_private: AllowPrivate = False,
    model: ModelFile = None,
    trust: Trust = False,
) -> None:
    """Label the sentences that the model can learn most from.

    Each sentence is shown between its neighbours, the figure's mentions in brackets; one key says its stance toward
    the figure. Every label is on the disk before the next is asked for; run the same command again to go on.

    \b
    Examples:
      stance label articles/ --output mine.jsonl
      stance label articles/ --export tasks.json --count 200
      stance label --import export.json --output mine.jsonl
      stance train mine.jsonl --dataset own --output mine.joblib
    """
    from stance.analysis import Options, predict_documents
    from stance.labelling import DRAWS, Plan
    from stance.model import load
    from stance.reading import ARTICLE_SUFFIXES, Access

    if draw not in DRAWS:
        raise UsageError(f"expected --draw {', '.join(DRAWS)}, found {draw!r}; choose one of these")
    _refuse(paths, output, export, imported)
    refuse_read([export, output], [*(paths or []), imported, figures_file, model], ARTICLE_SUFFIXES)
    if imported and output:
        refuse_given(context, _OF_ARTICLES, "with --import, which reads no articles")
        _take_in(imported, output)
        return
    if not export:
        refuse_given(context, ["force"], "without --export, whose file it replaces")
    elif not force:
        _refuse_labelled(export)
    tally, options = Tally(), Options(tuple(figure or ()), known_only, known_figures(figures_file))
    access = Access(encoding, allow_private)
    documents = warn_if_foreign(tally.only_read(read_articles(paths, None, text_column, access)))
    found = predict_documents(load(model, trust=trust), progress(documents, "articles"), options)
    if export:
        _hand_out(found, Plan(count, draw, seed), export, output)
    elif output:
        ask_all(found, Plan(count, draw, seed), output, screen(None))
    tally.leave()


def _refuse(paths: list[str] | None, output: Path | None, export: Path | None, imported: Path | None) -> None:
    """Raise a UsageError for options that do not go together."""
    if imported and (paths or export):
        raise UsageError("expected --import alone, found articles or --export too; label, export and import one by one")
    if not imported and not paths:
        raise UsageError("expected articles to read, found none; name files or folders (or --import FILE)")
    if not output and not export:
        raise UsageError("expected --output FILE.jsonl for the labels (or --export FILE), found neither; name one")
    if output and output.suffix != ".jsonl":
        raise UsageError(f"expected --output to end in .jsonl, found {output}; name it {output.with_suffix('.jsonl')}")
    for file in (export, imported):
        if file and file.suffix not in _EXCHANGED:
            raise UsageError(
                f"expected a file that ends in {' or '.join(_EXCHANGED)}, found {file}; choose one of these"
            )


def _refuse_labelled(export: Path) -> None:
    """Raise an OutputError where somebody may have labelled what was exported before."""
    if export.is_file() and export.stat().st_size:
        raise OutputError(
            f"expected no file at {export}, found one, which may hold labels by now; "
            "take them in with --import, choose another --export, or replace it with --force"
        )


def _hand_out(
    found: Iterator[tuple[Document, list[Prediction]]], plan: Plan, export: Path, output: Path | None
) -> None:
    """Write the pairs for another tool, without those that the labels have already."""
    from stance.labelling import SHEET_COLUMNS, draw, known_keys, sheet_row, write_tasks
    from stance.writing import write_table

    drawn = draw(found, plan, known_keys(output, note) if output else ())
    if export.suffix == ".csv":
        write_table(map(sheet_row, drawn), "csv", export, SHEET_COLUMNS)
    else:
        write_tasks(drawn, export)
    note(f"{export}: {counted(len(drawn), 'sentence')} to label")


def _take_in(imported: Path, output: Path) -> None:
    """Add to the labels what another tool has, without what they have already."""
    from stance.labelling import LabelFile, read_export, read_sheet

    tally, added = Tally(), 0
    rows = read_sheet(imported, note) if imported.suffix == ".csv" else read_export(imported)
    with LabelFile(output, note) as labels:
        for row in tally.only_read(rows):
            added += labels.label_if_new(row)
    if tally.read:
        note(f"{output}: {added:,} of {counted(tally.read, 'labelled row')} added, the rest were there")
    elif not tally.failed:
        note(f"{imported}: no stance is filled in, so nothing is added; fill some in, then import it again")
    tally.leave()
