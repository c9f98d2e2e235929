"""Rebuild the shipped model: models/stance.joblib, models/stance.npz and its card, models/README.md.

    python train.py

The public sets are downloaded from their publishers, or read from the folder named by STANCE_DATASETS.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from stance import datasets
from stance.analysis import predict_documents
from stance.articles_evaluation import evaluate_articles
from stance.card import card
from stance.compiled import CompiledModel, compile_pipeline
from stance.errors import StanceError
from stance.evaluation import evaluate
from stance.features.lexicon_files import read_lexicon
from stance.gold import gold_path, read_gold
from stance.records import Document
from stance.shipped import shipped
from stance.storage import load, save
from stance.training import Source, train

# Real news decides what the model is set for: it has full weight, and most of its sentences are neutral.
SOURCES = {"own": 1.2, "news-labels": 1.0, "newsmtsc": 0.4, "newsmtsc-others": 0.7}
HELD_OUT = {"own": "dev", "newsmtsc-rw": "dev", "newsmtsc-mt": "dev"}
MODEL = Path(__file__).parent / "models" / "stance.joblib"


def source(name: str, weight: float) -> Source:
    """The training split of a set, with its licence."""
    licence = next(info.licence for info in datasets.describe() if info.name == name)
    return Source(name, datasets.load_labelled(name, "train"), weight, licence)


def scores_of(model: CompiledModel) -> dict[str, object]:
    """Scores on every dev split and on the annotated articles, none of which training saw."""
    scores: dict[str, object] = {}
    for name, split in HELD_OUT.items():
        rows = datasets.load_labelled(name, split)
        probabilities = model.predict_proba([row.target for row in rows])
        scores[f"{name} {split}"] = evaluate([row.stance for row in rows], probabilities).to_dict()
    paths = sorted(shipped("seeds").glob("*.txt"))
    documents = [Document(path.name, path.read_text(encoding="utf-8")) for path in paths]
    predicted = [rows for _, rows in predict_documents(model, documents)]
    gold = [read_gold(gold_path(path), document.text) for path, document in zip(paths, documents, strict=True)]
    return scores | {"articles": asdict(evaluate_articles(zip(predicted, gold, strict=True)))}


def main() -> None:
    """Train, measure, write."""
    sources = [source(name, weight) for name, weight in SOURCES.items()]
    training = train(
        sources, read_lexicon(shipped("data", "lexicon")), progress=lambda step: print(step, file=sys.stderr)
    )
    metadata = training.metadata | {"scores": scores_of(compile_pipeline(training.pipeline))}
    save(training.pipeline, metadata, MODEL)
    # From the file as written, so that `stance info` prints the same card.
    text = card(load(MODEL, CompiledModel).metadata)
    MODEL.with_name("README.md").write_text(text + "\n", encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    try:
        main()
    except StanceError as error:
        sys.exit(f"train.py: {error}")
