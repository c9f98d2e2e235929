"""The options of `stance predict ... --output FOLDER/`, and when they make sense."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from stance.cli.options import a_number
from stance.errors import UsageError

Place = Annotated[
    str | None,
    typer.Option(
        "--output",
        metavar="FILE|FOLDER/",
        help="Write here instead of to standard output; to a folder in shards, for very many articles.",
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=1024, metavar="N", help="Processes that write to the folder.")]
ShardSize = Annotated[int, typer.Option("--shard-size", min=1, metavar="N", help="Articles in each shard.")]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout",
        min=0.1,
        max=1_000_000.0,
        callback=a_number,
        metavar="S",
        help="Give up on an article after so many seconds.",
    ),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a folder: shards that are finished stay.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the results that the folder holds.")]

Engine = Annotated[
    str, typer.Option("--engine", metavar="NAME", help="local: processes of this machine; ray: a Ray cluster.")
]

ENGINES = ("local", "ray")


@dataclass(frozen=True, slots=True)
class Batch:
    """The options that only concern a folder of results."""

    jobs: int
    engine: str
    shard_size: int
    timeout: float
    resume: bool
    force: bool


DEFAULTS = Batch(jobs=1, engine="local", shard_size=500, timeout=120.0, resume=False, force=False)


def is_folder(place: str) -> bool:
    """Whether results go to a folder: one that is there, or a name that ends in a slash."""
    return place.endswith(("/", os.sep)) or Path(place).is_dir()


def refuse_without_folder(batch: Batch) -> None:
    """Refuse options that would have no effect.

    Raises:
        UsageError: There is one.
    """
    for name, default in asdict(DEFAULTS).items():
        if getattr(batch, name) != default:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"expected rows to a folder (--output results/) with {option}, found none; name a folder")


def refuse_with_folder(batch: Batch, place: str, rows: bool, text: str | None, paths: list[str]) -> None:
    """Refuse what a folder of results cannot be made of.

    Raises:
        UsageError: There is some.
    """
    if "://" in place:
        raise UsageError(
            f"expected a folder of files for --output, found {place}; mount the bucket, or copy afterwards"
        )
    if batch.engine not in ENGINES:
        raise UsageError(f"expected --engine {' or '.join(ENGINES)}, found {batch.engine!r}; choose one of these")
    if batch.engine == "ray" and batch.jobs != DEFAULTS.jobs:
        raise UsageError("expected no --jobs with --engine ray, whose cluster says how many there are; leave it out")
    if rows or text is not None:
        given = "--rows" if rows else "--text"
        raise UsageError(f"expected a file to write to with {given}, found a folder; give --output a file name")
    if not paths:
        raise UsageError("expected articles to read, found none; name files, folders or globs")
