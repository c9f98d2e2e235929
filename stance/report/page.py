"""Articles with their predictions to one HTML file.

The text of articles is data: Jinja escapes it wherever it stands, what a browser cannot show is replaced, and the
page's own policy forbids it to load or run anything but the one script it carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stance.counting import counted
from stance.records import SHOWN_ORDER, Document, Prediction, Reason
from stance.report.passages import paragraphs
from stance.report.templates import clean, page
from stance.summary import summarize

_MOST_REASONS = 12
_SMALLEST = 0.05
_LONGEST = 600
"""Characters of a sentence that the panel shows; the text has it whole."""


def article_page(
    articles: Iterable[tuple[Document, Sequence[Prediction]]], about: str, back: str | None = None
) -> Iterator[str]:
    """Pieces of an HTML page with all articles, one after the other.

    Args:
        articles: Documents with their predictions, which may have reasons.
        about: What made the predictions, in a line.
        back: Address of the page that leads here, if there is one.

    Raises:
        OutputError: Jinja is not installed.
    """
    read: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    for index, (document, rows) in enumerate(articles):
        read.append(_article(index, document, rows) | {"first_call": len(calls)})
        calls += [_call(row) for row in rows]
    title = read[0]["title"] if len(read) == 1 else f"{len(read)} articles"
    yield from page("article", articles=read, calls=calls, title=title, about=about, back=back)


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
        "lead": clean(_lead(figures, rows)),
        "uncertain": sum(row.uncertain for row in rows),
        "handles": handles,
        "paragraphs": paragraphs(document, rows),
    }


def _lead(figures: Sequence[dict[str, Any]], rows: Sequence[Prediction]) -> str:
    """The article in a sentence or two: how much is said, and on whose side most of it is."""
    sentences = len({row.sentence_index for row in rows})
    parts = [f"{counted(len(figures), 'person', 'people')} in {counted(sentences, 'sentence')}."]
    for side, word in (("support", "supported"), ("oppose", "opposed")):
        most = max(figures, key=lambda figure: (figure[side], figure[side] / figure["sentences"]), default=None)
        if most and most[side]:
            parts.append(f"Most often {word}: {most['figure']}, in {most[side]} of {most['sentences']}.")
    uncertain = sum(row.uncertain for row in rows)
    if uncertain:
        parts.append(f"{uncertain} of {len(rows)} calls are uncertain.")
    return " ".join(parts)


def _call(row: Prediction) -> dict[str, Any]:
    """What the panel shows of one prediction; short keys, since there may be many thousands."""
    reasons = row.reasons or ()
    told = [reason for reason in reasons if _moves(reason)][:_MOST_REASONS]
    rest = [reason for reason in reasons if reason not in told]
    listed = [
        [clean(" ".join(reason.text.split()))[:80], reason.rule, *_numbers([reason]), *_span(reason, row)]
        for reason in told
    ]
    if rest:
        listed.append(["", f"{len(rest)} smaller reasons together", *_numbers(rest), None, None])
    return {
        "sentence": clean(row.sentence)[:_LONGEST],
        "figure": clean(row.figure),
        "stance": row.stance,
        "uncertain": row.uncertain,
        "probabilities": [round(row.probabilities[stance], 3) for stance in SHOWN_ORDER],
        "reasons": listed,
        "scores": _numbers(reasons),
    }


def _span(reason: Reason, row: Prediction) -> list[int | None]:
    """Where its words stand in the sentence."""
    if reason.start is None or reason.end is None:
        return [None, None]
    return [reason.start - row.start, reason.end - row.start]


def _moves(reason: Reason) -> bool:
    values = (reason.support, reason.oppose, reason.neutral)
    return max(values) - sum(values) / len(values) >= _SMALLEST


def _numbers(reasons: Sequence[Reason]) -> list[float]:
    return [round(sum(getattr(reason, stance) for reason in reasons), 3) for stance in SHOWN_ORDER]
