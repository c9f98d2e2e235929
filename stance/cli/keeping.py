"""What a command must not write over: the files that it reads, and a site of results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from stance.errors import OutputError, UsageError


def refuse_read(outputs: Iterable[Path | None], named: Iterable[str | Path | None], suffixes: tuple[str, ...]) -> None:
    """Refuse to write over files that are read: an article, a table, a model.

    Args:
        outputs: What would be written; None for standard output.
        named: What is read, as the user named it: files, folders, globs, addresses, `-`; None for what is not.
        suffixes: How files end that are read, where a folder was named.

    Raises:
        UsageError: One of the outputs is read, whatever it is called there.
    """
    # Most results are new files: only for one that is there already are all inputs gone through.
    places: dict[tuple[int, int] | None, Path] = {
        key: output for output in outputs if output and (key := _identity(output))
    }
    if not places:
        return
    for name in _files([str(name) for name in named if name is not None], suffixes):
        if (key := _identity(Path(name))) in places:
            raise UsageError(
                f"expected to write to no file that is read, found {places[key]} among those; choose another name"
            )


def _files(named: list[str], suffixes: tuple[str, ...]) -> Iterator[str]:
    from stance.reading import find_inputs, is_address

    for found in find_inputs(named, lambda _: None):
        if isinstance(found, str) and not is_address(found) and (found in named or found.lower().endswith(suffixes)):
            yield found


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from others, however it is named; None where there is none with anything in it."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if path.is_file() and found.st_size else None


def site_files(folder: Path) -> list[Path]:
    """The files in a folder that a site of pages would replace."""
    return [folder / "index.html", *folder.glob("articles/*.html"), *folder.glob("tables/*.csv")]


def refuse_site(folder: Path, force: bool) -> None:
    """Refuse a folder that has pages already.

    Raises:
        OutputError: It has an index page, which is not to be replaced.
    """
    if not force and (folder / "index.html").exists():
        raise OutputError(
            f"expected a folder without pages, found {folder / 'index.html'}; "
            "name another folder, or replace what is there with --force"
        )
