"""The charts of a corpus report. Each says by shape, not colour alone, on which side of zero a figure is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stance.report.charts import INK, NEUTRAL, OPPOSE, QUIET, SUPPORT, SUPPORT_BACK, name_places, svg
from stance.report.tables import Row

_MARKS = {SUPPORT: "^", OPPOSE: "v", NEUTRAL: "o"}


def net_chart(rows: Sequence[Row], name: str, label: str) -> str:
    """Net stances with their intervals, one line each, from the most supported down.

    Args:
        rows: Rows with `net`, `net_low`, `net_high`, `sentences`, `enough`.
        name: The column that names them.
        label: For screen readers.
    """
    ranked = sorted(rows, key=lambda row: float(row["net"]))

    def draw(figure: Any) -> None:
        axes = figure.add_subplot()
        axes.axvline(0, color=QUIET, linewidth=1)
        axes.grid(axis="x", linewidth=0.6)
        for place, row in enumerate(ranked):
            _dot(axes, row, row["net"], place)
        name_places(axes.yaxis, range(len(ranked)), [row[name] for row in ranked])
        axes.set(xlim=(-1.02, 1.02), ylim=(-0.6, len(ranked) - 0.4), xlabel="← opposed · net stance · supported →")
        axes.tick_params(length=0)
        for place, row in enumerate(ranked):
            axes.text(1.04, place, f"{row['sentences']:,}", color=QUIET, va="center", fontsize=8.5, clip_on=False)
        axes.text(1.04, len(ranked) - 0.4, "sentences", color=QUIET, va="bottom", fontsize=8.5)

    return svg(draw, 8.0, 0.9 + 0.29 * len(ranked), label)


def time_chart(rows: Sequence[Row], label: str, width: float = 5.4) -> str:
    """Net stance over time with its interval; periods with too few sentences are hollow and out of the line.

    Args:
        rows: Rows of one figure, with `period` beside what `net_chart` needs.
        label: For screen readers.
        width: Inches.
    """
    from datetime import date

    def draw(figure: Any) -> None:
        axes = figure.add_subplot()
        axes.axhline(0, color=QUIET, linewidth=1)
        axes.grid(axis="y", linewidth=0.6)
        told = [row for row in rows if row["enough"]]
        places = [date.fromisoformat(row["period"]) for row in told]
        axes.plot(places, [row["net"] for row in told], color=INK, linewidth=1.2)
        axes.fill_between(
            places, [row["net_low"] for row in told], [row["net_high"] for row in told], color=SUPPORT_BACK, linewidth=0
        )
        for row in rows:
            _dot(axes, row, date.fromisoformat(row["period"]), row["net"], upright=True)
        axes.set(ylim=(-1.05, 1.05), yticks=[-1, 0, 1])
        axes.set_yticklabels(["opposed", "0", "supported"])
        axes.tick_params(length=0)
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

        locator = AutoDateLocator(minticks=2, maxticks=6)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))

    return svg(draw, width, 2.1, label)


def _dot(axes: Any, row: Row, x: Any, y: Any, upright: bool = False) -> None:
    """A row's net stance with its interval; hollow and dotted where there are too few sentences."""
    colour = NEUTRAL if row["net_low"] <= 0 <= row["net_high"] else SUPPORT if row["net"] > 0 else OPPOSE
    style = "-" if row["enough"] else ":"
    if upright:
        axes.vlines(x, row["net_low"], row["net_high"], color=colour, linewidth=1.4, linestyle=style)
    else:
        axes.hlines(y, row["net_low"], row["net_high"], color=colour, linewidth=1.8, linestyle=style)
    axes.plot(
        [x], [y], _MARKS[colour], color=colour, markersize=6.5, markerfacecolor=colour if row["enough"] else "none",
        markeredgewidth=1.3, zorder=3,
    )  # fmt: skip
