"""How well figures found in a text agree with gold: mentions, links, quotations' speakers.

A predicted mention meets a gold one of its text when they overlap by half or more (intersection over union), or, for
descriptions, begin at the same place. A predicted figure stands for the gold figure whose id it has, or else with
whose names its own meet most often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stance.records import Mention, Quotation

Cluster = tuple[str, str | None, Sequence[Mention]]
"""A figure: name, id, mentions."""


@dataclass
class Counts:
    """Right, predicted and gold items of one sort."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def scores(self) -> dict[str, float | int]:
        """Precision, recall and F1 in [0, 1], and the number of gold items."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0
        return {"precision": precision, "recall": recall, "f1": f1, "n": self.gold}


@dataclass
class Scorer:
    """Adds up over texts.

    Attributes:
        found: By kind, mentions met at all.
        linked: By kind, mentions met and given to the right figure.
        cubed: Sums of the B-cubed precision and recall over mentions, as (sum, number).
        spoken: Quotations of figures given their speaker.
        quoted: Quotations, those of nobody included, that are right in their speaker or in having none.
        missed, wrong: Examples for the eye, as (kind, text, figure).
    """

    found: dict[str, Counts] = field(default_factory=dict)
    linked: dict[str, Counts] = field(default_factory=dict)
    cubed: dict[str, tuple[float, int]] = field(default_factory=lambda: {"precision": (0.0, 0), "recall": (0.0, 0)})
    spoken: Counts = field(default_factory=Counts)
    quoted: Counts = field(default_factory=Counts)
    missed: list[tuple[str, Mention, str]] = field(default_factory=list)
    wrong: list[tuple[str, Mention, str]] = field(default_factory=list)

    def add(self, predicted: Sequence[Cluster], gold: Sequence[Cluster]) -> dict[int, int]:
        """Score the figures of one text; returns which gold figure each predicted one stands for."""
        gold_of = dict(enumerate(_mentions(gold)))
        predicted_of = dict(enumerate(_mentions(predicted)))
        pairs = _meet([mention for _, mention in predicted_of.values()], [mention for _, mention in gold_of.values()])
        stands_for = _stands_for(predicted, gold, [(predicted_of[i], gold_of[j]) for i, j in pairs.items()])
        for counts in (self.found, self.linked):
            for _, mention in gold_of.values():
                counts.setdefault(mention.kind, Counts()).gold += 1
            for _, mention in predicted_of.values():
                counts.setdefault(mention.kind, Counts()).predicted += 1
        for i, j in pairs.items():
            kind = gold_of[j][1].kind
            # A kind is the gold's: an alias called a name is no error of finding.
            if predicted_of[i][1].kind != kind:
                for counts in (self.found, self.linked):
                    counts[predicted_of[i][1].kind].predicted -= 1
                    counts[kind].predicted += 1
            self.found[kind].right += 1
            if stands_for.get(predicted_of[i][0]) == gold_of[j][0]:
                self.linked[kind].right += 1
            else:
                self.wrong.append((kind, predicted_of[i][1], predicted[predicted_of[i][0]][0]))
        self._examples(predicted, gold, predicted_of, gold_of, pairs)
        self._cube(predicted_of, gold_of, pairs)
        return stands_for

    def _examples(
        self,
        predicted: Sequence[Cluster],
        gold: Sequence[Cluster],
        predicted_of: Mapping[int, tuple[int, Mention]],
        gold_of: Mapping[int, tuple[int, Mention]],
        pairs: Mapping[int, int],
    ) -> None:
        met = set(pairs.values())
        self.missed += [
            (mention.kind, mention, gold[figure][0]) for j, (figure, mention) in gold_of.items() if j not in met
        ]
        self.wrong += [
            (mention.kind, mention, predicted[figure][0])
            for i, (figure, mention) in predicted_of.items()
            if i not in pairs
        ]

    def _cube(
        self,
        predicted_of: Mapping[int, tuple[int, Mention]],
        gold_of: Mapping[int, tuple[int, Mention]],
        pairs: Mapping[int, int],
    ) -> None:
        shared = Counter((predicted_of[i][0], gold_of[j][0]) for i, j in pairs.items())
        sums = {"precision": 0.0, "recall": 0.0}
        sizes = (
            Counter(figure for figure, _ in predicted_of.values()),
            Counter(figure for figure, _ in gold_of.values()),
        )
        for (one, other), count in shared.items():
            sums["precision"] += count * count / sizes[0][one]
            sums["recall"] += count * count / sizes[1][other]
        for name, of in (("precision", predicted_of), ("recall", gold_of)):
            total, number = self.cubed[name]
            self.cubed[name] = total + sums[name], number + len(of)

    def add_quotations(
        self, predicted: Sequence[Quotation], gold: Sequence[Quotation], names: Mapping[str, str]
    ) -> None:
        """Score quotations; `names` gives the gold figure's name for a predicted figure's."""
        for expected in gold:
            found = max(predicted, key=lambda one: _overlap(one, expected), default=None)
            speaker = None
            if found is not None and _overlap(found, expected) > 0:
                speaker = found.speaker and names.get(found.speaker, f"other: {found.speaker}")
            self.quoted.gold += 1
            self.quoted.predicted += 1
            self.quoted.right += speaker == expected.speaker
            self.spoken.gold += expected.speaker is not None
            self.spoken.predicted += speaker is not None
            self.spoken.right += speaker is not None and speaker == expected.speaker

    def to_dict(self) -> dict[str, object]:
        """All scores, rates in [0, 1]."""
        references = ("description", "pronoun")
        precision, recall = (total / number if number else 0.0 for total, number in self.cubed.values())
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "found": {kind: counts.scores() for kind, counts in sorted(self.found.items())},
            "names found": _sum(self.found.get(kind) for kind in ("name", "alias")).scores(),
            "linked": {kind: counts.scores() for kind, counts in sorted(self.linked.items())},
            "descriptions and pronouns linked": _sum(self.linked.get(kind) for kind in references).scores(),
            "b-cubed": {"precision": precision, "recall": recall, "f1": f1},
            "quotations of figures": self.spoken.scores(),
            "quotations": {"accuracy": self.quoted.scores()["recall"], "n": self.quoted.gold},
        }


def _sum(counts: Iterable[Counts | None]) -> Counts:
    total = Counts()
    for one in counts:
        if one:
            total.right, total.predicted, total.gold = (
                total.right + one.right, total.predicted + one.predicted, total.gold + one.gold
            )  # fmt: skip
    return total


def _mentions(clusters: Sequence[Cluster]) -> list[tuple[int, Mention]]:
    return [(index, mention) for index, (_, _, mentions) in enumerate(clusters) for mention in mentions]


def _overlap(one: Mention | Quotation, other: Mention | Quotation) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, shared / (max(one.end, other.end) - min(one.start, other.start)))


def _meet(predicted: Sequence[Mention], gold: Sequence[Mention]) -> dict[int, int]:
    """Position of the gold mention that each predicted one meets; each is met once, the best overlaps first."""
    able = []
    for i, one in enumerate(predicted):
        for j, other in enumerate(gold):
            overlap = _overlap(one, other)
            begins_so = one.start == other.start and "description" in (one.kind, other.kind)
            if overlap >= 0.5 or (overlap and begins_so):
                able.append((-overlap, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(able):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _stands_for(
    predicted: Sequence[Cluster],
    gold: Sequence[Cluster],
    pairs: Iterable[tuple[tuple[int, Mention], tuple[int, Mention]]],
) -> dict[int, int]:
    ids = {figure_id: index for index, (_, figure_id, _) in enumerate(gold) if figure_id}
    names: dict[int, Counter[int]] = {}
    for (one, _), (other, mention) in pairs:
        if mention.kind in ("name", "alias"):
            names.setdefault(one, Counter())[other] += 1
    found = {one: counts.most_common(1)[0][0] for one, counts in names.items()}
    return found | {index: ids[one[1]] for index, one in enumerate(predicted) if one[1] in ids}
