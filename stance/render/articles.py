"""Articles with what they say about whom: a table of the figures, then sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from stance.records import Document, Prediction
from stance.render.labels import SHOWN, STYLES, gauge, side, sign
from stance.render.printable import printable
from stance.render.reasons import in_short, told
from stance.render.screen import Screen
from stance.summary import summarize

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_NARROWEST, _WIDEST = 40, 110
"""Shorter and longer lines are hard to read."""

_REASONS = 3
"""Reasons shown per figure and sentence; the rest is in the other formats, and in `stance explain`."""

_INDENT = " " * 7


def render_articles(
    articles: Iterable[tuple[Document, Sequence[Prediction]]], screen: Screen | None = None
) -> Iterator[str]:
    """One text for each article, as it comes.

    Args:
        articles: Documents with their predictions in reading order.
        screen: What to draw for; by default what is behind standard output.
    """
    screen = screen or Screen.of()
    screen = replace(screen, width=max(_NARROWEST, min(screen.width, _WIDEST)))
    for document, predictions in articles:
        yield _article(document, predictions, screen)


def _article(document: Document, predictions: Sequence[Prediction], screen: Screen) -> str:
    parts: list[RenderableType] = [*_heading(document, screen), ""]
    if predictions:
        parts += [_figures(predictions, screen), ""]
        for _, group in groupby(predictions, key=lambda row: row.sentence_index):
            parts += [*_sentence(list(group), screen), ""]
    else:
        parts.append("Nobody is named in it.")
    return screen.draw(*parts) + "\n"


def _heading(document: Document, screen: Screen) -> list[Text]:
    from rich.cells import cell_len
    from rich.text import Text

    line = "─" if screen.shows("─") else "-"
    name = printable(document.id)
    rest = max(2, screen.width - cell_len(name) - 4)
    heading = [Text.assemble((line * 2, "dim"), " ", (name, "bold"), " ", (line * rest, "dim"), overflow="fold")]
    if document.title:
        heading.append(Text(printable(document.title), "bold"))
    known = [printable(part) for part in (document.source, document.date, document.url) if part]
    if known:
        heading.append(Text("  ".join(known), "dim", overflow="fold"))
    return heading


def _figures(predictions: Sequence[Prediction], screen: Screen) -> Table:
    from rich.text import Text

    parties = {(row.figure, row.figure_id): row.party or "" for row in predictions}
    table = screen.table()
    table.add_column("Figure", overflow="fold")
    if screen.roomy:
        table.add_column("Party", max_width=20, no_wrap=True)
    for stance in SHOWN:
        name = stance.capitalize() if screen.roomy else sign(stance, screen)
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("All", justify="right", no_wrap=True)
    table.add_column("Net", no_wrap=True)
    for row in sorted(summarize(predictions), key=lambda row: -row["sentences"]):
        party = [printable(parties[row["figure"], row["figure_id"]])] if screen.roomy else []
        counts = [Text(str(row[stance]), STYLES[stance] if row[stance] else "dim") for stance in SHOWN]
        net = Text(gauge(row["net"], screen), STYLES[side(row["net"])])
        table.add_row(printable(row["figure"]), *party, *counts, str(row["sentences"]), net)
    return table


def _sentence(rows: Sequence[Prediction], screen: Screen) -> Iterator[Text]:
    """The sentence with its number, and below it a line for each figure."""
    from rich.text import Text

    yield from screen.hanging(Text(f"{rows[0].sentence_index:>3}  ", "dim"), _marked(rows))
    for row in rows:
        label = f"{_INDENT}{sign(row.stance, screen)} {row.stance:<7} {row.probabilities[row.stance]:.2f}  "
        figure = Text.assemble(printable(row.figure), *_aside(row))
        yield from screen.hanging(Text(label, STYLES[row.stance]), figure)
        for reason in told(row.reasons or (), _REASONS):
            yield from screen.hanging(Text(" " * len(label)), in_short(reason))


def _aside(row: Prediction) -> list[tuple[str, str]]:
    """How the sentence calls the figure where it does not name them, and whether the label is uncertain."""
    called = dict.fromkeys(printable(mention.text) for mention in row.mentions if mention.kind != "name")
    aside = [(f" ({', '.join(called)})", "dim")] if called else []
    return [*aside, ("  uncertain", "yellow")] if row.uncertain else aside


def _marked(rows: Sequence[Prediction]) -> Text:
    """The sentence with every mention in it in bold."""
    from rich.text import Text

    sentence = rows[0]
    text = Text(overflow="fold")
    at = 0
    spans = {(mention.start - sentence.start, mention.end - sentence.start) for row in rows for mention in row.mentions}
    for start, end in sorted(spans):
        if start >= at:
            text.append(printable(sentence.sentence[at:start]))
            text.append(printable(sentence.sentence[start:end]), "bold")
            at = end
    return text.append(printable(sentence.sentence[at:]))
