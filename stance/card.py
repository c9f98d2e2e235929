"""The model card: what a model was trained on, how good it is, and what it must not be used for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stance.errors import ModelFileError
from stance.statement import data_statement

_INTENDED = """\
Finding which sentences of English news support or oppose the politicians they mention, for research, journalism
and media monitoring, where results are read in aggregate or checked by a person."""

_NOT_INTENDED = """\
- Judging a single person or outlet automatically, or any decision about people made without a reader.
- Profiling people by what they write: the model judges sentences, not authors' minds.
- Languages other than English, and texts unlike news (the scores below say how it does on tweets, if anything).
- Measuring small differences: at these error rates a share of a few dozen sentences is no trend."""

_LIMITS = """\
The model sees one sentence at a time and words, not meaning: irony, long-range context and world knowledge escape
it. Most ordinary sentences are neutral; support is found less often than opposition. Names are masked, so a name
itself moves nothing, but words that go with a party or topic can."""


def card(metadata: Mapping[str, Any]) -> str:
    """The card of a model in Markdown, from its metadata; what nobody measured is said to be unmeasured.

    Raises:
        ModelFileError: The metadata are not what a training writes.
    """
    try:
        return _card(metadata)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelFileError(
            f"expected the metadata of a training, found others ({type(error).__name__}: {error}); train it again"
        ) from error


def _card(metadata: Mapping[str, Any]) -> str:
    parts = [
        "# Model card: stance",
        f"Trained with stance {metadata.get('stance', 'unknown')}; digest {str(metadata.get('digest', 'none'))[:16]}; "
        f"{metadata.get('n_rows', 0):,} training rows; temperature {metadata.get('temperature', 1.0):.2f}.",
        "A TF-IDF and logistic-regression model (scikit-learn) that says whether a sentence supports, opposes or is\n"
        "neutral toward a person it mentions. Names are masked: the model never sees who is spoken of.",
        "## Intended use",
        _INTENDED,
        "## Not for",
        _NOT_INTENDED,
        "## Limits",
        _LIMITS,
        "## Trained on",
        _table(
            ("source", "rows read", "rows used", "weight", "licence"),
            [
                (s["name"], f"{s['n_read']:,}", f"{s['n_kept']:,}", f"{s['weight']:g}", s["licence"] or "not stated")
                for s in metadata.get("sources", [])
            ],
        ),
        "## Data statement",
        data_statement([str(s["name"]) for s in metadata.get("sources", [])]) or "No source is named.",
        "## Measured",
        "Cross-validation by document on the training sources (5 folds; the other sources are in training):",
        _table(
            ("source", "macro F1", "accuracy", "calibration error"),
            [
                (s["name"], _rate(s["macro_f1"]), _rate(s["accuracy"]), _rate(s["ece"]))
                for s in metadata.get("sources", [])
            ],
        ),
        *_held_out(metadata.get("scores", {})),
        *_failures(metadata.get("scores", {}).get("behaviour")),
        "## Versions",
        ", ".join(f"{name} {version}" for name, version in metadata.get("versions", {}).items()) or "not stated",
    ]
    return "\n\n".join(parts)


def _held_out(scores: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What was measured on rows that training did not see."""
    if not scores:
        return ["Nothing was measured on held-out sets for this model."]
    rows = [
        (
            name,
            f"{s['n']:,}",
            _rate(s["macro_f1"]),
            _rate(s["accuracy"]),
            _rate(s["ece"]),
            _rate(s["baseline"]["macro_f1"]),
        )
        for name, s in scores.items()
        if "macro_f1" in s
    ]
    parts = ["On sets that training did not see:"]
    parts.append(_table(("set", "rows", "macro F1", "accuracy", "calibration error", "majority macro F1"), rows))
    if articles := scores.get("articles"):
        parts.append(
            f"On whole annotated articles ({articles['n']} gold rows): figures found with precision "
            f"{_rate(articles['figure_precision'])} and recall {_rate(articles['figure_recall'])}; stance right given "
            f"the right figure {_rate(articles['stance_accuracy'])}; both right, F1 {_rate(articles['f1'])}."
        )
    return parts


def _failures(behaviour: Mapping[str, Any] | None) -> list[str]:
    """Kinds of sentences by how often the model fails on them, the worst first; nothing where nobody measured it."""
    if not behaviour:
        return []
    kinds = sorted(behaviour["capabilities"].items(), key=lambda kind: (kind[1]["rate"], kind[0]))
    failed = behaviour["n"] - behaviour["passed"]
    return [
        "## Known failures",
        f"Of {behaviour['n']:,} behavioural cases the model fails {failed:,} ({1 - behaviour['rate']:.1%}).\n"
        "Each tests one thing, and features and corpus were made with half of the cases in sight: rates to compare\n"
        "kinds by, not those of news.",
        _table(
            ("kind", "cases", "failed", "rate"),
            [
                (name, f"{found['n']:,}", f"{found['n'] - found['passed']:,}", f"{1 - found['rate']:.1%}")
                for name, found in kinds
            ],
        ),
    ]


def _rate(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3f}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up as plain text."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)
