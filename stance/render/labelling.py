"""A sentence as whoever labels it sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stance.records import Prediction, Span
from stance.render.printable import printable
from stance.render.screen import Screen
from stance.spans import pieces

if TYPE_CHECKING:
    from rich.text import Text

_NARROWEST, _WIDEST = 40, 100
KEYS = "s support   o oppose   n neutral   k skip   u undo   q quit"


def render_question(row: Prediction, around: tuple[str, str], place: str, screen: Screen) -> str:
    """The sentence between its neighbours, its mentions of the figure in brackets; whom it is about; the keys.

    The model's own opinion is left out: who sees it tends to agree with it.

    Args:
        row: The sentence and the figure.
        around: The sentences before and after, empty at the ends of the article.
        place: What number this is of how many.
        screen: What to draw for.
    """
    from rich.padding import Padding
    from rich.text import Text

    screen = replace(screen, width=max(_NARROWEST, min(screen.width, _WIDEST)))
    line = "─" if screen.shows("─") else "-"
    source = f"{printable(row.document)}, sentence {row.sentence_index}"
    before, after = (Text(printable(text), "dim", overflow="fold") for text in around)
    spans = [(mention.start - row.start, mention.end - row.start) for mention in row.mentions]
    return screen.draw(
        Text(line * screen.width, "dim"),
        Text(f"{place}  {source}", "dim", overflow="fold"),
        "",
        *([Padding(before, (0, 2, 1, 2))] if before else []),
        Padding(_marked(row.sentence, spans), (0, 2, 1, 2)),
        *([Padding(after, (0, 2, 1, 2))] if after else []),
        Text.assemble("Toward ", (printable(row.figure), "bold"), "?", overflow="fold"),
        Text(KEYS, "dim"),
    )


def _marked(sentence: str, spans: Sequence[Span]) -> Text:
    from rich.text import Text

    text = Text(overflow="fold")
    for piece, span in pieces(sentence, spans):
        text.append(f"[{printable(piece)}]" if span else printable(piece), "bold yellow" if span else "")
    return text
