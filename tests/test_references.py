"""Descriptions, pronouns and speakers: linked where one person is plainly meant, else not."""

from __future__ import annotations

import pytest

from stance import find_figures
from stance.figures import read_text


def linked(text: str) -> dict[str, str]:
    """By the bracketed words of the text: whom they are linked to, by surname (empty for nobody)."""
    plain = text.replace("[", "").replace("]", "")
    found: dict[str, str] = {}
    position = 0
    for piece in text.split("[")[1:]:
        words = piece.split("]")[0]
        position = plain.index(words, position)
        owners = [
            figure.name.split()[-1]
            for figure in find_figures(plain)
            for mention in figure.mentions
            if (mention.start, mention.end) == (position, position + len(words))
        ]
        found[f"{words}@{position}"] = owners[0] if owners else ""
        position += len(words)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Whitfield left early. [She] was tired.", ["Whitfield"]),
        ("Mr. Quint thanked Ms. Harlow, and [she] thanked [him].", ["Harlow", "Quint"]),
        ("Bernie Sanders praised Hillary Clinton. [He] said [he] trusts [her].", ["Sanders", "Sanders", "Clinton"]),
        ("Thomas Quint told Peter Harlow to go. [He] meant it.", ["Quint"]),
        ("Thomas Quint attacked [him].", [""]),
        ("Peter Harlow spoke. Thomas Quint attacked [him].", ["Harlow"]),
        ("Thomas Quint hurt [himself].", ["Quint"]),
        ("In [her] closing statement, Mary Harlow thanked voters.", ["Harlow"]),
        ("Mary Harlow lost. [Her] aides wept, and reporters followed [her].", ["Harlow", "Harlow"]),
        ("Thomas Quint spoke.\n\nIt rained.\n\nThe crowd left.\n\n[He] was tired.", [""]),
        ("Thomas Quint spoke.\n\nIt rained.\n\n[He] was tired.", [""]),
        ("The mayor resigned. [He] was tired. Mary Harlow smiled.", [""]),
        ("“I like Peter Harlow,” Thomas Quint said. “[He] is kind.”", ["Harlow"]),
        ("“[I] will win,” said Mary Harlow, who runs a farm. “Trust [me].”", ["Harlow", "Harlow"]),
        ("Mary Harlow told reporters: “[My] mind is made up.”", ["Harlow"]),
        ("“[I] saw it,” a man said. Mary Harlow left.", [""]),
        ("[I] think Mary Harlow is right.", [""]),
    ],
)
def test_pronouns(text: str, expected: list[str]) -> None:
    assert list(linked(text).values()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bernie Sanders met Hillary Clinton. [The Vermont senator] smiled.", ["Sanders"]),
        ("Bernie Sanders met Hillary Clinton. [The former secretary of state] smiled.", ["Clinton"]),
        ("Gov. Al Whitfield met Mayor Orla Quint. [The mayor] spoke; [the governor] sat.", ["Quint", "Whitfield"]),
        ("Rep. Dmitri Harlow, an Idaho Republican, voted. Some praised [the congressman].", ["Harlow"]),
        ("Orla Quint, [the mayor of Toledo], spoke.", ["Quint"]),
        ("[The energy secretary], Torquil Harlow, was sacked.", ["Harlow"]),
        ("Dana Whitfield, a retired librarian, kept time. [The librarian] rang a bell.", ["Whitfield"]),
        ("Sen. Dana Whitfield met Sen. Orla Quint. Guests saw [the senator].", [""]),
        ("Dana Whitfield met Orla Quint. Guests saw [the governor].", [""]),
        ("Sanders met [the senator Clinton].", [""]),
        ("Bernie Sanders spoke. Reporters saw [the Vermont senator] Sanders.", [""]),
        ("Orla Quint, [the wife] of [John Harlow], spoke.", ["Quint", "Harlow"]),
        ("Bernie Sanders lost to Hillary Clinton. Sanders backs Clinton. He likes [his old rival].", ["Clinton"]),
        ("[His wife], Perpetua Harlow, stood beside Gov. Augustin Harlow.", ["Harlow"]),
        ("Bernie Sanders spoke. He thanked [his wife].", [""]),
    ],
)  # fmt: skip
def test_descriptions(text: str, expected: list[str]) -> None:
    assert list(linked(text).values()) == expected


def test_quotations_have_their_speakers() -> None:
    text = "“We won,” Sanders said. “I mean it.” Dana Whitfield booed.\n\n“Ha,” a man said."
    found = [(text[one.start : one.end], one.speaker) for one in read_text(text).quotations]
    assert found == [("“We won,”", "Bernie Sanders"), ("“I mean it.”", "Bernie Sanders"), ("“Ha,”", None)]


def test_a_person_never_named_is_no_figure() -> None:
    assert find_figures("The senator said he would run. She called him brave.") == []


def test_kinds() -> None:
    text = "Bernie Sanders spoke. The Vermont senator said he was glad. “We love Bernie,” fans shout."
    (sanders,) = find_figures(text)
    assert [(mention.text, mention.kind) for mention in sanders.mentions] == [
        ("Bernie Sanders", "name"),
        ("The Vermont senator", "description"),
        ("he", "pronoun"),
        ("Bernie", "alias"),
    ]
