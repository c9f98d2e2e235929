"""find_figures as a whole: the rally seed, known figures, names asked for, and any text at all."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance import find_figures
from stance.figures import load_known
from stance.records import MENTION_KINDS, Figure
from stance.shipped import shipped


def assert_sound(text: str, figures: list[Figure]) -> None:
    """Every mention is its slice, none overlaps another, all stands in reading order."""
    spans = sorted((mention.start, mention.end) for figure in figures for mention in figure.mentions)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for figure in figures:
        assert figure.mentions
        assert list(figure.mentions) == sorted(figure.mentions, key=lambda mention: mention.start)
        for mention in figure.mentions:
            assert mention.text == text[mention.start : mention.end] != ""
            assert mention.kind in MENTION_KINDS
    starts = [figure.mentions[0].start for figure in figures]
    assert starts == sorted(starts)


def test_the_rally_seed() -> None:
    text = shipped("seeds", "rally.txt").read_text(encoding="utf-8")
    figures = {figure.name: figure for figure in find_figures(text)}
    assert set(figures) == {
        "Bernie Sanders", "Hillary Clinton", "Donald Trump", "Gary Johnson", "Jill Stein", "Marisol Okafor",
        "Teddy Lindqvist",
    }  # fmt: skip
    sanders, clinton = figures["Bernie Sanders"], figures["Hillary Clinton"]
    assert (sanders.id, clinton.id, figures["Teddy Lindqvist"].id) == ("bernie-sanders", "hillary-clinton", None)
    assert clinton.party == "Democratic"
    texts = [mention.text for mention in sanders.mentions]
    assert {"Bernie Sanders", "Sanders", "the Vermont senator", "he", "Bernie"} <= set(texts)
    assert "his former rival" in [mention.text for mention in clinton.mentions]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Trump smiled.", "donald-trump"),
        ("Voters like AOC.", "alexandria-ocasio-cortez"),
        ("Hillary was right, they say.", "hillary-clinton"),
        ("They booed Netanyahu.", "benjamin-netanyahu"),
        ("Sen. Graham spoke.", "lindsey-graham"),
        ("Condoleezza Rice spoke.", "condoleezza-rice"),
        ("Hillary Rodham Clinton spoke.", "hillary-clinton"),
        ("DONALD TRUMP WINS OHIO", "donald-trump"),
        ("HILLARY CLINTON DISAGREES", "hillary-clinton"),
        ("President Clinton signed it.", "bill-clinton"),
    ],
)
def test_known_figures(text: str, id: str) -> None:
    assert [figure.id for figure in find_figures(text)] == [id]


@pytest.mark.parametrize("text", ["Young said so.", "The price of Rice rose.", "Brown was blunt.", "Mr. Johnson left."])
def test_a_common_surname_alone_is_no_known_figure(text: str) -> None:
    assert all(figure.id is None for figure in find_figures(text))


def test_own_figures_are_known(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,aliases,party\ndana-w,Dana Whitfield,The Whit,Green\n", encoding="utf-8")
    (figure,) = find_figures("Dana Whitfield spoke.", load_known(path))
    assert (figure.id, figure.party) == ("dana-w", "Green")


def test_wanted_names_are_found_in_any_case_person_or_not() -> None:
    text = "planned parenthood met dana whitfield. Bernie Sanders came, and bernie sanders left."
    figures = {
        figure.name: figure
        for figure in find_figures(text, wanted=["Planned Parenthood", "Dana Whitfield", "Bernie Sanders"])
    }
    assert_sound(text, list(figures.values()))
    assert [figures[name].mentions[0].text for name in ("planned parenthood", "dana whitfield")] == [
        "planned parenthood",
        "dana whitfield",
    ]
    assert [mention.text for mention in figures["Bernie Sanders"].mentions] == ["Bernie Sanders", "bernie sanders"]
    assert find_figures(text, wanted=["", "Nobody Here"]) == find_figures(text)


_WORDS = st.sampled_from(
    ["Sen.", "Dana", "Whitfield", "Trump’s", "he", "his former rival", "the senator", "said", "“I", "”", ".", "\n\n",
     ",",
     "Bill and Hillary Clinton",
     "TRUMP", "van", "Houten", "Bram van Houten", "the mayor,", "A", "U.S.", "é", "😀", "\r",
     "his wife,", "who", "34,", "Foundation", "of", "Jr.", "d’Aubray", "“Tad”"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_exact_offsets(text: str) -> None:
    assert_sound(text, find_figures(text, wanted=["houten", "the senator"]))


@pytest.mark.parametrize(
    "unit",
    [
        "Aa ",
        "TRUMP SAYS NO ",
        "Trump said he “I ",
        "A.",
        "Aa, ",
        "Sen. Bernie Sanders said he left. ",
        "the senator ",
        "\n",
    ],
)
def test_long_texts_do_not_hang(unit: str) -> None:
    text = "Bernie Sanders spoke. " + unit * (60_000 // len(unit))
    started = time.monotonic()
    assert_sound(text, find_figures(text))
    assert time.monotonic() - started < 60


def test_many_people_of_one_name_do_not_hang() -> None:
    letters = "abcdefghijklmnopqrst"
    people = [f"John S{a}{b}{c}on said he left." for a in letters for b in letters for c in letters]
    started = time.monotonic()
    assert len(find_figures(" ".join(people))) > 7_000
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("It may rain. Theresa May spoke. May smiled.", "May", ["Theresa May", "May"]),
        ("It may rain, said nobody.", "Nobody", []),
        ("it may rain, may said", "May", ["may", "may"]),
        ("it was obama who won", "obama", ["obama"]),
        ("It was dana whitfield who won.", "Dana Whitfield", ["dana whitfield"]),
        ("MAY WINS", "May", ["MAY"]),
    ],
)
def test_a_word_asked_for_with_a_capital_is_written_with_one(text: str, name: str, found: list[str]) -> None:
    mentions = [mention.text for figure in find_figures(text, wanted=[name]) for mention in figure.mentions]
    assert mentions == found
