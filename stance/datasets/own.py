"""The project's own corpus: original sentences about fictional people, targets marked inline.

`{Marla Quisenberry|+|a} said {she|+|a} would sue {Todd Vance|-}.`: each mark is a mention and its label (`+`
support, `-` oppose, `0` neutral); marks that share a third field are one person's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from stance.datasets.entry import Entry
from stance.datasets.label_files import BY_SIGN
from stance.errors import DatasetError
from stance.records import LabelledRow, Span, Target
from stance.shipped import shipped
from stance.spans import overlaps, repetitions

_SPLITS = ("train", "dev", "test")
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?\}")


class _Mark(NamedTuple):
    span: Span
    label: str
    person: str


def parse_line(line: str, where: str) -> list[LabelledRow]:
    """The rows of one marked sentence, in reading order; `where` names the line in errors.

    A person marked once is also targeted where the same words stand unmarked.

    Raises:
        DatasetError: The marks are malformed, absent, or contradict each other.

    >>> for row in parse_line("{Ann Lee|+|a} said {she|+|a} liked {Bo Wu|0}.", "train.txt line 1"):
    ...     print(row.name, row.stance, row.target.mentions)
    Ann Lee support ((0, 7), (13, 16))
    Bo Wu neutral ((23, 28),)
    """
    sentence, marks = _unmarked(line, where)
    persons: dict[object, list[_Mark]] = {}
    for mark in marks:
        persons.setdefault(mark.person or mark.span, []).append(mark)
    return [_row(sentence, person, marks, where) for person in persons.values()]


def _unmarked(line: str, where: str) -> tuple[str, list[_Mark]]:
    pieces: list[str] = []
    marks: list[_Mark] = []
    done = length = 0
    for match in _MARK.finditer(line):
        mention, label, person = match.groups(default="")
        if not mention.strip() or label not in BY_SIGN:
            raise DatasetError(f"{where}: expected {{mention|+}}, |-}} or |0}}, found {match[0]}; correct it")
        pieces += [line[done : match.start()], mention]
        length += match.start() - done
        marks.append(_Mark((length, length + len(mention)), label, person))
        length += len(mention)
        done = match.end()
    sentence = "".join(pieces) + line[done:]
    if not marks or "{" in sentence or "}" in sentence:
        raise DatasetError(
            f"{where}: expected a sentence with its targets marked as {{mention|+}}, found {line[:60]!r}; "
            "close every brace and mark at least one target"
        )
    return sentence, marks


def _row(sentence: str, person: Sequence[_Mark], marks: Sequence[_Mark], where: str) -> LabelledRow:
    first = person[0]
    if len({mark.label for mark in person}) > 1:
        raise DatasetError(
            f"{where}: expected one label for all marks of person {first.person!r}, found "
            f"{', '.join(mark.label for mark in person)}; give them one label, or different letters"
        )
    if len(person) > 1:
        spans = tuple(mark.span for mark in person)
    else:
        others = [mark.span for mark in marks if mark is not first]
        spans = tuple(span for span in repetitions(sentence, first.span) if not overlaps(span, others))
    name = sentence[slice(*first.span)]
    return LabelledRow(Target(sentence, spans), name, BY_SIGN[first.label], document=sentence)


def _path(split: str) -> Path:
    return shipped("data", "corpus", f"{split}.txt")


def _rows(split: str) -> list[LabelledRow]:
    path = _path(split)
    rows: list[LabelledRow] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            rows += parse_line(line.strip(), f"{path} line {number}")
    return rows


ENTRIES = (
    Entry(
        name="own",
        source="this project's corpus of original sentences about fictional people (data/corpus)",
        licence="CC0-1.0",
        splits=lambda: tuple(split for split in _SPLITS if _path(split).is_file()),
        size=lambda split: len(_rows(split)),
        files=lambda _split: (),
        read=_rows,
    ),
)
