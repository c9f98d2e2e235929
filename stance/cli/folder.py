"""`stance predict ... --output FOLDER/`: many articles, to a folder of results that a later run can go on with."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from stance import __version__
from stance.cli.batch import Batch, refuse_with_folder
from stance.cli.common import ALL_FAILED, SOME_FAILED, Terminated, measured, note
from stance.cli.request import Request
from stance.counting import counted
from stance.errors import InputError, StanceError

if TYPE_CHECKING:
    from stance.analysis import Options
    from stance.batch import Inputs, Job, Pool, Totals
    from stance.ray import RayPool

INTERRUPTED, TERMINATED = 130, 143

_NAMED = 20
"""Failures told of one by one; the others are only listed in the folder."""


def predict_to_folder(request: Request, batch: Batch, rows: bool) -> None:
    """Predict articles to a folder of results; leave with the contract's exit code unless everything went well.

    Args:
        request: What is asked for; `output` is the folder.
        batch: How.
        rows: Whether rows are, of which no folder can be made.

    Raises:
        StanceError: Options or the folder are refused, or the run cannot go on.
    """
    from stance.batch import Inputs, Job
    from stance.writing import FORMATS

    place = str(request.output)
    refuse_with_folder(batch, place, rows, request.text, request.paths)
    shard = Path(place, "part")  # whatever the folder is called
    form = request.form(FORMATS, "jsonl", "for a folder of results", file=shard)
    job = Job(
        folder=place,
        form=form,
        options=request.options,
        figures_file=request.figures_file,
        model=request.model,
        trust=request.trust,
        summary=request.summary,
        with_text=request.with_text,
        access=request.access,
    )
    _run(job, Inputs(tuple(request.paths), request.text_column, batch.shard_size, request.access), batch)


def _run(job: Job, inputs: Inputs, batch: Batch) -> None:
    from stance.batch import Results, run

    folder = Path(job.folder)
    inputs.refuse_within(folder)
    made_of = _made_of(job, inputs)
    crew = _crew(job, batch)
    kept = f"the shards that are finished stay in {folder}: go on with --resume"
    try:
        with (
            Results(folder, job.form, made_of, resume=batch.resume, force=batch.force) as results,
            crew,
            measured("articles", inputs.total) as told,
        ):
            try:
                totals = run(crew, inputs, results, note, told)
            except StanceError:
                note(f"stopped; {kept}")
                raise
    except (KeyboardInterrupt, Terminated) as stop:
        note(f"interrupted; {kept}")
        raise typer.Exit(TERMINATED if isinstance(stop, Terminated) else INTERRUPTED) from None
    _tell(totals, folder, job.options)
    if totals.failed:
        raise typer.Exit(SOME_FAILED if totals.read else ALL_FAILED)


def _crew(job: Job, batch: Batch) -> Pool | RayPool:
    if batch.engine == "ray":
        from stance.ray import RayPool

        return RayPool(job, batch.timeout)
    from stance.batch import Pool

    return Pool(job, batch.jobs, batch.timeout)


def _made_of(job: Job, inputs: Inputs) -> dict[str, Any]:
    """What the rows depend on: a folder is only gone on with where all of it is the same."""
    from stance.model import load

    model = load(job.model, trust=job.trust)
    options = {name: value for name, value in asdict(job.options).items() if name != "known"}
    return {
        "stance": __version__,
        "model": model.metadata.get("digest") or model.digest(),
        "inputs": list(inputs.named),
        "--text-column": inputs.text_column,
        "--encoding": inputs.access.encoding,
        "--format": job.form,
        "--shard-size": inputs.shard_size,
        "--summary": job.summary,
        "--with-text": job.with_text,
        "--figures-file": _digest_of(job.figures_file),
        **{f"--{name.replace('_', '-').removesuffix('s')}": value for name, value in options.items()},
    }


def _digest_of(figures_file: Path | None) -> str | None:
    if figures_file is None:
        return None
    try:
        return hashlib.blake2b(figures_file.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise InputError(
            f"{figures_file}: expected a readable file, found none ({error.strerror}); check the name"
        ) from None


def _tell(totals: Totals, folder: Path, options: Options) -> None:
    from stance.batch import failures

    for number, reason in enumerate(failures(folder)):
        if number == _NAMED:
            break
        note(reason)
    named = f", {totals.failed:,} failed (see {folder / 'failed.jsonl'})" if totals.failed else ""
    read, rows, shards = counted(totals.read, "article"), counted(totals.rows, "row"), counted(totals.shards, "shard")
    note(f"{read}, {rows}{named}, in {shards} in {folder}")
    if totals.nameless:
        whom = "nobody who was asked for" if options.figures or options.known_only else "nobody"
        note(f"articles that name {whom}, or are empty: {totals.nameless:,}")
    if totals.foreign:
        note(f"articles that are not English, so that their rows mean little: {totals.foreign:,}")
