"""How right the model is: one command prints the table and writes benchmarks/accuracy.json.

    python benchmarks/accuracy.py               the shipped model, and a model trained on NewsMTSC alone (3 minutes)
    python benchmarks/accuracy.py --ablation    beside it, what each block and each source is worth (40 minutes)
    python benchmarks/accuracy.py --curve       beside it, more and more labels of real news (6 minutes)
    python benchmarks/accuracy.py --encoder     beside it, with the states of an encoder (15 minutes)

"Frozen real news" are the first 7,419 rows of `news-labels`: 5-fold cross-validation grouped by sentence, with every
other source, and the labels of other sentences, in training. Peers are run on the same folds: see peers.py.

The public sets are read from the folder named by STANCE_DATASETS, or downloaded. Scores are macro F1 unless said;
intervals are 95 % percentile bootstraps over rows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import peers

import stance
from stance import datasets
from stance.articles_evaluation import evaluate_folder
from stance.behaviour import evaluate_behaviour, read_cases
from stance.calibration import fit_temperature, probabilities
from stance.compiled import CompiledModel, compile_pipeline
from stance.datasets.fetch import cache_folder
from stance.evaluation import evaluate
from stance.features import blocks
from stance.features.lexicon_files import read_lexicon
from stance.records import STANCES, LabelledRow
from stance.rows import merge_rows
from stance.shipped import shipped
from stance.training import FOLDS, NEWS, STANCE_WEIGHTS, Source, fold_of, train

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
    return judged(rows, model.predict_proba([row.target for row in rows]))


def ablation(sources: list[Source]) -> dict[str, Any]:
    """Cross-validated macro F1 per source without each block in turn."""
    lexicon = read_lexicon(shipped("data", "lexicon"))
    found: dict[str, Any] = {}
    for left_out in ("nothing", *(block.name for block in blocks.BLOCKS)):
        kept = tuple(block for block in blocks.BLOCKS if block.name != left_out)
        with patch("stance.pipeline.BLOCKS", kept):
            reports = train(sources, lexicon).sources
        found[left_out] = {report.name: report.macro_f1 for report in reports}
        shown = "  ".join(f"{name} {score:.3f}" for name, score in found[left_out].items() if score)
        print(f"without {left_out:12} {shown}", flush=True)
    return found


def without_sources(sources: list[Source]) -> dict[str, Any]:
    """Scores on the frozen rows without each source in turn."""
    learner = {"stance": peers.learners(False)["stance"]}
    found = {}
    for left_out in (source.name for source in sources if source.name != NEWS):
        kept = [source for source in sources if source.name != left_out]
        found[left_out] = frozen_news(kept, learner)["stance"]
        show(f"without {left_out}", found[left_out])
    return found


REAL_NEWS = (NEWS, "news-resolved")
"""Sources with labels of real news, which a learning curve thins out together: they share their sentences."""

FROZEN = 7419
"""Rows of `news-labels` that stay as they are, so that figures of different versions can be compared."""


def frozen_news(sources: list[Source], learners: dict[str, peers.Learner], keep: float = 1.0) -> dict[str, Any]:
    """Cross-validated scores of learners on the frozen rows, with the shipped model's sources and weights.

    Args:
        sources: The sources of the shipped model; one of them `news-labels`.
        learners: What to cross-validate, by name.
        keep: Share of the labels of real news that training sees, drawn by sentence.
    """
    kept = [merge_rows(source.rows)[0] for source in sources]
    rows = [row for part in kept for row in part]
    owner = np.repeat(np.arange(len(sources)), [len(part) for part in kept])
    weights = np.array([source.weight for source in sources])[owner]
    weights *= np.array([STANCE_WEIGHTS[row.stance] for row in rows])
    is_news = np.array([source.name in REAL_NEWS for source in sources])[owner]
    drawn = np.array([share_of(row.target.sentence) < keep for row in rows])
    fold = np.array([fold_of(row.target.sentence, 0) for row in rows])
    held = frozen_rows()
    held_fold = np.array([fold_of(row.target.sentence, 0) for row in held])
    scores = {name: np.zeros((FROZEN, len(STANCES))) for name in learners}
    for k in range(FOLDS):
        learn = np.flatnonzero((fold != k) & (drawn | ~is_news))
        test = np.flatnonzero(held_fold == k)
        for name, learner in learners.items():
            scorer = learner([rows[index] for index in learn], weights[learn])
            scores[name][test] = scorer([held[index].target for index in test])
    gold = [row.stance for row in held]
    return {name: judged(held, probabilities(z, fit_temperature(z, gold))) for name, z in scores.items()}


def frozen_rows() -> list[LabelledRow]:
    """The rows of real news that every version is compared on."""
    return datasets.load_labelled(NEWS, "train")[:FROZEN]


def judged(rows: list[LabelledRow], probabilities: np.ndarray) -> dict[str, Any]:
    """Scores with the interval of macro F1."""
    found = evaluate([row.stance for row in rows], probabilities).to_dict()
    return found | {"macro_f1_interval": interval(rows, probabilities)}


def share_of(sentence: str) -> float:
    """A number from 0 to 1 that depends on the sentence alone."""
    return int.from_bytes(hashlib.sha256(sentence.encode("utf-8", "surrogatepass")).digest()[:4], "big") / 2**32


def show(name: str, score: dict[str, Any]) -> None:
    """One line of the table."""
    low, high = score["macro_f1_interval"]
    print(
        f"{name:34} n {score['n']:6,}  macro F1 {score['macro_f1']:.3f} [{low:.3f}, {high:.3f}]"
        f"  accuracy {score['accuracy']:.3f}  calibration error {score['ece']:.3f}"
        f"  majority {score['baseline']['macro_f1']:.3f}",
        flush=True,
    )


def remembered(encoder: bool) -> AbstractContextManager[None]:
    """Within it, no text is encoded twice."""
    if not encoder:
        return nullcontext()
    from stance.encoder import load_encoder

    return load_encoder(peers.ENCODER).remembering(cache_folder())


def newsmtsc_alone(encoder: str | None) -> dict[str, Any]:
    """Cross-validation and dev of a model trained on NewsMTSC alone."""
    source = Source("newsmtsc", datasets.load_labelled("newsmtsc", "train"))
    training = train([source], read_lexicon(shipped("data", "lexicon")), encoder=encoder, cache=cache_folder())
    alone = compile_pipeline(training.pipeline)
    score = training.sources[0].macro_f1
    print(f"{'newsmtsc train, cross-validated':34} n {len(source.rows):6,}  macro F1 {score:.3f}")
    found: dict[str, Any] = {"cross-validation": score}
    for name in ("newsmtsc-rw", "newsmtsc-mt"):
        found[f"{name} dev"] = scored(alone, name, "dev")
        show(f"{name} dev", found[f"{name} dev"])
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ablation", action="store_true", help="cross-validate without each block in turn")
    parser.add_argument("--curve", action="store_true", help="cross-validate with more and more labels of real news")
    parser.add_argument("--encoder", action="store_true", help=f"also with {peers.ENCODER}, and that one alone")
    arguments = parser.parse_args()
    model = stance.load()
    result: dict[str, Any] = {"digest": model.metadata["digest"], "cross-validation": {}, "shipped": {}}

    print("Shipped model, cross-validated by document on its sources")
    for source in model.metadata["sources"]:
        result["cross-validation"][source["name"]] = {name: source[name] for name in ("macro_f1", "accuracy", "ece")}
        print(f"{source['name']:34} n {source['n_kept']:6,}  macro F1 {source['macro_f1']:.3f}"
              f"  accuracy {source['accuracy']:.3f}  calibration error {source['ece']:.3f}")  # fmt: skip
    sources = [
        Source(source["name"], datasets.load_labelled(source["name"], "train"), source["weight"])
        for source in model.metadata["sources"]
    ]
    print("\nFrozen real news, cross-validated by sentence, beside peers on the same folds")
    with remembered(arguments.encoder):
        result["frozen"] = frozen_news(sources, peers.learners(arguments.encoder))
    sentences = [row.target.sentence for row in frozen_rows()]
    result["frozen"] |= {name: judged(frozen_rows(), sure) for name, sure in peers.target_blind(sentences).items()}
    for name, score in result["frozen"].items():
        show(name, score)
    print("surest half of stance's calls: accuracy {accuracy:.3f}".format(**result["frozen"]["stance"]["coverage"][4]))
    if arguments.curve:
        result["curve"] = {}
        stance_alone = {"stance": peers.learners(False)["stance"]}
        for share in (0.125, 0.25, 0.5, 1.0):
            result["curve"][str(share)] = score = (
                frozen_news(sources, stance_alone, share)["stance"] if share < 1 else result["frozen"]["stance"]
            )
            show(f"with {share:.1%} of the real news", score)
    print("\nShipped model, rows that training did not see")
    for name, split in DEV.items():
        result["shipped"][f"{name} {split}"] = score = scored(model, name, split)
        show(f"{name} {split}", score)
    result["articles"] = found = evaluate_folder(model, shipped("seeds")).to_dict()
    print(
        f"{'articles of seeds/':34} n {found['n']:6,}  figures precision {found['figure_precision']:.3f}"
        f" recall {found['figure_recall']:.3f}  stance given the figure {found['stance_accuracy']:.3f}"
        f"  both {found['f1']:.3f}"
    )
    result["behaviour"] = behaviour = evaluate_behaviour(model, read_cases(shipped("data", "behaviour")))
    print(f"{'behavioural suite':34} n {behaviour['n']:6,}  passed {behaviour['rate']:.3f}")

    print("\nTrained on NewsMTSC alone")
    result["newsmtsc"] = newsmtsc_alone(None)
    if arguments.encoder:
        print(f"\nTrained on NewsMTSC alone, with {peers.ENCODER}")
        result["newsmtsc --encoder"] = newsmtsc_alone(peers.ENCODER)
    if arguments.ablation:
        print("\nAblation, cross-validated macro F1")
        result["ablation"] = ablation(sources)
        print("\nFrozen real news, without each source")
        result["without sources"] = without_sources(sources)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except stance.StanceError as error:
        sys.exit(f"accuracy.py: {error}")
