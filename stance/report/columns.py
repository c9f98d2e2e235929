"""The columns of a corpus report's tables; shares lie in [0, 1], nets and differences in [-1, 1] and [-2, 2]."""

from __future__ import annotations

from collections.abc import Mapping

from stance.writing.columns import Columns

_FIGURE: Columns = {"figure": str, "figure_id": str}
_SHARES: Columns = {
    "articles": int,
    "sentences": int,
    "support": int,
    "oppose": int,
    "neutral": int,
    "uncertain": int,
    "effective_sentences": float,
    **{f"{name}{end}": float for name in ("share_support", "share_oppose", "net") for end in ("", "_low", "_high")},
    "enough": bool,
}

COLUMNS: Mapping[str, Columns] = {
    "figures": {**_FIGURE, "party": str, **_SHARES},
    "periods": {**_FIGURE, "period": str, **_SHARES},
    "sources": {**_FIGURE, "source": str, **_SHARES},
    "pairs": {
        **_FIGURE,
        "other": str,
        "other_id": str,
        "articles_with_both": int,
        "net": float,
        "other_net": float,
        "difference": float,
        "difference_low": float,
        "difference_high": float,
        "differ": bool,
    },
    "sentences": {
        **_FIGURE,
        "stance": str,
        "probability": float,
        "sentence": str,
        "document": str,
        "sentence_index": int,
        "title": str,
        "date": str,
        "source": str,
        "url": str,
    },
    "corrected": {
        "figure": str,
        "sentences": int,
        "labelled": int,
        "measure": str,
        "raw": float,
        "corrected": float,
        "low": float,
        "high": float,
        "method": str,
    },
}
