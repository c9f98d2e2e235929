"""The shards that are finished, one line each, written as they are: what a run that was killed leaves to the next."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from stance.atomic import claim, naming
from stance.batch.job import Outcome, Shard

NAME = "shards.jsonl"


class Journal:
    """The journal of one folder, held by one run at a time; of two lines on a shard the later holds.

    Raises:
        OutputError: It cannot be written, or another run holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with naming(self._path):
            self._file: BinaryIO = self._path.open("a+b")
        try:
            claim(
                self._file,
                f"expected a folder that no other run writes to, found one at work in {folder}; wait for its end",
            )
            self._lines = dict(_complete_lines(self._file))
        except BaseException:
            self._file.close()
            raise

    def digest(self, index: int) -> tuple[str, int] | None:
        """Digest of the articles of a finished shard and bytes of its file, or None."""
        found = self._lines.get(index)
        return (found[1], found[2]) if found else None

    def add(self, shard: Shard, size: int, outcome: Outcome) -> None:
        """Note that a shard is finished.

        Args:
            shard: Its articles.
            size: Bytes of its file.
            outcome: What came of it.

        Raises:
            OutputError: The disk is full.
        """
        line = {
            "shard": shard.index,
            "digest": shard.digest,
            "bytes": size,
            "read": outcome.read,
            "rows": outcome.rows,
            "nameless": outcome.nameless,
            "foreign": outcome.foreign,
            "failed": [{"document": failure.input, "reason": failure.message} for failure in outcome.failures],
        }
        with naming(self._path):
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(json.dumps(line).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        self._lines[shard.index] = (place, shard.digest, size)

    def entries(self) -> Iterator[dict[str, Any]]:
        """The lines in the order of their shards."""
        for index in sorted(self._lines):
            self._file.seek(self._lines[index][0])
            yield json.loads(self._file.readline())

    def forget_after(self, index: int) -> list[int]:
        """Leave out, of what `entries` gives, the shards after this one; their numbers."""
        gone = [number for number in self._lines if number > index]
        for number in gone:
            del self._lines[number]
        return gone

    def close(self) -> None:
        """Let go of the journal."""
        with contextlib.suppress(OSError):
            self._file.close()


def _entry(line: bytes) -> dict[str, Any] | None:
    """What a line says of its shard; None where it is no line of a journal."""
    try:
        entry: Any = json.loads(line) if line.endswith(b"\n") else None
        numbers = [entry[name] for name in ("shard", "bytes", "read", "rows", "nameless", "foreign")]
        texts = [entry["digest"], *(failure[name] for failure in entry["failed"] for name in ("document", "reason"))]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    sound = all(type(number) is int for number in numbers) and all(isinstance(text, str) for text in texts)
    return dict(entry) if sound else None


def _complete_lines(file: BinaryIO) -> Iterator[tuple[int, tuple[int, str, int]]]:
    """Shard, and where its line stands with digest and bytes; from a line on that is none, all go."""
    file.seek(0)
    place = 0
    for line in file:
        entry = _entry(line)
        if entry is None:
            break
        yield entry["shard"], (place, entry["digest"], entry["bytes"])
        place += len(line)
    file.truncate(place)
