"""Do the intervals of shares hold? Raw counts of the model, a labelled sample alone, and both together.

    STANCE_DATASETS=/folder python benchmarks/shares.py    prints the table and writes benchmarks/shares.json (minutes)

Each labelled set stands for what is written: corpora of 2,000 rows are drawn from it with replacement, the shipped
model calls every row, and a reader labels a few, drawn at random. The table says how often the 95 % interval of a share
holds the share of the whole set (0.95 would be right), and how wide it is. "Corrected" is what `stance report
--sample` does (prediction-powered inference; pip install "political-stance[report,corrected]").
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import stance
from stance import datasets
from stance.records import STANCES, LabelledRow
from stance.report.corpus import Article, Corpus, Person
from stance.report.intervals import shares
from stance.report.sample import Sample, corrected, measured

RESULT = Path(__file__).with_name("shares.json")
SETS = {"newsmtsc-rw": "dev", "newsmtsc-mt": "dev", "own": "dev", "pstance": "dev"}
ROWS = 2000
LABELLED = (50, 100, 200, 400)
REPLICATES = 300
MEASURES = ("support", "oppose", "net")

Interval = tuple[float, float]
Found = dict[tuple[str, str], Interval]
"""Intervals by measure and way."""


def corpus_of(probabilities: np.ndarray) -> Corpus:
    """Rows about one person in one article each."""
    n = len(probabilities)
    return Corpus(
        articles=[Article(str(number), None, None, None, None) for number in range(n)],
        people=[Person("Ash", None, None)],
        article=np.arange(n),
        person=np.zeros(n, dtype=np.intp),
        stance=probabilities.argmax(axis=1),
        probabilities=probabilities,
        uncertain=np.zeros(n, dtype=np.bool_),
        strongest={},
    )


def counted(codes: np.ndarray) -> dict[str, Interval]:
    """Intervals of what was counted, by measure."""
    n = [len(codes)]
    found = shares(*([(codes == STANCES.index(side)).sum()] for side in ("support", "oppose")), n, n)
    return {
        name: (float(values[1][0]), float(values[2][0]))
        for name, values in (("support", found.support), ("oppose", found.oppose), ("net", found.net))
    }


def replicate(gold: np.ndarray, probabilities: np.ndarray, n: int, generator: np.random.Generator) -> Found:
    """All intervals of one drawn corpus."""
    drawn = generator.integers(0, len(gold), ROWS)
    labelled = generator.choice(ROWS, n, replace=False)
    corpus = corpus_of(probabilities[drawn])
    sample = Sample({int(number): STANCES[gold[drawn[number]]] for number in labelled}, n)
    found: Found = {(name, "raw"): ends for name, ends in counted(corpus.stance).items()}
    found |= {(name, "labelled alone"): ends for name, ends in counted(gold[drawn[labelled]]).items()}
    for row in corrected(corpus, sample, []):
        found[row["measure"], "corrected"] = row["low"], row["high"]
    return found


def simulate(rows: list[LabelledRow], model: stance.Model, seed: int = 0) -> dict[str, dict[str, dict[str, float]]]:
    """Coverage and width by measure, way and number of labelled rows."""
    generator = np.random.default_rng(seed)
    gold = np.array([STANCES.index(row.stance) for row in rows])
    probabilities = model.predict_proba([row.target for row in rows])
    result: dict[str, dict[str, dict[str, float]]] = {}
    for measure in MEASURES:
        truth, called = (float(measured(codes, measure).mean()) for codes in (gold, probabilities.argmax(axis=1)))
        result[measure] = {"share": {"gold": round(truth, 3), "called": round(called, 3)}}
    for n in LABELLED:
        replicates = [replicate(gold, probabilities, n, generator) for _ in range(REPLICATES)]
        for measure in MEASURES:
            truth = float(measured(gold, measure).mean())
            for way in ("raw", "labelled alone", "corrected"):
                ends = np.array([found[measure, way] for found in replicates])
                result[measure][f"{way}, {n}"] = {
                    "coverage": round(float(np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1]))), 3),
                    "width": round(float(np.mean(ends[:, 1] - ends[:, 0])), 3),
                }
    return result


def main() -> None:
    model = stance.load()
    result: dict[str, object] = {"digest": model.metadata["digest"], "rows": ROWS, "replicates": REPLICATES}
    print("set measure gold called | coverage (width) of raw | labelled alone | corrected, by number of labelled rows")
    for name, split in SETS.items():
        found = simulate(list(datasets.load_labelled(name, split)), model)
        result[f"{name} {split}"] = found
        for measure, by in found.items():
            print(f"{name} {split}: {measure}, gold {by['share']['gold']:.3f}, called {by['share']['called']:.3f}")
            for n in LABELLED:
                ways = (by[f"{way}, {n}"] for way in ("raw", "labelled alone", "corrected"))
                print(f"  {n:>4}  " + "   ".join(f"{way['coverage']:.3f} ({way['width']:.3f})" for way in ways))
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
