"""Gold beside articles: `X.gold.jsonl` beside `X.txt` says what a reader would expect to be predicted.

Its lines are prediction rows without probabilities, one per (sentence, figure), every mention listed.
Of articles that are not this project's to ship, positions and labels alone give the same rows, joined with the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from stance.errors import InputError
from stance.records import MENTION_KINDS, STANCES, Mention, Span, Stance

_COLUMNS = ("start", "end", "sentence", "figure", "figure_id", "mentions", "stance")
_MENTION_COLUMNS = ("start", "end", "text", "kind")
_POSITION_COLUMNS = ("article", "start", "end", "figure_key", "figure_id", "mentions", "stance")
_Rows = dict[tuple[int, int, str], "GoldRow"]  # by sentence and figure


@dataclass(frozen=True, slots=True)
class GoldRow:
    """What should be said about one figure in one sentence.

    Attributes:
        start, end: The sentence's offsets in the article's text.
        figure: The figure's name.
        figure_id: Only for known figures.
        mentions: All mentions of the figure in this sentence, offsets in the article's text.
        stance: The gold stance.
        in_quote, speaker: As in a prediction row; `in_quote` is None where quotations are not annotated.
    """

    start: int
    end: int
    figure: str
    figure_id: str | None
    mentions: tuple[Mention, ...]
    stance: Stance
    in_quote: bool | None = None
    speaker: str | None = None


def gold_path(article: Path) -> Path:
    """Where the gold of an article lies.

    >>> gold_path(Path("seeds/rally.txt")).name
    'rally.gold.jsonl'
    """
    return article.with_suffix(".gold.jsonl")


def read_gold(path: Path, text: str) -> list[GoldRow]:
    """The gold rows of a file, in its order.

    Args:
        path: The gold file.
        text: The article's text as stance reads it; the offsets of the rows are checked against it.

    Raises:
        InputError: The file cannot be read, or a line is not a gold row of this text.
    """
    rows: _Rows = {}
    for where, given in _lines(path):
        _add(_row(given, text, where), rows, where)
    return list(rows.values())


def read_positions(path: Path, texts: Mapping[str, str]) -> dict[str, list[GoldRow]]:
    """The gold rows of a file of positions, by article; figures go by their fullest mention there, a name if any.

    Args:
        path: Gold rows with `article` and `figure_key` for `document` and `figure`, and without the texts.
        texts: Each article's text, by the id that the file gives it; others are passed over.

    Raises:
        InputError: As for `read_gold`; or a text is absent, or two figures of an article come to one name.
    """
    articles: dict[str, _Rows] = {}
    for where, given in _lines(path):
        _require(given, _POSITION_COLUMNS, "row", where)
        if not isinstance(article := given["article"], str) or article not in texts:
            raise _error(where, "the id of an article whose text is given", repr(article), "load the set it is of")
        _add(_row(_filled(given, texts[article]), texts[article], where), articles.setdefault(article, {}), where)
    return {article: _named(list(rows.values()), f"{path}, article {article}") for article, rows in articles.items()}


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: expected gold rows in UTF-8, found {error}; write one JSON row per line") from error
    for number, line in enumerate(lines, 1):
        where = f"{path} line {number}"
        try:
            if line.strip():
                yield where, json.loads(line)
        except ValueError as error:
            raise _error(where, "a JSON object", str(error), "write one row per line") from error


def _add(row: GoldRow, rows: _Rows, where: str) -> None:
    key = (row.start, row.end, row.figure_id or row.figure)
    if key in rows:
        raise _error(where, "one row per sentence and figure", f"{row.figure} again", "put all mentions in one row")
    rows[key] = row


def _filled(given: dict[str, Any], text: str) -> dict[str, Any]:
    """A row of positions with its words, as far as its offsets make sense: `_row` says where they do not."""

    def words(at: dict[str, Any]) -> str | None:
        start, end = at.get("start"), at.get("end")
        return text[start:end] if isinstance(start, int) and isinstance(end, int) else None

    mentions = given["mentions"]
    if isinstance(mentions, list):
        mentions = [{**at, "text": words(at)} if isinstance(at, dict) else at for at in mentions]
    return {**given, "figure": given["figure_key"], "sentence": words(given), "mentions": mentions}


def _named(rows: Sequence[GoldRow], where: str) -> list[GoldRow]:
    """One article's rows, which give figures by key, with their names."""
    mentions: dict[str, list[Mention]] = {}
    for row in rows:
        mentions.setdefault(row.figure, []).extend(row.mentions)
    fullest = {key: max(found, key=lambda m: (m.kind == "name", m.end - m.start)) for key, found in mentions.items()}
    names = {key: " ".join(mention.text.split()) for key, mention in fullest.items()}
    if len(set(names.values())) < len(names):
        raise _error(where, "a name of its own for each figure", str(names), "join the figures or mark fuller names")
    return [replace(row, figure=names[row.figure]) for row in rows]


def _row(given: Any, text: str, where: str) -> GoldRow:
    _require(given, _COLUMNS, "row", where)
    span = _slice(given, text, given["sentence"], "sentence", where)
    figure, figure_id, stance = given["figure"], given["figure_id"], given["stance"]
    if not isinstance(figure, str) or not figure.strip():
        raise _error(where, "a name as figure", repr(figure), "name the figure")
    if figure_id is not None and not isinstance(figure_id, str):
        raise _error(where, "text or null as figure_id", repr(figure_id), "give the known figure's id, or null")
    if stance not in STANCES:
        raise _error(where, f"stance {', '.join(STANCES)}", repr(stance), "use exactly these labels")
    in_quote, speaker = given.get("in_quote"), given.get("speaker")
    if not (in_quote is None or isinstance(in_quote, bool)) or not (speaker is None or isinstance(speaker, str)):
        raise _error(where, "true or false as in_quote, a name or null as speaker", f"{in_quote!r}, {speaker!r}",
                     "leave both out where quotations are not annotated")  # fmt: skip
    mentions = _mentions(given["mentions"], text, span, where)
    return GoldRow(*span, figure, figure_id, mentions, stance, in_quote, speaker)


def _mentions(given: Any, text: str, sentence: Span, where: str) -> tuple[Mention, ...]:
    if not isinstance(given, list) or not given:
        raise _error(where, "a list of mentions", repr(given), "list every mention of the figure in the sentence")
    mentions = sorted((_mention(mention, text, sentence, where) for mention in given), key=lambda m: m.start)
    for mention, following in pairwise(mentions):
        if following.start < mention.end:
            found = f"{mention.text!r} at {mention.start} and {following.text!r} at {following.start}"
            raise _error(where, "mentions that do not overlap", found, "list each mention once")
    return tuple(mentions)


def _mention(given: Any, text: str, sentence: Span, where: str) -> Mention:
    _require(given, _MENTION_COLUMNS, "mention", where)
    start, end = _slice(given, text, given["text"], "mention", where)
    if not sentence[0] <= start < end <= sentence[1]:
        found = f"{given['text']!r} at {start}"
        raise _error(where, f"mentions inside the sentence {sentence}", found, "correct start and end")
    if given["kind"] not in MENTION_KINDS:
        raise _error(where, f"kind {', '.join(MENTION_KINDS)}", repr(given["kind"]), "use one of these")
    return Mention(start, end, given["text"], given["kind"])


def _slice(given: dict[str, Any], text: str, expected: object, what: str, where: str) -> Span:
    """`start` and `end`, once the text between them is known to be the one the row claims."""
    start, end = given["start"], given["end"]
    for value in (start, end):
        if not isinstance(value, int) or isinstance(value, bool):
            raise _error(where, f"whole numbers as start and end of the {what}", repr(value), "count code points")
    if not 0 <= start < end <= len(text) or text[start:end] != expected:
        found = f"{text[start:end]!r}" if 0 <= start < end <= len(text) else f"a text of length {len(text)}"
        raise _error(where, f"{what} {expected!r} from {start} to {end}", found, "correct start and end, or the text")
    return start, end


def _require(given: Any, columns: Sequence[str], what: str, where: str) -> None:
    if not isinstance(given, dict):
        raise _error(where, f"an object as {what}", repr(given), f"give it the columns {', '.join(columns)}")
    absent = [column for column in columns if column not in given]
    if absent:
        found = ", ".join(given) or "none"
        raise _error(where, f"the {what}'s columns {', '.join(columns)}", found, f"add {' and '.join(absent)}")


def _error(where: str, expected: str, found: str, remedy: str) -> InputError:
    return InputError(f"{where}: expected {expected}, found {found}; {remedy}")
