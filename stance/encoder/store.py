"""A file of states by content, so that training again does not encode again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from stance.errors import OutputError
from stance.features.masked_text import MaskedText

States = npt.NDArray[np.float32]


class StateStore:
    """States of texts in one SQLite file; whatever was kept survives a run that is killed.

    Args:
        path: The file; made where there is none.
        dimension: Numbers in a state; states of another length are passed over.

    Raises:
        OutputError: The file cannot be made or is no such file.
    """

    def __init__(self, path: Path, dimension: int) -> None:
        self._dimension = dimension
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path)
            self._base.execute("CREATE TABLE IF NOT EXISTS states (key BLOB PRIMARY KEY, state BLOB) WITHOUT ROWID")
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"expected to keep encoder states in {path}, found {error}; remove the file, or set XDG_CACHE_HOME to "
                "a folder that can be written"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._base.close()

    def find(self, texts: Sequence[MaskedText]) -> dict[MaskedText, States]:
        """States of the texts that are in the store."""
        found = {}
        for text in texts:
            row = self._base.execute("SELECT state FROM states WHERE key = ?", (_key(text),)).fetchone()
            if row and len(row[0]) == 4 * self._dimension:
                found[text] = np.frombuffer(row[0], dtype="<f4")
        return found

    def keep(self, states: Mapping[MaskedText, States]) -> None:
        """Add states, all or none of them."""
        rows = [(_key(text), state.astype("<f4").tobytes()) for text, state in states.items()]
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO states VALUES (?, ?)", rows)


def _key(text: MaskedText) -> bytes:
    return hashlib.sha256(f"{text.mentions} {text.text}".encode("utf-8", "surrogatepass")).digest()
