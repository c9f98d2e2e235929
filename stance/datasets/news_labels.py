"""This project's own stance labels of DSE's news sentences, joined with the sentences when loaded.

`news-labels` has each label's own span; `news-resolved` has, of the training labels whose person the sentence mentions
further, all mentions (`data/build_resolved.py`), as rows of articles have them.
"""

from __future__ import annotations

from stance.datasets.dse import FILES, DirectedSentiment, directed_sentiments
from stance.datasets.entry import Entry
from stance.datasets.label_files import BY_SIGN, Label, label_file, read_labels
from stance.errors import DatasetError, InputError
from stance.records import LabelledRow
from stance.rows import labelled_row
from stance.spans import whole_words

_COLUMNS = ("split", "line", "start", "end", "label")
_SPLITS = ("train", "test")
_RESOLVED = "resolved"


def labels(name: str) -> list[Label]:
    """The labels of `data/labels/<name>.tsv` that are stances.

    Raises:
        DatasetError: The file is not what it should be.
    """
    return read_labels(name, _COLUMNS, ("mentions",))


def _rows(name: str) -> list[LabelledRow]:
    """One row per label; where no mentions are listed, they are the labelled span and its repetitions."""
    labelled = labels(name)
    parts = {record["split"] for record, _ in labelled} & FILES.keys()
    sentences = {part: directed_sentiments(part) for part in sorted(parts)}
    return [_row(record, sentences.get(record["split"], []), where) for record, where in labelled]


def _row(record: dict[str, str], sentences: list[DirectedSentiment], where: str) -> LabelledRow:
    try:
        line = int(record["line"])
        if not 0 <= line < len(sentences):
            raise ValueError(f"no line {line} in split {record['split']!r}")
        sentence = sentences[line].sentence
        # Widened, since DSE's own marks cut many names before a final "s".
        start, end = whole_words(sentence, (int(record["start"]), int(record["end"])))
        row = {
            "sentence": sentence,
            "target": sentence[start:end],
            "start": start,
            "end": end,
            "mentions": record.get("mentions"),
            "stance": BY_SIGN[record["label"]],
        }
        return labelled_row(row, where)
    except (TypeError, ValueError, InputError) as error:
        raise DatasetError(f"{where}: expected a span in a sentence of DSE, found {error}; correct it") from error


_SOURCE = "labels of this project (data/labels) for sentences of DSE (Park et al., ACL Findings 2021)"
_LICENCE = "labels MIT; DSE's sentences free to use with citation"

ENTRIES = (
    Entry(
        name="news-labels",
        source=_SOURCE,
        licence=_LICENCE,
        splits=lambda: tuple(split for split in _SPLITS if label_file(split).is_file()),
        size=lambda split: len(labels(split)),
        files=lambda _split: tuple(FILES.values()),
        read=_rows,
    ),
    Entry(
        name="news-resolved",
        source=f"{_SOURCE}, with all mentions of the person",
        licence=_LICENCE,
        splits=lambda: ("train",) if label_file(_RESOLVED).is_file() else (),
        size=lambda _split: len(labels(_RESOLVED)),
        files=lambda _split: tuple(FILES.values()),
        read=lambda _split: _rows(_RESOLVED),
    ),
)
