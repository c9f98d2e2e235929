"""The format of results: asked for by name, or told by the suffix of the file they go to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from stance.errors import UsageError

_BY_SUFFIX = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet", ".html": "html", ".htm": "html"}
_NAMES = (
    "table (to read), jsonl, csv, csv-raw (without the apostrophe that keeps a spreadsheet from running a cell as a "
    "formula) or parquet"
)
_DEFAULT = "By default as --output ends: .jsonl, .csv, .parquet"

TableFormat = Annotated[str | None, typer.Option("--format", metavar="NAME", help=f"{_NAMES}. {_DEFAULT}; else table.")]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"{_NAMES}; of articles also html. {_DEFAULT}, .html; else table, and of --rows or in a folder jsonl.",
    ),
]


def chosen_format(given: str | None, output: Path | None, offered: Sequence[str], default: str, case: str = "") -> str:
    """The format of results: as asked for, else as the file's suffix says, else the default.

    Args:
        given: What the user asked for, if anything.
        output: The file that results go to; None for standard output.
        offered: The formats that there are.
        default: What is taken where neither says anything.
        case: What limits them: "with --summary".

    Raises:
        UsageError: There is no such format here, or it is not for a terminal.
    """
    told = _BY_SUFFIX.get(output.suffix.lower()) if output else None
    form = given or told or default
    if form not in offered:
        found = repr(form) if given else f"{form}, by the suffix of {output}"
        expected = " ".join(filter(None, (f"expected --format {', '.join(offered)}", case)))
        raise UsageError(f"{expected}, found {found}; choose one of these")
    if form == "parquet" and output is None and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            "expected a file or a pipe for --format parquet, which no terminal can show, found a terminal; "
            "name a file with --output"
        )
    return form
