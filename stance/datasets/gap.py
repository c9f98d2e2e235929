"""GAP: which of two names an ambiguous pronoun refers to, in paragraphs of Wikipedia."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from stance.datasets.entry import Entry
from stance.datasets.fetch import Published, github, read
from stance.errors import DatasetError
from stance.records import Span

_COMMIT = "83135f26025cdd705c04f77e940d0c9201116b80"


def _file(split: str, sha256: str) -> Published:
    url = github("google-research-datasets/gap-coreference", _COMMIT, f"gap-{split}.tsv")
    return Published(f"gap/{split}.tsv", url, sha256)


FILES = {
    "development": _file("development", "b9a01434fcf58d8c2f9bc762480c27e58ce466cf1ffe8b09cfecbc7a20d2d634"),
    "validation": _file("validation", "2d784f66b390404f554704b9aef6dcde8845e79dda9886b8391cf7e9a24fdb98"),
}


@dataclass(frozen=True, slots=True)
class PronounCase:
    """A pronoun and the two names it may refer to.

    Attributes:
        id: The publisher's id.
        text: The paragraph.
        pronoun, a, b: Spans in `text`.
        refers_to_a, refers_to_b: The gold answer; never both, and sometimes neither.
    """

    id: str
    text: str
    pronoun: Span
    a: Span
    b: Span
    refers_to_a: bool
    refers_to_b: bool


def _cases(split: str) -> list[PronounCase]:
    file = FILES[split]
    lines = io.StringIO(read(file), newline="")
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_case(record, f"{file.path} line {reader.line_num}") for record in reader]


def _case(record: dict[str, str], where: str) -> PronounCase:
    try:
        return PronounCase(
            id=record["ID"],
            text=record["Text"],
            pronoun=_span(record, "Pronoun"),
            a=_span(record, "A"),
            b=_span(record, "B"),
            refers_to_a=_TRUTHS[record["A-coref"]],
            refers_to_b=_TRUTHS[record["B-coref"]],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DatasetError(f"{where}: expected a row of GAP, found {error!r}; get the file anew") from error


_TRUTHS = {"TRUE": True, "FALSE": False}


def _span(record: dict[str, str], column: str) -> Span:
    start = int(record[f"{column}-offset"])
    return start, start + len(record[column])


ENTRIES = (
    Entry(
        name="gap",
        source="GAP (Webster et al., TACL 2018), github.com/google-research-datasets/gap-coreference",
        licence="Apache-2.0",
        splits=lambda: tuple(FILES),
        size={"development": 2000, "validation": 454}.__getitem__,
        files=lambda split: (FILES[split],),
        read=_cases,
    ),
)
