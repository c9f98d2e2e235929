"""DSE: directed sentiment between two entities of a news sentence; not stances toward persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from stance.datasets.entry import Entry
from stance.datasets.fetch import Published, github, read
from stance.errors import DatasetError
from stance.records import Span

Relation = Literal["neutral", "p likes q", "q likes p", "p dislikes q", "q dislikes p"]
_RELATIONS: dict[str, Relation] = {
    "0": "neutral",
    "1": "p likes q",
    "2": "q likes p",
    "3": "p dislikes q",
    "4": "q dislikes p",
}
_COMMIT = "6a1275f070e40e8d9ae7499963556653c05d439c"
_MARKED = re.compile(r"\[([^\[\]]*)\]")


def _file(split: str, sha256: str) -> Published:
    url = github("bywords/directed_sentiment_analysis", _COMMIT, f"dataset/{split}.txt")
    return Published(f"dse/{split}.txt", url, sha256)


FILES = {
    "train": _file("train", "0b608a7e376bcd73aad9f0f211d0c29e5fe520a281d1d4b3f5e4e37a20a0636b"),
    "valid": _file("valid", "e4bd17fd9f419acd034912de9bfc746a7e400d84496e6082cd18e30b4cedface"),
}


@dataclass(frozen=True, slots=True)
class DirectedSentiment:
    """A sentence with two entities, and how one feels about the other.

    Attributes:
        sentence: The text without the square brackets that mark the entities.
        p, q: The entities' spans, in reading order; many are cut before a final "s".
        relation: Who likes or dislikes whom.
    """

    sentence: str
    p: Span
    q: Span
    relation: Relation


def directed_sentiments(split: str) -> list[DirectedSentiment]:
    """All lines of a split; line n of the published file (from 0) is item n of the list.

    Raises:
        DatasetError: The file cannot be had, or a line does not mark two entities.
    """
    file = FILES[split]
    lines = read(file).removesuffix("\n").split("\n")
    return [_directed(line, f"{file.path} line {number}") for number, line in enumerate(lines, 1)]


def _directed(line: str, where: str) -> DirectedSentiment:
    marked, _, rest = line.partition("\t")
    pairs = list(_MARKED.finditer(marked))
    relation = _RELATIONS.get(rest.rpartition("\t")[2])
    if len(pairs) != 2 or relation is None:
        raise DatasetError(
            f"{where}: expected a sentence with two [entities] and a class from 0 to 4, found {line[:60]!r}; "
            "get the file anew"
        )
    # Each pair of brackets taken out moves what follows it by two.
    p, q = ((pair.start() - 2 * before, pair.end() - 2 - 2 * before) for before, pair in enumerate(pairs))
    return DirectedSentiment(_MARKED.sub(r"\1", marked), p, q, relation)


ENTRIES = (
    Entry(
        name="dse",
        source="DSE (Park et al., ACL Findings 2021), github.com/bywords/directed_sentiment_analysis",
        licence="free to use with citation",
        splits=lambda: tuple(FILES),
        size={"train": 13144, "valid": 1461}.__getitem__,
        files=lambda split: (FILES[split],),
        read=directed_sentiments,
    ),
)
