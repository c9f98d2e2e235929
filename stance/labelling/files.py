"""The file that labels go to: it grows by one line at a time, and each is on the disk before the next is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from stance.atomic import claim, naming
from stance.errors import InputError
from stance.labelling.drawing import Key
from stance.reading import Note, read_table
from stance.records import Failure
from stance.rows import as_target
from stance.writing.cells import json_text


def known_keys(path: Path, note: Note) -> set[Key]:
    """The pairs that a file of labels, and the file of skipped ones beside it, hold.

    Raises:
        InputError: A line is no row; the message names it.
    """
    files = [file for file in (path, skipped_beside(path)) if file.exists() and file.stat().st_size]
    return {_key(row.values, row.where) for file in files for row in _sound(file, note)}


def skipped_beside(path: Path) -> Path:
    """Where the pairs that were skipped are noted: `mine.skipped.jsonl` beside `mine.jsonl`."""
    return path.with_suffix(f".skipped{path.suffix}")


class LabelFile:
    """Labels, and skips, as they are given; the last can be taken back.

    A line that was cut off by a crash is dropped when the file is opened. One run at a time holds the file.

    Raises:
        OutputError: It cannot be written, or another run holds it.
        InputError: It has a line that is no row.
    """

    def __init__(self, path: Path, note: Note) -> None:
        self._history: list[_Lines] = []
        with ExitStack() as opened:
            self._labels, self._skips = (
                opened.enter_context(_Lines(file, note)) for file in (path, skipped_beside(path))
            )
            self.done = known_keys(path, note)
            self._opened = opened.pop_all()  # from here on they stay open

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the files; one without a line goes."""
        self._opened.close()

    def label(self, row: Mapping[str, Any]) -> None:
        """Add a labelled row."""
        self._add(self._labels, row)

    def label_if_new(self, row: Mapping[str, Any]) -> bool:
        """Add a labelled row whose pair the file has not; whether it was added."""
        key = _key(row, "the row")
        if key in self.done:
            return False
        self.done.add(key)
        self.label(row)
        return True

    def skip(self, row: Mapping[str, Any]) -> None:
        """Note that a row was passed over, so that it is not asked for again."""
        self._add(self._skips, row)

    def undo(self) -> None:
        """Take back the last label or skip of this run."""
        self._history.pop().take_back()

    def _add(self, lines: _Lines, row: Mapping[str, Any]) -> None:
        lines.append(row)
        self._history.append(lines)


class _Lines:
    """JSON lines in a file of their own."""

    def __init__(self, path: Path, note: Note) -> None:
        self._path, self._places = path, list[int]()
        with naming(path):
            self._file: BinaryIO = path.open("a+b")
        try:
            claim(
                self._file, f"{path}: expected a file that no other run writes to, found one at work; wait for its end"
            )
            with naming(path):
                self._mend(note)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file, which goes if it has no line."""
        with naming(self._path):
            empty = not self._file.seek(0, os.SEEK_END)
            self._file.close()
            if empty:
                self._path.unlink(missing_ok=True)

    def append(self, row: Mapping[str, Any]) -> None:
        """Write a line through to the disk."""
        with naming(self._path):
            self._places.append(self._file.seek(0, os.SEEK_END))
            self._file.write(f"{json_text(row)}\n".encode())
            self._file.flush()
            os.fsync(self._file.fileno())

    def take_back(self) -> None:
        """Remove the line that was written last."""
        with naming(self._path):
            self._file.truncate(self._places.pop())
            os.fsync(self._file.fileno())

    def _mend(self, note: Note) -> None:
        """See to it that the file ends with a newline: end its last line, or drop it where a crash cut it off."""
        self._file.seek(0)
        content = self._file.read()
        last = content[content.rfind(b"\n") + 1 :]
        if not last:
            return
        try:
            json.loads(last)
        except ValueError:
            self._file.truncate(len(content) - len(last))
            note(f"{self._path}: its last line was cut off and is dropped")
        else:
            self._file.write(b"\n")
            self._file.flush()


def _sound(path: Path, note: Note) -> Iterator[Any]:
    for row in read_table(path, note):
        if isinstance(row, Failure):
            raise InputError(f"{row.message}, or choose another --output")
        yield row


def _key(values: Mapping[str, Any], where: str) -> Key:
    target = as_target(values, where)
    return str(values.get("document") or ""), target.sentence, target.mentions
