"""Tables of prediction rows, as `stance predict` writes them, read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stance.errors import InputError, MissingColumnError
from stance.reading import Note, TableRow, converted, find_inputs, is_table
from stance.records import CARRIED, STANCES, Failure, Mention, Prediction, Stance
from stance.values import as_text

_REQUIRED = ("document", "sentence", "figure", "stance")
_EXPECTED = "expected `probabilities`, or the columns p_support, p_oppose, p_neutral, from 0 to 1"


def read_predictions(named: list[str], note: Note) -> Iterator[Prediction | Failure]:
    """The prediction rows in tables and in folders of tables, one at a time.

    Args:
        named: Files (.jsonl, .csv, .parquet), folders, globs, or `-` for JSON lines on standard input.
        note: Told what the user should know though it stops nothing.
    """
    tables = [name for given in named for name in _tables(given)]
    for name in find_inputs(tables, note):
        if isinstance(name, Failure):
            yield name
        elif name == "-" or is_table(name):
            yield from converted(name, note, _prediction)
        elif name in tables:
            yield Failure(name, f"{name}: expected prediction rows (.jsonl, .csv, .parquet), found another suffix")


def _tables(given: str) -> list[str]:
    """Of a folder of results its shards, which are not all that lies in it; else what was given."""
    folder = Path(given)
    if not (folder / "manifest.json").is_file():
        return [given]
    shards = sorted(str(shard) for shard in folder.glob("part-*"))
    if not shards:
        raise InputError(f"{given}: expected results of stance predict (part-*), found none; wait for the first")
    return shards


def _prediction(row: TableRow) -> Prediction:
    values, where = row.values, row.where
    absent = [column for column in _REQUIRED if not values.get(column)]
    if absent:
        message = (
            f"{where}: expected prediction rows as `stance predict` writes them, found none of {', '.join(absent)}; "
            "make them with stance predict ARTICLES --format parquet --output rows.parquet"
        )
        raise MissingColumnError(message, absent) if set(absent) - set(values) else InputError(message)
    if values["stance"] not in STANCES:
        raise InputError(f"{where}: expected stance {', '.join(STANCES)}, found {values['stance']!r}; predict anew")
    return Prediction(
        document=str(values["document"]),
        sentence_index=_whole(values.get("sentence_index")),
        start=_whole(values.get("start")),
        end=_whole(values.get("end")),
        sentence=str(values["sentence"]),
        figure=str(values["figure"]),
        figure_id=as_text(values.get("figure_id")),
        party=as_text(values.get("party")),
        mentions=_mentions(values.get("mentions"), where),
        stance=values["stance"],
        probabilities=_probabilities(values, where),
        uncertain=str(values.get("uncertain")).lower() == "true",
        carried={name: text for name in CARRIED if (text := as_text(values.get(name)))},
    )


def _probabilities(values: Mapping[str, Any], where: str) -> dict[Stance, float]:
    nested = values.get("probabilities")
    if nested is None and not any(f"p_{label}" in values for label in STANCES):
        raise MissingColumnError(f"{where}: {_EXPECTED}, found none of them; predict anew", ["probabilities"])
    try:
        found: dict[Stance, float] = {
            label: float(nested[label] if isinstance(nested, Mapping) else values[f"p_{label}"]) for label in STANCES
        }
    except (KeyError, TypeError, ValueError, OverflowError):
        found = {}
    if not found or not all(0 <= value <= 1 for value in found.values()):
        raise InputError(f"{where}: {_EXPECTED}, found others or none; predict anew")
    return found


def _mentions(value: Any, where: str) -> tuple[Mention, ...]:
    try:
        given = json.loads(value) if isinstance(value, str) and value else value or []
        return tuple(Mention(int(m["start"]), int(m["end"]), str(m["text"]), m["kind"]) for m in given)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise InputError(
            f"{where}: expected mentions as a list of start, end, text, kind, found {str(value)[:60]!r}; predict anew"
        ) from error


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
