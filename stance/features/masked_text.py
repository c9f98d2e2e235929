"""Views back to text, for encoders that read words rather than features: every name replaced by a placeholder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stance.features.view import View
from stance.records import Span

TARGET_NAME = "Smith"
OTHER_NAME = "Jones"
"""What stands for the target and for everybody else: common surnames, which encoders have seen as persons."""

REACH = 600
"""Characters kept on either side of the first mention: more than any encoder here reads."""


class MaskedText(NamedTuple):
    """A sentence as one of its targets sees it.

    Attributes:
        text: The sentence with placeholders for names.
        mentions: Where the target's placeholder stands; empty where the sentence does not name the target.
    """

    text: str
    mentions: tuple[Span, ...]


def masked_texts(view: View) -> Iterator[MaskedText]:
    """The masked text of each row."""
    for row in range(view.n_rows):
        yield _near(_masked(view, row))


def _masked(view: View, row: int) -> MaskedText:
    sentence = view.sentence[row]
    text = view.texts[sentence]
    beyond = int(view.tokens.first[sentence + 1])
    first, last = int(view.first[row]), int(view.first[row + 1])
    pieces: list[str] = []
    mentions: list[Span] = []
    position = length = 0
    for index in range(first, last):
        if not (view.target[index] or view.other[index]):
            continue
        # A masked token stands for all tokens up to the next one of the view.
        end_token = int(view.token[index + 1]) if index + 1 < last else beyond
        start, end = int(view.tokens.start[view.token[index]]), int(view.tokens.end[end_token - 1])
        name = TARGET_NAME if view.target[index] else OTHER_NAME
        length += start - position
        if view.target[index]:
            mentions.append((length, length + len(name)))
        pieces += [text[position:start], name]
        length += len(name)
        position = end
    return MaskedText("".join([*pieces, text[position:]]), tuple(mentions))


def _near(masked: MaskedText) -> MaskedText:
    """The part of a long text that surrounds the first mention."""
    middle = masked.mentions[0][0] if masked.mentions else 0
    start, end = max(0, middle - REACH), middle + REACH
    if start == 0 and end >= len(masked.text):
        return masked
    inside = tuple((a - start, b - start) for a, b in masked.mentions if a >= start and b <= end)
    return MaskedText(masked.text[start:end], inside)
