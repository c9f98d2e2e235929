"""Label files of this project (data/labels): a label a line, each of a span in a sentence of another set."""

from __future__ import annotations

import csv
from pathlib import Path

from stance.errors import DatasetError
from stance.records import Stance
from stance.shipped import shipped

BY_SIGN: dict[str, Stance] = {"+": "support", "-": "oppose", "0": "neutral"}
"""How this project's labels are written."""
_NO_PERSON = "x"

Label = tuple[dict[str, str], str]
"""A line's values by column, and its place in the file for messages."""


def label_file(name: str) -> Path:
    """Where the labels of that name lie."""
    return shipped("data", "labels", f"{name}.tsv")


def read_labels(name: str, columns: tuple[str, ...], perhaps: tuple[str, ...] = ()) -> list[Label]:
    """The labels of a file that are stances.

    Args:
        name: Of the file.
        columns: What it has.
        perhaps: What it may have after them.

    Raises:
        DatasetError: The file is not what it should be.
    """
    path = label_file(name)
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = tuple(reader.fieldnames or ())
        if found not in (columns, (*columns, *perhaps)):
            optional = f" and perhaps {', '.join(perhaps)}" if perhaps else ""
            raise DatasetError(
                f"{path} line 1: expected the columns {', '.join(columns)}{optional}, "
                f"found {', '.join(found) or 'none'}; correct the file"
            )
        labels = [(record, f"{path} line {reader.line_num}") for record in reader]
    for record, where in labels:
        if record["label"] not in BY_SIGN and record["label"] != _NO_PERSON:
            raise DatasetError(f"{where}: expected label +, -, 0 or x, found {record['label']!r}; correct it")
    return [(record, where) for record, where in labels if record["label"] != _NO_PERSON]
