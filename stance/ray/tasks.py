"""What runs on the machines of a cluster: Ray calls these functions in worker processes of its own."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from functools import lru_cache

from stance.batch.job import Found, Job, Outcome, Shard
from stance.batch.scoring import Scorer


@dataclass(frozen=True, slots=True)
class Site:
    """What all tasks of a run have in common.

    Attributes:
        job: What to do.
        home: The folder that relative names start from.
        timeout: Seconds that one article may take.
    """

    job: Job
    home: str
    timeout: float


def write_shard(site: Site, shard: Shard, bad: dict[int, str]) -> Outcome:
    """Write a shard's file to the folder, which all machines share.

    Raises:
        StanceError: The model cannot be read, or the file not be written.
    """
    os.chdir(site.home)
    with Watchdog(site.timeout) as watchdog:
        return scorer(site.job).write(shard, watchdog.pat, bad=bad)


def try_article(site: Site, article: Found) -> None:
    """Analyse one article, to see whether this process survives it."""
    os.chdir(site.home)
    with Watchdog(site.timeout):
        scorer(site.job).attempt(article)


@lru_cache(maxsize=1)
def scorer(job: Job) -> Scorer:
    """The model, loaded once in each process."""
    return Scorer(job)


class Watchdog:
    """Ends this process when it is not patted for some seconds: from outside nobody sees at which article it hangs."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._patted, self._left = threading.Event(), False

    def __enter__(self) -> Watchdog:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left = True
        self._patted.set()

    def pat(self, _position: int) -> None:
        """Say that there is progress."""
        self._patted.set()

    def _watch(self) -> None:
        while not self._left:
            if not self._patted.wait(self._timeout):
                os._exit(1)
            self._patted.clear()
