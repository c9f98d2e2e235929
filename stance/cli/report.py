"""`stance report`: the prediction rows of a corpus to one page, or to its tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance import __version__
from stance.cli.common import Tally, note, progress
from stance.cli.keeping import refuse_read
from stance.errors import InputError, UsageError
from stance.records import Prediction

if TYPE_CHECKING:
    from stance.report.sample import Sample
    from stance.report.tables import Row


def report(
    rows: Annotated[
        list[str],
        typer.Argument(
            metavar="ROWS", help="Prediction rows (.jsonl, .csv, .parquet), folders or globs of them; `-` is stdin."
        ),
    ],
    output: Annotated[
        Path, typer.Option(metavar="PATH", help="The page; of other formats, a folder for a file per table.")
    ],
    form: Annotated[
        str, typer.Option("--format", metavar="NAME", help="html (a page), csv, parquet or jsonl (its tables).")
    ] = "html",
    sample: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Labelled rows drawn at random from these: corrects the shares."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="UNIT", help="day, week, month, quarter or year; else what fits the dates.")
    ] = None,
) -> None:
    """Tell who was supported and opposed in a corpus, where and when.

    \b
    Examples:
      stance predict news/ --format parquet --output rows.parquet
      stance report rows.parquet --output report.html
      stance predict corpus/ --output results/ --jobs 4
      stance report results/ --output report.html
      stance report rows.parquet --sample labelled.jsonl --output report.html
      stance report rows.parquet --format csv --output tables/
    """
    from stance.reading import TABLE_SUFFIXES
    from stance.report import corpus_page, write_page
    from stance.report.corpus import Collector
    from stance.report.periods import UNITS
    from stance.report.sample import Sample, corrected
    from stance.report.tables import tabulate
    from stance.writing import FORMATS

    if form not in ("html", *FORMATS):
        raise UsageError(f"expected --format html, {', '.join(FORMATS)}, found {form!r}; choose one of these")
    if by is not None and by not in UNITS:
        raise UsageError(f"expected --by {', '.join(UNITS)}, found {by!r}; choose one of these")
    places = [output] if form == "html" else list(output.glob(f"*.{form}"))
    refuse_read(places, [*rows, sample], TABLE_SUFFIXES)
    tally = Tally()
    drawn = _sample(sample, tally) if sample else Sample()
    collector = Collector()
    for row in drawn.watch(_read(rows, tally)):
        collector.add(row)
    corpus = collector.corpus()
    if not len(corpus.person):
        raise InputError("expected prediction rows, found none that could be read; see the messages above")
    tables = tabulate(corpus, by)
    if sample:
        note(f"{sample}: {len(drawn.labels):,} of its {drawn.size:,} rows are among the rows")
        tables.rows["corrected"] = corrected(corpus, drawn, tables.told)
    if form == "html":
        size = len(drawn.labels) if sample else None
        write_page(corpus_page(corpus, tables, f"Made by stance {__version__}.", sample_size=size), output)
    else:
        _write_tables(tables.rows, form, output)
    tally.leave()


def _read(named: list[str], tally: Tally) -> Iterator[Prediction]:
    from stance.report.rows import read_predictions

    return progress(tally.only_read(read_predictions(named, note)), "rows")


def _sample(name: str, tally: Tally) -> Sample:
    from stance.report.sample import Sample, read_sample

    drawn = Sample()
    for row in tally.only_read(read_sample(name, note)):
        drawn.add(row)
    return drawn


def _write_tables(tables: dict[str, list[Row]], form: str, folder: Path) -> None:
    from stance.report.site import made_folder, write_tables

    write_tables(tables, form, made_folder(folder))
