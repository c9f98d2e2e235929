"""Shards to a Ray cluster: the same shards, files and journal as with processes of one machine."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from stance.batch import Job, Outcome, Shard
from stance.errors import StanceError, UsageError, WorkerError
from stance.ray.tasks import Site, try_article, write_shard

RETRIES = 3
"""How often Ray itself tries a shard again whose process or machine has died."""

_ROUNDS = 3
"""How often a shard is tried, each time with retries, where none of its articles alone is to blame."""

_AHEAD = 2
"""Shards for each processor that are handed out, so that none waits for the next to be read."""

_GLANCE = 1.0
"""Seconds after which progress is told though nothing has ended."""


class RayPool:
    """Tasks of one job on a cluster: the one this program is connected to or `RAY_ADDRESS` names, else this machine.

    Args:
        job: What they do. Its folder, and files it reads, must be there on every machine, as must be stance.
        timeout: Seconds that one article may take.

    Raises:
        UsageError: Ray is not installed.
    """

    def __init__(self, job: Job, timeout: float) -> None:
        self._site = Site(job, str(Path.cwd()), timeout)
        self._ray = _connected()
        self._running: dict[Any, tuple[Shard, dict[int, str]]] = {}
        self._rounds: Counter[int] = Counter()

    def __enter__(self) -> RayPool:
        return self

    def __exit__(self, *_: object) -> None:
        for reference in self._running:
            self._ray.cancel(reference, force=True)

    def run(self, shards: Iterator[Shard], tick: Callable[[], None]) -> Iterator[tuple[Shard, Outcome]]:
        """Each shard with what came of it, as they are finished; `tick` is called about once a second.

        Raises:
            StanceError: A task cannot go on (a full disk, a model that is gone).
            WorkerError: A shard's process ends again and again.
        """
        while self._hand_out(shards):
            done, _ = self._ray.wait(list(self._running), timeout=_GLANCE)
            tick()
            for reference in done:
                shard, bad = self._running.pop(reference)
                try:
                    outcome = self._ray.get(reference)
                except StanceError:  # of the task; Ray adds its own class to that of the error
                    raise
                except self._ray.exceptions.RayError:
                    self._try_again(shard, bad)
                else:
                    yield shard, outcome

    def underway(self) -> tuple[int, int]:
        """Articles and bytes of unfinished shards that have been dealt with: not known of tasks elsewhere."""
        return 0, 0

    def _hand_out(self, shards: Iterator[Shard]) -> bool:
        """Keep all processors busy; whether anything is running."""
        room = int(_AHEAD * self._ray.cluster_resources().get("CPU", 1))
        while len(self._running) < room and (shard := next(shards, None)) is not None:
            self._submit(shard, {})
        return bool(self._running)

    def _submit(self, shard: Shard, bad: dict[int, str]) -> None:
        task = self._ray.remote(max_retries=RETRIES)(write_shard)
        self._running[task.remote(self._site, shard, bad)] = shard, bad

    def _try_again(self, shard: Shard, bad: dict[int, str]) -> None:
        """Find the articles that end their process, each in a task of its own, and leave them out."""
        self._rounds[shard.index] += 1
        if self._rounds[shard.index] == _ROUNDS:
            raise WorkerError(
                f"expected shard {shard.index} to be written, found that its process ends again and again; "
                "look for what ends it (is there memory enough?), then go on with --resume"
            )
        task = self._ray.remote(max_retries=1)(try_article)
        tried = {
            index: task.remote(self._site, article) for index, article in enumerate(shard.articles) if index not in bad
        }
        self._submit(shard, bad | {index: self._reason() for index, task in tried.items() if self._fatal(task)})

    def _fatal(self, reference: Any) -> bool:
        try:
            self._ray.get(reference)
        except StanceError:
            raise
        except self._ray.exceptions.RayError:
            return True
        return False

    def _reason(self) -> str:
        return (
            "expected an article that can be analysed, found one whose process ended twice: by a crash, "
            f"for want of memory, or since it takes longer than {self._site.timeout:g} seconds; report it"
        )


def _connected() -> Any:
    """Ray, connected to a cluster."""
    try:
        import ray
    except ImportError:
        raise UsageError(
            "expected Ray to be installed, found no ray; install it with: pip install 'political-stance[ray]'"
        ) from None
    if not ray.is_initialized():
        ray.init(logging_level=logging.ERROR, log_to_driver=False)
    return ray
