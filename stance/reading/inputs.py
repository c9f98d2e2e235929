"""What the user names - files, folders, globs - to the files that hold articles, in a fixed order."""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from stance.counting import counted
from stance.reading.decode import Note
from stance.reading.globs import matching
from stance.reading.remote import find_remote, is_remote
from stance.reading.tables import TABLE_SUFFIXES
from stance.records import Failure

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
HTML_SUFFIXES = (".html", ".htm")
ARTICLE_SUFFIXES = (".txt", *HTML_SUFFIXES, *TABLE_SUFFIXES)
"""What is taken from a folder; a file named by itself may have any other suffix and is read as text."""

_GOLD_SUFFIX = ".gold.jsonl"


def find_inputs(named: Iterable[str], note: Note) -> Iterator[str | Failure]:
    """The article files behind what the user names, each once, or the `Failure` of a name without any.

    A folder stands for the articles in it and below it, sorted, hidden files and gold (`*.gold.jsonl`) left
    out; links to folders are followed once. A name with `*`, `?` or `[` that is no file is a glob, with `**`.

    Args:
        named: Files, folders, globs, or what is given back as it is: addresses, and `-` for standard input.
        note: Told when a gold file was named and is left out, and how many files of a folder are no articles.
    """
    seen: set[str] = set()
    for name in named:
        for found in [name] if name == "-" or is_address(name) else _expand(name, note):
            key = _identity(found)
            if key not in seen:
                seen.add(key)
                yield found


def _identity(found: str | Failure) -> str:
    if isinstance(found, Failure) or found == "-" or is_address(found) or is_remote(found):
        return str(found)
    path = Path(found)  # the folder's real path, but a link to a file is an article of its own
    return str(Path(os.path.realpath(path.parent), path.name))


def _expand(name: str, note: Note) -> Iterator[str | Failure]:
    if is_remote(name):
        yield from (found for found in find_remote(name, ARTICLE_SUFFIXES) if not _is_gold(str(found)))
        return
    if not name:  # as of a variable of the shell that is not set; the system would take it for the working folder
        yield Failure(name, "expected a file, folder, glob or -, found an empty name; check how it was put together")
        return
    if os.path.lexists(name) or not glob.has_magic(name):
        yield from _file_or_folder(name, note)
        return
    matches = sorted(matching(name))
    if not matches:
        yield Failure(name, f"{name}: expected a glob that matches files, found no match; check the pattern")
    for match in matches:
        if not ("**" in name and Path(match).is_dir()):  # `**` has already gone into the folders
            yield from _file_or_folder(match, note)


def _file_or_folder(name: str, note: Note) -> Iterator[str | Failure]:
    try:
        mode = _mode(name)
    except OSError as error:  # a name that is too long, or below a folder closed to us
        yield _closed(name, error)
        return
    if mode is None:
        yield Failure(name, f"{name}: expected a file, folder, glob or -, found nothing; check the name")
    elif stat.S_ISDIR(mode):
        yield from _folder(Path(name), note)
    elif not stat.S_ISREG(mode):
        yield Failure(name, f"{name}: expected a file or folder, found a pipe or device; pipe it in, as -")
    elif _is_gold(name):
        note(f"{name}: left out; it holds the gold of an article, not an article")
    else:
        yield name


def _folder(folder: Path, note: Note) -> Iterator[str | Failure]:
    empty, others = True, 0
    for found in _below(folder):
        if found is None:
            others += 1
        else:
            empty = False
            yield found
    if empty:
        expected = f"a folder with articles ({' '.join(ARTICLE_SUFFIXES)})"
        yield Failure(str(folder), f"{folder}: expected {expected}, found none in it; name the files themselves")
    elif others:
        passed_over = f"passed over {counted(others, 'file')} that {'is' if others == 1 else 'are'} none of"
        note(f"{folder}: {passed_over} {' '.join(ARTICLE_SUFFIXES)}; name a file itself to have it read")


def _below(folder: Path) -> Iterator[str | Failure | None]:
    """The articles below a folder, and None for each file that is taken for none."""
    visited: set[str] = set()  # real paths, so that a link back up ends instead of going round for ever
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = _mode(path) or 0
            if not mode and _is_article(path.name) and not os.path.lexists(path):
                yield Failure(str(path), f"{path}: expected the file that was just listed, found it gone; run again")
            elif stat.S_ISDIR(mode):
                real = os.path.realpath(path)
                if real not in visited:
                    visited.add(real)
                    visible = (entry for entry in path.iterdir() if not entry.name.startswith("."))
                    waiting.extend(sorted(visible, reverse=True))
            elif stat.S_ISREG(mode) and not _is_gold(path.name):
                yield str(path) if _is_article(path.name) else None
        except OSError as error:
            yield _closed(str(path), error)


def _mode(name: str | Path) -> int | None:
    """What lies there, links followed, as the system's mode; None for nothing."""
    try:
        return Path(name).stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last for a name with a NUL
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:  # a link to itself
            return None
        raise


def _closed(name: str, error: OSError) -> Failure:
    message = f"expected a file or folder, found it closed to us ({error.strerror}); check name and permissions"
    return Failure(name, f"{name}: {message}")


def _is_article(name: str) -> bool:
    return name.lower().endswith(ARTICLE_SUFFIXES) and not _is_gold(name)


def _is_gold(name: str) -> bool:
    return name.lower().endswith(_GOLD_SUFFIX)


def is_address(name: str) -> bool:
    """Whether a name is an address of any scheme rather than a file, here or in a bucket.

    >>> is_address("https://example.org/a"), is_address("ftp://example.org"), is_address("C:/news.txt")
    (True, True, False)
    """
    return _ADDRESS.match(name) is not None and not is_remote(name)
