"""Reasons as people read them: which words moved a call, which way, how far, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from stance.records import SHOWN_ORDER, Prediction, Reason
from stance.render.labels import STYLES, sign
from stance.render.lines import Line
from stance.render.printable import printable
from stance.render.screen import Screen

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_LONGEST = 32
"""Characters of a reason's words that are shown."""

_SMALLEST = 0.05
"""Reasons that move every class by less than this are shown together."""


def told(reasons: Iterable[Reason], count: int) -> list[Reason]:
    """The first reasons that come from words and move something."""
    return [reason for reason in reasons if reason.start is not None and push(reason)[1] >= _SMALLEST][:count]


def push(reason: Reason) -> tuple[str, float]:
    """The stance that a reason speaks for most, and how far it lifts that above the mean of the three."""
    values = {stance: getattr(reason, stance) for stance in SHOWN_ORDER}
    mean = sum(values.values()) / len(values)
    stance = max(SHOWN_ORDER, key=lambda stance: values[stance])
    return stance, values[stance] - mean


def in_short(reason: Reason) -> Line:
    """A reason on one line."""
    stance, much = push(reason)
    return [(f"{much:+.1f} {stance:<7} ", STYLES[stance]), (_words(reason), ""), (f"  {reason.rule}", "dim")]


def render_reasons(predictions: Sequence[Prediction], screen: Screen | None = None) -> str:
    """Each prediction with all its reasons that count, as a table.

    Args:
        predictions: With reasons.
        screen: What to draw for; by default what is behind standard output.
    """
    screen = screen or Screen.of()
    return "\n".join(screen.draw(*_heading(row, screen), "", _table(row, screen)) + "\n" for row in predictions)


def _heading(row: Prediction, screen: Screen) -> list[Text]:
    from rich.text import Text

    shares = ", ".join(f"{stance} {row.probabilities[stance]:.2f}" for stance in SHOWN_ORDER)
    verdict = Text.assemble(
        (f"{sign(row.stance, screen)} {row.stance}", STYLES[row.stance]), f"  {printable(row.figure)}  ({shares})"
    )
    return [Text(printable(row.sentence), "bold", overflow="fold"), verdict]


def _table(row: Prediction, screen: Screen) -> Table:
    table = screen.table()
    if screen.roomy:
        table.add_column("Words", overflow="fold", min_width=12)
        table.add_column("Read as", overflow="fold")
    else:
        table.add_column("Words, read as", overflow="fold")
    for stance in SHOWN_ORDER:
        name = stance.capitalize() if screen.roomy else sign(stance, screen)
        table.add_column(name, justify="right", no_wrap=True)
    reasons = row.reasons or ()
    small = [reason for reason in reasons if push(reason)[1] < _SMALLEST]
    for reason in reasons:
        if reason not in small:
            table.add_row(*_cells(_words(reason), reason.rule, screen), *_numbers(reason, push(reason)[0]))
    if small:
        table.add_row(*_cells("", f"{len(small)} smaller reasons together", screen), *_numbers(_sum(small)))
    table.add_row(*_cells("", "class scores: the sum of all", screen), *_numbers(_sum(reasons)), style="bold")
    return table


def _cells(words: str, rule: str, screen: Screen) -> list[Text]:
    """The words and the rule, in one cell where the screen is narrow."""
    from rich.text import Text

    if screen.roomy:
        return [Text(words), Text(rule)]
    return [Text.assemble(words, ": " if words else "", (rule, "dim"))]


def _sum(reasons: Iterable[Reason]) -> Reason:
    rows = list(reasons)
    values = (sum(getattr(reason, stance) for reason in rows) for stance in SHOWN_ORDER)
    return Reason("", None, None, "", *values)


def _words(reason: Reason) -> str:
    words = printable(" ".join(reason.text.split()))
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."


def _numbers(reason: Reason, most: str | None = None) -> list[Text]:
    from rich.text import Text

    return [Text(f"{getattr(reason, stance):+.2f}", STYLES[stance] if stance == most else "") for stance in SHOWN_ORDER]
