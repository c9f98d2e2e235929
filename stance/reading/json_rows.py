"""JSON lines to rows: one object on each line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_EXPECTED = "expected JSON, found invalid JSON"
_KINDS = {
    list: "a list",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def json_rows(lines: Iterable[str], name: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Line number and object of each line that is not blank, or the message why the line is none.

    >>> for row in json_rows(['{"a": 1}', "", "[2]"], "x.jsonl"):
    ...     print(*row)
    1 {'a': 1}
    3 x.jsonl line 3: expected a JSON object {...}, found a list; put one on each line
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line, f"{name} line {number}")


def _object(line: str, where: str) -> dict[str, Any] | str:
    try:
        value = json.loads(line.rstrip(), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return f"{where}: {_EXPECTED} at column {error.colno} ({error.msg}); put one JSON object on each line"
    except (ValueError, RecursionError) as error:
        return f"{where}: {_EXPECTED} ({_reason(error)}); put one JSON object on each line"
    if not isinstance(value, dict):
        return f"{where}: expected a JSON object {{...}}, found {_KINDS[type(value)]}; put one on each line"
    return _without_surrogates(value) if _ESCAPED_SURROGATE.search(line) else value


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).split(";")[0]


def _without_surrogates(value: dict[str, Any]) -> dict[str, Any]:
    # no encoding can carry a lone surrogate, so none may get past this door
    text = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    cleaned: dict[str, Any] = json.loads(text)
    return cleaned
