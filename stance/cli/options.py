"""Options and steps that commands share: where articles come from, who is looked for, where results go."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from stance.cli.common import note
from stance.errors import OutputError, UsageError
from stance.records import Document, Failure

if TYPE_CHECKING:
    from stance.figures import KnownFigures
    from stance.reading import Access
    from stance.render import Screen


def _named(names: list[str] | None) -> list[str] | None:
    if not all(name.strip() for name in names or ()):
        raise UsageError("expected a name with --figure, found an empty one; name somebody, or leave it out")
    return names


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATHS",
        help="Files (.txt .html .jsonl .csv .parquet), folders, globs, in buckets too (s3://...), http(s) addresses; "
        "`-` is an article on stdin.",
    ),
]
TextGiven = Annotated[str | None, typer.Option("--text", metavar="STR", help="The article itself.")]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="The encoding of text files, where they are recognised wrongly.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let addresses lead to this machine and to private networks.")
]
TextColumn = Annotated[str, typer.Option(metavar="NAME", help="The column of tables that holds the text.")]
FiguresFile = Annotated[
    Path | None,
    typer.Option(metavar="CSV", help="Figures of your own, in the form of data/figures.csv (id and name suffice)."),
]
FigureNames = Annotated[
    list[str] | None,
    typer.Option(
        "--figure", metavar="NAME", callback=_named, help="Keep this figure, and look for it; may be repeated."
    ),
]
KnownOnly = Annotated[bool, typer.Option("--known-only", help="Keep only known figures: those of the list.")]
Output = Annotated[Path | None, typer.Option(metavar="FILE", help="Write here instead of to standard output.")]
ModelFile = Annotated[Path | None, typer.Option(metavar="FILE", help="A model file; the shipped model by default.")]
Trust = Annotated[bool, typer.Option("--trust", help="Open a .joblib model that has no .npz beside it (a pickle).")]


def read_articles(
    paths: list[str] | None, text: str | None, text_column: str, access: Access
) -> Iterator[Document | Failure]:
    """The articles named on the command line, or the one given as text.

    Raises:
        UsageError: Neither or both were given.
    """
    from stance.reading import given_text, read_documents

    if (text is None) == (not paths):
        found = "both" if paths else "neither"
        raise UsageError(f"expected articles to read, as files or as --text, found {found}; see: stance --help")
    if text is not None:
        return iter([given_text(text)])
    return read_documents(paths or [], note=note, text_column=text_column, access=access)


def warn_if_foreign(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents; one that is clearly not English is named on standard error."""
    from stance.language import looks_english

    for document in documents:
        if not looks_english(document.text):
            note(f"{document.id}: expected English, found another language; what follows for it means little")
        yield document


def known_figures(figures_file: Path | None) -> KnownFigures | None:
    """The list of known figures with the user's own, or None for the shipped list."""
    from stance.figures import load_known

    return load_known(figures_file) if figures_file else None


def nobody_in(document: Document, known_only: bool) -> str:
    """The note on an article without any mention of those looked for."""
    if not document.text.strip():
        return f"{document.id}: the article is empty"
    return f"{document.id}: {'no known figure' if known_only else 'nobody'} is named"


def a_number(value: float) -> float:
    """The value of an option, which may be anything but "nan": that passes every range.

    Raises:
        typer.BadParameter: It is no number.
    """
    if math.isnan(value):
        raise typer.BadParameter(f"expected a number, found {value}.")
    return value


def destination(output: Path | None) -> Path | BinaryIO:
    """Where results go: the file, or standard output as bytes.

    Raises:
        OutputError: Standard output is closed.
    """
    return output or standard_output()


def standard_output() -> BinaryIO:
    """Standard output as bytes.

    Raises:
        OutputError: It is closed.
    """
    if sys.stdout is None:
        raise OutputError("expected an open standard output, found it closed; name a file with --output")
    return sys.stdout.buffer


def screen(output: Path | None) -> Screen:
    """What tables are drawn for: the terminal, or a file without colours."""
    from stance.render import Screen

    return Screen() if output else Screen.of()


def show(text: Iterable[str], output: Path | None) -> None:
    """Write text for people, piece by piece, to standard output or whole to a file."""
    if output is None:
        standard_output()
        for piece in text:
            typer.echo(piece)
        return
    from stance.atomic import replacing

    with replacing(output) as stream:
        for piece in text:
            stream.write(f"{piece}\n".encode())
