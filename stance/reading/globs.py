"""Globs to what they match; `**` follows links to folders, each once, where `glob` goes round in circles."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

_BELOW = "**"


def matching(pattern: str) -> Iterator[str]:
    """The paths that match a pattern with `*`, `?`, `[` and `**`; hidden ones only where the pattern has the dot."""
    parts = Path(pattern).parts
    if _BELOW not in parts:
        yield from glob.iglob(pattern)  # noqa: PTH207 (Path.glob takes no absolute pattern)
        return
    first = parts.index(_BELOW)
    before = str(Path(*parts[:first])) if first else ""
    for top in glob.iglob(before) if before else [""]:  # noqa: PTH207
        for path in _below(top, hidden=any(part.startswith(".") for part in parts[first:])):
            if _matches(path, parts[first:]):
                yield str(Path(top, *path))


def _below(top: str, *, hidden: bool) -> Iterator[tuple[str, ...]]:
    """The parts, from `top` on, of all that lies below a folder, in hidden folders too where that is wanted."""
    visited = set()
    for folder, folders, files in os.walk(top or ".", followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        if not hidden:
            folders[:] = [name for name in folders if not name.startswith(".")]
        place = Path(folder).relative_to(top or ".").parts
        yield from ((*place, name) for name in (*folders, *files))


def _matches(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    @cache
    def match(at: int, of: int) -> bool:
        if of == len(pattern):
            return at == len(path)
        if pattern[of] == _BELOW:
            return match(at, of + 1) or (at < len(path) and not path[at].startswith(".") and match(at + 1, of))
        return at < len(path) and _fits(path[at], pattern[of]) and match(at + 1, of + 1)

    return match(0, 0)


def _fits(name: str, pattern: str) -> bool:
    return (not name.startswith(".") or pattern.startswith(".")) and fnmatchcase(
        os.path.normcase(name), os.path.normcase(pattern)
    )
