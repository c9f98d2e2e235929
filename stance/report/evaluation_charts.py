"""The charts of an evaluation: what `--plots` writes and the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from stance.arrays import Floats
from stance.atomic import replacing
from stance.records import SHOWN_ORDER, STANCES, Stance
from stance.report.charts import INK, NEUTRAL, OPPOSE, PAPER, QUIET, SIDES, SUPPORT, Draw, chart_file, svg
from stance.report.intervals import wilson
from stance.report.scored import Scored, coverage, rate, reliability

_FIRST = 20
"""Rows from which on a share is drawn: of fewer it jumps about."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name in file names, what it shows, how it is drawn, and inches."""

    name: str
    label: str
    draw: Draw
    width: float
    height: float

    def svg(self) -> str:
        """The chart for a page."""
        return svg(self.draw, self.width, self.height, self.label)


def charts(scored: Scored) -> list[Chart]:
    """The charts of one source."""
    name = scored.name
    return [
        Chart("classes", f"Precision, recall and F1 by stance on {name}", _classes(scored), 5.4, 2.7),
        Chart("confusion", f"Gold against predicted stances on {name}", _confusion(scored), 4.2, 3.6),
        Chart("reliability", f"Probability against accuracy on {name}", _reliability(scored), 4.6, 4.0),
        Chart("coverage", f"Accuracy of the surest rows on {name}", _coverage(scored), 5.4, 4.0),
    ]


def write_plots(scored: Scored, folder: Path, prefix: str) -> None:
    """Each chart as `PREFIX-NAME.svg` and `.png` in a folder that is there."""
    for chart in charts(scored):
        for form in ("svg", "png"):
            with replacing(folder / f"{prefix}-{chart.name}.{form}") as stream:
                stream.write(chart_file(chart.draw, chart.width, chart.height, form))


def _classes(scored: Scored) -> Draw:
    def draw(figure: Any) -> None:
        axes = figure.add_subplot()
        for place, stance in enumerate(reversed(SHOWN_ORDER)):
            for offset, mark, (value, low, high) in zip(
                (0.22, 0, -0.22), "s^o", class_rates(scored, stance), strict=True
            ):
                axes.hlines(place + offset, low, high, color=SIDES[stance], linewidth=1.6)
                axes.plot(value, place + offset, mark, color=SIDES[stance], markersize=6)
        for mark, name in zip("s^o", ("precision", "recall", "F1"), strict=True):
            axes.plot([], [], mark, color=QUIET, label=name, linestyle="none")
        axes.set(xlim=(0, 1), ylim=(-0.6, 2.6), yticks=range(3), yticklabels=reversed(SHOWN_ORDER))
        axes.grid(axis="x", linewidth=0.6)
        axes.tick_params(length=0)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3)

    return draw


def class_rates(scored: Scored, stance: Stance) -> Iterator[tuple[float, float, float]]:
    """Precision, recall and F1 of a stance, each with its interval."""
    column = STANCES.index(stance)
    right = int(np.count_nonzero((scored.predicted == column) & (scored.truth == column)))
    yield rate(right, int(np.count_nonzero(scored.predicted == column)))
    yield rate(right, int(np.count_nonzero(scored.truth == column)))
    yield (scored.evaluation.per_class[stance].f1, *scored.intervals.f1[stance])


def _confusion(scored: Scored) -> Draw:
    def draw(figure: Any) -> None:
        from matplotlib.colors import LinearSegmentedColormap

        counts = np.array([[scored.evaluation.confusion[gold][said] for said in SHOWN_ORDER] for gold in SHOWN_ORDER])
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        axes = figure.add_subplot()
        blues = LinearSegmentedColormap.from_list("blues", ["#eef4fb", "#0a5aab"])
        axes.pcolormesh(shares, cmap=blues, vmin=0, vmax=1, edgecolors=PAPER, linewidth=2)
        for row in range(3):
            for column in range(3):
                colour = "#fefefe" if shares[row, column] > 0.7 else "#1a1a1a"  # on blue, light or dark page alike
                text = f"{counts[row, column]:,}\n{shares[row, column]:.0%}"
                axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=colour)
        axes.set(xticks=[0.5, 1.5, 2.5], yticks=[0.5, 1.5, 2.5], xticklabels=SHOWN_ORDER, yticklabels=SHOWN_ORDER)
        axes.set(xlabel="predicted", ylabel="gold", aspect="equal")
        axes.invert_yaxis()
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)

    return draw


def _reliability(scored: Scored) -> Draw:
    def draw(figure: Any) -> None:
        axes, below = figure.subplots(2, height_ratios=(4, 1), sharex=True)
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=":")
        for probabilities, colour, mark, label in _models(scored):
            found = reliability(probabilities, scored.truth)
            rates = [rate(right, n) for _, right, n in found]
            places = [mean for mean, _, _ in found]
            axes.vlines(places, [low for _, low, _ in rates], [high for *_, high in rates], color=colour, linewidth=1.4)
            axes.plot(places, [share for share, _, _ in rates], f"{mark}-", color=colour, linewidth=1, label=label)
        top = scored.probabilities.max(axis=1)
        below.hist(top, bins=np.linspace(0, 1, 21), color=NEUTRAL)
        axes.set(ylim=(0, 1), ylabel="share right")
        below.set(xlim=(0.3, 1), xlabel="probability of the call", ylabel="rows")
        axes.grid(linewidth=0.6)
        axes.tick_params(length=0)
        below.tick_params(length=0)
        if scored.other is not None:
            axes.legend(loc="upper left")

    return draw


def _coverage(scored: Scored) -> Draw:
    def draw(figure: Any) -> None:
        axes = figure.add_subplot()
        for probabilities, colour, _, label in _models(scored):
            kept, right, _ = coverage(probabilities, scored.truth)
            first = min(_FIRST, len(kept)) - 1
            low, high = wilson(right, kept * len(kept))
            axes.fill_between(kept[first:], low[first:], high[first:], color=colour, alpha=0.15, linewidth=0)
            style = "-" if colour == SUPPORT else "--"
            axes.plot(kept[first:], right[first:], color=colour, linewidth=1.6, linestyle=style, label=label)
        _thresholds(axes, scored.probabilities, scored)
        axes.set(xlim=(0, 1.02), ylim=(max(0.0, scored.evaluation.accuracy - 0.25), 1.01))
        axes.set(xlabel="share of rows kept, the surest first", ylabel="share of them right")
        axes.grid(linewidth=0.6)
        axes.tick_params(length=0)
        if scored.other is not None:
            axes.legend(loc="lower left")

    return draw


def _thresholds(axes: Any, probabilities: Floats, scored: Scored) -> None:
    """The --min-probability that keeps a quarter, half, three quarters of the rows."""
    kept, right, top = coverage(probabilities, scored.truth)
    for share in (0.25, 0.5, 0.75):
        place = max(round(share * len(kept)) - 1, 0)
        axes.plot(kept[place], right[place], "o", color=SUPPORT, markersize=5)
        axes.annotate(
            f"p ≥ {top[place]:.2f}",
            (kept[place], right[place]),
            (4, 8),
            textcoords="offset points",
            color=INK,
            fontsize=9,
        )


def _models(scored: Scored) -> Iterator[tuple[Floats, str, str, str]]:
    yield scored.probabilities, SUPPORT, "o", "this model"
    if scored.other is not None:
        yield scored.other, OPPOSE, "s", "the other"
