"""The tables of a corpus report: each a list of rows with fixed columns, shown on the page and written as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stance.arrays import Integers
from stance.records import SHOWN_ORDER, STANCES
from stance.report.corpus import Corpus
from stance.report.intervals import correlation_within, difference, effective_sizes, shares
from stance.report.periods import days, fitting_unit, period_starts

Row = dict[str, Any]

ENOUGH = 30
"""Sentences, by their independent worth, under which a share is called too few to tell."""

TOLD = 12
"""People, most mentioned first, whose story is told by time, source, pair and sentence."""

_FEWEST = 5
"""Sentences under which there is no story to tell, if two others have one."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Tables:
    """What a corpus tells.

    Attributes:
        rows: Of each table, by its name in `stance.report.columns`; figures by number of sentences.
        unit: What a period is: day, week, month, quarter or year.
        correlation: How much sentences of one article about one figure resemble each other.
        told: Numbers of the people whose story is told, most mentioned first.
        undated: Articles without a date that could be read.
        span: First and last day, as text; None without dates.
    """

    rows: dict[str, list[Row]]
    unit: str
    correlation: float
    told: list[int]
    undated: int
    span: tuple[str, str] | None


def tabulate(corpus: Corpus, unit: str | None = None) -> Tables:
    """The tables of a corpus.

    Args:
        corpus: At least one row.
        unit: Of the periods; by default what fits the dates.
    """
    correlation = correlation_within(corpus.score, corpus.person, corpus.article)
    order = np.argsort(-np.bincount(corpus.person, minlength=len(corpus.people)), kind="stable")
    told = [
        int(number)
        for place, number in enumerate(order[:TOLD])
        if place < 2 or np.count_nonzero(corpus.person == number) >= _FEWEST
    ]
    dates = days([article.date for article in corpus.articles])
    unit = unit or fitting_unit(dates)
    figures = _by_figure(corpus, order, correlation)
    periods = np.where(np.isnat(dates), "", np.datetime_as_string(period_starts(dates, unit)))
    sources = np.array([article.source or "" for article in corpus.articles])
    rows = {
        "figures": figures,
        "periods": _split(corpus, told, "period", periods, correlation),
        "sources": _split(corpus, told, "source", sources, correlation),
        "pairs": _pairs(corpus, figures[: len(told)], told),
        "sentences": _sentences(corpus, told),
    }
    known = dates[~np.isnat(dates)]
    span = (str(known.min()), str(known.max())) if known.size else None
    return Tables(rows, unit, correlation, told, dates.size - known.size, span)


def _by_figure(corpus: Corpus, order: Integers, correlation: float) -> list[Row]:
    counted = _counted(corpus, corpus.person, len(corpus.people), correlation)
    people = [corpus.people[number] for number in order]
    return [
        {"figure": person.name, "figure_id": person.id, "party": person.party, **counted[number]}
        for person, number in zip(people, order, strict=True)
    ]


def _split(corpus: Corpus, told: Sequence[int], name: str, labels: Any, correlation: float) -> list[Row]:
    """One row for each person told of and each label (a period or source) of their articles, in order."""
    values, codes = np.unique(labels, return_inverse=True)
    rows = []
    for number in told:
        theirs, person = corpus.person == number, corpus.people[number]
        counted = _counted(corpus, np.where(theirs, codes[corpus.article], -1), len(values), correlation)
        rows += [
            {"figure": person.name, "figure_id": person.id, name: str(value), **found}
            for value, found in zip(values, counted, strict=True)
            if value and found
        ]
    return rows


def _counted(corpus: Corpus, group: Integers, size: int, correlation: float) -> list[Row]:
    """Counts, shares and intervals of each group; rows of group -1 are in none, and a group without rows is empty."""
    kept = group >= 0
    codes, articles = group[kept], corpus.article[kept]
    counts = np.zeros((size, len(STANCES)), dtype=np.intp)
    np.add.at(counts, (codes, corpus.stance[kept]), 1)
    pairs, m = np.unique(np.stack([codes, articles]), axis=1, return_counts=True)
    squares = np.bincount(pairs[0], m**2, minlength=size)
    n, n_articles = counts.sum(axis=1), np.bincount(pairs[0], minlength=size)
    uncertain = np.bincount(codes, corpus.uncertain[kept], minlength=size).astype(int)
    by = {label: counts[:, STANCES.index(label)] for label in STANCES}
    worth = effective_sizes(np.maximum(n, 1), np.maximum(squares, 1), correlation)
    found = shares(by["support"], by["oppose"], np.maximum(n, 1), worth)
    return [
        {
            "articles": int(n_articles[g]),
            "sentences": int(n[g]),
            **{label: int(by[label][g]) for label in SHOWN_ORDER},
            "uncertain": int(uncertain[g]),
            "effective_sentences": round(float(worth[g]), 1),
            **_three("share_support", found.support, g),
            **_three("share_oppose", found.oppose, g),
            **_three("net", found.net, g),
            "enough": bool(worth[g] >= ENOUGH),
        }
        if n[g]
        else {}
        for g in range(size)
    ]


def _three(name: str, values: tuple[Any, Any, Any], place: int) -> Row:
    ends = zip(("", "_low", "_high"), values, strict=True)
    return {f"{name}{end}": round(float(value[place]), _DECIMALS) for end, value in ends}


def _pairs(corpus: Corpus, figures: Sequence[Row], told: Sequence[int]) -> list[Row]:
    """Every two of the people told of: do they differ by more than chance?"""
    present = {number: set(corpus.article[corpus.person == number].tolist()) for number in told}
    rows = []
    for place, (one, number) in enumerate(zip(figures, told, strict=True)):
        for other, second in zip(figures[place + 1 :], told[place + 1 :], strict=True):
            gap, low, high = difference(_net(one), _net(other))
            rows.append({
                "figure": one["figure"], "figure_id": one["figure_id"],
                "other": other["figure"], "other_id": other["figure_id"],
                "articles_with_both": len(present[number] & present[second]),
                "net": one["net"], "other_net": other["net"],
                "difference": round(gap, _DECIMALS), "difference_low": round(low, _DECIMALS),
                "difference_high": round(high, _DECIMALS), "differ": not low <= 0 <= high,
            })  # fmt: skip
    return rows


def _net(row: Row) -> tuple[float, float, float]:
    return row["net"], row["net_low"], row["net_high"]


def _sentences(corpus: Corpus, told: Sequence[int]) -> list[Row]:
    rows = []
    for number in told:
        person = corpus.people[number]
        for side in ("support", "oppose"):
            for sentence in corpus.strongest.get((number, side), []):
                article = corpus.articles[sentence.article]
                rows.append({
                    "figure": person.name, "figure_id": person.id, "stance": side,
                    "probability": round(sentence.probability, _DECIMALS), "sentence": sentence.text,
                    "document": article.id, "sentence_index": sentence.index, "title": article.title,
                    "date": article.date, "source": article.source, "url": article.url,
                })  # fmt: skip
    return rows
