"""Known figures are not taken for their sons, fathers and namesakes, and no two persons of a text share a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance import find_figures
from stance.figures import KnownFigures, load_known
from stance.figures.known import KnownFigure

KNOWN = KnownFigures(
    [
        KnownFigure("al-quint", "Al Quint", ("Al Quint Sr.",), "he", "Democratic", "US", "senator from Ohio:2001-2012"),
        KnownFigure("al-quint-jr", "Al Quint Jr.", ("ALQ Jr.",), "he", "Republican", "US", "mayor of Toledo:2015-"),
        KnownFigure("gus-pell", "Gus Pell", (), "he", "Republican", "US", "representative from Iowa:2011-"),
        KnownFigure("bo-reed", "Bo Reed", ("BQR",), "he", "Democratic", "US", "governor of Utah:2019-"),
        KnownFigure("jd-yarrow", "JD Yarrow", ("J.D. Yarrow",), "he", "Republican", "US", "senator from Ohio:2023-"),
    ]
)


def found(text: str, known: KnownFigures | None = KNOWN) -> list[tuple[str, str | None]]:
    return [(figure.name, figure.id) for figure in find_figures(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al Quint spoke.", "al-quint"),
        ("Al Quint Sr. spoke.", "al-quint"),
        ("Mayor Al Quint Jr. spoke.", "al-quint-jr"),
        ("Al Quint, Jr. spoke.", "al-quint-jr"),
        ("Al B. Quint Jr. spoke.", "al-quint-jr"),
        ("ALQ Jr. spoke.", "al-quint-jr"),
        ("Quint Jr. spoke.", "al-quint-jr"),
        ("Al Quint III spoke.", None),
        ("Gus Pell Jr. spoke.", None),
    ],
)
def test_a_suffix_tells_father_from_son(text: str, expected: str | None) -> None:
    assert [id for _, id in found(text)] == [expected]


def test_father_and_son_are_two_whom_the_table_knows_or_not() -> None:
    assert found("Al Quint Jr. met Al Quint.") == [("Al Quint Jr.", "al-quint-jr"), ("Al Quint", "al-quint")]
    assert found("Ned Orrick met Ned Orrick Jr. on Monday.") == [("Ned Orrick", None), ("Ned Orrick Jr.", None)]
    assert found("Ned Orrick Jr. won. Orrick smiled.") == [("Ned Orrick Jr.", None)]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Robert F. Kennedy Jr. testified.", "robert-f-kennedy-jr"),
        ("RFK Jr. testified.", "robert-f-kennedy-jr"),
        ("Donald J. Trump Jr. testified.", "donald-trump-jr"),
        ("Trump Jr. testified.", "donald-trump-jr"),
        ("Joseph R. Biden Jr. testified.", "joe-biden"),
        ("Samuel A. Alito Jr. wrote it.", "samuel-alito"),
        ("A.O.C. replied.", "alexandria-ocasio-cortez"),
        ("Vice President-elect JD Vance spoke.", "jd-vance"),
        ("May Bush ran for mayor.", None),
        ("Rep. Bell voted no.", None),
        ("Rep. Johnson voted no.", None),
        ("Sen. Scott voted no.", None),
        ("Speaker Mike Johnson spoke.", "mike-johnson"),
        ("Mayor London Breed spoke.", "london-breed"),
        ("Gov. Earl Warren spoke.", "earl-warren"),
    ],
)
def test_figures_of_the_shipped_table(text: str, id: str | None) -> None:
    assert [id for _, id in found(text, None)] == [id]


def test_the_famous_father_is_meant_beside_the_son() -> None:
    ids = [id for _, id in found("Donald Trump Jr. met the lawyer. Trump knew of it.", None)]
    assert ids == ["donald-trump-jr", "donald-trump"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Rep. Gus Pell, R-Iowa, voted no.", "gus-pell"),
        ("Rep. Gus Pell (R-IA) voted no.", "gus-pell"),
        ("Rep. Gus Pell of Iowa voted no.", "gus-pell"),
        ("Gus Pell, a former baker, voted no.", "gus-pell"),
        ("Rep. Gus Pell, a baker, voted no.", "gus-pell"),
        ("Gus Pell, a baker, voted no. Rep. Gus Pell’s aides left.", "gus-pell"),
        ("Rep. Gus Pell, D-Ohio, voted no.", None),
        ("Rep. Gus Pell (R-Ore.) voted no.", None),
        ("Representative Gus Pell, Democrat of Ohio, voted no.", None),
        ("Mayor Gus Pell of Peoria voted no.", None),
        ("Gov. Gus Pell voted no.", None),
        ("Gov. Bo Reed of Nevada voted no.", None),
        ("Gus Pell, a plumber from Leeds, voted no.", None),
        ("Gus Pell, 44, a bus driver, voted no.", None),
        ("The plumber Gus Pell voted no.", None),
        ("Gus Pell quits\n\nMayor Gus Pell of Peoria quit on Monday. Pell wept.", None),
    ],
)
def test_a_namesake_is_told_by_seat_state_party_and_trade(text: str, id: str | None) -> None:
    figures = [(name, id) for name, id in found(text) if "Pell" in name or "Reed" in name]
    assert (figures[0][1], {id for _, id in figures} <= {id, None}) == (id, True)


def test_a_known_figure_and_a_namesake_in_one_text_are_two() -> None:
    text = "Rep. Gus Pell, R-Iowa, voted no. At the bakery stood Gus Pell, a baker."
    assert found(text) == [("Gus Pell", "gus-pell"), ("Gus Pell (2)", None)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vice President JD Yarrow spoke.", ["JD Yarrow"]),
        ("Sen. MD Quillon spoke.", ["MD Quillon"]),
        ("May Yarrow ran for mayor. May Yarrow win?", ["May Yarrow"]),
        ("Will Pell voted no.", ["Will Pell"]),
        ("Taylor Swift endorsed Gus Pell.", ["Taylor Swift", "Gus Pell"]),
        ("Reps. Orrick, Dent, Moon and Wu voted no.", ["Orrick", "Dent", "Moon", "Wu"]),
        ("MPs Tuesday and Wednesday voted no.", []),
        ("Gov. Bo Reed speaks. (Photo by Ada Moss/Getty Images)", ["Bo Reed"]),
        ("Gov. Bo Reed speaks. (Ada Moss/AP)", ["Bo Reed"]),
        ("Photo: Gov. Bo Reed speaks.", ["Bo Reed"]),
        ("The MP for Harrow East, who lost, left.", []),
        ("The MP for Harrow East, whose aides wept, left.", []),
        ("Grant Thornton said the books were sound.", []),
    ],
)
def test_names_by_where_they_stand(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text)] == names


def test_an_auxiliary_before_a_surname_is_no_first_name() -> None:
    assert found("Will Quint win? May Quint lose? Will Quint quit?") == found("Quint won.")


def test_two_of_one_surname_are_shown_by_their_titles() -> None:
    assert [name for name, _ in found("Mr. Orrick attacked Mrs. Orrick.")] == ["Mr. Orrick", "Mrs. Orrick"]


_WORDS = st.sampled_from(
    ["Mr. Quint", "Mrs. Quint", "Quint", "Al Quint", "Al Quint Jr.", "Quint Jr.", "QUINT", "Mayor Al Quint of Peoria",
     "Al Quint, a baker,", "Gus Pell", "Sen. Pell", "Dr. Pell", "Ms. Pell", "said", "met", ".", "\n\n", "and", "he"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=30).map(" ".join))
def test_no_two_persons_of_a_text_share_a_name(text: str) -> None:
    names = [figure.name for figure in find_figures(text, KNOWN, wanted=["quint", "Gus Pell"])]
    assert len(names) == len(set(names))


def test_every_seat_of_the_shipped_table_fits_whoever_holds_it() -> None:
    titles = {"senator": "Sen.", "representative": "Rep.", "governor": "Gov.", "mayor": "Mayor"}
    for figure in load_known().figures:
        for office in figure.offices:
            seat, _, place = office.title.partition(" of " if " of " in office.title else " from ")
            if seat in titles and place:
                text = f"{titles[seat]} {figure.name} of {place} spoke on Monday."
                assert figure.id in [id for _, id in found(text, None)], text
