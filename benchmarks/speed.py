"""How fast: one command measures everything in one run and writes benchmarks/speed.json and benchmarks/speed.png.

    python benchmarks/speed.py                   cold start, scoring, articles, memory, growth, processes (4 minutes)
    python benchmarks/speed.py --encoders        beside it, MiniLM + LR and a RoBERTa-base forward pass
    python benchmarks/speed.py --training        beside it, training on 1,000 to 1,000,000 rows (ten minutes, 9 GB)

Machines differ and are shared, so what counts is ratios: each round measures everything in turn, and a ratio is the
median over rounds. Pairs are those of the annotated articles (seeds/, data/articles/dev/) and of the corpus' dev split,
which training did not see. Times are of one process, on the clock.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import batch
import speed_chart
import speed_peers
import speed_training
from rounds import ROUNDS, clocked, ratio, rounds
from speed_commands import YARDSTICK, cold_start, peak_of_one_article

import stance
from stance import datasets
from stance.analysis import article_targets, predict_documents
from stance.errors import OutputError
from stance.figures import find_figures
from stance.records import Document, Target
from stance.sentences import split_sentences
from stance.shipped import shipped

RESULT = Path(__file__).with_name("speed.json")
PLAIN = "plain TF-IDF + LR"
PAIRS = 4096
ARTICLES = 1000
"""Articles of about 30 sentences that processes share."""


def article_texts() -> list[str]:
    """The annotated articles."""
    folders = (shipped("seeds"), shipped("data", "articles", "dev"))
    return [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]


def unseen_pairs() -> list[Target]:
    """(sentence, figure) pairs that no training saw, each once."""
    pairs = [target for text in article_texts() for target in article_targets(text)]
    pairs += [row.target for row in datasets.load_labelled("own", "dev")]
    return (list(dict.fromkeys(pairs)) * PAIRS)[:PAIRS]


def scoring(model: stance.Model, peers: dict[str, speed_peers.Scorer], pairs: list[Target]) -> dict[str, Any]:
    """Pairs a second, of stance and of what people would use instead."""
    works: dict[str, Callable[[], Any]] = {"stance": lambda: model.predict_proba(pairs)}
    counts = {"stance": len(pairs)}
    for name, peer in peers.items():
        some = pairs[: peer.pairs]
        counts[name] = len(some)
        works[name] = lambda peer=peer, some=some: peer.score([pair.sentence for pair in some])
    times = rounds(works)
    rate = {name: counts[name] / statistics.median(taken) for name, taken in times.items()}
    each = {name: [second / counts[name] for second in taken] for name, taken in times.items()}
    return {name: {"per_second": rate[name], "stance_is_faster": ratio(each, name, "stance")} for name in works}


def articles(model: stance.Model, plain: speed_peers.Scorer) -> dict[str, Any]:
    """Raw articles to rows: stance, and the plain pipeline behind the same splitter and finder."""
    documents = [Document(str(index), text) for index, text in enumerate(article_texts() * 8)]

    def with_plain() -> None:
        plain.score([target.sentence for document in documents for target in article_targets(document.text)])

    times = rounds({
        "stance": lambda: [rows for _, rows in predict_documents(model, documents)],
        PLAIN: with_plain,
        "splitter": lambda: [split_sentences(document.text) for document in documents],
        "finder, splitter included": lambda: [find_figures(document.text) for document in documents],
    }, 5)  # fmt: skip
    sentences = sum(len(split_sentences(document.text)) for document in documents)
    per_second = {name: len(documents) / statistics.median(taken) for name, taken in times.items()}
    return {
        "articles": len(documents),
        "sentences_each": sentences / len(documents),
        "per_second": per_second,
        "stance_is_faster": ratio(times, PLAIN, "stance"),
    }


def growth(model: stance.Model) -> dict[str, list[float]]:
    """Seconds as input doubles: length of an article, number of articles, number of figures in an article."""
    text = "\n\n".join(article_texts())
    names = ["".join(letters).capitalize() for letters in itertools.product("bcdfg", "aeiou", "lmnrs", "aei")]
    crowd = [f"Mayor {first} {last}son praised the plan." for first, last in itertools.product(names[:40], names[:40])]
    inputs: dict[str, Callable[[int], Any]] = {
        "length of an article": lambda times: model.analyze((text + "\n\n") * times),
        "number of articles": lambda times: list(model.analyze_many([text] * times)),
        "number of figures": lambda times: model.analyze(" ".join(crowd[: 100 * times])),
    }
    sizes = (1, 2, 4, 8)
    return {
        name: [min(clocked(lambda: work(size)) for _ in range(3)) for size in sizes]  # noqa: B023
        for name, work in inputs.items()
    }


def measure(encoders: bool, training: bool) -> dict[str, Any]:
    """Everything, printed as it comes."""
    result: dict[str, Any] = {"rounds": ROUNDS, "cores": os.cpu_count(), "cold_start": cold_start()}
    for name, found in result["cold_start"].items():
        print(f"{name:34} {found['seconds']:.3f} s  {found['ratio']:.3f} of {YARDSTICK}", flush=True)
    model, pairs = stance.load(), unseen_pairs()
    peers = speed_peers.scorers(encoders)
    result["scoring"] = scoring(model, peers, pairs)
    for name, found in result["scoring"].items():
        print(
            f"{name:34} {found['per_second']:10,.0f} pairs/s  stance: {found['stance_is_faster']:8.2f} times",
            flush=True,
        )
    result["articles"] = found = articles(model, peers[PLAIN])
    for name, per_second in found["per_second"].items():
        print(f"{name:34} {per_second:10,.0f} articles/s of {found['sentences_each']:.0f} sentences")
    print(f"{'raw article to rows':34} stance: {found['stance_is_faster']:.2f} times as fast as the plain pipeline")
    result["growth"] = growth(model)
    for name, seconds in result["growth"].items():
        doubled = "  ".join(f"{b / a:.2f}" for a, b in itertools.pairwise(seconds))
        print(f"{name:34} doubled thrice: {doubled} times as long")
    result["peak_megabytes"] = peak_of_one_article()
    print(f"{'one article':34} {result['peak_megabytes']:.0f} MB at most")
    result["processes"] = found = batch.scaling(ARTICLES, 3)
    print(f"{'two processes':34} {found['two_against_one']:.2f} times as many articles a second as one")
    if training:
        result["training"] = speed_training.measure()
    return result


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoders", action="store_true", help="also MiniLM and RoBERTa (extra `encoder`)")
    parser.add_argument("--training", action="store_true", help="also training at size")
    arguments = parser.parse_args()
    result = measure(arguments.encoders, arguments.training)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    try:
        speed_chart.write()
    except OutputError as missing:
        print(missing, file=sys.stderr)


if __name__ == "__main__":
    main()
