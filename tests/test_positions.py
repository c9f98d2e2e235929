"""Gold that holds positions and labels only, joined with a text."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stance import datasets
from stance.errors import InputError
from stance.gold import GoldRow, read_gold, read_positions
from stance.records import MENTION_KINDS, STANCES, Mention
from stance.shipped import shipped

TEXT = "Rob  Vane praised Ada Vane. Ada thanked the mayor."  # a doubled space, as where a comma was lost
ROB, VANE, ADA, MAYOR = (0, 9), (18, 26), (28, 31), (40, 49)
PERSENT = shipped("data", "articles", "persent.jsonl")
PRONOUNS = re.compile(r"(?i)I|me|my|myself|you|your|he|him|his|himself|she|her|hers|herself")


def position(span: tuple[int, int], *mentions: tuple[tuple[int, int], str], key: str = "f1", **change: Any) -> Any:
    listed = [{"start": start, "end": end, "kind": kind} for (start, end), kind in mentions]
    row = {"article": "7", "start": span[0], "end": span[1], "figure_key": key, "figure_id": None}
    return {**row, "mentions": listed, "stance": "neutral", **change}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_positions_give_the_same_rows_as_gold_with_its_texts(tmp_path: Path) -> None:
    first, second = (0, 27), (28, 50)
    path = write(
        tmp_path / "p.jsonl",
        position(first, (ROB, "name")),
        position(first, (VANE, "name"), key="f2", figure_id="ada-vane", stance="support"),
        position(second, (MAYOR, "description"), stance="support"),
        position(second, (ADA, "alias"), key="f2", figure_id="ada-vane"),
        position((0, 6), ((0, 2), "pronoun"), article="8"),
    )
    rows = read_positions(path, {"7": TEXT, "8": "He won", "9": "Nothing to read."})
    assert rows["7"] == [
        GoldRow(*first, "Rob Vane", None, (Mention(*ROB, "Rob  Vane", "name"),), "neutral"),
        GoldRow(*first, "Ada Vane", "ada-vane", (Mention(*VANE, "Ada Vane", "name"),), "support"),
        GoldRow(*second, "Rob Vane", None, (Mention(*MAYOR, "the mayor", "description"),), "support"),
        GoldRow(*second, "Ada Vane", "ada-vane", (Mention(*ADA, "Ada", "alias"),), "neutral"),
    ]
    assert rows["8"] == [GoldRow(0, 6, "He", None, (Mention(0, 2, "He", "pronoun"),), "neutral")]
    assert set(rows) == {"7", "8"}
    assert read_gold(write_with_texts(tmp_path / "g.jsonl", rows["7"]), TEXT) == rows["7"]


def write_with_texts(path: Path, rows: list[GoldRow]) -> Path:
    mentions = [[{"start": m.start, "end": m.end, "text": m.text, "kind": m.kind} for m in r.mentions] for r in rows]
    return write(
        path,
        *(
            {"start": r.start, "end": r.end, "sentence": TEXT[r.start : r.end], "figure": r.figure,
             "figure_id": r.figure_id, "mentions": m, "stance": r.stance}
            for r, m in zip(rows, mentions, strict=True)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "expected an object as row, found []; give it the columns article, start, end, figure_key"),
        ({"start": 0}, "found start; add article and end and figure_key and figure_id and mentions and stance"),
        (position((0, 27), article="x"), "the id of an article whose text is given, found 'x'; load the set it is of"),
        (position((0, 27), article=7), "the id of an article whose text is given, found 7; load the set it is of"),
        (position((0, 27)), "expected a list of mentions, found []; list every mention of the figure"),
        (position((0, 27), mentions=None), "expected a list of mentions, found None"),
        (position((0, 27), mentions=[3]), "expected an object as mention, found 3"),
        (position((0, 27), mentions=[{"start": 0}]), "expected the mention's columns start, end, text, kind, found"),
        (position((0, 99), (ROB, "name")), "from 0 to 99, found a text of length 50"),
        (position((0, "27"), (ROB, "name")), "whole numbers as start and end of the sentence, found '27'"),  # type: ignore[arg-type]
        (position((0, 27), ((28, 31), "name")), "mentions inside the sentence (0, 27), found 'Ada' at 28"),
        (position((0, 27), (ROB, "person")), "expected kind name, alias, description, pronoun, found 'person'"),
        (position((0, 27), (ROB, "name"), key=None), "expected a name as figure, found None"),  # type: ignore[arg-type]
        (position((0, 27), (ROB, "name"), stance="+"), "expected stance neutral, oppose, support, found '+'"),
    ],
)
def test_positions_that_do_not_fit_the_text_are_refused(tmp_path: Path, row: Any, message: str) -> None:
    path = write(tmp_path / "p.jsonl", row)
    with pytest.raises(InputError, match=re.escape(str(path)) + " line 1: .*" + re.escape(message)):
        read_positions(path, {"7": TEXT})


def test_two_figures_never_share_a_name(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", position((28, 50), (ADA, "name")), position((28, 50), (ADA, "name"), key="f2"))
    message = r"article 7: expected a name of its own for each figure, found {'f1': 'Ada', 'f2': 'Ada'}; join"
    with pytest.raises(InputError, match=message):
        read_positions(path, {"7": TEXT})


def test_the_annotated_public_articles_are_positions_and_nothing_else() -> None:
    """Their sentences and names are not ours to ship."""
    lines = PERSENT.read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        assert list(row) == ["article", "start", "end", "figure_key", "figure_id", "mentions", "stance"]
        assert re.fullmatch(r"\d+", row["article"])
        assert re.fullmatch(r"f\d", row["figure_key"])
        assert row["figure_id"] is None or re.fullmatch(r"[a-z0-9-]+", row["figure_id"])
        assert row["stance"] in STANCES
        assert all(list(at) == ["start", "end", "kind"] and at["kind"] in MENTION_KINDS for at in row["mentions"])
    assert len(set(lines)) == len(lines) == 433


@pytest.mark.datasets
def test_the_annotated_public_articles_fit_their_texts() -> None:
    texts = {article.id: article.text for article in datasets.load("persent", "dev")}
    gold = read_positions(PERSENT, texts)
    assert len(gold) == 20
    for article, rows in gold.items():
        sentences = sorted({(row.start, row.end) for row in rows})
        assert all(before[1] <= after[0] for before, after in pairwise(sentences))
        spans = [(*sentence, None) for sentence in sentences]
        spans += [(mention.start, mention.end, mention.kind) for row in rows for mention in row.mentions]
        for start, end, kind in spans:
            text, around = texts[article][start:end], texts[article][max(start - 1, 0) : end + 1]
            assert text == text.strip()
            # whole words; \xe2 is what a curly quotation mark has become in some of these texts
            assert re.search(rf"(?<!\w){re.escape(text)}(?!(?!\xe2)\w)", around), (article, start, around)
            assert bool(PRONOUNS.fullmatch(text)) == (kind == "pronoun"), (article, start, text)
            assert kind not in ("name", "alias") or text[0].isupper(), (article, start, text)
