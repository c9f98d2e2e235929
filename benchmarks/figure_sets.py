"""What figures are measured on: gold articles, GAP, NewsMTSC, the mentions labelled as no person, sentence cases."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from figure_scores import Cluster, Scorer

from stance import datasets
from stance.figures import Reading
from stance.gold import gold_path, read_gold, read_positions
from stance.records import Quotation, Span
from stance.sentences import split_sentences
from stance.shipped import shipped
from stance.spans import overlaps

Finder = Callable[[str], Reading]

PRONOUNS = ("I", "He", "She", "His", "Her", "They", "Their", "My", "We")
FIRST_LABELS = 4407

sys.path.insert(0, str(shipped("data")))
import build_gold  # noqa: E402


def gold_articles(folder: Path, finder: Finder, *, quotations: bool = True) -> Scorer:
    """Figures of annotated articles; speakers where the article's annotation marks its quotations."""
    scorer = Scorer()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        score_article(scorer, finder(text), text, path, quotations=quotations)
    return scorer


def positions(finder: Finder) -> Scorer:
    """Figures of the real articles whose gold is committed as positions; their texts join when loaded."""
    scorer = Scorer()
    texts = {article.id: article.text for article in datasets.load("persent", "dev")}  # type: ignore[union-attr]
    found = read_positions(shipped("data", "articles", "persent.jsonl"), texts)
    for article, rows in found.items():
        gold: dict[str, Cluster] = {}
        for row in rows:
            figure = gold.setdefault(row.figure_id or row.figure, (row.figure, row.figure_id, []))
            figure[2].extend(row.mentions)  # type: ignore[attr-defined]
        scorer.add([(one.name, one.id, one.mentions) for one in finder(texts[article]).figures], list(gold.values()))
    return scorer


def score_article(scorer: Scorer, reading: Reading, text: str, path: Path, *, quotations: bool) -> None:
    """Add one article's figures, and its quotations, to the score."""
    gold: dict[str, Cluster] = {}
    for row in read_gold(gold_path(path), text):
        figure = gold.setdefault(row.figure_id or row.figure, (row.figure, row.figure_id, []))
        figure[2].extend(row.mentions)  # type: ignore[attr-defined]
    predicted = [(figure.name, figure.id, figure.mentions) for figure in reading.figures]
    names = list(gold.values())
    stands_for = scorer.add(predicted, names)
    annotated = path.with_suffix(".ann")
    if quotations and annotated.exists():
        marked = build_gold.read(annotated.read_text(encoding="utf-8"), path.name).quotations
        by_name = {predicted[one][0]: names[other][0] for one, other in stands_for.items()}
        scorer.add_quotations(reading.quotations, [Quotation(**quotation) for quotation in marked], by_name)


def gap(split: str, linked: Callable[[datasets.PronounCase], Sequence[Span] | None]) -> dict[str, float]:
    """GAP's precision, recall and F1 over the two candidates of each case, as its own scorer counts them.

    Args:
        split: `development` or `validation`.
        linked: The spans that the pronoun is linked to; None or empty for nobody.
    """
    right = given = gold = 0
    for case in datasets.load("gap", split):
        assert isinstance(case, datasets.PronounCase)
        spans = linked(case) or ()
        for candidate, truth in ((case.a, case.refers_to_a), (case.b, case.refers_to_b)):
            said = overlaps(candidate, spans)
            right += said and truth
            given += said
            gold += truth
    precision, recall = right / given if given else 0.0, right / gold
    return {"precision": precision, "recall": recall, "f1": 2 * right / (given + gold), "n": gold}


def raw_links(finder: Finder) -> Callable[[datasets.PronounCase], Sequence[Span] | None]:
    """The other mentions of the figure that `finder` links a case's pronoun to."""

    def linked(case: datasets.PronounCase) -> Sequence[Span] | None:
        for figure in finder(case.text).figures:
            spans = [(mention.start, mention.end) for mention in figure.mentions]
            if overlaps(case.pronoun, spans):
                return spans
        return None

    return linked


def newsmtsc_targets() -> Iterator[tuple[str, Span]]:
    """Sentence and target of NewsMTSC's dev rows whose target is one or more capitalised words and no pronoun.

    Which of them are no persons nobody labelled, so the best finder would not find all.
    """
    for name in ("newsmtsc-rw", "newsmtsc-mt"):
        for row in datasets.load_labelled(name, "dev"):
            name = row.name.split()
            if row.target.mentions and all(word[0].isupper() for word in name) and row.name not in PRONOUNS:
                yield row.target.sentence, row.target.mentions[0]


def no_persons(half: int, *, hard: bool = False) -> Iterator[tuple[str, str, Span]]:
    """String, sentence and span of every mention labelled `x` whose string falls in a half.

    A string's half is the lowest bit of the SHA-256 of its lower-case form: lists were made looking at half 1 alone,
    and half 0 is what is reported.

    Args:
        half: 0 or 1.
        hard: Instead of the first labels, whose mentions were DSE's and those beside them, the later ones, whose
            mentions an early form of this very finder took for persons: it refused none of them.
    """
    sentences = {split: datasets.load("dse", split) for split in ("train", "valid")}
    lines = shipped("data", "labels", "train.tsv").read_text(encoding="utf-8").splitlines()[1:]
    marked = [line.split("\t") for line in lines if line.endswith("\tx")]
    for split, number, start, end, _ in marked[FIRST_LABELS:] if hard else marked[:FIRST_LABELS]:
        sentence = sentences[split][int(number)].sentence  # type: ignore[union-attr]
        text = sentence[int(start) : int(end)]
        if hashlib.sha256(text.lower().encode()).digest()[-1] % 2 == half:
            yield text, sentence, (int(start), int(end))


def is_named(reading: Reading, span: Span) -> bool:
    """Whether a name found overlaps a span."""
    mentions = [mention for figure in reading.figures for mention in figure.mentions]
    return overlaps(span, [(one.start, one.end) for one in mentions if one.kind in ("name", "alias")])


def found_share(finder: Finder) -> dict[str, float]:
    """Share of NewsMTSC's targets found."""
    hits = [is_named(finder(sentence), span) for sentence, span in newsmtsc_targets()]
    return {"share": sum(hits) / len(hits), "n": len(hits)}


def refused_share(finder: Finder, half: int = 0, *, hard: bool = False) -> dict[str, float]:
    """Share of `x` mentions not taken for persons, each distinct string counted once whatever its number."""
    by_string: dict[str, list[bool]] = {}
    for text, sentence, span in no_persons(half, hard=hard):
        by_string.setdefault(text.lower(), []).append(not is_named(finder(sentence), span))
    return {"share": sum(sum(hits) / len(hits) for hits in by_string.values()) / len(by_string), "n": len(by_string)}


def sentence_cases(split: Callable[[str], Sequence[Span]] = split_sentences) -> dict[str, float]:
    """Share of the cases in `data/sentence_cases.jsonl` split exactly."""
    lines = shipped("data", "sentence_cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    hits = [[case["text"][one:other] for one, other in split(case["text"])] == case["sentences"] for case in cases]
    return {"share": sum(hits) / len(hits), "n": len(hits)}
