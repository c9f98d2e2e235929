"""Gold beside articles, and how predicted rows are paired with it."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles_evaluation import evaluate_articles, pair_rows
from stance.errors import InputError
from stance.gold import GoldRow, gold_path, read_gold
from stance.records import Mention, Prediction, Stance
from stance.shipped import shipped

TEXT = "Ann praised Bo. She won."


def mention(start: int, end: int) -> Mention:
    return Mention(start, end, "x" * (end - start), "name")


def expected(
    sentence: tuple[int, int],
    *mentions: tuple[int, int],
    figure_id: str | None = None,
    stance: Stance = "support",
) -> GoldRow:
    return GoldRow(*sentence, "Ann", figure_id, tuple(mention(*span) for span in mentions), stance)


def predicted(
    sentence: tuple[int, int],
    *mentions: tuple[int, int],
    figure_id: str | None = None,
    stance: Stance = "support",
) -> Prediction:
    spans = tuple(mention(*span) for span in mentions)
    return Prediction("a", 0, *sentence, "", "Ann", figure_id, None, spans, stance, {})


@pytest.mark.parametrize(
    ("row", "gold", "paired"),
    [
        (predicted((0, 10), (0, 3)), expected((0, 10), (2, 5)), True),
        (predicted((0, 10), (0, 3)), expected((0, 10), (3, 5)), False),
        (predicted((0, 10), (0, 3)), expected((0, 20), (0, 3)), True),
        (predicted((0, 10), (0, 3)), expected((0, 21), (0, 3)), False),
        (predicted((0, 10), (0, 3)), expected((5, 15), (5, 8)), False),
        (predicted((0, 10), (0, 3), figure_id="a"), expected((0, 10), (5, 8), figure_id="a"), True),
        (predicted((0, 10), (0, 3), figure_id="a"), expected((0, 10), (0, 3), figure_id=None), True),
        (predicted((0, 10), (0, 3), figure_id="a"), expected((0, 10), (0, 3), figure_id="b"), True),
        (predicted((0, 10), (0, 3), figure_id="a"), expected((0, 10), (5, 8), figure_id="b"), False),
        (predicted((0, 10), (0, 3), figure_id="a"), expected((20, 30), (20, 23), figure_id="a"), False),
        (predicted((0, 10), (0, 3), stance="oppose"), expected((0, 10), (0, 3)), True),
    ],
)
def test_rows_pair_by_sentence_and_figure(row: Prediction, gold: GoldRow, paired: bool) -> None:
    assert pair_rows([row], [gold]) == ([(0, 0)] if paired else [])


def test_each_row_pairs_once_and_the_best_pairs_go_first() -> None:
    gold = [expected((0, 30), (0, 5)), expected((0, 30), (4, 9), figure_id="b")]
    rows = [
        predicted((0, 30), (0, 9), figure_id="b"),  # shares more with neither, but has the second's id
        predicted((0, 30), (2, 5)),  # three characters of the first, one of the second
        predicted((0, 30), (0, 1)),  # the first again: too late
    ]
    assert pair_rows(rows, gold) == [(0, 1), (1, 0)]


def test_scores_count_figures_and_stances_over_all_articles() -> None:
    gold = [expected((0, 10), (0, 3)), expected((0, 10), (5, 8), stance="oppose"), expected((11, 20), (12, 14))]
    rows = [predicted((0, 10), (0, 3)), predicted((0, 10), (5, 8))]
    noise = [predicted((0, 10), (0, 3)), predicted((0, 10), (4, 6)), predicted((0, 10), (7, 9))]
    assert evaluate_articles([(rows, gold), (noise, [])]).to_dict() == {
        "n": 3,
        "n_predicted": 5,
        "precision": 1 / 5,
        "recall": 1 / 3,
        "f1": 2 / 8,
        "figure_precision": 2 / 5,
        "figure_recall": 2 / 3,
        "figure_f1": 4 / 8,
        "stance_accuracy": 1 / 2,
    }


def test_nothing_to_score_scores_nothing() -> None:
    scores = evaluate_articles([([], [])])
    assert (scores.n, scores.f1, scores.figure_precision, scores.stance_accuracy) == (0, 0.0, 0.0, 0.0)


SENTENCES = st.sampled_from([(0, 10), (11, 20), (0, 20), (8, 20)])
ROWS = st.lists(
    st.tuples(SENTENCES, st.integers(0, 8), st.sampled_from([None, "a", "b"]), st.sampled_from(["support", "oppose"])),
    max_size=8,
)


@given(ROWS, ROWS)
def test_pairs_are_one_to_one_and_nothing_that_may_pair_is_left(left: Any, right: Any) -> None:
    rows = [predicted(s, (s[0] + m, s[0] + m + 2), figure_id=i, stance=label) for s, m, i, label in left]
    gold = [expected(s, (s[0] + m, s[0] + m + 2), figure_id=i, stance=label) for s, m, i, label in right]
    pairs = pair_rows(rows, gold)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(pair_rows([rows[i]], [gold[j]]) for i, j in pairs)
    free_rows = [row for i, row in enumerate(rows) if i not in {i for i, _ in pairs}]
    free_gold = [row for j, row in enumerate(gold) if j not in {j for _, j in pairs}]
    assert pair_rows(free_rows, free_gold) == []


@given(ROWS)
def test_gold_predicted_exactly_is_all_right(given_rows: Any) -> None:
    unique = {(s, m): (i, label) for s, m, i, label in given_rows}
    spans = [(s, (s[0] + m, s[0] + m + 2), label) for (s, m), (_, label) in unique.items()]
    gold = [expected(s, m, figure_id=f"{s}{m}", stance=label) for s, m, label in spans]
    rows = [predicted(s, m, figure_id=f"{s}{m}", stance=label) for s, m, label in spans]
    scores = evaluate_articles([(rows, gold)])
    assert scores.f1 == scores.figure_f1 == scores.stance_accuracy == (1.0 if gold else 0.0)


# Reading gold


def gold_line(**change: Any) -> dict[str, Any]:
    row = {
        "document": "a.txt",
        "sentence_index": 1,
        "start": 16,
        "end": 24,
        "sentence": "She won.",
        "figure": "Ann Lee",
        "figure_id": None,
        "party": None,
        "mentions": [{"start": 16, "end": 19, "text": "She", "kind": "pronoun"}],
        "stance": "support",
    }
    return {**row, **change}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_gold_is_read_in_order(tmp_path: Path) -> None:
    path = write(gold_path(tmp_path / "a.txt"), gold_line(), "", gold_line(figure="Bo", figure_id="bo"), "")
    assert path.name == "a.gold.jsonl"
    ann = GoldRow(16, 24, "Ann Lee", None, (Mention(16, 19, "She", "pronoun"),), "support")
    assert read_gold(path, TEXT) == [ann, replace(ann, figure="Bo", figure_id="bo")]


def test_mentions_may_touch_each_other_and_the_ends_of_the_sentence(tmp_path: Path) -> None:
    spans = [(16, 19), (19, 24)]
    mentions = [{"start": s, "end": e, "text": TEXT[s:e], "kind": "name"} for s, e in spans]
    row = read_gold(write(tmp_path / "g", gold_line(mentions=mentions)), TEXT)[0]
    assert [(mention.start, mention.end) for mention in row.mentions] == spans


def test_one_known_figure_has_one_row_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "g", gold_line(figure_id="a"), gold_line(figure_id="b"), gold_line(figure="Lee"))
    assert len(read_gold(path, TEXT)) == 3
    path = write(tmp_path / "g", gold_line(figure_id="a"), gold_line(figure_id="a", figure="Lee"))
    with pytest.raises(InputError, match=r"line 2: expected one row per sentence and figure, found Lee again"):
        read_gold(path, TEXT)


def test_mentions_are_sorted(tmp_path: Path) -> None:
    ann, bo = ({"start": s, "end": e, "text": TEXT[s:e], "kind": "name"} for s, e in ((0, 3), (12, 14)))
    row = gold_line(start=0, end=15, sentence=TEXT[:15], mentions=[bo, ann])
    mentions = read_gold(write(tmp_path / "g", row), TEXT)[0].mentions
    assert [mention.text for mention in mentions] == ["Ann", "Bo"]


def test_quotations_are_read_where_they_are_annotated(tmp_path: Path) -> None:
    quoted = gold_line(in_quote=True, speaker="Bo")
    path = write(tmp_path / "g", quoted, gold_line(figure="Bo", in_quote=False, speaker=None), gold_line(figure="Cy"))
    found = [(row.in_quote, row.speaker) for row in read_gold(path, TEXT)]
    assert found == [(True, "Bo"), (False, None), (None, None)]


SHE = {"start": 16, "end": 19, "text": "She", "kind": "pronoun"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "expected a JSON object, found Expecting property name"),
        ("[]", "expected an object as row, found []; give it the columns start, end, sentence, figure, figure_id"),
        ({"start": 1}, "found start; add end and sentence and figure and figure_id and mentions and stance"),
        (gold_line(start="16"), "expected whole numbers as start and end of the sentence, found '16'; count code"),
        (gold_line(start=15), "expected sentence 'She won.' from 15 to 24, found ' She won.'; correct start and"),
        (gold_line(end=99), "expected sentence 'She won.' from 16 to 99, found a text of length 24; correct start"),
        (gold_line(start=24, end=24, sentence=""), "expected sentence '' from 24 to 24, found a text of length 24"),
        (gold_line(start=-8, sentence="She won."), "expected sentence 'She won.' from -8 to 24, found a text of"),
        (gold_line(figure=" "), "expected a name as figure, found ' '; name the figure"),
        (gold_line(figure_id=7), "expected text or null as figure_id, found 7; give the known figure's id, or null"),
        (gold_line(stance="+"), "expected stance neutral, oppose, support, found '+'; use exactly these labels"),
        (gold_line(in_quote="yes"), "expected true or false as in_quote, a name or null as speaker, found 'yes', None"),
        (gold_line(speaker=7), "as speaker, found None, 7; leave both out where quotations are not annotated"),
        (gold_line(mentions=[]), "expected a list of mentions, found []; list every mention of the figure in the"),
        (gold_line(mentions=[7]), "expected an object as mention, found 7; give it the columns start, end, text, kind"),
        (gold_line(mentions=[{**SHE, "kind": "noun"}]), "expected kind name, alias, description, pronoun, found 'nou"),
        (gold_line(mentions=[{**SHE, "text": "he"}]), "expected mention 'he' from 16 to 19, found 'She'; correct"),
        (
            gold_line(mentions=[{"start": 0, "end": 3, "text": "Ann", "kind": "name"}]),
            "expected mentions inside the sentence (16, 24), found 'Ann' at 0; correct start and end",
        ),
        (
            gold_line(mentions=[SHE, {"start": 17, "end": 19, "text": "he", "kind": "pronoun"}]),
            "expected mentions that do not overlap, found 'She' at 16 and 'he' at 17; list each mention once",
        ),
        (gold_line(), "expected one row per sentence and figure, found Ann Lee again; put all mentions in one row"),
    ],
)
def test_gold_that_is_wrong_is_refused_by_line(tmp_path: Path, row: Any, message: str) -> None:
    path = write(tmp_path / "a.gold.jsonl", gold_line(), row)
    with pytest.raises(InputError, match=re.escape(message)) as raised:
        read_gold(path, TEXT)
    assert str(raised.value).startswith(f"{path} line 2: ")


def test_gold_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.gold\.jsonl: expected gold rows in UTF-8, found .*; write one JSON row"):
        read_gold(tmp_path / "a.gold.jsonl", TEXT)
    (tmp_path / "b.gold.jsonl").write_bytes(b"\xff\xfe{")
    with pytest.raises(InputError, match=r"b\.gold\.jsonl: expected gold rows in UTF-8, found .*; write one JSON row"):
        read_gold(tmp_path / "b.gold.jsonl", TEXT)


def test_of_a_folder_only_articles_with_gold_are_read(cli: Any, tmp_path: Path) -> None:
    for name in ("rally.txt", "rally.gold.jsonl"):
        shutil.copy(shipped("seeds", name), tmp_path)
    code, alone, _ = cli("evaluate", "--articles", tmp_path, "--json")
    assert code == 0
    (tmp_path / "rally.csv").write_text("headline\nx\n", encoding="utf-8")
    (tmp_path / "rally.html").write_text("<p>not that article</p>", encoding="utf-8")
    (tmp_path / "other.txt").write_bytes(bytes(range(256)))
    (tmp_path / "rows.jsonl").write_text('{"sentence": "x"}\n', encoding="utf-8")
    code, out, err = cli("evaluate", "--articles", tmp_path, "--json")
    assert (code, out, err) == (0, alone, "")
    code, _, err = cli("evaluate", "--articles", tmp_path / "rally.txt", "--articles", tmp_path / "other.txt")
    assert (code, "other.txt: expected an article with its gold beside it" in err) == (3, True)
    code, _, err = cli("evaluate", "--articles", tmp_path / "other.txt")
    assert (code, "name the folder that holds both" in err) == (1, True)
