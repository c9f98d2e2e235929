"""`stance figures`: who is mentioned, and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from stance.cli.common import Tally, note, progress
from stance.cli.options import Format, Output, Paths, TextColumn, TextGiven, read_inputs, write_table


def figures(
    paths: Paths = None,
    text: TextGiven = None,
    text_column: TextColumn = "text",
    figures_file: Annotated[
        Path | None, typer.Option(help="More known figures: a CSV like data/figures.csv (id and name suffice).")
    ] = None,
    known_only: Annotated[bool, typer.Option("--known-only", help="Keep known figures only.")] = False,
    form: Format = None,
    output: Output = None,
) -> None:
    """List every mention of every person in articles.

    \b
    Examples:
      stance figures article.txt
      stance figures news/ --format csv --output mentions.csv
    """
    from stance.figures import find_figures, load_known

    tally = Tally()
    known = load_known(figures_file) if figures_file else None

    def rows() -> Iterator[dict[str, Any]]:
        documents = tally.only_read(read_inputs(paths, text, text_column, note))
        for document in progress(documents, "articles"):
            mentions = [
                (mention, figure)
                for figure in find_figures(document.text, known)
                if figure.id is not None or not known_only
                for mention in figure.mentions
            ]
            for mention, figure in sorted(mentions, key=lambda pair: pair[0].start):
                yield {"document": document.id, "figure": figure.name, "figure_id": figure.id, **mention.to_dict()}

    write_table(rows(), form, output, "figures")
    tally.leave()
