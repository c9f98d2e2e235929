"""Rows as plain tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from stance.records import SHOWN_ORDER
from stance.render.labels import STYLES, gauge, side, sign
from stance.render.printable import printable
from stance.render.screen import Screen

if TYPE_CHECKING:
    from rich.table import Table

    from stance.datasets import DatasetInfo


def render_figures(rows: Iterable[Mapping[str, Any]], screen: Screen | None = None) -> str:
    """Every mention in a line of its own; rows have the columns of `stance figures`."""
    screen = screen or Screen.of()
    if not screen.roomy:
        return _by_document(rows, _narrow_figures, screen)
    table = screen.table()
    for column in ("Document", "Figure", "Mention"):
        table.add_column(column, overflow="fold")
    table.add_column("Kind", no_wrap=True)
    for column in ("Start", "End"):
        table.add_column(column, justify="right", no_wrap=True)
    for row in rows:
        names = [printable(row[column]) for column in ("document", "figure", "text")]
        table.add_row(*names, row["kind"], str(row["start"]), str(row["end"]))
    return screen.draw(table)


def render_summary(rows: Iterable[Mapping[str, Any]], screen: Screen | None = None) -> str:
    """One line for each figure of each document; rows as `stance.summary.summarize` makes them."""
    screen = screen or Screen.of()
    legend = "  ".join(f"{sign(stance, screen)} {stance}" for stance in SHOWN_ORDER)
    if not screen.roomy:
        return f"{_by_document(rows, _summary, screen)}\n\n{legend}"
    return screen.draw(_summary(rows, screen, "Document")) + f"\n\n{legend}"


def _summary(rows: Iterable[Mapping[str, Any]], screen: Screen, *first: str) -> Table:
    from rich.text import Text

    table = screen.table()
    for column in (*first, "Figure"):
        table.add_column(column, overflow="fold")
    for column in (*(sign(stance, screen) for stance in SHOWN_ORDER), "All"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("Net", no_wrap=True)
    for row in rows:
        counts = [Text(str(row[stance]), STYLES[stance] if row[stance] else "dim") for stance in SHOWN_ORDER]
        net = Text(gauge(row["net"], screen), STYLES[side(row["net"])])
        names = [printable(row[column.lower()]) for column in (*first, "Figure")]
        table.add_row(*names, *counts, str(row["sentences"]), net)
    return table


def _narrow_figures(rows: Iterable[Mapping[str, Any]], screen: Screen) -> Table:
    """Mentions with the figure beneath each."""
    from rich.text import Text

    table = screen.table()
    table.add_column("Mention", overflow="fold")
    table.add_column("Kind", no_wrap=True)
    table.add_column("Place", justify="right", no_wrap=True)
    for row in rows:
        figure = Text(f"\n{printable(row['figure'])}", "dim")
        table.add_row(Text(printable(row["text"])).append(figure), row["kind"], f"{row['start']}-{row['end']}")
    return table


def _by_document(
    rows: Iterable[Mapping[str, Any]],
    tabulate: Callable[[Iterable[Mapping[str, Any]], Screen], Table],
    screen: Screen,
) -> str:
    """A table for each document under its name: on narrow screens a column would be too wide for it."""
    from rich.text import Text

    return "\n\n".join(
        screen.draw(Text(printable(document), "bold", overflow="fold"), "", tabulate(group, screen))
        for document, group in groupby(rows, key=lambda row: row["document"])
    )


def render_datasets(infos: Iterable[DatasetInfo], screen: Screen | None = None) -> str:
    """The sets that can be loaded by name, as `stance.datasets.describe` tells them, and where they come from."""
    from rich.table import Table

    screen = screen or Screen.of()
    table = screen.table()
    for column in ("Name", "Rows of each split", "Here"):
        table.add_column(column, overflow="fold")
    about = Table.grid(padding=(0, 2, 0, 0))
    about.add_column(no_wrap=True, style="bold")
    about.add_column(overflow="fold")
    for info in infos:
        sizes = ", ".join(f"{split} {size:,}" for split, size in info.sizes.items())
        here = "yes" if set(info.here) == set(info.sizes) else ", ".join(info.here) or "no"
        table.add_row(info.name, sizes, here)
        about.add_row(info.name, f"{info.source}; {info.licence}")
    return screen.draw(table, "", about)
