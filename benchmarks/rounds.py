"""Time taken in rounds, so that what is compared shares the machine's mood."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 9


def clocked(work: Callable[[], Any]) -> float:
    """Seconds that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def rounds(works: dict[str, Callable[[], Any]], count: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each piece of work in every round; in a round each runs once, so that all share the machine's mood."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _, (name, work) in itertools.product(range(count), works.items()):
        times[name].append(clocked(work))
    return times


def ratio(times: dict[str, list[float]], of: str, to: str) -> float:
    """Median over rounds of how many times as long the first takes as the second."""
    return statistics.median(a / b for a, b in zip(times[of], times[to], strict=True))
