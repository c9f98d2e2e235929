"""How right the model is: one command prints the table and writes benchmarks/accuracy.json.

    python benchmarks/accuracy.py               the shipped model, and a model trained on NewsMTSC alone (2 minutes)
    python benchmarks/accuracy.py --ablation    beside it, what each block of features is worth (20 minutes)

The public sets are read from the folder named by STANCE_DATASETS, or downloaded. Scores are macro F1 unless said;
intervals are 95 % percentile bootstraps over rows.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import stance
from stance import datasets
from stance.analysis import predict_documents
from stance.articles_evaluation import evaluate_articles
from stance.behaviour import evaluate_behaviour, read_cases
from stance.compiled import CompiledModel, compile_pipeline
from stance.evaluation import evaluate
from stance.features import blocks
from stance.features.lexicon import read_lexicon
from stance.gold import gold_path, read_gold
from stance.records import STANCES, Document, LabelledRow
from stance.shipped import shipped
from stance.training import Source, train

RESULT = Path(__file__).with_name("accuracy.json")
DEV = {"newsmtsc-rw": "dev", "newsmtsc-mt": "dev", "own": "dev"}
SAMPLES = 1000


def interval(rows: list[LabelledRow], probabilities: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of macro F1 over rows."""
    gold = np.array([STANCES.index(row.stance) for row in rows])
    predicted = probabilities.argmax(axis=1)
    rng = np.random.default_rng(seed)
    scores = []
    for _ in range(SAMPLES):
        drawn = rng.integers(0, gold.size, gold.size)
        table = np.bincount(gold[drawn] * 3 + predicted[drawn], minlength=9).reshape(3, 3)
        hits, total = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
        present = table.sum(axis=1) > 0
        scores.append(float((2 * hits[present] / np.maximum(total[present], 1)).mean()))
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def scored(model: CompiledModel, name: str, split: str) -> dict[str, Any]:
    """Scores of a model on one split, with the interval of macro F1."""
    rows = datasets.load_labelled(name, split)
    probabilities = model.predict_proba([row.target for row in rows])
    found = evaluate([row.stance for row in rows], probabilities).to_dict()
    return found | {"macro_f1_interval": interval(rows, probabilities)}


def articles(model: CompiledModel) -> dict[str, Any]:
    """Scores on the annotated articles of seeds/."""
    paths = sorted(shipped("seeds").glob("*.txt"))
    documents = [Document(path.name, path.read_text(encoding="utf-8")) for path in paths]
    predicted = [rows for _, rows in predict_documents(model, documents)]
    gold = [read_gold(gold_path(path), document.text) for path, document in zip(paths, documents, strict=True)]
    return evaluate_articles(zip(predicted, gold, strict=True)).to_dict()


def ablation(sources: list[Source]) -> dict[str, Any]:
    """Cross-validated macro F1 per source without each block in turn."""
    lexicon = read_lexicon(shipped("data", "lexicon"))
    found = {}
    for left_out in ("nothing", *(block.name for block in blocks.BLOCKS)):
        kept = tuple(block for block in blocks.BLOCKS if block.name != left_out)
        with patch("stance.pipeline.BLOCKS", kept):
            reports = train(sources, lexicon).sources
        found[left_out] = {report.name: report.macro_f1 for report in reports}
        shown = "  ".join(f"{name} {score:.3f}" for name, score in found[left_out].items() if score)
        print(f"without {left_out:12} {shown}", flush=True)
    return found


def show(name: str, score: dict[str, Any]) -> None:
    """One line of the table."""
    low, high = score["macro_f1_interval"]
    print(
        f"{name:34} n {score['n']:6,}  macro F1 {score['macro_f1']:.3f} [{low:.3f}, {high:.3f}]"
        f"  accuracy {score['accuracy']:.3f}  calibration error {score['ece']:.3f}"
        f"  majority {score['baseline']['macro_f1']:.3f}",
        flush=True,
    )


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ablation", action="store_true", help="cross-validate without each block in turn")
    arguments = parser.parse_args()
    model = stance.load()
    result: dict[str, Any] = {"digest": model.metadata["digest"], "cross-validation": {}, "shipped": {}, "newsmtsc": {}}

    print("Shipped model, cross-validated by document on its sources")
    for source in model.metadata["sources"]:
        result["cross-validation"][source["name"]] = {name: source[name] for name in ("macro_f1", "accuracy", "ece")}
        print(f"{source['name']:34} n {source['n_kept']:6,}  macro F1 {source['macro_f1']:.3f}"
              f"  accuracy {source['accuracy']:.3f}  calibration error {source['ece']:.3f}")  # fmt: skip
    print("\nShipped model, rows that training did not see")
    for name, split in DEV.items():
        result["shipped"][f"{name} {split}"] = score = scored(model, name, split)
        show(f"{name} {split}", score)
    result["articles"] = found = articles(model)
    print(
        f"{'articles of seeds/':34} n {found['n']:6,}  figures precision {found['figure_precision']:.3f}"
        f" recall {found['figure_recall']:.3f}  stance given the figure {found['stance_accuracy']:.3f}"
        f"  both {found['f1']:.3f}"
    )
    result["behaviour"] = behaviour = evaluate_behaviour(model, read_cases(shipped("data", "behaviour")))
    print(f"{'behavioural suite':34} n {behaviour['n']:6,}  passed {behaviour['rate']:.3f}")

    print("\nTrained on NewsMTSC alone")
    newsmtsc = Source("newsmtsc", datasets.load_labelled("newsmtsc", "train"))
    training = train([newsmtsc], read_lexicon(shipped("data", "lexicon")))
    alone = compile_pipeline(training.pipeline)
    print(
        f"{'newsmtsc train, cross-validated':34} n {len(newsmtsc.rows):6,}  macro F1 {training.sources[0].macro_f1:.3f}"
    )
    result["newsmtsc"]["cross-validation"] = training.sources[0].macro_f1
    for name in ("newsmtsc-rw", "newsmtsc-mt"):
        result["newsmtsc"][f"{name} dev"] = score = scored(alone, name, "dev")
        show(f"{name} dev", score)
    if arguments.ablation:
        print("\nAblation, cross-validated macro F1")
        sources = [
            Source(source["name"], datasets.load_labelled(source["name"], "train"), source["weight"])
            for source in model.metadata["sources"]
        ]
        result["ablation"] = ablation(sources)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except stance.StanceError as error:
        sys.exit(f"accuracy.py: {error}")
