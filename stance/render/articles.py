"""Articles with what they say about whom: a table of the figures, then sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from stance.records import SHOWN_ORDER, Document, Prediction
from stance.render.labels import STYLES, gauge, side, sign
from stance.render.lines import Line, beside, hanging, shortened, width, wrapped
from stance.render.printable import printable
from stance.render.reasons import in_short, told
from stance.render.screen import Screen
from stance.spans import pieces
from stance.summary import summarize

_NARROWEST, _WIDEST = 40, 110
"""Shorter and longer lines are hard to read."""

_REASONS = 3
"""Reasons shown per figure and sentence; the rest is in the other formats, and in `stance explain`."""

_INDENT = " " * 7
_LONGEST_PARTY = 20


def render_articles(
    articles: Iterable[tuple[Document, Sequence[Prediction]]],
    screen: Screen | None = None,
    nobody: str = "Nobody is named in it.",
) -> Iterator[str]:
    """One text for each article, as it comes.

    Args:
        articles: Documents with their predictions in reading order.
        screen: What to draw for; by default what is behind standard output.
        nobody: What to say of an article without predictions.
    """
    screen = screen or Screen.of()
    screen = replace(screen, width=max(_NARROWEST, min(screen.width, _WIDEST)))
    for document, predictions in articles:
        yield _article(document, predictions, screen, nobody)


def _article(document: Document, predictions: Sequence[Prediction], screen: Screen, nobody: str) -> str:
    return screen.lay_out(_lines(document, predictions, screen, nobody)) + "\n"


def _lines(document: Document, predictions: Sequence[Prediction], screen: Screen, nobody: str) -> Iterator[Line]:
    yield from _heading(document, screen)
    yield []
    if not predictions:
        yield from wrapped([(nobody, "")], screen.width)
        return
    yield from _figures(predictions, screen)
    for _, group in groupby(predictions, key=lambda row: row.sentence_index):
        yield []
        yield from _sentence(list(group), screen)


def _heading(document: Document, screen: Screen) -> Iterator[Line]:
    line = "─" if screen.shows("─") else "-"
    name = printable(document.id)
    rest = max(2, screen.width - width(name) - 4)
    yield from wrapped([(line * 2, "dim"), (" ", ""), (name, "bold"), (" ", ""), (line * rest, "dim")], screen.width)
    if document.title:
        yield from wrapped([(printable(document.title), "bold")], screen.width)
    known = [printable(part) for part in (document.source, document.date, document.url) if part]
    if known:
        yield from wrapped([("  ".join(known), "dim")], screen.width)


def _figures(predictions: Sequence[Prediction], screen: Screen) -> Iterator[Line]:
    """A table of the figures, the most mentioned first; where it is too wide, their names are wrapped."""
    parties = {(row.figure, row.figure_id): row.party or "" for row in predictions}
    names = [stance.capitalize() if screen.roomy else sign(stance, screen) for stance in SHOWN_ORDER]
    table = [[(name, "bold") for name in ("Figure", *(["Party"] if screen.roomy else []), *names, "All", "Net")]]
    for row in sorted(summarize(predictions), key=lambda row: -row["sentences"]):
        party = (
            [(shortened(printable(parties[row["figure"], row["figure_id"]]), _LONGEST_PARTY), "")]
            if screen.roomy
            else []
        )
        counts = [(str(row[stance]), STYLES[stance] if row[stance] else "dim") for stance in SHOWN_ORDER]
        net = (gauge(row["net"], screen), STYLES[side(row["net"])])
        table.append([(printable(row["figure"]), ""), *party, *counts, (str(row["sentences"]), ""), net])
    widths = [max(width(text) for text, _ in column) for column in zip(*table, strict=True)]
    room = screen.width - sum(size + 2 for size in widths[1:])
    widths[0] = max(width("Figure"), min(widths[0], room))
    right = [1 + screen.roomy <= place < len(widths) - 1 for place in range(len(widths))]
    header, *rows = table
    yield from beside(header, widths, right)
    yield [(("─" if screen.shows("─") else "-") * (sum(widths) + 2 * len(widths) - 2), "")]
    for cells in rows:
        yield from beside(cells, widths, right)


def _sentence(rows: Sequence[Prediction], screen: Screen) -> Iterator[Line]:
    """The sentence with its number, and below it a line for each figure."""
    yield from hanging((f"{rows[0].sentence_index:>3}  ", "dim"), _marked(rows), screen.width)
    for row in rows:
        label = f"{_INDENT}{sign(row.stance, screen)} {row.stance:<7} {row.probabilities[row.stance]:.2f}  "
        yield from hanging((label, STYLES[row.stance]), [(printable(row.figure), ""), *_aside(row)], screen.width)
        for reason in told(row.reasons or (), _REASONS):
            yield from hanging((" " * len(label), ""), in_short(reason), screen.width)


def _aside(row: Prediction) -> Line:
    """How the sentence calls the figure where it does not name them, and whether the label is uncertain."""
    called = dict.fromkeys(printable(mention.text) for mention in row.mentions if mention.kind != "name")
    aside = [(f" ({', '.join(called)})", "dim")] if called else []
    return [*aside, ("  uncertain", "yellow")] if row.uncertain else aside


def _marked(rows: Sequence[Prediction]) -> Line:
    """The sentence with every mention in it in bold."""
    sentence, start = rows[0].sentence, rows[0].start
    spans = ((mention.start - start, mention.end - start) for row in rows for mention in row.mentions)
    return [(printable(piece), "bold" if span else "") for piece, span in pieces(sentence, spans)]
