"""A corpus to one page: who is supported and opposed, when, where, and in which words."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from stance.report.columns import COLUMNS
from stance.report.corpus import Corpus
from stance.report.corpus_charts import net_chart, time_chart
from stance.report.tables import ENOUGH, Row, Tables
from stance.report.templates import clean, page
from stance.writing import write_table

LISTED = 100
"""People in the table of the page; its CSV has all."""

_MOST_SOURCES = 15
_SAFE = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads.

    Attributes:
        articles: Addresses of article pages by document; a sentence's anchor is added.
        tables: Addresses of the tables' files by name; empty where the page carries them itself.
    """

    articles: Mapping[str, str]
    tables: Mapping[str, str]


NO_LINKS = Links({}, {})


def corpus_page(
    corpus: Corpus, tables: Tables, about: str, *, links: Links = NO_LINKS, sample_size: int | None = None
) -> Iterator[str]:
    """Pieces of the HTML page of a corpus.

    Args:
        corpus: At least one row.
        tables: Its tables; with `corrected` among them, the page shows these shares first.
        about: What made the predictions, in a line.
        links: Where article pages and tables lie.
        sample_size: Labelled rows that the shares were corrected by.

    Raises:
        OutputError: Jinja or matplotlib is not installed.
    """
    figures = tables.rows["figures"]
    told = [_story(corpus, tables, number, place, links) for place, number in enumerate(tables.told)]
    yield from page(
        "corpus",
        title=f"{len(corpus.articles):,} articles",
        about=about,
        lead=_lead(corpus, tables),
        tables=tables,
        figures=figures[:LISTED],
        left_out=len(figures) - LISTED,
        ranking=_ranking(figures[: len(told)]),
        stories=told,
        sources=_sources(tables),
        articles=_articles(corpus, links),
        downloads=[(name, _address(name, rows, links)) for name, rows in tables.rows.items() if rows],
        pairs=_pairs(tables.rows["pairs"], len(told)),
        corrected=tables.rows.get("corrected", []),
        sample_size=sample_size,
        enough=ENOUGH,
    )


def csv_bytes(name: str, rows: Sequence[Row]) -> bytes:
    """A table as the bytes of a CSV file."""
    stream = io.BytesIO()
    write_table(rows, "csv", stream, COLUMNS[name])
    return stream.getvalue()


def _ranking(rows: Sequence[Row]) -> str:
    return net_chart(rows, "figure", "Net stance of the people mentioned most, with intervals") if rows else ""


def _lead(corpus: Corpus, tables: Tables) -> str:
    span = ", {} to {}".format(*tables.span) if tables.span else ""
    undated = f" {tables.undated:,} of them have no date." if tables.span and tables.undated else ""
    return (
        f"{len(corpus.person):,} calls on {len(corpus.people):,} people in {len(corpus.articles):,} articles{span}."
        f"{undated}"
    )


def _story(corpus: Corpus, tables: Tables, number: int, place: int, links: Links) -> dict[str, Any]:
    """What the page tells of one person."""
    person = corpus.people[number]

    def theirs(table: str) -> list[Row]:
        rows = tables.rows[table]
        return [row for row in rows if (row["figure"], row["figure_id"]) == (person.name, person.id)]

    periods = theirs("periods")
    label = f"Net stance toward {person.name} by {tables.unit}, with intervals"
    return {
        "name": clean(person.name),
        "party": clean(person.party or ""),
        "counts": tables.rows["figures"][place],
        "time": time_chart(periods, label) if len(periods) > 1 else "",
        "periods": periods,
        "by_source": {row["source"]: row for row in theirs("sources")},
        "sentences": [_sentence(row, links) for row in theirs("sentences")],
    }


def _sentence(row: Row, links: Links) -> Row:
    known = " · ".join(
        clean(str(part)) for part in (row["title"] or row["document"], row["source"], row["date"]) if part
    )
    address = links.articles.get(row["document"])
    if address:
        return {**row, "known": known, "address": f"{address}#s0-{row['sentence_index']}"}
    return {**row, "known": known, "address": row["url"] if str(row["url"]).startswith(_SAFE) else None}


def _sources(tables: Tables) -> list[str]:
    """The sources with the most sentences about the people told of."""
    sizes: dict[str, int] = {}
    for row in tables.rows["sources"]:
        sizes[row["source"]] = sizes.get(row["source"], 0) + row["sentences"]
    return sorted(sizes, key=lambda source: -sizes[source])[:_MOST_SOURCES]


def _articles(corpus: Corpus, links: Links) -> list[dict[str, Any]]:
    if not links.articles:
        return []
    calls: list[int] = [0] * len(corpus.articles)
    for number in corpus.article.tolist():
        calls[number] += 1
    return [
        {
            "address": links.articles[article.id],
            "title": clean(article.title or article.id),
            "known": " · ".join(clean(part) for part in (article.source, article.date) if part),
            "calls": calls[number],
        }
        for number, article in enumerate(corpus.articles)
        if article.id in links.articles
    ]


def _address(name: str, rows: Sequence[Row], links: Links) -> str:
    if name in links.tables:
        return links.tables[name]
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(csv_bytes(name, rows)).decode()}"


def _pairs(rows: Sequence[Row], told: int) -> list[tuple[int, int, str]]:
    """What the page says of two people, by their places."""
    places = combinations(range(told), 2)
    return [(one, other, _difference(row)) for (one, other), row in zip(places, rows, strict=True)]


def _difference(row: Row) -> str:
    gap = f"{abs(row['difference']):.2f}"
    low, high = sorted(abs(row[end]) for end in ("difference_low", "difference_high"))
    if not row["differ"]:
        return "Their net stances differ by no more than chance may bring about."
    ahead, behind = (row["figure"], row["other"]) if row["difference"] > 0 else (row["other"], row["figure"])
    return (
        f"The net stance toward {clean(ahead)} is {gap} higher than toward {clean(behind)} "
        f"(95 % interval {low:.2f} to {high:.2f}); {row['articles_with_both']:,} articles mention both."
    )
