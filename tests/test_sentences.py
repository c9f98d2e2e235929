"""Sentences: hard cases of news writing, exact offsets on any text, linear time."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance.sentences
from stance.sentences import split_sentences
from stance.shipped import shipped

# A bar stands where a sentence ends.
CASES = [
    "Gov. Kathy Hochul signed the bill.|It takes effect in May.",
    "Sgt. Dale Whitmore and Cpl. Ana Reyes were honored.|Both saluted.",
    "The Rt. Rev. Alan Pike spoke.|He prayed.",
    "Supt. Maria Lopez resigned.|Parents cheered.",
    "Maj. Gen. Tom Buckley testified.|Nobody asked about the memo.",
    "Aides to Sen. Orla Quint (D-Mass.) declined to comment.|The office closed early.",
    "Rep. Hal Burr, R-N.D., voted no.|So did Rep. Ina Cole, D-Md.|They walked out.",
    "It passed with help from Sen. Ola Finch, I-Vt.|The House votes Monday.",
    "She grew up in St. Paul, Minn., and moved to D.C. in 2004.|Her parents stayed.",
    "The store is on Elm St.|The suspect fled.",
    "He flew to L.A. on Tuesday.|She met him there.",
    "The U.N. Security Council met.|The U.S. vetoed the text.",
    "He left the E.U.|They wept.",
    "The hearing starts at 10 a.m. Wednesday.|It may run late.",
    "Polls close at 8 p.m. Eastern.|Results follow.",
    "They met at 7 a.m.|Reporters waited outside.",
    "Sales fell in Sept. 2008.|Then banks failed.",
    "The trial begins Oct. 3.|Jurors were told to rest.",
    "It happened in Dec.|The police were called.",
    "He works for Hartley Corp. and for Dunn & Sons Ltd.|She works for neither.",
    "The suit names Acme Inc. Chief Executive Dora Vance.|She denies it.",
    "George W. Bush and H. Ross Perot debated.|Viewers yawned.",
    "He was hit by World War I.|The wound never healed.",
    "Dr. J. P. Okoro of Austin agreed.|Others did not.",
    "The bill has two parts, e.g. taxes and tolls.|Neither is popular.",
    "The plan, i.e. the tax, failed.|Nobody mourned it.",
    "It was Smith v. Jones all over again.|The judge sighed.",
    "Turnout rose 3.4 percent.|Costs rose by $2.5 million.",
    "See No. 12 and No. 14.|They matter.",
    "“We won,” she said. “Now we work.”|The hall roared.",
    '"Is it over?" Trump asked.|No one knew.',
    '"It is over!" Mayor Dana Holt shouted.|The crowd left.',
    "“No.”|“Yes.”|They went on like that.",
    "He called it ‘a disgrace.’|Others agreed.",
    "She said no (twice).|He said yes.",
    "(See page 4.)|The rest is history.",
    "Who pays?|Who gains?|Nobody says!",
    "I... I cannot say.|Then he wept.",
    "The report [...] was late.|It was also wrong.",
    "He waited…|Then he left.",
    "WASHINGTON (AP) — The Senate adjourned.|Nobody objected.",
    "BOISE, Idaho — Gov. Ada Finch resigned.|Her deputy took over.",
    "The site is Yahoo! News.|It has comments.",
    "Jeb! was the slogan.|It failed.",
    "1. The tax goes up.|The toll goes down.",
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    expected = case.replace("“We won,” she said. “Now", "“We won,” she said.|“Now").split("|")
    text = " ".join(expected)
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_nearly_all_written_cases_are_split_right() -> None:
    """The cases of `data/` were written before the rules they are held against; those that fail are listed."""
    cases = [json.loads(line) for line in shipped("data", "sentence_cases.jsonl").read_text("utf-8").splitlines()]
    wrong = [
        case["text"]
        for case in cases
        if [case["text"][start:end] for start, end in split_sentences(case["text"])] != case["sentences"]
    ]
    assert len(wrong) <= 0.02 * len(cases), wrong


@pytest.mark.parametrize(
    "case",
    [
        "The mayor resigned.|Her deputy took over.",
        "“I never lied.”|Reporters laughed.",
        "See www.example.Com or mail ann.Lee@mail.org now.",
    ],
)
def test_a_lost_space_is_no_lost_end(case: str) -> None:
    text = case.replace("|", "")
    expected = case.split("|")
    assert [text[start:end] for start, end in split_sentences(text)] == expected


LINES = [
    ("Mayor quits after audit\nShe gave no reason.", ["Mayor quits after audit", "She gave no reason."]),
    ("The vote\n\nIt was close", ["The vote", "It was close"]),
    ("a line that was wrapped at\nsome width by an old mail\nprogram. It ends.", 2),
    ("He met Sen.\nOrla Quint of Maine there.", 1),
    ("What they want:\n- lower taxes\n- more police", ["What they want:", "- lower taxes", "- more police"]),
    ("1) One thing\n2) Another thing", ["1) One thing", "2) Another thing"]),
    ("He spoke of the\nUnited States.", 1),
    ("First paragraph ends here.\nSecond begins here and is longer.", 2),
    ("One\r\n\r\nTwo\r\rThree", ["One", "Two", "Three"]),
    ("Title\u2029Body text", ["Title", "Body text"]),
    ("", []),
    (" \n\t\n ", []),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: list[str] | int) -> None:
    found = [text[start:end] for start, end in split_sentences(text)]
    assert (len(found) if isinstance(expected, int) else found) == expected


_PIECES = st.lists(
    st.sampled_from(
        ["Sen. ", "U.S. ", "“", "”", '"', "He", " said", ". ", "!?", "…", "\n", "\n\n", "\r", "- ", "a", "😀"]
    )
)


@given(st.one_of(st.text(), _PIECES.map("".join)))
def test_every_character_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = [position for start, end in spans for position in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert covered == sorted(covered)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@pytest.mark.parametrize("unit", [".", "a.", '."', "\n", "A. ", "? A ", "- \n", " ", "x", "Aa Aa? "])
def test_a_megabyte_of_one_thing_does_not_hang(unit: str) -> None:
    started = time.monotonic()
    split_sentences(unit * (1_000_000 // len(unit)))
    assert time.monotonic() - started < 30


@given(st.one_of(st.text(), _PIECES.map("".join)), st.integers(1, 12))
def test_no_sentence_is_longer_than_the_longest(text: str, longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stance.sentences, "_LONGEST", longest)
        spans = split_sentences(text)
        test_every_character_lies_in_exactly_one_sentence.hypothesis.inner_test(text)
    assert all(end - start <= longest for start, end in spans)


def test_a_list_of_names_costs_no_square_of_its_length() -> None:
    names = "; ".join(f"Sen. {first}ana {last}owski lost" for first in "ABCDEFGHIJKLM" for last in "NOPRSTUVW" * 5)
    spans = split_sentences(names)
    assert len(spans) > 1
    assert max(end - start for start, end in spans) <= 2000
