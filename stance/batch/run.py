"""A batch run: the shards that are not finished yet, to workers, to the folder of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from stance.batch.job import Outcome, Shard
from stance.batch.plan import Inputs, shards
from stance.batch.results import Results, Totals
from stance.reading import Note

Told = Callable[[int, int], None]
"""Told how many articles have been dealt with, and about how many bytes of input they are."""


class Crew(Protocol):
    """Who writes shards: processes of this machine (`Pool`), or of a cluster (`stance.ray.RayPool`)."""

    def run(self, shards: Iterator[Shard], tick: Callable[[], None]) -> Iterator[tuple[Shard, Outcome]]:
        """Each shard with what came of it, as they are finished; `tick` is called now and then."""

    def underway(self) -> tuple[int, int]:
        """Articles and bytes of the unfinished shards that have been dealt with."""


def run(crew: Crew, inputs: Inputs, results: Results, note: Note, told: Told) -> Totals:
    """Write every shard that the folder does not hold yet.

    Args:
        crew: Who writes them.
        inputs: Where the articles are.
        results: Where rows go.
        note: Told what the user should know though it stops nothing.
        told: Told of progress, often.

    Returns:
        What the folder holds now.

    Raises:
        StanceError: It cannot go on: the disk is full, or workers cannot be started. What is finished is kept.
    """
    count = _Count(results)
    unfinished = count.unfinished(shards(inputs, note))
    for shard, outcome in crew.run(unfinished, lambda: count.tell(told, crew.underway())):
        results.add(shard, outcome)
        count.add(shard)
        for line in outcome.notes:
            note(line)
    return results.complete(count.last)


class _Count:
    """How far the run is."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._articles = self._bytes = 0
        self.last = -1

    def unfinished(self, planned: Iterator[Shard]) -> Iterator[Shard]:
        """The shards that are still to be written."""
        for shard in planned:
            self.last = shard.index
            if self._results.holds(shard):
                self.add(shard)
            else:
                yield shard

    def add(self, shard: Shard) -> None:
        self._articles += len(shard.articles)
        self._bytes += shard.size

    def tell(self, told: Told, underway: tuple[int, int]) -> None:
        told(self._articles + underway[0], self._bytes + underway[1])
