"""The records that travel through stance: frozen, typed, and the same in every module.

All offsets are code points of a text, half-open (`text[start:end]`). Probabilities lie in [0, 1]. Wherever a
stance has a column, the columns stand in the order of `STANCES`, scikit-learn's (sorted) order of the labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Stance = Literal["neutral", "oppose", "support"]
STANCES: tuple[Stance, ...] = ("neutral", "oppose", "support")
SHOWN_ORDER: tuple[Stance, ...] = ("support", "oppose", "neutral")
"""How the stances stand wherever people read them: in output rows, tables and pages."""

SIGNS: dict[str, str] = {"support": "▲", "oppose": "▼", "neutral": "●"}
"""What stands for a stance in little room, and beside its colour."""

MentionKind = Literal["name", "alias", "description", "pronoun"]
MENTION_KINDS: tuple[MentionKind, ...] = ("name", "alias", "description", "pronoun")

Span = tuple[int, int]

CARRIED = ("title", "date", "source", "url")
"""What is known of a document and carried to every prediction row about it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read.

    Attributes:
        id: The path, `-`, `text`, the address, or the row's own id.
        text: Decoded text without byte-order mark, newlines as they are.
        title, date, source, url: Carried to every prediction row where known.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that could not be read: its name, and the one line that says why."""

    input: str
    message: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a figure: `text` is exactly the document's slice from `start` to `end`."""

    start: int
    end: int
    text: str
    kind: MentionKind

    def to_dict(self) -> dict[str, Any]:
        """The mention as it stands in a prediction row."""
        return {"start": self.start, "end": self.end, "text": self.text, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Figure:
    """A person named in a text.

    Attributes:
        name: The canonical name of a known figure, else the fullest name in the text.
        id: The known figure's id, or None.
        mentions: In reading order, never overlapping.
        party: The known figure's party, or None.
    """

    name: str
    id: str | None
    mentions: tuple[Mention, ...]
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks, marks included; `speaker` is the name of the figure who says them, or None."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """What the model judges: a sentence, and where it mentions the target.

    Attributes:
        sentence: The sentence's text.
        mentions: The target's spans in `sentence`, sorted, not overlapping. Empty where the text does not
            name the target (most tweets): then the whole text is the context.
    """

    sentence: str
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A target with its gold stance.

    Attributes:
        target: What is judged.
        name: The mention's text, or the person's name where the text does not name them.
        stance: The gold label.
        document: The group for cross-validation; by default the sentence itself.
        weight: Sample weight in training.
    """

    target: Target
    name: str
    stance: Stance
    document: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Reason:
    """What a piece of text, under one rule of the model, adds to the class scores.

    Attributes:
        text: The words; empty for what does not come from words.
        start, end: Their offsets, or None.
        rule: What the model reads in them.
        support, oppose, neutral: Added to each class score, before the calibrating temperature.
    """

    text: str
    start: int | None
    end: int | None
    rule: str
    support: float
    oppose: float
    neutral: float

    def moved(self, offset: int) -> Reason:
        """The same reason with offsets in a text that begins `offset` characters earlier."""
        if self.start is None or self.end is None:
            return self
        return replace(self, start=self.start + offset, end=self.end + offset)

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Prediction:
    """What stance says about one figure in one sentence of a document: one row of every output.

    Attributes:
        document: The document's id.
        sentence_index: Position of the sentence in the document, from 0.
        start, end: The sentence's offsets in the document's text.
        sentence: Exactly that slice.
        figure: Canonical name where known, else the fullest name in the article.
        figure_id, party: Only for known figures.
        mentions: The figure's mentions in this sentence, offsets in the document's text.
        stance: The label with the highest probability.
        probabilities: By label; they sum to 1.
        uncertain: The highest probability is under the threshold asked for.
        in_quote: The first of the mentions stands inside quotation marks.
        speaker: The figure whose words these are, or None.
        carried: title, date, source, url of the document, where known.
        reasons: Why, where asked for, the weightiest first; offsets in the document's text.
    """

    document: str
    sentence_index: int
    start: int
    end: int
    sentence: str
    figure: str
    figure_id: str | None
    party: str | None
    mentions: tuple[Mention, ...]
    stance: Stance
    probabilities: Mapping[Stance, float]
    uncertain: bool = False
    in_quote: bool = False
    speaker: str | None = None
    carried: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[Reason, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as it is written to JSON lines."""
        return {
            "document": self.document,
            **self.carried,
            "sentence_index": self.sentence_index,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
            "figure": self.figure,
            "figure_id": self.figure_id,
            "party": self.party,
            "mentions": [mention.to_dict() for mention in self.mentions],
            "stance": self.stance,
            "probabilities": {label: self.probabilities[label] for label in SHOWN_ORDER},
            "uncertain": self.uncertain,
            "in_quote": self.in_quote,
            "speaker": self.speaker,
            **({} if self.reasons is None else {"reasons": [reason.to_dict() for reason in self.reasons]}),
        }
