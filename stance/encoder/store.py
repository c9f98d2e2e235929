"""A file of states by content, so that training again does not encode again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from stance.errors import OutputError
from stance.features.masked_text import MaskedText

States = npt.NDArray[np.float32]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what the data base or the file system raises into what the user can do."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            f"expected to keep encoder states in {path}, found {error}; remove the file, or set XDG_CACHE_HOME to "
            "a folder that can be written"
        ) from error


class StateStore:
    """States of texts in one SQLite file; whatever was kept survives a run that is killed.

    Args:
        path: The file; made where there is none.
        dimension: Numbers in a state; states of another length are passed over.

    Raises:
        OutputError: The file cannot be made or is no such file.
    """

    def __init__(self, path: Path, dimension: int) -> None:
        self._path, self._dimension = path, dimension
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path)
            self._base.execute("CREATE TABLE IF NOT EXISTS states (key BLOB PRIMARY KEY, state BLOB) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._base.close()

    def find(self, texts: Sequence[MaskedText]) -> dict[MaskedText, States]:
        """States of the texts that are in the store.

        Raises:
            OutputError: The file cannot be read any more.
        """
        found = {}
        with _told(self._path):
            for text in texts:
                row = self._base.execute("SELECT state FROM states WHERE key = ?", (_key(text),)).fetchone()
                if row and len(row[0]) == 4 * self._dimension:
                    found[text] = np.frombuffer(row[0], dtype="<f4")
        return found

    def keep(self, states: Mapping[MaskedText, States]) -> None:
        """Add states, all or none of them.

        Raises:
            OutputError: The file cannot be written any more: a full disk, or another program that holds it.
        """
        rows = [(_key(text), state.astype("<f4").tobytes()) for text, state in states.items()]
        with _told(self._path), self._base:
            self._base.executemany("INSERT OR REPLACE INTO states VALUES (?, ?)", rows)


def _key(text: MaskedText) -> bytes:
    return hashlib.sha256(f"{text.mentions} {text.text}".encode("utf-8", "surrogatepass")).digest()
