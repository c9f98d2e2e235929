"""`stance predict ... --output FOLDER/`: many articles, to a folder of results that a later run can go on with."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from stance import __version__
from stance.cli.batch import Batch
from stance.cli.common import ALL_FAILED, SOME_FAILED, Terminated, measured, note
from stance.errors import InputError, StanceError

if TYPE_CHECKING:
    from stance.batch import Inputs, Job, Pool, Totals
    from stance.ray import RayPool

INTERRUPTED, TERMINATED = 130, 143

_NAMED = 20
"""Failures told of one by one; the others are only listed in the folder."""


def predict_to_folder(job: Job, inputs: Inputs, batch: Batch) -> None:
    """Run, and leave with the contract's exit code unless everything went well.

    Raises:
        StanceError: The folder is refused, or the run cannot go on.
    """
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
    _tell(totals, folder)
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


def _tell(totals: Totals, folder: Path) -> None:
    from stance.batch import failures

    for number, reason in enumerate(failures(folder)):
        if number == _NAMED:
            break
        note(reason)
    named = f", {totals.failed:,} failed (see {folder / 'failed.jsonl'})" if totals.failed else ""
    note(f"{totals.read:,} articles, {totals.rows:,} rows{named}, in {totals.shards:,} shards in {folder}")
    if totals.nameless:
        note(f"{totals.nameless:,} of the articles name nobody, or are empty")
    if totals.foreign:
        note(f"{totals.foreign:,} of the articles are not English; what follows for them means little")
