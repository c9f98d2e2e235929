"""An analysed article as notebooks show it: the text in colour, in a piece of HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from stance.records import SIGNS, Document, Prediction
from stance.spans import pieces
from stance.summary import agreement, summarize

_REPLACED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)), "�")

# Tones that let the notebook's own colours through, so that they do on light and dark; blue and orange, and a sign
# with every call, because not everybody tells green from red.
_STYLE = """<style>
.stance-article { max-width: 50em; line-height: 1.6; }
.stance-article .stance-text { white-space: pre-line; max-height: 40em; overflow-y: auto; }
.stance-article .stance-support { background: rgba(40, 130, 220, .22); }
.stance-article .stance-oppose { background: rgba(230, 110, 20, .25); }
.stance-article .stance-mixed { background: rgba(130, 130, 130, .25); }
.stance-article sub { white-space: nowrap; opacity: .85; }
.stance-article td, .stance-article th { text-align: right; padding: 0 .8em 0 0; }
.stance-article td:first-child, .stance-article th:first-child { text-align: left; }
</style>"""


class Analysis(list[Prediction]):
    """The predictions of one article: a list, which a notebook shows as the article in colour.

    Attributes:
        document: The article.
    """

    def __init__(self, rows: Iterable[Prediction], document: Document) -> None:
        super().__init__(rows)
        self.document = document

    def _repr_html_(self) -> str:
        """The article with its calls; every text in it is escaped."""
        title = f"<h4>{_shown(self.document.title)}</h4>" if self.document.title else ""
        text = "".join(_passages(self.document.text, self))
        return f'{_STYLE}<div class="stance-article">{title}{_figures(self)}<div class="stance-text">{text}</div></div>'


def _figures(rows: Sequence[Prediction]) -> str:
    """Who is mentioned, and how often each way."""
    if not rows:
        return "<p>Nobody is named in it.</p>"
    heads = "".join(f"<th>{SIGNS[stance]} {stance}</th>" for stance in SIGNS)
    lines = (
        f"<tr><td>{_shown(line['figure'])}</td>{''.join(f'<td>{line[stance]}</td>' for stance in SIGNS)}</tr>"
        for line in sorted(summarize(rows), key=lambda line: -line["sentences"])
    )
    return f"<table><tr><th>Figure</th>{heads}</tr>{''.join(lines)}</table>"


def _passages(text: str, rows: Sequence[Prediction]) -> Iterator[str]:
    """The whole text, each sentence that has calls with its tone and the calls after it."""
    at = 0
    for _, group in groupby(rows, key=lambda row: row.sentence_index):
        calls = list(group)
        start, end = calls[0].start, calls[0].end
        told = ", ".join(
            f"{SIGNS[call.stance]} {_shown(call.figure)} {call.probabilities[call.stance]:.2f}" for call in calls
        )
        yield _shown(text[at:start])
        yield f'<span class="stance-{agreement(calls)}">{_marked(text, calls)}</span> <sub>{told}</sub>'
        at = end
    yield _shown(text[at:])


def _marked(text: str, calls: Sequence[Prediction]) -> str:
    """A sentence with its mentions in bold."""
    spans = ((mention.start, mention.end) for call in calls for mention in call.mentions)
    cut = pieces(text, spans, calls[0].start, calls[0].end)
    return "".join(f"<b>{_shown(piece)}</b>" if span else _shown(piece) for piece, span in cut)


def _shown(text: str | None) -> str:
    """Text as it may stand in HTML; what may not be there is replaced."""
    return escape((text or "").translate(_REPLACED))
