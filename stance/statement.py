"""The data statement of a model card: whose sentences and labels a model has learnt from, and what is not in it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH = 115


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a set (data/README.md has more): whose sentences, from when, and who labelled them."""

    sentences: str
    dates: str
    labels: str


_BY_A_MODEL = (
    "a large language model, each sentence alone; of a part, only rows on which a second reading by the same "
    "family of models agreed, which bounds carelessness, not error"
)
_KNOWN = {
    "own": _Facts(
        "invented by a large language model, people and events included, in the manner of American, British and "
        "Indian news",
        "none, being invented",
        "their writer; of the oldest all were read again under the label guide, of the newest a tenth, of the others "
        "none but for their form",
    ),
    "news-labels": _Facts("of news, from DSE (Park et al., Findings of ACL 2021)", "2021 or before", _BY_A_MODEL),
    "news-resolved": _Facts(
        "those of news-labels that mention the person further",
        "2021 or before",
        "as news-labels, mentions by the finder",
    ),
    "newsmtsc": _Facts("of news, from NewsMTSC (Hamborg and Donnay, EACL 2021)", "2021 or before", "people, see there"),
    "newsmtsc-others": _Facts(
        "of news, from NewsMTSC, toward persons that its own labels pass over", "2021 or before", _BY_A_MODEL
    ),
}
_UNKNOWN = _Facts("not described here; ask whoever trained the model", "not stated", "not stated")

_NOT_IN_IT = (
    "Not in it: languages other than English, news of after 2021, tweets, the test splits, the behavioural cases, the "
    "annotated articles, and anything that users read with stance."
)


def data_statement(names: Sequence[str]) -> str:
    """What is known of the sources of a training, by their names; of rows from elsewhere, that nothing is.

    >>> print(data_statement(["mine.csv"]).partition(";")[0])
    - mine.csv. Sentences: not described here
    """
    lines = [_line(name, _KNOWN.get(name, _UNKNOWN)) for name in names]
    closing = ["", textwrap.fill(_NOT_IN_IT, _WIDTH)] if names and all(name in _KNOWN for name in names) else []
    return "\n".join([*lines, *closing])


def _line(name: str, facts: _Facts) -> str:
    text = f"- {name}. Sentences: {facts.sentences}. Dates: {facts.dates}. Labelled by: {facts.labels}."
    return textwrap.fill(text, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
