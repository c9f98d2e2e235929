"""Articles with their predictions to one HTML file.

The text of articles is data: Jinja escapes it wherever it stands, what a browser cannot show is replaced, and the
page's own policy forbids it to load or run anything but the one script it carries.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from stance.errors import OutputError
from stance.reading.decode import without_surrogates
from stance.records import Document, Prediction, Reason
from stance.report.passages import paragraphs
from stance.summary import summarize

SIGNS = {"support": "▲", "oppose": "▼", "neutral": "●"}
_MOST_REASONS = 12
_SMALLEST = 0.05
_REPLACED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�")


def article_page(articles: Iterable[tuple[Document, Sequence[Prediction]]], about: str) -> Iterator[str]:
    """Pieces of an HTML page with all articles, one after the other.

    Args:
        articles: Documents with their predictions, which may have reasons.
        about: What made the predictions, in a line.

    Raises:
        OutputError: Jinja is not installed.
    """
    template = _environment().get_template("article.html.j2")
    read: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    for index, (document, rows) in enumerate(articles):
        read.append(_article(index, document, rows) | {"first_call": len(calls)})
        calls += [_call(row) for row in rows]
    script = _asset("script.js")
    policy = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    title = read[0]["title"] if len(read) == 1 else f"{len(read)} articles"
    yield from template.generate(
        articles=read, calls=calls, title=title, about=about, style=_asset("style.css"), script=script, policy=policy
    )


def _article(index: int, document: Document, rows: Sequence[Prediction]) -> dict[str, Any]:
    """What the template needs to know of one article."""
    parties = {row.figure: row.party for row in rows}
    figures = sorted(summarize(rows), key=lambda figure: -figure["sentences"])
    handles = {figure["figure"]: f"{index}-{place}" for place, figure in enumerate(figures)}
    return {
        "index": index,
        "title": clean(document.title or document.id),
        "known": [clean(part) for part in (document.source, document.date, document.url) if part],
        "figures": [
            {**figure, "key": handles[figure["figure"]], "party": parties[figure["figure"]]} for figure in figures
        ],
        "handles": handles,
        "paragraphs": paragraphs(document, rows),
    }


def _call(row: Prediction) -> dict[str, Any]:
    """What the panel shows of one prediction; short keys, since there may be many thousands."""
    reasons = row.reasons or ()
    told = [reason for reason in reasons if _moves(reason)][:_MOST_REASONS]
    rest = [reason for reason in reasons if reason not in told]
    listed = [[clean(" ".join(reason.text.split()))[:80], reason.rule, *_numbers([reason])] for reason in told]
    if rest:
        listed.append(["", f"{len(rest)} smaller reasons together", *_numbers(rest)])
    return {
        "sentence": clean(row.sentence)[:600],
        "figure": clean(row.figure),
        "stance": row.stance,
        "uncertain": row.uncertain,
        "probabilities": [round(row.probabilities[stance], 3) for stance in ("support", "oppose", "neutral")],
        "reasons": listed,
        "scores": _numbers(reasons),
    }


def _moves(reason: Reason) -> bool:
    values = (reason.support, reason.oppose, reason.neutral)
    return max(values) - sum(values) / len(values) >= _SMALLEST


def _numbers(reasons: Sequence[Reason]) -> list[float]:
    return [round(sum(getattr(reason, stance) for reason in reasons), 3) for stance in ("support", "oppose", "neutral")]


def clean(text: str) -> str:
    r"""Text that may stand in HTML: control characters and lone surrogates, which may not, are replaced.

    >>> clean("a\x00b\nc")
    'a\ufffdb\nc'
    """
    return without_surrogates(text).translate(_REPLACED)


def _asset(name: str) -> str:
    return files("stance.report").joinpath("templates", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Any:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise OutputError(
            f"expected the package jinja2 for HTML pages, found it missing ({error}); "
            'pip install "political-stance[report]", or choose another --format'
        ) from error
    environment = Environment(
        loader=PackageLoader("stance.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    environment.globals["SIGNS"] = SIGNS
    return environment
