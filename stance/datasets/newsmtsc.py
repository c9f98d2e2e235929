"""NewsMTSC: sentences of US news on policy, labelled toward a mention by five coders each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stance.datasets.entry import Entry
from stance.datasets.fetch import Published, github, read
from stance.errors import DatasetError, InputError
from stance.records import LabelledRow, Stance
from stance.rows import labelled_row

_COMMIT = "b9d9b79704ed1b35cecaf1d7c2343dc1bd734fb7"
_FOLDER = "NewsSentiment/experiments/default/datasets"


def _file(part: str, split: str, sha256: str) -> Published:
    url = github("fhamborg/NewsMTSC", _COMMIT, f"{_FOLDER}/newsmtsc-{part}-hf/{split}.jsonl")
    return Published(f"newsmtsc/{part}/{split}.jsonl", url, sha256)


# Both parts are published with the same training file.
FILES = {
    ("newsmtsc", "train"): _file("rw", "train", "e78c7964aad1d5b7dbc66cb3a05d5885dbf2e29a2a3171f0d75b497bf18f3621"),
    ("newsmtsc-rw", "dev"): _file("rw", "dev", "78b5dde35a97b452035c07c142fac5ecf44dd998217921cff62a1519ed01e952"),
    ("newsmtsc-rw", "test"): _file("rw", "test", "9bb6bf992bda28dda7eb0508a55964dbdd1b4a4a0dcc66f5c5417943a854eb2b"),
    ("newsmtsc-mt", "dev"): _file("mt", "dev", "9dc6480071836094894ee9606cd6bd810d3edeb2d37638d751e55bbb7d375aaa"),
    ("newsmtsc-mt", "test"): _file("mt", "test", "5019b47c190a32ee88687bd383cfe1c8e921e497af5990abac1f5d1c0479a993"),
}
_STANCES: dict[int, Stance] = {-1: "oppose", 0: "neutral", 1: "support"}


def _rows(file: Published) -> list[LabelledRow]:
    """Every published row, duplicates included; its group is the article it comes from."""
    lines = read(file).split("\n")
    return [_row(line, f"{file.path} line {number}") for number, line in enumerate(lines, 1) if line]


def training_rows() -> list[LabelledRow]:
    """The published training rows, in their order."""
    return _rows(FILES["newsmtsc", "train"])


def _row(line: str, where: str) -> LabelledRow:
    try:
        published: dict[str, Any] = json.loads(line)
        row = {
            "sentence": published["sentence"],
            "target": published["mention"],
            "start": published["from"],
            "end": published["to"],
            "stance": _STANCES[published["polarity"]],
            "document": "_".join(published["id"].split("_")[:3]),
        }
        return labelled_row(row, where)
    except (KeyError, TypeError, ValueError, InputError) as error:
        raise DatasetError(f"{where}: expected a row of NewsMTSC, found {error!r}; get the file anew") from error


def _entry(name: str, kind: str, sizes: Mapping[str, int]) -> Entry[LabelledRow]:
    return Entry(
        name=name,
        source=f"NewsMTSC, {kind} (Hamborg and Donnay, EACL 2021), github.com/fhamborg/NewsMTSC",
        licence="MIT",
        splits=lambda: tuple(sizes),
        size=sizes.__getitem__,
        files=lambda split: (FILES[name, split],),
        read=lambda split: _rows(FILES[name, split]),
    )


ENTRIES = (
    _entry("newsmtsc", "training sentences", {"train": 8739}),
    _entry("newsmtsc-rw", "real-world mix", {"dev": 343, "test": 803}),
    _entry("newsmtsc-mt", "several targets in a sentence", {"dev": 442, "test": 1034}),
)
