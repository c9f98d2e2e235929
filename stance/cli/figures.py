"""`stance figures`: who is mentioned, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from stance.cli.common import Tally, note, progress
from stance.cli.effects import refuse_beside_text
from stance.cli.forms import TableFormat, chosen_format
from stance.cli.keeping import refuse_read
from stance.cli.options import (
    AllowPrivate,
    Encoding,
    FiguresFile,
    KnownOnly,
    Output,
    Paths,
    TextColumn,
    TextGiven,
    destination,
    known_figures,
    nobody_in,
    read_articles,
    screen,
    show,
    warn_if_foreign,
)


def figures(
    context: typer.Context,
    paths: Paths = None,
    text: TextGiven = None,
    text_column: TextColumn = "text",
    encoding: Encoding = None,
    allow_private: AllowPrivate = False,
    figures_file: FiguresFile = None,
    known_only: KnownOnly = False,
    form: TableFormat = None,
    output: Output = None,
) -> None:
    """List every mention of every person in articles.

    \b
    Examples:
      stance figures article.txt
      stance figures news/ --output mentions.csv
    """
    from stance.figures import find_figures
    from stance.reading import ARTICLE_SUFFIXES, Access
    from stance.render import render_figures
    from stance.writing import FIGURE_COLUMNS, FORMATS, write_table

    form = chosen_format(form, output, ("table", *FORMATS), "table")
    refuse_beside_text(context, text)
    refuse_read([output], [*(paths or []), figures_file], ARTICLE_SUFFIXES)
    access = Access(encoding, allow_private)
    tally = Tally()
    known = known_figures(figures_file)
    documents = warn_if_foreign(tally.only_read_if_any(read_articles(paths, text, text_column, access)))

    def rows() -> Iterator[dict[str, Any]]:
        for document in progress(documents, "articles"):
            found = [figure for figure in find_figures(document.text, known) if figure.id or not known_only]
            if not found:
                note(nobody_in(document, known_only))
            mentions = [(mention, figure) for figure in found for mention in figure.mentions]
            for mention, figure in sorted(mentions, key=lambda pair: pair[0].start):
                yield {"document": document.id, "figure": figure.name, "figure_id": figure.id, **mention.to_dict()}

    if form == "table":
        show([render_figures(rows(), screen(output))], output)
    else:
        write_table(rows(), form, destination(output), FIGURE_COLUMNS)
    tally.leave()
