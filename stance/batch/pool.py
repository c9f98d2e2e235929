"""Worker processes under supervision: one that dies or hangs is replaced, and its shard is tried again.

The pools of the standard library and of joblib end when a worker is killed. This one gives a shard whose worker
died to the next one, article by article: then it is known which article a worker died of or hangs on. That one is
left out, with the reason.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import connection, get_context
from typing import Any

from stance.batch.job import Job, Outcome, Shard
from stance.batch.worker import At, Ready, Stop, Task, work
from stance.errors import StanceError, WorkerError

_DEATHS = 2
"""How often a worker has to die at one article before it is the article's fault."""

_PATIENCE = 3
"""Deaths in a row, at the start or outside of all articles, after which there is no use in going on."""

_START = 60.0
"""Seconds that a worker may take to start, at least."""

_END = 5.0
"""Seconds for a process whose pipe has closed to end by itself, which tells how it did."""


@dataclass(slots=True)
class _Trial:
    """A shard on its way: `bad` are the articles found to be left out."""

    shard: Shard
    careful: bool = False
    bad: dict[int, str] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True, eq=False)
class _Worker:
    process: Any
    pipe: Any
    heard: float
    ready: bool = False
    trial: _Trial | None = None
    position: int = -1


class Pool:
    """Workers of one job; `with` ends them all.

    Args:
        job: What they do.
        jobs: How many there are.
        timeout: Seconds that one article may take.
    """

    def __init__(self, job: Job, jobs: int, timeout: float) -> None:
        self._job, self._jobs, self._timeout = job, jobs, timeout
        self._context = get_context("spawn")
        self._workers: list[_Worker] = []
        self._waiting: deque[_Trial] = deque()
        self._false_starts = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    def run(self, shards: Iterator[Shard], tick: Callable[[], None]) -> Iterator[tuple[Shard, Outcome]]:
        """Each shard with what came of it, as they are finished; `tick` is called whenever a worker has spoken.

        Raises:
            StanceError: A worker cannot go on (a full disk, a model that is gone), or none can be started.
        """
        self._waiting.extend(map(_Trial, islice(shards, self._jobs)))
        self._workers = [self._started() for _ in self._waiting]
        while self._waiting or any(worker.trial for worker in self._workers):
            self._assign(shards)
            for worker in self._speaking():
                outcome, trial = self._hear(worker), worker.trial
                if outcome is not None and trial is not None:
                    worker.trial = None
                    yield trial.shard, outcome
            tick()
            self._end_silent()
            self._refill(shards)

    def underway(self) -> tuple[int, int]:
        """Articles and bytes of the unfinished shards that have been dealt with."""
        running = [(worker.trial.shard, max(worker.position, 0)) for worker in self._workers if worker.trial]
        articles = sum(position for _, position in running)
        return articles, sum(shard.size * position // len(shard.articles) for shard, position in running)

    def _refill(self, shards: Iterator[Shard]) -> None:
        if not self._waiting:  # one ahead, so that nobody waits for it to be read
            self._waiting.extend(map(_Trial, islice(shards, 1)))

    def _assign(self, shards: Iterator[Shard]) -> None:
        for worker in [worker for worker in self._workers if worker.ready and worker.trial is None]:
            self._refill(shards)
            if not self._waiting:
                return
            worker.trial, worker.position, worker.heard = self._waiting.popleft(), -1, time.monotonic()
            trial = worker.trial
            with suppress(OSError):  # it has died meanwhile, which its pipe will tell
                worker.pipe.send(Task(trial.shard, trial.careful, trial.bad))

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._job), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic())

    def _speaking(self) -> list[_Worker]:
        """The workers that have something to say, once one has or a limit is reached."""
        limits = [worker.heard + self._limit(worker) for worker in self._workers if worker.trial or not worker.ready]
        patience = max(min(limits, default=0) - time.monotonic(), 0)
        speaking = connection.wait([worker.pipe for worker in self._workers], patience)
        return [worker for worker in self._workers if worker.pipe in speaking]

    def _limit(self, worker: _Worker) -> float:
        return self._timeout if worker.ready else max(self._timeout, _START)

    def _hear(self, worker: _Worker) -> Outcome | None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(_END)
            self._replace(worker, f"expected an article that can be analysed, found one {_death(worker.process)}")
            return None
        worker.heard = time.monotonic()
        if isinstance(message, Outcome):
            return message
        if isinstance(message, At):
            worker.position = message.position
        elif isinstance(message, Ready):
            worker.ready, self._false_starts = True, 0
        elif isinstance(message, Stop):
            raise StanceError(message.message)
        return None

    def _end_silent(self) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.trial or not worker.ready]:
            if now - worker.heard >= self._limit(worker):
                limit = f"expected an article to take at most {self._timeout:g} seconds, found one that takes longer"
                self._replace(worker, f"{limit}; shorten it, or allow more with --timeout", hung=True)

    def _replace(self, worker: _Worker, reason: str, *, hung: bool = False) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if worker.trial is not None:
            _blame(worker.trial, worker.position, reason, hung)
            self._waiting.appendleft(worker.trial)
        elif not worker.ready:
            self._false_starts += 1
            if self._false_starts == _PATIENCE:
                raise WorkerError(
                    f"expected worker processes to start, found {_PATIENCE} in a row {_death(worker.process)}; "
                    "look for what ends them (is there memory enough?)"
                )
        self._workers.append(self._started())


def _blame(trial: _Trial, position: int, reason: str, hung: bool) -> None:
    """Note a worker's end: a shard is first tried again article by article, then the article is known."""
    if not trial.careful:
        trial.careful = True
        return
    trial.deaths[position] += 1
    if 0 <= position < len(trial.shard.articles):
        if hung or trial.deaths[position] == _DEATHS:
            trial.bad[position] = reason
    elif trial.deaths[position] == _PATIENCE:
        raise WorkerError(
            f"expected shard {trial.shard.index} to be written, found its worker ended {_PATIENCE} times in doing so; "
            "look for what ends it (is there memory enough?), then go on with --resume"
        )


def _death(process: Any) -> str:
    code = process.exitcode
    how = f"by signal {-code}" if code is not None and code < 0 else f"with exit code {code}"
    return f"whose worker process was ended {how}"
