"""P-Stance: tweets on Trump, Biden and Sanders, with their writers' stance; users bring the files."""

from __future__ import annotations

import csv
import io

from stance.datasets.entry import Entry
from stance.datasets.fetch import OnRequest, read
from stance.errors import DatasetError
from stance.records import LabelledRow, Stance
from stance.rows import labelled_row

_STANCES: dict[str, Stance] = {"FAVOR": "support", "AGAINST": "oppose"}
_COLUMNS = ["Tweet", "Target", "Stance"]
_FILE_SPLITS = {"train": "train", "dev": "val", "test": "test"}
_SIZES = {
    "trump": {"train": 6362, "dev": 814, "test": 777},
    "biden": {"train": 5806, "dev": 745, "test": 745},
    "bernie": {"train": 5056, "dev": 634, "test": 635},
}


def _file(person: str, split: str) -> OnRequest:
    return OnRequest(f"pstance/{_FILE_SPLITS[split]}_{person}.csv", "github.com/chuchun8/PStance")


def _rows(file: OnRequest) -> list[LabelledRow]:
    """Every tweet; where it does not name its target as whole words it has no position."""
    reader = csv.DictReader(io.StringIO(read(file).removeprefix("\ufeff"), newline=""), strict=True)
    try:
        columns = list(reader.fieldnames or ())
        records = [(record, f"{file.path} line {reader.line_num}") for record in reader]
    except csv.Error as error:
        raise DatasetError(
            f"{file.path} line {reader.reader.line_num}: expected CSV, found {error}; take the file as its authors "
            "hand it out"
        ) from error
    if columns != _COLUMNS:
        raise DatasetError(
            f"{file.path} line 1: expected the columns {', '.join(_COLUMNS)}, found "
            f"{', '.join(columns) or 'none'}; take the file as its authors hand it out"
        )
    return [_row(record, where) for record, where in records]


def _row(record: dict[str, str], where: str) -> LabelledRow:
    label = record["Stance"]
    if label not in _STANCES:
        raise DatasetError(f"{where}: expected FAVOR or AGAINST, found {label!r}; correct the file")
    row = {"sentence": record["Tweet"], "target": record["Target"], "stance": _STANCES[label]}
    return labelled_row(row, where)


def _entry(name: str, *persons: str) -> Entry[LabelledRow]:
    return Entry(
        name=name,
        source=f"P-Stance, {', '.join(persons)} (Li et al., ACL Findings 2021), github.com/chuchun8/PStance",
        licence="none stated: measure with it, ship nothing trained on it",
        splits=lambda: tuple(_FILE_SPLITS),
        size=lambda split: sum(_SIZES[person][split] for person in persons),
        files=lambda split: tuple(_file(person, split) for person in persons),
        read=lambda split: [row for person in persons for row in _rows(_file(person, split))],
    )


ENTRIES = (_entry("pstance", *_SIZES), *(_entry(f"pstance-{person}", person) for person in _SIZES))
