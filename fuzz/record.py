"""What every fuzz run shares: its options, its limits, its counts, and where they are written."""

from __future__ import annotations

import argparse
import contextlib
import json
import platform
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from stance import __version__

RESULTS = Path(__file__).with_name("results.json")
MOST_SHOWN = 10
SHOWN_EVERY = 1000


def arguments(description: str | None, count: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=count, help="how many inputs to try")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="try this one input of the run again")
    parser.add_argument("--record", action="store_true", help=f"write the counts to {RESULTS.name}")
    options = parser.parse_args()
    first, count = (options.first, options.count) if options.only is None else (options.only, 1)
    options.numbers = range(first, first + count)
    return options


def capped(memory: int) -> None:
    """Let the system refuse this process more than `memory` bytes of addresses."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the run's files, in memory where the system has one there."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """A TimeoutError inside the block once it has taken that much processor time."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"longer than {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class Run:
    """Counts what became of inputs; failures are shown with what reproduces them."""

    def __init__(self, name: str, seconds: float, seed: int) -> None:
        self.name, self.seconds, self.seed = name, seconds, seed
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self.failed: list[str] = []
        self._start = time.monotonic()

    def attempt(self, label: object, check: Callable[[], str], shown: object = "") -> None:
        """Run one check, within the time allowed; whatever it raises is a failure of the run."""
        before = time.process_time()
        try:
            with within(self.seconds):
                self.outcomes[check()] += 1
        except Exception:
            self.outcomes["FAILED"] += 1
            self.failed.append(f"{label}: {traceback.format_exc(limit=-6)}\n{str(shown)[:500]}")
            if len(self.failed) <= MOST_SHOWN:
                print(self.failed[-1], file=sys.stderr)
        self.slowest = max(self.slowest, time.process_time() - before)
        if self.outcomes.total() % SHOWN_EVERY == 0:
            print(f"{self.name} so far: {json.dumps(self.result())}", file=sys.stderr, flush=True)

    def result(self) -> dict[str, Any]:
        """The counts, as they are recorded."""
        return {
            "inputs": self.outcomes.total(),
            "failed": len(self.failed),
            "outcomes": dict(sorted(self.outcomes.items())),
            "slowest_ms": round(1000 * self.slowest),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "minutes": round((time.monotonic() - self._start) / 60, 1),
            "seed": self.seed,
            "stance": __version__,
            "python": platform.python_version(),
        }

    def finish(self, record: bool) -> None:
        """Print the counts, write them where asked, and exit with 1 where anything failed."""
        result = self.result()
        print(f"{self.name}: {json.dumps(result)}")
        if record:
            write_result(self.name, result)
        sys.exit(1 if self.failed else 0)


def write_result(name: str, result: dict[str, Any]) -> None:
    """Put one run's counts among those of the others."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[name] = result
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
