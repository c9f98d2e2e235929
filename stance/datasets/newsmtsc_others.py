"""This project's own labels of further persons in NewsMTSC's training sentences, joined with them when loaded.

NewsMTSC labels one or two persons of a sentence; these are others in it, so that a sentence speaks of several people.
"""

from __future__ import annotations

import csv
from pathlib import Path

from stance.datasets.entry import Entry
from stance.datasets.newsmtsc import FILES, training_rows
from stance.errors import DatasetError, InputError
from stance.records import LabelledRow, Stance
from stance.rows import labelled_row
from stance.shipped import shipped

_STANCES: dict[str, Stance] = {"+": "support", "-": "oppose", "0": "neutral"}
_NO_PERSON = "x"
_COLUMNS = ["line", "start", "end", "label"]


def _path() -> Path:
    return shipped("data", "labels", "newsmtsc_others.tsv")


def _labels() -> list[tuple[dict[str, str], str]]:
    """The labels that are stances, each with its place in the file for messages."""
    path = _path()
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if list(reader.fieldnames or ()) != _COLUMNS:
            raise DatasetError(f"{path} line 1: expected the columns {', '.join(_COLUMNS)}; correct the file")
        labels = [(record, f"{path} line {reader.line_num}") for record in reader]
    for record, where in labels:
        if record["label"] not in _STANCES and record["label"] != _NO_PERSON:
            raise DatasetError(f"{where}: expected label +, -, 0 or x, found {record['label']!r}; correct it")
    return [(record, where) for record, where in labels if record["label"] != _NO_PERSON]


def _rows(_split: str) -> list[LabelledRow]:
    published = training_rows()
    return [_row(record, published, where) for record, where in _labels()]


def _row(record: dict[str, str], published: list[LabelledRow], where: str) -> LabelledRow:
    try:
        line, start, end = int(record["line"]), int(record["start"]), int(record["end"])
        if not 0 <= line < len(published):
            raise ValueError(f"no line {line}")
        sentence = published[line].target.sentence
        row = {
            "sentence": sentence,
            "target": sentence[start:end],
            "start": start,
            "end": end,
            "stance": _STANCES[record["label"]],
            # NewsMTSC's own group, so that no article is in training and held out at once.
            "document": published[line].document,
        }
        return labelled_row(row, where)
    except (TypeError, ValueError, InputError) as error:
        raise DatasetError(f"{where}: expected a span in a sentence of NewsMTSC, found {error}; correct it") from error


ENTRIES = (
    Entry(
        name="newsmtsc-others",
        source="labels of this project (data/labels) for further persons in NewsMTSC's training sentences",
        licence="MIT",
        splits=lambda: ("train",) if _path().is_file() else (),
        size=lambda _split: len(_labels()),
        files=lambda _split: (FILES["newsmtsc", "train"],),
        read=_rows,
    ),
)
