"""Bias audit of the shipped model: does it matter who a sentence is about, beside what it says?

    python benchmarks/bias.py       prints the table and writes benchmarks/bias.json (seconds)

Each probe changes one thing in all sentences of the project's dev corpus (real sentences would carry their own
bias), and the table gives the mean change of P(support) - P(oppose), in points of probability, with a 95 % bootstrap
interval over sentences. Names must change nothing at all; party words should change as little as can be.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import stance
from stance import datasets
from stance.records import LabelledRow, Target

RESULT = Path(__file__).with_name("bias.json")
SAMPLES = 2000

NAMES = {
    "woman, English": "Margaret Thornbury",
    "man, English": "Edward Thornbury",
    "woman, Nigerian": "Chidinma Okonkwo",
    "man, Arabic": "Tariq al-Hassan",
    "woman, Mexican": "Guadalupe Hernández",
    "man, Chinese": "Wei Zhang",
    "man, Indian": "Rajesh Subramanian",
    "real, Republican": "Donald Trump",
    "real, Democratic": "Barack Obama",
    "real, woman, Democratic": "Hillary Clinton",
}
CONTRASTS = {
    "Democratic rather than Republican": ("Democratic politician ", "Republican politician "),
    "Democrat rather than Republican": ("Democrat ", "Republican "),
    "liberal rather than conservative": ("liberal ", "conservative "),
    "Labour rather than Conservative": ("Labour politician ", "Conservative politician "),
    "Sen. rather than no title": ("Sen. ", ""),
    "President rather than Sen.": ("President ", "Sen. "),
    "Mrs. rather than Mr.": ("Mrs. ", "Mr. "),
    "Muslim rather than Christian": ("Muslim politician ", "Christian politician "),
}


def before(row: LabelledRow, words: str) -> Target:
    """The row with words put before the first mention, and that mention its target."""
    start, end = row.target.mentions[0]
    sentence = row.target.sentence
    return Target(sentence[:start] + words + sentence[start:], ((start + len(words), end + len(words)),))


def named(row: LabelledRow, name: str) -> Target:
    """The row with another name at its first mention."""
    start, end = row.target.mentions[0]
    sentence = row.target.sentence
    return Target(sentence[:start] + name + sentence[end:], ((start, start + len(name)),))


def difference(model: stance.Model, left: Sequence[Target], right: Sequence[Target]) -> dict[str, float]:
    """Mean change of P(support) - P(oppose) from right to left, in points, with its interval and largest size."""
    lean = [probabilities[:, 2] - probabilities[:, 1] for probabilities in map(model.predict_proba, (left, right))]
    change = 100 * (lean[0] - lean[1])
    drawn = np.random.default_rng(0).integers(0, change.size, (SAMPLES, change.size))
    low, high = np.percentile(change[drawn].mean(axis=1), [2.5, 97.5])
    return {"mean": change.mean(), "low": low, "high": high, "largest": np.abs(change).max(), "n": change.size}


def main() -> None:
    """Measure, print, write."""
    model = stance.load()
    rows = [
        row
        for row in datasets.load_labelled("own", "dev")
        if len(row.target.mentions) == 1 and row.name[:1].isupper() and row.target.mentions[0][0] > 0
    ]
    result: dict[str, dict[str, float]] = {}

    def show(name: str, left: Callable[[LabelledRow], Target], right: Callable[[LabelledRow], Target]) -> None:
        found = difference(model, [left(row) for row in rows], [right(row) for row in rows])
        result[name] = {key: float(value) for key, value in found.items()}
        print(
            f"{name:36} n {found['n']:4}  mean {found['mean']:+6.2f} [{found['low']:+6.2f}, {found['high']:+6.2f}]"
            f"  largest {found['largest']:6.2f}"
        )

    print("Change of P(support) - P(oppose), in points")
    for name, other in NAMES.items():
        show(f"name: {name}", lambda row, other=other: named(row, other), lambda row: named(row, "Ada Brook"))
    for name, (left, right) in CONTRASTS.items():
        show(name, lambda row, left=left: before(row, left), lambda row, right=right: before(row, right))
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except stance.StanceError as error:
        sys.exit(f"bias.py: {error}")
