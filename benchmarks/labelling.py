"""What labelling a few sentences of one's own is worth: does the score on a new domain rise, and by which draw most?

    STANCE_DATASETS=/folder python benchmarks/labelling.py     prints the table, writes labelling.json (12 minutes)

A model learns from a part of NewsMTSC and meets another domain: tweets about three politicians (P-Stance), or this
project's corpus. Of 2,000 of its training rows, some are drawn as `stance label` draws them and given their gold
labels; the model learns again from both, as `stance train mine.jsonl --dataset newsmtsc=0.3` does, and is scored on
the domain's dev split. Every seed draws all parts anew; differences are taken within a seed.

P-Stance has no neutral tweets, and any label says so. So the table also has the model without labels that may not
answer with a stance that the domain lacks ("told classes"): what is gained over that is more than that lesson.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from stance import datasets
from stance.calibration import probabilities
from stance.evaluation import evaluate
from stance.features.lexicon import Lexicon
from stance.features.lexicon_files import read_lexicon
from stance.labelling import Plan, draw
from stance.pipeline import build_pipeline
from stance.records import STANCES, Document, LabelledRow, Mention, Prediction
from stance.rows import merge_rows
from stance.shipped import shipped
from stance.training import STANCE_WEIGHTS

RESULT = Path(__file__).with_name("labelling.json")
DOMAINS = {"tweets (pstance)": "pstance", "corpus (own)": "own"}
DRAWS = ("random", "uncertain", "mixed")
COUNTS = (100, 200)
SEEDS = range(5)
BASE_ROWS, POOL_ROWS = 3000, 2000
BASE_WEIGHTS = (0.3, 0.1)
"""Weight of the rows of NewsMTSC beside labels of one's own, which have 1."""

UNLABELLED = "no labels"


@dataclass(frozen=True)
class Learner:
    """Fits models on a fixed base and what is added to it."""

    lexicon: Lexicon
    base: Sequence[LabelledRow]

    def fit(self, added: Sequence[LabelledRow] = (), base_weight: float = 1.0) -> Any:
        """The pipeline fitted to the base, and to added rows."""
        rows, _, _ = merge_rows([*self.base, *added])
        own = set(added)
        weights = [STANCE_WEIGHTS[row.stance] * (1.0 if row in own else base_weight) for row in rows]
        pipeline = build_pipeline(self.lexicon)
        targets, labels = [row.target for row in rows], [row.stance for row in rows]
        return pipeline.fit(targets, labels, classifier__sample_weight=np.array(weights))


def some(rows: Sequence[LabelledRow], count: int, seed: int) -> list[LabelledRow]:
    """A random part of the rows."""
    return [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))[:count]]


def predicted(model: Any, rows: Sequence[LabelledRow]) -> Iterator[tuple[Document, list[Prediction]]]:
    """The rows as `stance label` gets them: each a document of one sentence, named by its number."""
    shares = probabilities(model.decision_function([row.target for row in rows]), 1.0)
    for number, (row, share) in enumerate(zip(rows, shares, strict=True)):
        text = row.target.sentence
        mentions = tuple(Mention(start, end, text[start:end], "name") for start, end in row.target.mentions)
        yield (
            Document(str(number), text),
            [
                Prediction(
                    document=str(number),
                    sentence_index=0,
                    start=0,
                    end=len(text),
                    sentence=text,
                    figure=row.name,
                    figure_id=None,
                    party=None,
                    mentions=mentions,
                    stance=STANCES[int(share.argmax())],
                    probabilities=dict(zip(STANCES, map(float, share), strict=True)),
                )
            ],
        )


def score(model: Any, rows: Sequence[LabelledRow], *, told: bool = False) -> float:
    """Macro F1 in points; told which stances there are, the model answers with no other."""
    shares = probabilities(model.decision_function([row.target for row in rows]), 1.0)
    gold = [row.stance for row in rows]
    if told:
        shares = shares * [stance in gold for stance in STANCES]
        shares /= shares.sum(axis=1, keepdims=True)
    return 100 * evaluate(gold, shares).macro_f1


def measure(name: str, lexicon: Lexicon, seed: int) -> dict[str, float]:
    """Scores on one domain with one seed: without labels, and by draw, number of labels and weight of the base."""
    base = some(datasets.load_labelled("newsmtsc", "train"), BASE_ROWS, seed)
    pool = some(datasets.load_labelled(name, "train"), POOL_ROWS, seed)
    test = datasets.load_labelled(name, "dev")
    learner = Learner(lexicon, base)
    model = learner.fit()
    scores = {UNLABELLED: score(model, test), f"{UNLABELLED}, told classes": score(model, test, told=True)}
    for mode in DRAWS:
        drawn = [pool[int(one.row.document)] for one in draw(predicted(model, pool), Plan(max(COUNTS), mode, seed))]
        for count in COUNTS:
            for weight in BASE_WEIGHTS:
                name = f"{count} {mode}, base {weight}"
                scores[name] = score(learner.fit(drawn[:count], weight), test)
    return scores


def summary(runs: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Over the seeds: mean score, and mean, standard deviation and least of what is gained over no labels."""
    table = {}
    for name in runs[0]:
        values = np.array([run[name] for run in runs])
        gained = values - np.array([run[UNLABELLED] for run in runs])
        table[name] = {
            "macro_f1": round(float(values.mean()), 2),
            "gain": round(float(gained.mean()), 2),
            "gain_sd": round(float(gained.std(ddof=1)), 2),
            "gain_least": round(float(gained.min()), 2),
        }
    return table


def shown(domain: str, table: dict[str, dict[str, float]]) -> Iterator[str]:
    """Lines of the table."""
    yield f"{domain:26} {'macro F1':>9} {'gain':>6} {'sd':>5} {'least':>6}"
    for name, line in table.items():
        numbers = f"{line['macro_f1']:9.1f} {line['gain']:+6.1f} {line['gain_sd']:5.1f} {line['gain_least']:+6.1f}"
        yield f"  {name:24} {numbers}"


def main() -> None:
    """Measure, print, write."""
    lexicon = read_lexicon(shipped("data", "lexicon"))
    result: dict[str, Any] = {
        "base": f"{BASE_ROWS} rows of newsmtsc",
        "pool": POOL_ROWS,
        "seeds": len(SEEDS),
        "domains": {},
    }
    for domain, name in DOMAINS.items():
        runs = []
        for seed in SEEDS:
            print(f"{domain}, seed {seed}", file=sys.stderr)
            runs.append(measure(name, lexicon, seed))
        result["domains"][domain] = summary(runs)
        print("\n".join(shown(domain, result["domains"][domain])), flush=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
