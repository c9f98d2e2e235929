"""Descriptions of persons, as `find_figures` links them; a text marks each with brackets."""

from __future__ import annotations

import re

import pytest

from stance import find_figures

_MARKED = re.compile(r"\[([^]]+)\]")


def linked(text: str) -> list[str]:
    """Surnames of whom the marked words mean, in order; empty where they mean nobody."""
    spans: list[tuple[int, int]] = []
    for match in _MARKED.finditer(text):
        start = match.start() - 2 * len(spans)
        spans.append((start, start + len(match[1])))
    meant = {
        (mention.start, mention.end): figure.name.split()[-1]
        for figure in find_figures(_MARKED.sub(r"\1", text))
        for mention in figure.mentions
    }
    return [meant.get(span, "") for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two words told apart make no office.
        (
            "Chief Minister Om Rathwa met party chief Ila Bose, a tax minister. Bose ate. [The chief minister] sat.",
            ["Rathwa"],
        ),
        # "is the" before an owner mentions the owner.
        ("Mayor Al Quint hired Ida Pell. Pell is [the mayor]’s niece.", ["Quint"]),
        ("Mayor Al Quint hired Ida Pell. Bo Strand, she said, is [the mayor] now.", [""]),
        ("Coach Al Quint praised Bo Pell. Bo Pell’s vote makes him [the coach] of the year.", [""]),
    ],
)
def test_offices(text: str, expected: list[str]) -> None:
    assert linked(text) == expected


def test_a_description_may_come_before_every_name() -> None:
    text = "Why [the departing county clerk] is content\n\nIda Pell, the departing county clerk, said so."
    assert linked(text) == ["Pell"]
    assert linked(text.replace("Why", "Al Quint asks why")) == [""]


def test_whoever_is_unnamed_is_meant_by_the_same_noun() -> None:
    text = "Ida Pell, the housing secretary, resigned. Pell wept. {} was kinder. “Too late,” [the minister] said."
    assert linked(text.format("Her mother")) == ["Pell"]
    assert linked(text.format("A minister who stayed")) == [""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al Quint lost again on Tuesday. [The Ohio native] blamed the rain.", ["Quint"]),
        ("Al Quint lost again on Tuesday. Voters blame [the Ohio native].", [""]),
        ("Al Quint lost again on Tuesday. [The billionaire] blamed the rain.", ["Quint"]),
        ("Ida Pell was sworn in on Monday. [The 44-year-old Democrat] wept.", ["Pell"]),
        ("Fire Chief Bo Strand left. Ida Pell lost on Tuesday. [The former fire chief] wept.", [""]),
        ("Police Chief Bo Strand left. Ida Pell lost on Tuesday. [The former fire chief] wept.", ["Pell"]),
    ],
)
def test_new_facts_about_the_last_subject(text: str, expected: list[str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Rev. Al Quint led the march. [The pastor] sang.", ["Quint"]),
        (
            "Al Quint, the Republican nominee, leads Ida Pell, the Democratic nominee. [The Democrat] shrugged.",
            ["Pell"],
        ),
        ("Al Quint, the Republican nominee, met Ida Pell, a Social Democratic envoy. [The Democrat] shrugged.", [""]),
        ("Ida Pell was sworn in as governor on Monday and met Al Quint. Quint sang. [The governor] wept.", ["Pell"]),
        ("Deputy Mayor Al Quint met Mayor Ida Pell. Quint sang. Pell said [her deputy] was ill.", ["Quint"]),
        ("Secretary of State Ida Pell met Al Quint. Quint sang. [The secretary] wept.", ["Pell"]),
        ("Pope Leo Quint met Ida Pell. Pell sang. [The pontiff] wept.", ["Quint"]),
    ],
)
def test_other_names_of_a_role(text: str, expected: list[str]) -> None:
    assert linked(text) == expected


def test_the_head_of_a_government_is_whose_administration_it_is() -> None:
    text = "Al Quint met Ida Pell. Pell sang, and Quint left.\n\nQuint{} failed. Pell said [the mayor] had lied."
    assert linked(text.format("’s administration")) == ["Quint"]
    assert linked(text.format("’s dog")) == [""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sen. Ida Pell debated Al Quint. Pell spoke. Quint sang. Voters like [the incumbent].", ["Pell"]),
        ("Sen. Ida Pell debated Al Quint. Pell spoke. Quint sang. Voters like [the challenger].", ["Quint"]),
        ("Sen. Ida Pell debated Al Quint. Quint sang. Pell says [the incumbent] is old.", [""]),
        ("Sen. Ida Pell debated Sen. Al Quint. Pell spoke. Quint sang. Voters like [the incumbent].", [""]),
        ("Former Sen. Ida Pell debated Al Quint. Pell spoke. Quint sang. Voters like [the incumbent].", [""]),
        ("Sen. Ida Pell and Al Quint met. For an hour [the second-term Democrat] argued.", ["Pell"]),
    ],
)
def test_the_sides_of_a_race(text: str, expected: list[str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    "introduction",
    [
        "Quint’s lawyer, Ida Pell, wept.",
        "Ida Pell, a defense lawyer for Mr. Quint, wept.",
        "Ida Pell, who represents Quint, wept.",
    ],
)
def test_a_lawyer_has_a_client(introduction: str) -> None:
    text = f"Al Quint met Bo Strand. {introduction} Pell said [her client] was ill. “[My client] is ill,” Pell said."
    assert linked(text) == ["Quint", "Quint"]
    assert linked(text.replace("Pell said [her", "Strand and Pell met. Strand said [his")) == ["", "Quint"]


def test_a_place_has_its_governor() -> None:
    text = "Gov. Ida Pell of Ohio met Al Quint. Quint sang. [Ohio’s governor] wept. [Texas’s governor] left."
    assert linked(text) == ["Pell", ""]


def test_a_member_is_known_beside_a_name() -> None:
    text = "Al Quint, a council member, met [the member] for Bolton, Ida Pell. Pell sang. [The member] left."
    assert linked(text.replace("[the member] for Bolton", "[the member for Bolton]")) == ["Pell", ""]


def test_a_noun_before_a_thing_is_no_person() -> None:
    assert linked("Al Quint, a student, met Ida Pell. [The student] assembly voted. [The student] wept.") == [
        "",
        "Quint",
    ]
