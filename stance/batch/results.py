"""A folder of results: shards, `manifest.json` (of what), `shards.jsonl` (how far), `failed.jsonl` (without what)."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.atomic import naming, replacing
from stance.batch.job import Outcome, Shard
from stance.batch.journal import NAME as JOURNAL
from stance.batch.journal import Journal
from stance.errors import OutputError, UsageError

MANIFEST, FAILED = "manifest.json", "failed.jsonl"
_OURS = ("part-*.jsonl", "part-*.csv", "part-*.parquet", ".stance-*.tmp", FAILED, JOURNAL)
_PROGRESS = ("complete", "shards", "read", "failed", "rows", "nameless", "foreign")


@dataclass(slots=True)
class Totals:
    """What a folder of results holds: shards, articles read and failed, rows, and of the articles read those
    that name nobody and those that are not English."""

    shards: int = 0
    read: int = 0
    failed: int = 0
    rows: int = 0
    nameless: int = 0
    foreign: int = 0


class Results:
    """The folder of one run. `with` closes it: as complete where `run` said so, as it is otherwise.

    Args:
        folder: Made where there is none.
        form: Format of the shards.
        made_of: What the results depend on, as JSON values: inputs, options, model.
        resume: Go on with what is there.
        force: Remove what is there of an earlier run.

    Raises:
        UsageError: What is there was made of something else.
        OutputError: The folder is not empty and neither `resume` nor `force` is given, or cannot be written.
    """

    def __init__(
        self, folder: Path, form: str, made_of: Mapping[str, Any], *, resume: bool = False, force: bool = False
    ) -> None:
        self.folder, self._form, self._made_of = folder, form, dict(made_of)
        with naming(folder):
            folder.mkdir(parents=True, exist_ok=True)
            begun = _is_begun(folder)
        if begun and resume:
            _refuse_others(folder, self._made_of)
        elif begun and not force:
            raise OutputError(
                f"expected an empty folder for results, found files in {folder}; "
                "go on with --resume, replace what is there with --force, or name another folder"
            )
        self._journal = Journal(folder)
        if begun and not resume:
            self._journal.close()
            self._clear(_OURS if (folder / MANIFEST).exists() else ())
            self._journal = Journal(folder)
        self._clear((".stance-*.tmp",))
        self._write_manifest(complete=False)

    def __enter__(self) -> Results:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:
            with contextlib.suppress(OutputError):
                self.list_failures()
        self._clear((".stance-*.tmp",))  # of workers that were ended as they wrote
        self._journal.close()

    def holds(self, shard: Shard) -> bool:
        """Whether the shard is finished: noted as such, of the same articles, and its file still there."""
        noted = self._journal.digest(shard.index)
        return noted is not None and noted == (shard.digest, _size(self._path(shard.index)))

    def add(self, shard: Shard, outcome: Outcome) -> None:
        """Note that a shard is written."""
        self._journal.add(shard, _size(self._path(shard.index)), outcome)

    def list_failures(self) -> Totals:
        """Write failed.jsonl, in reading order, and count what there is.

        Raises:
            OutputError: The disk is full.
        """
        totals = Totals()
        with replacing(self.folder / FAILED) as stream:
            for entry in self._journal.entries():
                totals.shards += 1
                totals.failed += len(entry["failed"])
                for name in ("read", "rows", "nameless", "foreign"):
                    setattr(totals, name, getattr(totals, name) + entry[name])
                for failure in entry["failed"]:
                    stream.write(json.dumps(failure, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        return totals

    def complete(self, last: int) -> Totals:
        """Say that all is there.

        Args:
            last: The last shard's index; files of later ones, left from when the input was longer, go. -1: no input.
        """
        for index in self._journal.forget_after(last):
            self._path(index).unlink(missing_ok=True)
        totals = self.list_failures()
        self._write_manifest(complete=True, totals=totals)
        return totals

    def _path(self, index: int) -> Path:
        return self.folder / Shard(index, (), 0, "").name(self._form)

    def _clear(self, patterns: tuple[str, ...]) -> None:
        with naming(self.folder):
            for path in [path for pattern in patterns for path in self.folder.glob(pattern)]:
                path.unlink(missing_ok=True)

    def _write_manifest(self, *, complete: bool, totals: Totals | None = None) -> None:
        counts = {name: getattr(totals, name) for name in _PROGRESS[1:]} if totals else {}
        with replacing(self.folder / MANIFEST) as stream:
            manifest = {**self._made_of, "complete": complete, **counts}
            stream.write(json.dumps(manifest, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _is_begun(folder: Path) -> bool:
    """Whether there is more than what a run leaves that was ended before it said what it is about."""
    entries = [path for path in folder.iterdir() if not path.match(".stance-*.tmp")]
    return any(not (path.name == JOURNAL and _size(path) == 0) for path in entries)


def _refuse_others(folder: Path, made_of: Mapping[str, Any]) -> None:
    try:
        found = dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        raise OutputError(
            f"expected {folder / MANIFEST} of the run to go on with, found none; "
            "name the folder of that run, or start anew with --force"
        ) from None
    differences = list(_differences(made_of, found))
    if differences:
        raise UsageError(
            f"expected what {folder} was made with, found {'; '.join(differences)}; "
            "give the same again, name another folder, or start anew with --force"
        )


def _differences(made_of: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for name, value in json.loads(json.dumps(made_of)).items():
        if value != found.get(name):
            yield f"{name} {_shown(value)} (was {_shown(found.get(name))})"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return -1


def failures(folder: Path) -> Iterator[str]:
    """Why each article that failed did, one line each, in reading order."""
    with (folder / FAILED).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["reason"]
