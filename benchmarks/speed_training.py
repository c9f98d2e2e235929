"""Training at size: time and memory against rows, the corpus resampled with noise."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np

from stance import datasets
from stance.records import Target
from stance.shipped import shipped

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, float]]:
    """Time, core time and peak memory of one fit of so many rows, each in a process of its own."""
    found = []
    for size in sizes:
        printed = subprocess.run([sys.executable, __file__, str(size)], capture_output=True, text=True, check=True)
        found.append(json.loads(printed.stdout))
        line = "{rows:>12,} rows  {seconds:8.1f} s to fit, {core_seconds:8.1f} of a core  {megabytes:6,.0f} MB at most"
        print(line.format(**found[-1]), flush=True)
    return found


def fit(size: int) -> dict[str, float]:
    """One fit, without cross-validation."""
    from stance.features.lexicon_files import read_lexicon
    from stance.pipeline import build_pipeline

    targets, labels = resampled(size)
    lexicon = read_lexicon(shipped("data", "lexicon"))
    begun, busy = time.perf_counter(), time.process_time()
    build_pipeline(lexicon).fit(targets, labels)
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform.startswith("linux") else 1024**2)
    return {"rows": size, "seconds": seconds, "core_seconds": busy, "megabytes": peak}


def resampled(size: int) -> tuple[list[Target], list[str]]:
    """So many rows of the corpus with noise, so that no two agree, and their labels."""
    rng = np.random.default_rng(0)
    rows = datasets.load_labelled("own", "train")
    chosen = [rows[index] for index in rng.integers(len(rows), size=size)]
    return [noisy(row.target, rng) for row in chosen], [row.stance for row in chosen]


def noisy(target: Target, rng: np.random.Generator) -> Target:
    """The target with words after its last mention left out or doubled, one in ten each, and a number."""
    last = max((end for _, end in target.mentions), default=0)
    words = target.sentence[last:].split(" ")
    times = np.searchsorted((0.1, 0.9), rng.random(len(words)))
    kept = [word for word, count in zip(words, times.tolist(), strict=True) for _ in range(count)]
    return Target(target.sentence[:last] + " ".join(kept) + f" {rng.integers(1 << 30)}", target.mentions)


if __name__ == "__main__":
    print(json.dumps(fit(int(sys.argv[1]))))
