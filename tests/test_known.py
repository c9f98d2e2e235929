"""Known figures: the shipped table is sound, a user's own is laid over it, and a bad row is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stance.errors import InputError
from stance.figures import KnownFigures, load_known
from stance.figures.folding import fold
from stance.figures.known import KnownFigure, surname_of


def table(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "own.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_shipped_table_is_large_and_each_name_finds_its_figure() -> None:
    known = load_known()
    assert len(known.figures) >= 300
    ids = {figure.id for figure in known.figures}
    assert {"hillary-clinton", "bernie-sanders", "donald-trump", "angela-merkel"} <= ids
    by_name = {fold(figure.name) for figure in known.figures}
    assert len(by_name) > 0.98 * len(known.figures)
    assert all(known.named(figure.name) is not None for figure in known.figures)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Donald J. Trump", "donald-trump"),
        ("DONALD TRUMP", "donald-trump"),
        ("Hillary Rodham Clinton", "hillary-clinton"),
        ("Beto O’Rourke", "beto-o-rourke"),
        ("Joe R. Biden Jr.", "joe-biden"),
        ("Nobody Atall", None),
    ],
)
def test_names_are_found_however_written(name: str, id: str | None) -> None:
    found = load_known().named(name)
    assert (found.id if found else None) == id


def test_figures_of_one_surname_come_in_the_order_of_the_table() -> None:
    known = KnownFigures([KnownFigure("b", "Bea Stark"), KnownFigure("a", "Al Stark"), KnownFigure("c", "Cy Stern")])
    assert [figure.id for figure in known.surnamed("STARK")] == ["b", "a"]
    assert known.surnamed("Nobody") == ()


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Bill de Blasio", "de blasio"), ("Martin Luther King Jr.", "king"), ("Ursula von der Leyen", "von der leyen")],
)
def test_surnames(name: str, surname: str) -> None:
    assert surname_of(fold(name).split()) == surname


def test_a_family_name_may_stand_first() -> None:
    assert KnownFigure("xi-jinping", "Xi Jinping", country="CN").surname == "xi"


def test_own_figures_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    path = table(tmp_path, "\ufeffid,name,party\ndana-whitfield,Dana Whitfield,Green\ndonald-trump,Donald Trump,Own\n")
    known = load_known(path)
    whitfield, trump = known.named("Dana Whitfield"), known.named("Donald Trump")
    assert whitfield is not None
    assert whitfield.id == "dana-whitfield"
    assert trump is not None
    assert trump.party == "Own"
    assert len(known.figures) == len(load_known().figures) + 1


def test_offices_and_aliases_are_read(tmp_path: Path) -> None:
    path = table(tmp_path, "id,name,aliases,offices\nx-y,X Y,Ex| Why ,mayor of Z:1999-2003|senator from Q:2004-\n")
    figure = load_known(path).named("why")
    assert figure is not None
    assert figure.aliases == ("Ex", "Why")
    assert [(office.title, office.start, office.end) for office in figure.offices] == [
        ("mayor of Z", 1999, 2003),
        ("senator from Q", 2004, None),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,title\na,b\n", "line 1: expected the columns id and name"),
        ("id,name\nBad Id,B\n", "line 2: expected an id of lower-case letters"),
        ("id,name\na,A\na,B\n", "line 3: expected an id of its own, found 'a'"),
        ("id,name\na,\n", "line 2: expected a name"),
        ("id,name,pronoun\na,A,it\n", "line 2: expected the pronoun he, she, they or nothing, found 'it'"),
        ("id,name,offices\na,A,mayor\n", "line 2: expected an office as title:START-END"),
        ("id,name,offices\na,A,mayor:2003-1999\n", "line 2: expected an office to end after it starts"),
        ("id,name\na,A,C\n", "line 2: expected 2 fields"),
        ("id,name\na\n", "line 2: expected 2 fields"),
        ('id,name\n"a,A\n', "expected CSV"),
        (b"id,name\na,\xff\n", "expected UTF-8 text, found byte 0xff"),
        ("", "line 1: expected the columns id and name"),
    ],
)
def test_a_bad_table_is_named_with_its_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = table(tmp_path, content)
    with pytest.raises(InputError, match=re.escape(message)) as error:
        load_known(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: expected a table of figures"):
        load_known(tmp_path / "none.csv")
