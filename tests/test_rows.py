"""Rows in all their forms, and the messages for rows that are none."""

import json
import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import datasets
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError
from stance.records import LabelledRow, Target
from stance.rows import as_target, as_targets, labelled_row, merge_rows
from stance.soundness import are_sound, is_sound
from stance.spans import locate, repetitions, whole_words

_ODD = st.one_of(st.none(), st.booleans(), st.floats(), st.integers(-2, 2**70), st.text(max_size=2))
_SPANS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=3).map(tuple)
_MENTIONS = st.one_of(
    _SPANS, _SPANS.map(list), st.lists(st.tuples(_ODD, _ODD), max_size=2).map(tuple), st.just(((1,),))
)

SENTENCE = "Sanders praised Clinton, and Clinton smiled."
CLINTON = Target(SENTENCE, ((16, 23), (29, 36)))


@pytest.mark.parametrize(
    "row",
    [
        (SENTENCE, "Clinton"),
        [SENTENCE, " Clinton "],
        (SENTENCE, 16, 23),
        (SENTENCE, 29, 36),
        (SENTENCE, np.int64(16), 23.0),
        {"sentence": SENTENCE, "target": "Clinton"},
        {"sentence": SENTENCE, "target": "clinton", "start": None, "end": math.nan, "mentions": ""},
        {"sentence": SENTENCE, "target": "her", "start": "16", "end": " 23 "},
        {"sentence": SENTENCE, "target": "x", "start": 16, "end": 23, "mentions": [[29, 36], [16, 23]]},
        {"sentence": SENTENCE, "target": "x", "mentions": "[[16, 23], [29, 36]]"},
        {"sentence": SENTENCE, "target": "x", "mentions": np.array([[16, 23], [29, 36]])},
        CLINTON,
    ],
)
def test_all_forms_of_a_row_make_the_same_target(row: Any) -> None:
    assert as_targets([row]) == [CLINTON]


def test_a_dataframe_is_rows_and_its_gaps_are_missing_values() -> None:
    table = pd.DataFrame(
        {
            "sentence": [SENTENCE, "She won."],
            "target": ["Clinton", "Hillary Clinton"],
            "start": pd.array([29, pd.NA], dtype="Int64"),
            "end": [36.0, math.nan],
            "mentions": [None, None],
        }
    )
    assert as_targets(table) == [CLINTON, Target("She won.")]


def test_a_hugging_face_dataset_is_rows() -> None:
    assert as_targets(datasets.Dataset.from_list([{"sentence": SENTENCE, "target": "Clinton"}])) == [CLINTON]


def test_given_mentions_are_all_there_are() -> None:
    row = {"sentence": SENTENCE, "target": "Clinton", "start": 29, "end": 36, "mentions": [[29, 36]]}
    assert as_targets([row]) == [Target(SENTENCE, ((29, 36),))]
    assert as_targets([{**row, "start": None, "end": None, "mentions": "[]"}]) == [Target(SENTENCE)]


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("Trumpism is not Trump.", "Trump", (16, 21)),
        ("TRUMP and Trump", "Trump", (10, 15)),
        ("We saw TRUMP's tower", "Trump", (7, 12)),
        ("Muñozo, Muñoz", "Muñoz", (8, 13)),
        ("JOSÉ lost", "José", (0, 4)),
        ("Éric and eric", "Eric", (9, 13)),
        ("Jose\u0301 lost", "Jose", None),
        ("İnce won, İNCE won", "ince", None),
        ("İİ met ince", "INCE", (7, 11)),
        ("xAnn", "Ann", None),
        ("Ann and Ann", "Ann", (0, 3)),
        ("#TrumpTrain", "Trump", None),
        ("@realDonaldTrump", "Trump", None),
        ("O’Rourke’s plan", "O’Rourke", (0, 8)),
    ],
)
def test_names_are_located_as_whole_words(sentence: str, name: str, expected: object) -> None:
    assert locate(sentence, name) == expected


def test_repetitions_keep_the_case_and_are_whole_words() -> None:
    text = "He said he, the heir, knew he had it."
    assert repetitions(text, (8, 10)) == ((8, 10), (27, 29))
    assert repetitions("Ann and Ann", (8, 11)) == ((0, 3), (8, 11))
    assert repetitions("Ann Ann Ann", (4, 11)) == ((4, 11),)


def test_a_span_that_cuts_words_is_widened_and_trimmed() -> None:
    assert whole_words("Trump attacked Clinton.", (7, 9)) == (6, 14)
    assert whole_words("of Davis' wife", (2, 9)) == (3, 9)


ROW = {"sentence": SENTENCE, "target": "Clinton"}
SPAN_ERROR = "row 0: expected 0 <= start < end <= 44 (the sentence's length), found start {}, end {}; give code-point"
MENTIONS_ERROR = "row 0: expected mentions as a list of [start, end], found {}; give all spans of the target, or leave"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "Clinton",
            "row 0: expected (sentence, target), (sentence, start, end) or a mapping with the columns",
        ),
        ((1, 2, 3, 4), "found (1, 2, 3, 4); put the row in one of these forms"),
        (("", "Clinton"), "row 0: expected text as sentence, found an empty sentence; fill it in or leave"),
        (("  \n", 0, 1), "row 0: expected text as sentence, found an empty sentence; fill it in or leave"),
        ((SENTENCE, None), "row 0: expected text as target, found an empty target; fill it in or leave"),
        ((SENTENCE, 7), "row 0: expected text as target, found 7; fill it in or leave the row out"),
        ((SENTENCE, 16, 45), SPAN_ERROR.format(16, 45)),
        ((SENTENCE, -1, 3), SPAN_ERROR.format(-1, 3)),
        ((SENTENCE, 3, 3), SPAN_ERROR.format(3, 3)),
        ((SENTENCE, 0.5, 3), "row 0: expected a whole number as start, found 0.5; give both start and end"),
        ((SENTENCE, True, 3), "row 0: expected a whole number as start, found True; give both start and end"),
        (
            {**ROW, "start": 3},
            "row 0: expected a whole number as end, found nothing; give both start and end",
        ),
        (
            {"text": "", "name": ""},
            "expected the columns sentence, target, found text, name; add sentence and target",
        ),
        ({**ROW, "mentions": "[[1"}, MENTIONS_ERROR.format("'[[1'")),
        ({**ROW, "mentions": [1, 2]}, MENTIONS_ERROR.format("[1, 2]")),
        ({**ROW, "mentions": [[1, 2, 3]]}, MENTIONS_ERROR.format("[[1, 2, 3]]")),
        ({**ROW, "mentions": {"start": 1}}, MENTIONS_ERROR.format("{'start': 1}")),
        ({**ROW, "mentions": [[40, 50]]}, SPAN_ERROR.format(40, 50)),
        (
            {**ROW, "mentions": [[4, 9], [0, 5]]},
            "expected mentions that do not overlap, found [0, 5] and [4, 9]; list",
        ),
        (
            {**ROW, "start": 16, "end": 23, "mentions": [[29, 36]]},
            "row 0: expected start and end to be among the mentions, found [16, 23] and [[29, 36]]; list",
        ),
        (Target(SENTENCE, ((40, 50),)), SPAN_ERROR.format(40, 50)),
        (Target(" "), "row 0: expected text as sentence, found an empty sentence; fill it in or leave"),
    ],
)
def test_a_row_that_is_none_is_refused_by_its_place(row: Any, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        as_targets([row])


def test_a_long_wrong_value_is_cut_short_in_the_message() -> None:
    with pytest.raises(InputError, match=r"found 'x{58}'; put"):
        as_targets(["x" * 58])
    with pytest.raises(InputError, match=r"found 'x{56}\.\.\.; put"):
        as_targets(["x" * 59])


def test_errors_name_the_row() -> None:
    with pytest.raises(InputError, match=r"^row 1: expected text as target"):
        as_targets([(SENTENCE, "Clinton"), (SENTENCE, "")])
    with pytest.raises(InputError, match=r"^rows\.csv line 7: expected text as target"):
        as_target((SENTENCE, ""), "rows.csv line 7")


@pytest.mark.parametrize("rows", ["Sanders praised Clinton.", b"x", ROW, 7, None])
def test_something_that_is_not_a_sequence_of_rows_is_refused(rows: Any) -> None:
    with pytest.raises(InputError, match=r"^expected a sequence of rows, found .*; put a single row in a list$"):
        as_targets(rows)


def test_a_single_pair_that_is_not_in_a_list_is_refused() -> None:
    with pytest.raises(InputError, match=r"^row 0: expected \(sentence, target\)"):
        as_targets((SENTENCE, "Clinton"))


LABELLED = {**ROW, "stance": "support"}


def test_a_labelled_row_has_defaults() -> None:
    assert labelled_row(LABELLED, "row 0") == LabelledRow(CLINTON, "Clinton", "support", SENTENCE, 1.0)


def test_a_labelled_row_carries_weight_and_group_also_as_csv_has_them() -> None:
    given = {**LABELLED, "weight": "0.5", "document": 12, "anything": "else"}
    assert labelled_row(given, "row 0") == LabelledRow(CLINTON, "Clinton", "support", "12", 0.5)
    assert labelled_row({**LABELLED, "weight": math.nan, "document": math.nan}, "row 0").document == SENTENCE


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"stance": "positive"},
            "a.csv line 2: expected stance neutral, oppose or support, found 'positive'; use",
        ),
        (
            {"stance": "Support"},
            "a.csv line 2: expected stance neutral, oppose or support, found 'Support'; use",
        ),
        (
            {"stance": math.nan},
            "a.csv line 2: expected stance neutral, oppose or support, found nan; use exactly",
        ),
        ({"weight": 0}, "a.csv line 2: expected a positive number as weight, found 0; 1 is the usual weight"),
        ({"weight": "-1"}, "a.csv line 2: expected a positive number as weight, found '-1'; 1 is the usual"),
        (
            {"weight": math.inf},
            "a.csv line 2: expected a positive number as weight, found inf; 1 is the usual",
        ),
        ({"weight": "much"}, "a.csv line 2: expected a positive number as weight, found 'much'; 1 is the"),
        ({"weight": True}, "a.csv line 2: expected a positive number as weight, found True; 1 is the usual"),
    ],
)
def test_a_labelled_row_with_a_wrong_value_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        labelled_row({**LABELLED, **change}, "a.csv line 2")


def test_a_labelled_row_without_stance_is_refused() -> None:
    message = "a.csv line 2: expected the columns sentence, target, stance, found sentence, target; add stance"
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        labelled_row(ROW, "a.csv line 2")


def test_merging_collapses_equal_rows_and_drops_contradictory_ones() -> None:
    first = labelled_row({**LABELLED, "weight": 2}, "row 0")
    same = replace(first, weight=1.0, document="elsewhere")
    other = labelled_row({"sentence": SENTENCE, "target": "Sanders", "stance": "neutral"}, "row 0")
    unsure = labelled_row({"sentence": "He won.", "target": "He", "stance": "neutral"}, "row 0")
    rows = [first, unsure, same, other, replace(unsure, stance="support"), same]
    assert merge_rows(rows) == ([first, other], 2, 2)
    assert merge_rows([]) == ([], 0, 0)


WORDS = st.lists(st.sampled_from(["Ann", "ann", "Anna", "é", "Zoë", "’s", ",", "-", "_"]), min_size=1, max_size=12)
TEXTS = st.tuples(WORDS, st.sampled_from(["", " "])).map(lambda parts: parts[1].join(parts[0]))


@given(TEXTS, st.sampled_from(["Ann", "Zoë", "ANN", "é"]))
def test_a_name_is_found_exactly_where_a_regular_expression_finds_it(text: str, name: str) -> None:
    pattern = rf"\b{re.escape(name)}\b"
    expected = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    assert locate(text, name) == (expected.span() if expected else None)


@given(TEXTS, st.data())
def test_mentions_are_sorted_disjoint_and_repeat_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mentions = as_target((text, start, end), "row 0").mentions
    assert (start, end) in mentions
    assert {text[a:b] for a, b in mentions} == {text[start:end]}
    assert all(before[1] <= after[0] for before, after in pairwise(mentions))


@given(TEXTS, st.data())
def test_mentions_survive_json(text: str, data: st.DataObject) -> None:
    target = as_target((text, 0, data.draw(st.integers(1, len(text)))), "row 0")
    row = {"sentence": text, "target": "x", "mentions": json.dumps(target.mentions)}
    assert as_target(row, "row 0") == target


@given(
    st.lists(
        st.builds(Target, st.sampled_from(["Ash won", "  ", "", "a b c", "\u2003"]), _MENTIONS), min_size=1, max_size=4
    )
)
def test_many_targets_are_sound_where_each_is(targets: list[Target]) -> None:
    def sound(target: Target) -> bool:
        try:
            return is_sound(target)
        except (TypeError, ValueError):  # spans that are no pairs
            return False

    assert are_sound(targets) <= all(map(sound, targets))
    tidy = all(type(target.mentions) is tuple for target in targets)
    assert not tidy or are_sound(targets) == all(map(sound, targets))


def test_what_is_no_target_is_not_sound() -> None:
    assert are_sound([CLINTON, CLINTON])
    assert not are_sound([CLINTON, (SENTENCE, "Clinton")])
    assert not are_sound([])
    assert as_targets([]) == []
