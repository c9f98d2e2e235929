"""Batch runs: articles a second by processes, and memory over a long stream. Writes benchmarks/batch.json.

    python benchmarks/batch.py [--articles 2000] [--stream 50000] [--rounds 3]

Articles are paragraphs of the seeds in random order: full ones of about 30 sentences for the rate, short ones for the
stream. Memory is read from /proc, so this runs on Linux.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from stance.batch import Inputs, Job, Pool, Results, run
from stance.reading import find_articles
from stance.shipped import shipped

_MEGABYTE = 1_000_000
_SETTLED = 0.2
"""Share of a stream after which processes have seen what they will see: the slope is taken from there on."""


def generate(path: Path, count: int, paragraphs: int) -> Path:
    """Write a table of articles, each of so many paragraphs of the seeds."""
    noise = random.Random(0)
    texts = [article.read_text(encoding="utf-8") for article in sorted(shipped("seeds").glob("*.txt"))]
    parts = [part for text in texts for part in text.split("\n\n") if part.strip()]
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            text = "\n\n".join(noise.sample(parts, paragraphs))
            stream.write(json.dumps({"id": str(number), "text": text}) + "\n")
    return path


def timed(table: Path, jobs: int, watch: Memory | None = None) -> dict[str, float]:
    """One run over a table: seconds, articles and rows, start of the processes included."""
    with tempfile.TemporaryDirectory() as folder:
        begun, busy = time.perf_counter(), core_seconds()
        with Results(Path(folder), "jsonl", {}) as results, Pool(Job(folder), jobs, 600.0) as pool:
            told = watch.look if watch else lambda _articles, _bytes: None
            totals = run(pool, Inputs((str(table),)), results, print, told)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "core_seconds": core_seconds() - busy, "articles": totals.read, "rows": totals.rows}


def core_seconds() -> float:
    """Processor time of this process and of all workers that have ended: what load of others does not change."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(times.ru_utime + times.ru_stime for times in used)


class Memory:
    """What this process and its workers hold, looked at as a run goes on."""

    def __init__(self) -> None:
        self.seen: dict[int, list[tuple[int, int]]] = {}

    def look(self, articles: int, _bytes: int) -> None:
        for process in (os.getpid(), *(child.pid for child in multiprocessing.active_children())):
            if process is not None:
                self.seen.setdefault(process, []).append((articles, resident(process)))

    def slopes(self) -> Iterator[tuple[float, float]]:
        """Of each process: megabytes gained in 10,000 articles once it has settled, and its highest level."""
        for states in self.seen.values():
            articles, held = np.array(states, float).T
            settled = articles >= _SETTLED * articles[-1]
            slope = np.polyfit(articles[settled], held[settled], 1)[0] if settled.sum() > 2 else 0.0
            yield slope * 10_000 / _MEGABYTE, held.max() / _MEGABYTE


def resident(process: int) -> int:
    """Bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def reading_rate(table: Path) -> float:
    """Articles a second that one process can find and hand out: the most that a cluster's first process can feed."""
    begun = time.perf_counter()
    count = sum(1 for _ in find_articles([str(table)], note=print))
    return count / (time.perf_counter() - begun)


def scaling(articles: int, rounds: int) -> dict[str, Any]:
    """Articles a second in one process and in two, each in turn."""
    with tempfile.TemporaryDirectory() as folder:
        table = generate(Path(folder, "full.jsonl"), articles, 12)
        runs: dict[int, list[dict[str, float]]] = {1: [], 2: []}
        for _ in range(rounds):
            for jobs, found in runs.items():
                found.append(timed(table, jobs))
        one, two = (statistics.median(run["seconds"] for run in found) for found in runs.values())
        busy = statistics.median(run["core_seconds"] for run in runs[1])
        rates = {"articles": articles, "rows": runs[1][0]["rows"], "bytes": table.stat().st_size}
        rates |= {"core_seconds_per_1000": 1000 * busy / articles, "load": os.getloadavg()[0]}
        rates |= {"one_process_per_second": articles / one, "two_processes_per_second": articles / two}
        return rates | {"two_against_one": one / two, "read_per_second": reading_rate(table)}


def measure(articles: int, stream: int, rounds: int) -> dict[str, Any]:
    """All figures, of one run."""
    rates = scaling(articles, rounds)
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory()
        timed(generate(Path(folder, "short.jsonl"), stream, 2), 2, memory)
        slopes = [{"megabytes_per_10000": slope, "highest": level} for slope, level in memory.slopes()]
    return {"rate": rates, "memory": {"articles": stream, "processes": slopes}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--stream", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = measure(options.articles, options.stream, options.rounds)
    Path(__file__).with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    show(found["rate"], found["memory"])


def show(rate: dict[str, Any], memory: dict[str, Any]) -> None:
    print(f"{rate['articles']:,} articles of {rate['bytes'] / rate['articles'] / 1000:.1f} kB, {rate['rows']:,} rows")
    print(f"  one process    {rate['one_process_per_second']:8,.1f} articles a second")
    print(f"  two processes  {rate['two_processes_per_second']:8,.1f}, {rate['two_against_one']:.2f} times as many")
    print(f"  processor time {rate['core_seconds_per_1000']:8,.1f} core-seconds for 1,000 articles")
    print(f"  reading alone  {rate['read_per_second']:8,.0f}")
    print(f"memory over {memory['articles']:,} articles")
    for name, process in zip(("supervisor", "worker", "worker"), memory["processes"], strict=False):
        slope = process["megabytes_per_10000"]
        print(f"  {name:13}  {process['highest']:4.0f} MB at most, {slope:+.2f} MB in 10,000 articles")


if __name__ == "__main__":
    main()
