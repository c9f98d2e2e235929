"""The chart of benchmarks/speed.json: what a command costs, what scoring is worth, how time grows.

python benchmarks/speed_chart.py             draws benchmarks/speed.png anew (extra `report`)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from stance.report.charts import INK, LINE, NEUTRAL, OPPOSE, QUIET, SUPPORT, chart_file

MEASURED = Path(__file__).with_name("speed.json")
CHART = MEASURED.with_suffix(".png")
SIZES = (1, 2, 4, 8)
_WIDTH, _HEIGHT = 9.0, 2.4
Measured = Mapping[str, Any]


def draw(measured: Measured, figure: Any) -> None:
    """All panels that there are figures for."""
    panels: dict[str, Callable[[Measured, Any], None]] = {
        "cold_start": cold_start, "scoring": scoring, "growth": growth, "processes": processes, "training": training,
    }  # fmt: skip
    drawn = [panel for name, panel in panels.items() if name in measured]
    rows = (len(drawn) + 1) // 2
    figure.set_size_inches(_WIDTH, _HEIGHT * rows)
    for place, panel in enumerate(drawn, 1):
        panel(measured, figure.add_subplot(rows, 2, place))


def cold_start(measured: Measured, axis: Any) -> None:
    """Whole commands as shares of the yardstick's time."""
    found = measured["cold_start"]
    names = [name for name in found if found[name]["ratio"] < 1]
    ratios = [found[name]["ratio"] for name in names]
    _bars(axis, names, ratios, [f"{ratio:.2f}" for ratio in ratios])
    axis.set_title("Start: share of import sklearn’s time", loc="left")
    axis.set_xlim(0, max(ratios) * 1.2)


def scoring(measured: Measured, axis: Any) -> None:
    """How many times as fast stance is as each peer, on a logarithmic axis."""
    times = {"TF-IDF + LR, raw articles": measured["articles"]["stance_is_faster"]}
    times |= {name: found["stance_is_faster"] for name, found in measured["scoring"].items() if name != "stance"}
    axis.set_xscale("log")
    labels = [f"{value:,.0f}" if value >= 10 else f"{value:.1f}" for value in times.values()]
    _bars(axis, list(times), list(times.values()), labels)
    axis.axvline(1, color=QUIET, linewidth=0.8)
    axis.set_xlim(0.3, max(times.values()) * 6)
    powers = [10**power for power in range(5) if 10**power <= max(times.values())]
    axis.set_xticks(powers, [f"{power:,}" for power in powers])
    axis.set_xticks([], minor=True)
    axis.set_title("Scoring: times as fast as", loc="left")


def growth(measured: Measured, axis: Any) -> None:
    """Time against size, both as multiples of the smallest; along the line, it is proportional."""
    axis.set_xscale("log", base=2)
    axis.set_yscale("log", base=2)
    axis.plot(SIZES, SIZES, color=LINE, linewidth=4)
    for (name, seconds), colour in zip(measured["growth"].items(), (SUPPORT, OPPOSE, NEUTRAL), strict=True):
        axis.plot(SIZES, [second / seconds[0] for second in seconds], color=colour, marker="o", label=name)
    for set_ticks in (axis.set_xticks, axis.set_yticks):
        set_ticks(SIZES, [f"{size}×" for size in SIZES])
    axis.legend(loc="lower right", fontsize=8)
    axis.set_title("Time by input (grey: in proportion)", loc="left")


def processes(measured: Measured, axis: Any) -> None:
    """Articles a second by processes."""
    found = measured["processes"]
    rates = [found["one_process_per_second"], found["two_processes_per_second"]]
    _bars(axis, ["one process", "two processes"], rates, [f"{rate:,.0f}" for rate in rates])
    axis.set_xlim(0, max(rates) * 1.2)
    axis.set_title(f"Articles a second, {found['bytes'] / found['articles'] / 1000:.0f} kB each", loc="left")


def training(measured: Measured, axis: Any) -> None:
    """Core-seconds of one fit against rows, with the memory that it takes."""
    rows, seconds = ([fit[name] for fit in measured["training"]] for name in ("rows", "core_seconds"))
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.plot(rows, [seconds[-1] * count / rows[-1] for count in rows], color=LINE, linewidth=4)
    axis.plot(rows, seconds, color=SUPPORT, marker="o")
    for fit in measured["training"]:
        place = (fit["rows"], fit["core_seconds"])
        axis.annotate(f"{fit['megabytes']:,.0f} MB", place, (6, -9), textcoords="offset points")
    axis.set_xticks(rows, [f"{count:,}" for count in rows])
    axis.set_xlim(rows[0] / 2, rows[-1] * 9)
    axis.set_ylim(min(seconds) / 2, max(seconds) * 2)
    marks = [10**power for power in range(5) if min(seconds) / 3 <= 10**power <= max(seconds) * 3]
    axis.set_yticks(marks, [f"{mark:,} s" for mark in marks])
    axis.set_title("Training: core-seconds (grey: in proportion)", loc="left")


def _bars(axis: Any, names: list[str], values: list[float], labels: list[str]) -> None:
    bars = axis.barh(range(len(names)), values, color=SUPPORT, height=0.6)
    axis.bar_label(bars, labels, padding=4, color=INK)
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()


def write() -> None:
    """Draw what was measured last.

    Raises:
        OutputError: Matplotlib is not installed.
    """
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    CHART.write_bytes(chart_file(lambda figure: draw(measured, figure), _WIDTH, _HEIGHT, "png"))


if __name__ == "__main__":
    write()
