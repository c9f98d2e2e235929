"""Rebuild the shipped model: models/stance.joblib, models/stance.npz and its card, models/README.md.

    python train.py            # train, measure, write
    python train.py --check    # train, and compare with the model that is there; writes nothing

The public sets are downloaded from their publishers, or read from the folder named by STANCE_DATASETS.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stance import datasets
from stance.articles_evaluation import evaluate_folder
from stance.behaviour import evaluate_behaviour, read_cases
from stance.card import card
from stance.compiled import CompiledModel, compile_pipeline
from stance.errors import StanceError
from stance.evaluation import evaluate
from stance.features.lexicon_files import read_lexicon
from stance.probe import difference_between, tolerance
from stance.shipped import shipped
from stance.storage import load, read_compiled, save
from stance.training import Source, Training, train
from stance.verification import first_difference

# Real news decides what the model is set for: it has full weight, and most of its sentences are neutral.
SOURCES = {"own": 0.8, "news-labels": 1.0, "news-resolved": 0.8, "newsmtsc": 0.8, "newsmtsc-others": 0.7}
HELD_OUT = {"own": "dev", "newsmtsc-rw": "dev", "newsmtsc-mt": "dev"}
MODEL = Path(__file__).parent / "models" / "stance.joblib"


def scores_of(model: CompiledModel) -> dict[str, object]:
    """Scores on every dev split, the annotated articles and the behavioural cases, none of which training saw."""
    scores: dict[str, object] = {}
    for name, split in HELD_OUT.items():
        rows = datasets.load_labelled(name, split)
        probabilities = model.predict_proba([row.target for row in rows])
        scores[f"{name} {split}"] = evaluate([row.stance for row in rows], probabilities).to_dict()
    articles = evaluate_folder(model, shipped("seeds")).to_dict()
    behaviour = evaluate_behaviour(model, read_cases(shipped("data", "behaviour")))
    return scores | {"articles": articles, "behaviour": behaviour}


def trained() -> Training:
    """A training on all sources."""
    sources = [
        Source(name, datasets.load_labelled(name, "train"), weight, datasets.licence(name))
        for name, weight in SOURCES.items()
    ]
    return train(sources, read_lexicon(shipped("data", "lexicon")), progress=lambda step: print(step, file=sys.stderr))


def rebuild() -> None:
    """Train, measure, write."""
    training = trained()
    metadata = training.metadata | {"scores": scores_of(compile_pipeline(training.pipeline))}
    save(training.pipeline, metadata, MODEL)
    # From the file as written, so that `stance info` prints the same card.
    text = card(load(MODEL, CompiledModel).metadata)
    MODEL.with_name("README.md").write_text(text + "\n", encoding="utf-8", newline="\n")
    print(text)


def check() -> bool:
    """Train, and say how the model differs from the one that is there; whether it is the same to its tolerance."""
    there = read_compiled(MODEL.with_suffix(".npz"), CompiledModel)
    training = trained()
    model = compile_pipeline(training.pipeline, training.metadata)
    if (difference := first_difference(model, there)) is None:
        print("the same arrays in every byte")
        return True
    largest, allowed = difference_between(model, there), tolerance(there)
    print(f"first difference: {difference}")
    print(f"probabilities of the probe differ by at most {largest:.1e}; {allowed:.0e} is allowed")
    return largest <= allowed


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the model that is there, write nothing")
    if not parser.parse_args().check:
        rebuild()
    elif not check():
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except StanceError as error:
        sys.exit(f"train.py: {error}")
