"""Annotated articles to articles and gold: X.ann becomes X.txt and X.gold.jsonl beside it.

    python data/build_gold.py seeds/*.ann

The form of an annotated article, which a person can read and write:

    @ key = Full Name | figure-id        one line per figure; the id only for figures of data/figures.csv
    {Full Name|key|name} praised {her|key2|pronoun}.<TAB>key=0 key2=+

One sentence per line, an empty line between paragraphs; after a tab the stance toward each figure that the
sentence mentions (`+` support, `-` oppose, `0` neutral). Mentions do not nest.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

_DATA = Path(__file__).resolve().parent
_MENTION = re.compile(r"\{([^{}|]+)\|(\w+)\|(name|alias|description|pronoun)\}")
_FIGURE = re.compile(r"@ (\w+) = ([^|]+?)(?: \| ([a-z0-9-]+))?")
_STANCES = {"+": "support", "-": "oppose", "0": "neutral"}


def parties() -> dict[str, str | None]:
    """Party of every known figure, by id."""
    with (_DATA / "figures.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["party"] or None for row in csv.DictReader(lines)}


def plain(marked: str, start: int) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """A sentence without its marks, and the mentions of each key; `start` is the sentence's offset in the article."""
    text, mentions, position = "", {}, 0
    for found in _MENTION.finditer(marked):
        text += marked[position : found.start()]
        begin = start + len(text)
        text += found[1]
        mention = {"start": begin, "end": start + len(text), "text": found[1], "kind": found[3]}
        mentions.setdefault(found[2], []).append(mention)
        position = found.end()
    text += marked[position:]
    if "{" in text or "}" in text:
        raise ValueError(f"marks that do not read as {{text|key|kind}}: {marked}")
    return text, mentions


def build(annotated: str, document: str) -> tuple[str, list[dict[str, Any]]]:
    """The article and its gold rows; ValueError says what is wrong with the annotation."""
    figures: dict[str, tuple[str, str | None]] = {}
    known = parties()
    article, rows, index, between = "", [], 0, ""
    for line in annotated.splitlines():
        if declared := _FIGURE.fullmatch(line.strip()):
            figures[declared[1]] = (declared[2].strip(), declared[3])
            continue
        if not line.strip():
            between = "\n\n" if article else ""
            continue
        marked, _, labels = line.partition("\t")
        article += between
        text, mentions = plain(marked.strip(), len(article))
        stances = dict(label.split("=") for label in labels.split())
        if set(stances) != set(mentions):
            raise ValueError(f"mentions of {sorted(mentions)} but stances of {sorted(stances)}: {line}")
        for key, found in sorted(mentions.items(), key=lambda item: item[1][0]["start"]):
            name, figure_id = figures[key]
            rows.append(
                {
                    "document": document,
                    "sentence_index": index,
                    "start": len(article),
                    "end": len(article) + len(text),
                    "sentence": text,
                    "figure": name,
                    "figure_id": figure_id,
                    "party": known[figure_id] if figure_id else None,
                    "mentions": found,
                    "stance": _STANCES[stances[key]],
                }
            )
        article += text
        index, between = index + 1, " "
    return article + "\n", rows


def main(paths: list[str]) -> None:
    """Build the text and the gold of each annotated article."""
    for path in map(Path, paths):
        text, rows = build(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.stem}.txt")
        path.with_suffix(".txt").write_text(text, encoding="utf-8", newline="\n")
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path.with_suffix(".gold.jsonl").write_text(lines, encoding="utf-8", newline="\n")
        print(f"{path}: {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
