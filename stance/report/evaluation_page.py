"""An evaluation to one page that can be read, printed and quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stance.model import Model
from stance.records import SHOWN_ORDER, STANCES, LabelledRow
from stance.report.evaluation_charts import charts, class_rates
from stance.report.scored import Scored
from stance.report.templates import clean, page
from stance.spans import pieces

_LONGEST = 500
_WORDS = 4


def evaluation_page(
    model: Model,
    scored: Sequence[Scored],
    others: Mapping[str, Mapping[str, Any]],
    about: str,
    other: str | None = None,
) -> Iterator[str]:
    """Pieces of the HTML page of an evaluation.

    Args:
        model: What was evaluated.
        scored: Its labelled rows, a section each.
        others: Scores of annotated articles and behavioural cases, by name.
        about: The model, in a line.
        other: The model it is compared with, in a line.

    Raises:
        OutputError: Jinja or matplotlib is not installed.
    """
    yield from page(
        "evaluation",
        title="Evaluation",
        about=about,
        other=other,
        sources=[_source(model, one) for one in scored],
        others={name: dict(scores) for name, scores in others.items()},
        shown=SHOWN_ORDER,
    )


def _source(model: Model, scored: Scored) -> dict[str, Any]:
    return {
        "name": clean(scored.name),
        "scores": scored.evaluation.to_dict(),
        "intervals": scored.intervals,
        "classes": {stance: list(class_rates(scored, stance)) for stance in SHOWN_ORDER},
        "comparison": scored.comparison,
        "charts": [(chart.name, chart.label, chart.svg()) for chart in charts(scored)],
        "figures": [{**line, "figure": clean(line["figure"])} for line in scored.by_figure()],
        "errors": _errors(model, scored),
        "wrong": int((scored.predicted != scored.truth).sum()),
    }


def _errors(model: Model, scored: Scored) -> list[dict[str, Any]]:
    """The surest errors: the sentence in pieces, what is right, what was said, and by which words."""
    worst = scored.worst()
    rows = [scored.rows[number] for number in worst]
    found = []
    for number, row, reasons in zip(worst, rows, model.explain([row.target for row in rows]), strict=True):
        said = STANCES[int(scored.predicted[number])]
        worded = [reason for reason in reasons if any(map(str.isalnum, reason.text))]
        moved = sorted(worded, key=lambda reason: -float(getattr(reason, said)))
        words = [clean(reason.text)[:40] for reason in moved[:_WORDS] if getattr(reason, said) > 0]
        found.append({
            "pieces": list(_pieces(row)), "name": clean(row.name), "gold": row.stance, "said": said,
            "probability": float(scored.probabilities[number].max()), "words": list(dict.fromkeys(words)),
        })  # fmt: skip
    return found


def _pieces(row: LabelledRow) -> Iterator[tuple[str, bool]]:
    """The sentence, cut short, in pieces; the second says whether a piece is the target."""
    for piece, span in pieces(row.target.sentence, row.target.mentions, end=_LONGEST):
        yield clean(piece), span is not None
    if len(row.target.sentence) > _LONGEST:
        yield "…", False
