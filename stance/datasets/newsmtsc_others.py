"""This project's own labels of further persons in NewsMTSC's training sentences, joined with them when loaded.

NewsMTSC labels one or two persons of a sentence; these are others in it, so that a sentence speaks of several people.
"""

from __future__ import annotations

from stance.datasets.entry import Entry
from stance.datasets.label_files import BY_SIGN, Label, label_file, read_labels
from stance.datasets.newsmtsc import FILES, training_rows
from stance.errors import DatasetError, InputError
from stance.records import LabelledRow
from stance.rows import labelled_row

_FILE = "newsmtsc_others"


def _labels() -> list[Label]:
    return read_labels(_FILE, ("line", "start", "end", "label"))


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
            "stance": BY_SIGN[record["label"]],
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
        splits=lambda: ("train",) if label_file(_FILE).is_file() else (),
        size=lambda _split: len(_labels()),
        files=lambda _split: (FILES["newsmtsc", "train"],),
        read=_rows,
    ),
)
