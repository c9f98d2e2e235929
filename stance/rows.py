"""Rows as users give them, made into the model's targets and labelled rows.

A row is `(sentence, target)`, `(sentence, start, end)`, a mapping with the labelled-row columns, or a
`Target`. Whatever cannot be read as one is an `InputError` that names the row: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stance.errors import InputError, MissingColumnError
from stance.records import STANCES, LabelledRow, Span, Target
from stance.soundness import are_sound, is_sound
from stance.spans import locate, repetitions
from stance.values import is_missing, read_span, read_spans, read_text, read_weight, shown

_FORMS = "(sentence, target), (sentence, start, end) or a mapping with the columns sentence and target"


def as_targets(rows: object) -> list[Target]:
    """The model's targets, one per row and in the order given.

    Args:
        rows: A sequence of rows in any mixture of forms, or a pandas DataFrame of the labelled-row columns.

    Raises:
        InputError: A row cannot be read; the message names it by its index, from 0.

    >>> as_targets([("Sanders praised Clinton, and Clinton smiled.", "Clinton")])[0].mentions
    ((16, 23), (29, 36))
    >>> as_targets([{"sentence": "Lock her up!", "target": "Hillary Clinton"}])[0].mentions
    ()
    """
    given = list(_each(rows))
    return given if are_sound(given) else [as_target(row, f"row {index}") for index, row in enumerate(given)]


def as_target(row: object, where: str) -> Target:
    """The model's target for one row; `where` names the row in errors (`"rows.csv line 7"`).

    >>> as_target(("Sanders praised Clinton.", 0, 7), "row 0")
    Target(sentence='Sanders praised Clinton.', mentions=((0, 7),))
    """
    if isinstance(row, Target):
        return (
            row
            if is_sound(row)
            else Target(read_text(row.sentence, "sentence", where), read_spans(row.mentions, row.sentence, where))
        )
    if isinstance(row, Mapping):
        return _target_of_mapping(row, where)
    if isinstance(row, tuple | list) and len(row) == 2:
        return _target_named(read_text(row[0], "sentence", where), read_text(row[1], "target", where))
    if isinstance(row, tuple | list) and len(row) == 3:
        sentence = read_text(row[0], "sentence", where)
        return target_at(sentence, read_span(row[1], row[2], sentence, where))
    raise InputError(f"{where}: expected {_FORMS}, found {shown(row)}; put the row in one of these forms")


def labelled_row(row: Mapping[str, Any], where: str) -> LabelledRow:
    """A row with its gold stance, its weight (1.0 where missing) and its group (the sentence where missing).

    Raises:
        InputError: The row cannot be read, or its stance is not one of the three labels.

    >>> given = {"sentence": "Sanders praised Clinton.", "target": "Clinton", "stance": "support"}
    >>> row = labelled_row(given, "rows.csv line 2")
    >>> row.name, row.stance, row.document, row.weight
    ('Clinton', 'support', 'Sanders praised Clinton.', 1.0)
    """
    target = _target_of_mapping(row, where, ("sentence", "target", "stance"))
    label = row["stance"]
    if label not in STANCES:
        expected = f"{', '.join(STANCES[:-1])} or {STANCES[-1]}"
        raise InputError(f"{where}: expected stance {expected}, found {shown(label)}; use exactly these labels")
    document = row.get("document")
    return LabelledRow(
        target=target,
        name=row["target"],
        stance=label,
        document=target.sentence if is_missing(document) else str(document),
        weight=read_weight(row.get("weight"), where),
    )


def merge_rows(rows: Sequence[LabelledRow]) -> tuple[list[LabelledRow], int, int]:
    """Rows for training: each target once.

    Returns:
        The rows kept, in order (the first of equal ones, with its weight); how many equal rows were collapsed
        into one kept; how many rows were dropped because their target stands with different stances.

    >>> text = Target("Sanders praised Clinton.", ((16, 23),))
    >>> row = LabelledRow(text, "Clinton", "support", "a")
    >>> merge_rows([row, row]) == ([row], 1, 0)
    True
    """
    first: dict[Target, LabelledRow] = {}
    contradicted: set[Target] = set()
    for row in rows:
        if first.setdefault(row.target, row).stance != row.stance:
            contradicted.add(row.target)
    kept = [row for target, row in first.items() if target not in contradicted]
    n_contradictory = sum(row.target in contradicted for row in rows)
    return kept, len(rows) - len(kept) - n_contradictory, n_contradictory


def target_at(sentence: str, span: Span) -> Target:
    """The target at `span`, and at every word-bounded repetition of its text.

    >>> target_at("He said he knew he had won.", (8, 10)).mentions
    ((8, 10), (16, 18))
    """
    return Target(sentence, repetitions(sentence, span))


def _each(rows: object) -> Iterable[object]:
    if hasattr(rows, "to_dict") and hasattr(rows, "columns"):  # a DataFrame, without importing pandas
        records: Iterable[object] = rows.to_dict("records")
        return records
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise InputError(f"expected a sequence of rows, found {shown(rows)}; put a single row in a list")
    return rows


def _target_of_mapping(row: Mapping[str, Any], where: str, columns: tuple[str, ...] = ("sentence", "target")) -> Target:
    absent = [column for column in columns if column not in row]
    if absent:
        found = ", ".join(map(str, row)) or "none"
        raise MissingColumnError(
            f"{where}: expected the columns {', '.join(columns)}, found {found}; add {' and '.join(absent)}", absent
        )
    sentence, name = read_text(row["sentence"], "sentence", where), read_text(row["target"], "target", where)
    start, end, mentions = row.get("start"), row.get("end"), row.get("mentions")
    span = None if is_missing(start) and is_missing(end) else read_span(start, end, sentence, where)
    if is_missing(mentions):
        return target_at(sentence, span) if span else _target_named(sentence, name)
    spans = read_spans(mentions, sentence, where)
    if span and span not in spans:
        raise InputError(
            f"{where}: expected start and end to be among the mentions, found {list(span)} and "
            f"{[list(mention) for mention in spans]}; list every span of the target in mentions"
        )
    return Target(sentence, spans)


def _target_named(sentence: str, name: str) -> Target:
    span = locate(sentence, name.strip())
    return target_at(sentence, span) if span else Target(sentence)
