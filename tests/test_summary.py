"""What an article as a whole says about each of its figures."""

import pytest

from stance.records import Prediction
from stance.summary import summarize
from stance.writing import SUMMARY_COLUMNS


def row(document, figure, stance, support, oppose, figure_id=None):
    shares = {"support": support, "oppose": oppose, "neutral": 1 - support - oppose}
    return Prediction(document, 0, 0, 1, "x", figure, figure_id, None, (), stance, shares)


def test_each_figure_of_each_document_is_counted_in_order_of_first_appearance():
    rows = [
        row("b.txt", "Vale", "support", 0.8, 0.1, "ann-vale"),
        row("b.txt", "Reed", "oppose", 0.0, 1.0),
        row("b.txt", "Vale", "oppose", 0.2, 0.7, "ann-vale"),
        row("b.txt", "Vale", "support", 0.6, 0.3, "ann-vale"),
        row("a.txt", "Vale", "neutral", 0.1, 0.1, "ann-vale"),
    ]
    first, second, third = summarize(iter(rows))
    assert first == {
        "document": "b.txt",
        "figure": "Vale",
        "figure_id": "ann-vale",
        "sentences": 3,
        "support": 2,
        "oppose": 1,
        "neutral": 0,
        "mean_support": 0.533333,
        "mean_oppose": 0.366667,
        "mean_neutral": 0.1,
        "net": 0.333333,
    }
    assert (second["figure"], second["figure_id"], second["net"]) == ("Reed", None, -1.0)
    assert (third["document"], third["sentences"], third["neutral"], third["net"]) == ("a.txt", 1, 1, 0.0)


def test_two_people_of_one_name_stay_apart():
    rows = [row("a", "Bush", "support", 1, 0, "george-h-w-bush"), row("a", "Bush", "oppose", 0, 1, "george-w-bush")]
    assert [summary["net"] for summary in summarize(rows)] == [1.0, -1.0]


def test_rows_have_the_columns_of_the_contract():
    assert list(summarize([row("a", "Vale", "support", 1, 0)])[0]) == list(SUMMARY_COLUMNS)
    assert summarize([]) == []


@pytest.mark.parametrize("stance", ["support", "oppose", "neutral"])
def test_counts_follow_the_label_and_not_the_probability(stance):
    (summary,) = summarize([row("a", "Vale", stance, 0.4, 0.3)])
    assert summary[stance] == summary["sentences"] == 1
