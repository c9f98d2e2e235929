"""Write data/labels/resolved.tsv: labels of train.tsv whose person the sentence mentions further, with all mentions.

    python data/build_resolved.py

The label of a pronoun or of a name tells nothing of the person's other mentions in the sentence. Here the finder reads
each sentence and adds them, so that a model learns from rows as articles give them. It needs DSE's sentences, as the
set `news-labels` does. Run it when labels were added; a better finder alone asks for no other file.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

from stance import datasets
from stance.datasets.news_labels import labels
from stance.figures import find_figures
from stance.records import Span, Target
from stance.spans import overlaps

_RESOLVED = Path(__file__).resolve().parent / "labels" / "resolved.tsv"


def all_mentions(target: Target) -> tuple[Span, ...]:
    """The target's mentions and those the finder adds, where it takes all of the target's for one person's."""
    figures = find_figures(target.sentence)
    spans = [[(mention.start, mention.end) for mention in figure.mentions] for figure in figures]
    owners = [found for found in spans if any(overlaps(span, target.mentions) for span in found)]
    if len(owners) != 1:
        return target.mentions
    added = [span for span in owners[0] if not overlaps(span, target.mentions)]
    return tuple(sorted([*target.mentions, *added]))


def main() -> None:
    """Read train.tsv, write resolved.tsv."""
    rows = datasets.load_labelled("news-labels", "train")
    with _RESOLVED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(["split", "line", "start", "end", "label", "mentions"])
        for (record, _), row in zip(labels("train"), rows, strict=True):
            mentions = all_mentions(row.target)
            if len(mentions) > len(row.target.mentions):
                writer.writerow([*record.values(), json.dumps(mentions, separators=(",", ":"))])


if __name__ == "__main__":
    main()
