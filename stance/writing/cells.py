"""One value or row as text: JSON that any reader takes, and CSV records."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from stance.reading.decode import without_surrogates

# lone surrogates cannot be encoded, and the others end a line for some readers
_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")
_QUOTED = re.compile('[",\r\n]')
# what a spreadsheet may take for a formula, full-width forms too; a plain number is none
_FORMULA = re.compile(r"(?!\s*[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$)[=+\-@\t\r＝＋－＠]")


def json_text(value: Any) -> str:
    r"""A value as one line of JSON; what JSON does not know becomes text, and not-a-number becomes null.

    >>> print(json_text({"text": "“é”\n\u2028", "mean": float("nan")}))
    {"text": "“é”\n\u2028", "mean": null}
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)
    except ValueError:
        text = json.dumps(_finite(json.loads(json.dumps(value, default=_plain))), ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def csv_record(cells: Sequence[Any], *, raw: bool = False) -> str:
    """One record of a CSV file; missing values are empty, lists and the like are JSON.

    Text that a spreadsheet would run as a formula gets an apostrophe before it, unless `raw`.

    >>> print(csv_record(["Senator", None, True, 0.5, [1, 2]]), end="")
    Senator,,true,0.5,"[1, 2]"
    >>> print(csv_record(["=1+1", "-0.5", -0.5, "- Vale"]), end="")
    '=1+1,-0.5,-0.5,'- Vale
    """
    texts = [text_cell(cell) for cell in cells]
    record = ",".join(_quoted(text if raw else _safe(text)) for text in texts)
    return (record or '""') + "\n"  # a blank line would be no record


def text_cell(value: Any) -> str:
    """A value as the text of one cell, which can always be encoded."""
    if value is None:
        return ""
    return without_surrogates(value) if isinstance(value, str) else json_text(value)


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophe that `csv_record` puts before what looks like a formula.

    >>> unguarded("'- Vale"), unguarded("'tis Vale")
    ('- Vale', "'tis Vale")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):  # dates and times, of pandas too
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy's arrays and numbers
        return value.tolist()
    return str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
