"""A worker process: takes shards, says which article it is at, and gives back what came of them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from typing import Any

from stance.batch.job import Job, Shard
from stance.errors import StanceError


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to write; `careful` and `bad` as in `Scorer.write`."""

    shard: Shard
    careful: bool
    bad: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True, slots=True)
class At:
    """The worker is about to read the article at this position of its shard."""

    position: int


@dataclass(frozen=True, slots=True)
class Stop:
    """The worker cannot go on, and no other could."""

    message: str


def work(pipe: Any, job: Job) -> None:
    """Serve tasks from a pipe until the process at its other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first of them decides
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        from stance.batch.scoring import Scorer

        scorer = Scorer(job)
        pipe.send(Ready())
        while True:
            task: Task = pipe.recv()
            pipe.send(scorer.write(task.shard, lambda place: pipe.send(At(place)), careful=task.careful, bad=task.bad))
    except StanceError as error:
        pipe.send(Stop(str(error)))


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
