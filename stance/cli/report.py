"""`stance report`: the prediction rows of a corpus to one page, or to its tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance import __version__
from stance.cli.common import Tally, note, progress
from stance.cli.forms import chosen_format
from stance.cli.keeping import refuse_read
from stance.counting import counted
from stance.errors import InputError, UsageError
from stance.records import Prediction

if TYPE_CHECKING:
    from stance.report.corpus import Corpus
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
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="html (a page), or csv, csv-raw, parquet or jsonl (its tables); else html."
        ),
    ] = None,
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
      stance predict news/ --output rows.parquet
      stance report rows.parquet --output report.html
      stance predict corpus/ --output results/ --jobs 4
      stance report results/ --output report.html
      stance report rows.parquet --sample labelled.jsonl --output report.html
      stance report rows.parquet --format csv --output tables/
    """
    from stance.report import corpus_page, write_page
    from stance.report.sample import corrected
    from stance.report.tables import tabulate

    form = _form(form, output, by, [*rows, sample])
    tally = Tally()
    drawn = _sample(sample, tally) if sample else None
    corpus = _corpus(_read(rows, tally), drawn)
    tables = tabulate(corpus, by)
    if drawn:
        note(f"{sample}: {len(drawn.labels):,} of its {counted(drawn.size, 'row')} are among the rows")
        tables.rows["corrected"] = corrected(corpus, drawn, tables.told)
    if form == "html":
        size = len(drawn.labels) if drawn else None
        write_page(corpus_page(corpus, tables, f"Made by stance {__version__}.", sample_size=size), output)
    else:
        _write_tables(tables.rows, form, output)
    tally.leave()


def _form(given: str | None, output: Path, by: str | None, read: list[str | None]) -> str:
    """The format, where what was asked for can be made without writing over what is read."""
    from stance.reading import TABLE_SUFFIXES
    from stance.report.periods import UNITS
    from stance.writing import FORMATS

    # Tables go to a folder, whose name says nothing of the format.
    form = chosen_format(given, None if given else output, ("html", *FORMATS), "html")
    if by is not None and by not in UNITS:
        raise UsageError(f"expected --by {', '.join(UNITS)}, found {by!r}; choose one of these")
    tables = given is not None and form != "html"
    refuse_read(output.glob(f"*.{form.removesuffix('-raw')}") if tables else [output], read, TABLE_SUFFIXES)
    if form != "html" and not given:
        raise UsageError(
            f"expected a page (.html) as --output, found {output}; name it {output.with_suffix('.html')}, or give a "
            f"folder for the tables: --format {form} --output tables/"
        )
    return form


def _read(named: list[str], tally: Tally) -> Iterator[Prediction]:
    from stance.report.rows import read_predictions

    return progress(tally.only_read(read_predictions(named, note)), "rows")


def _corpus(rows: Iterator[Prediction], sample: Sample | None) -> Corpus:
    from stance.report.corpus import Collector

    collector = Collector()
    for row in sample.watch(rows) if sample else rows:
        collector.add(row)
    corpus = collector.corpus()
    if not len(corpus.person):
        raise InputError("expected prediction rows, found none that could be read; see the messages above")
    return corpus


def _sample(name: str, tally: Tally) -> Sample:
    from stance.report.sample import Sample, read_sample

    drawn = Sample()
    for row in tally.only_read(read_sample(name, note)):
        drawn.add(row)
    if not drawn.size:
        raise InputError(
            f"expected labelled rows drawn at random in {name}, found none that could be read; see the messages above"
        )
    return drawn


def _write_tables(tables: dict[str, list[Row]], form: str, folder: Path) -> None:
    from stance.report.site import made_folder, write_tables

    write_tables(tables, form, made_folder(folder))
