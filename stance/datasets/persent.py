"""PerSenT: news articles about a person, and how their authors feel about that person."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from stance.datasets.entry import Entry
from stance.datasets.fetch import Published, github, read
from stance.errors import DatasetError
from stance.records import Stance

_STANCES: dict[str, Stance] = {"Positive": "support", "Neutral": "neutral", "Negative": "oppose"}
_COMMIT = "7e29e0f5b5a23a9b2269b8d37b788fd32ac94aea"
FILES = {
    "dev": Published(
        "persent/dev.csv",
        github("MHDBST/PerSenT", _COMMIT, "dev.csv"),
        "9db2929ff199b6beff0d4484b1e566808a6abc6648f46467dabdac65cb7f4887",
    )
}


@dataclass(frozen=True, slots=True)
class ArticleSentiment:
    """An article, the person it is about, and the author's view as readers saw it.

    Attributes:
        id: The publisher's number of the document.
        title: The headline.
        person: The person's name.
        text: The article, a paragraph per line; it has lost its commas.
        stance: The view of the whole article.
        paragraphs: The view of each paragraph that readers labelled, in order.
    """

    id: str
    title: str
    person: str
    text: str
    stance: Stance
    paragraphs: tuple[Stance, ...]


def _articles(split: str) -> list[ArticleSentiment]:
    file = FILES[split]
    reader = csv.DictReader(io.StringIO(read(file), newline=""))
    return [_article(record, f"{file.path} line {reader.line_num}") for record in reader]


def _article(record: dict[str, str], where: str) -> ArticleSentiment:
    try:
        paragraphs = [value for column, value in record.items() if column.startswith("Paragraph") and value]
        return ArticleSentiment(
            id=record["DOCUMENT_INDEX"],
            title=record["TITLE"],
            person=record["TARGET_ENTITY"],
            text=record["DOCUMENT"],
            stance=_STANCES[record["TRUE_SENTIMENT"]],
            paragraphs=tuple(_STANCES[value] for value in paragraphs),
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise DatasetError(f"{where}: expected a row of PerSenT, found {error!r}; get the file anew") from error


ENTRIES = (
    Entry(
        name="persent",
        source="PerSenT (Bastan et al., COLING 2020), github.com/MHDBST/PerSenT",
        licence="unknown: measure only",
        splits=lambda: tuple(FILES),
        size={"dev": 578}.__getitem__,
        files=lambda split: (FILES[split],),
        read=_articles,
    ),
)
