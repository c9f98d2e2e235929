"""Annotated articles to articles and gold: X.ann becomes X.txt and X.gold.jsonl beside it.

    python data/build_gold.py seeds/*.ann

The form of an annotated article, which a person can read and write:

    @ key = Full Name | figure-id        one line per figure; the id only for figures of data/figures.csv
    {Full Name|key|name} praised {her|key2|pronoun}.<TAB>key=0 key2=+

One sentence per line, an empty line between paragraphs; after a tab the stance toward each figure that the
sentence mentions (`+` support, `-` oppose, `0` neutral). Mentions do not nest.

Where quotations are annotated, `«key»` stands directly before each one's opening mark: who says these words; `«-»` for
somebody who is no figure. Then every gold row says whether the figure's first mention stands `in_quote`, and the
`speaker`. A quotation that its paragraph does not close runs to the paragraph's end.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).resolve().parent
_MARK = re.compile(
    r"\{(?P<text>[^{}|]+)\|(?P<key>\w+)\|(?P<kind>name|alias|description|pronoun)\}|«(?P<speaker>\w+|-)»(?=[“\"‘'])"
)
# By opening mark what closes it, the better pattern first: after an s a single mark may be a possessive's.
_CLOSING = {
    "“": ("”",),
    '"': ('"',),
    "‘": (r"(?<![\ss])’(?!\w)", r"s’(?!\w)"),
    "'": (r"(?<![\ss])'(?!\w)", r"s'(?!\w)"),
}
_FIGURE = re.compile(r"@ (\w+) = ([^|]+?)(?: \| ([a-z0-9-]+))?")
_STANCES = {"+": "support", "-": "oppose", "0": "neutral"}


def parties() -> dict[str, str | None]:
    """Party of every known figure, by id."""
    with (_DATA / "figures.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["party"] or None for row in csv.DictReader(lines)}


class Annotated(NamedTuple):
    """An annotated article as read: its text, its gold rows, and its quotations (`start`, `end`, `speaker`)."""

    text: str
    rows: list[dict[str, Any]]
    quotations: list[dict[str, Any]]


class Sentence(NamedTuple):
    """A sentence without its marks, the mentions of each key, and where whose quotations begin."""

    text: str
    mentions: dict[str, list[dict[str, Any]]]
    quoted: list[tuple[int, str]]


def plain(marked: str, start: int) -> Sentence:
    """What an annotated sentence says; `start` is the sentence's offset in the article."""
    text, position = "", 0
    mentions: dict[str, list[dict[str, Any]]] = {}
    quoted: list[tuple[int, str]] = []
    for found in _MARK.finditer(marked):
        text += marked[position : found.start()]
        begin = start + len(text)
        position = found.end()
        if found["speaker"]:
            quoted.append((begin, found["speaker"]))
            continue
        text += found["text"]
        mention = {"start": begin, "end": start + len(text), "text": found["text"], "kind": found["kind"]}
        mentions.setdefault(found["key"], []).append(mention)
    text += marked[position:]
    if set(text) & set("{}«»"):
        raise ValueError(f"marks that do not read as {{text|key|kind}} or «key»: {marked}")
    return Sentence(text, mentions, quoted)


def read(annotated: str, document: str) -> Annotated:
    """An annotated article; ValueError says what is wrong with the annotation."""
    figures: dict[str, tuple[str, str | None]] = {}
    known = parties()
    article, rows, quoted, between = "", [], [], ""
    index = 0
    for line in annotated.splitlines():
        if declared := _FIGURE.fullmatch(line.strip()):
            figures[declared[1]] = (declared[2].strip(), declared[3])
            continue
        if not line.strip():
            between = "\n\n" if article else ""
            continue
        marked, _, labels = line.partition("\t")
        article += between
        sentence = plain(marked.strip(), len(article))
        place = {"document": document, "sentence_index": index, "start": len(article),
                 "end": len(article) + len(sentence.text), "sentence": sentence.text}  # fmt: skip
        for key, stance in stances(sentence, labels).items():
            name, figure_id = figures[key]
            figure = {"figure": name, "figure_id": figure_id, "party": known[figure_id] if figure_id else None}
            rows.append({**place, **figure, "mentions": sentence.mentions[key], "stance": stance})
        article += sentence.text
        quoted += [(at, None if key == "-" else figures[key][0]) for at, key in sentence.quoted]
        index, between = index + 1, " "
    quotations = list(extents(article, quoted))
    for row in rows if quotations else ():
        at = row["mentions"][0]["start"]
        around = [quotation for quotation in quotations if quotation["start"] <= at < quotation["end"]]
        row |= {"in_quote": bool(around), "speaker": around[-1]["speaker"] if around else None}
    return Annotated(article + "\n", rows, quotations)


def stances(sentence: Sentence, labels: str) -> dict[str, str]:
    """The stance toward each figure of a sentence, in the order of their first mentions."""
    given = dict(label.split("=") for label in labels.split())
    if set(given) != set(sentence.mentions):
        raise ValueError(f"mentions of {sorted(sentence.mentions)} but stances of {sorted(given)}: {sentence.text}")
    ordered = sorted(sentence.mentions, key=lambda key: sentence.mentions[key][0]["start"])
    return {key: _STANCES[given[key]] for key in ordered}


def extents(article: str, quoted: list[tuple[int, str | None]]) -> Iterator[dict[str, Any]]:
    """Where each quotation that begins at a given offset ends: marks included, its paragraph at most."""
    for start, speaker in quoted:
        paragraph = article.find("\n\n", start)
        end = len(article) if paragraph < 0 else paragraph
        following = article.find(" " + article[start], start + 1, end)
        for stop in (end if following < 0 else following, end):
            found = (re.compile(pattern).search(article, start + 1, stop) for pattern in _CLOSING[article[start]])
            closing = next(filter(None, found), None)
            if closing:
                break
        yield {"start": start, "end": closing.end() if closing else end, "speaker": speaker}


def build(annotated: str, document: str) -> tuple[str, list[dict[str, Any]]]:
    """The article and its gold rows."""
    article = read(annotated, document)
    return article.text, article.rows


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
