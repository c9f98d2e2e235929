"""What the terminal shows: readable at any width, safe, and never by colour alone."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from stance.datasets import DatasetInfo
from stance.records import STANCES, Document, Mention, Prediction, Reason
from stance.render import (
    Screen,
    render_articles,
    render_datasets,
    render_evaluation,
    render_figures,
    render_reasons,
    render_summary,
)
from stance.render.lines import CODES, painted, width, wrapped
from stance.render.printable import printable
from stance.summary import summarize

CLINTON, SANDERS = ("Hillary Clinton", "Democratic"), ("Bernie Sanders", "Independent")
FIRST = "Bernie Sanders told a crowd in Raleigh that Hillary\nClinton would make an outstanding president."
SECOND = "He has also said that he would press her, and if need be oppose her."
DOCUMENT = Document("rally.txt", f"{FIRST} {SECOND}", "One Last Week", "2016-11-04", "Example Times")


def row(index, sentence, start, figure, called, stance, probability, uncertain=False):
    at = start + sentence.index(called[0])
    kind = called[1]
    others = dict.fromkeys(STANCES, (1 - probability) / 2)
    mention = Mention(at, at + len(called[0]), called[0], kind)
    name, party = figure
    identifier = name.lower().replace(" ", "-")
    shares = {**others, stance: probability}
    end = start + len(sentence)
    return Prediction(
        "rally.txt", index, start, end, sentence, name, identifier, party, (mention,), stance, shares, uncertain
    )


ROWS = [
    row(0, FIRST, 0, SANDERS, ("Bernie Sanders", "name"), "neutral", 0.88),
    row(0, FIRST, 0, CLINTON, ("Hillary\nClinton", "name"), "support", 0.93),
    row(12, SECOND, len(FIRST) + 1, CLINTON, ("her", "pronoun"), "oppose", 0.444, uncertain=True),
    row(12, SECOND, len(FIRST) + 1, SANDERS, ("he", "pronoun"), "neutral", 0.61),
    row(13, SECOND, len(FIRST) + 1, CLINTON, ("her", "pronoun"), "support", 0.5),
]


def article(rows=ROWS, document=DOCUMENT, **screen):
    (text,) = render_articles([(document, rows)], Screen(**screen))
    return text


def without_color(text):
    return "\n".join(line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", text).split("\n"))


def test_an_article_at_80_columns():
    assert article(width=80) == (
        """\
── rally.txt ───────────────────────────────────────────────────────────────────
One Last Week
Example Times  2016-11-04

Figure           Party        Support  Oppose  Neutral  All  Net
─────────────────────────────────────────────────────────────────────
Hillary Clinton  Democratic         2       1        0    3  +0.33 ▲▲
Bernie Sanders   Independent        0       0        2    2   0.00 ●

  0  Bernie Sanders told a crowd in Raleigh that Hillary Clinton would make an
     outstanding president.
       ● neutral 0.88  Bernie Sanders
       ▲ support 0.93  Hillary Clinton

 12  He has also said that he would press her, and if need be oppose her.
       ▼ oppose  0.44  Hillary Clinton (her)  uncertain
       ● neutral 0.61  Bernie Sanders (he)

 13  He has also said that he would press her, and if need be oppose her.
       ▲ support 0.50  Hillary Clinton (her)
"""
    )


def test_colour_adds_nothing_but_colour():
    for columns in (50, 80):
        colored = article(width=columns, color=True)
        assert "\x1b[32m" in colored
        assert without_color(colored) == article(width=columns)
    assert "\x1b" not in article()


@given(st.integers(40, 250))
def test_no_line_is_wider_than_the_screen_or_too_long_to_read(width):
    text = article(width=width)
    assert max(map(cell_len, text.split("\n"))) <= min(width, 110)
    squeezed = re.sub(r"\s+", " ", text)
    assert "● neutral 0.88 Bernie" in squeezed
    assert "an outstanding president." in squeezed


def test_a_narrow_screen_has_signs_for_words_and_no_party():
    text = article(width=50)
    assert "Figure           ▲  ▼  ●  All  Net" in text
    assert "Hillary Clinton  2  1  0    3  +0.33 ▲▲" in text
    assert "Democratic" not in text


WIDE = "王小明 praised 鈴木さくら 👩\u200d👩\u200d👧, and Ñandú O’Brien-Żółć smiled."
WIDE_ROWS = [
    row(0, WIDE, 0, ("王小明", "無所属"), ("王小明", "name"), "neutral", 0.7),
    row(0, WIDE, 0, ("鈴木さくら", "👍 Party of the Whole Republic"), ("鈴木さくら", "name"), "support", 0.9),
    row(0, WIDE, 0, ("Ñandú O’Brien-Żółć", ""), ("Ñandú", "alias"), "oppose", 0.5),
]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_wide_characters_keep_the_columns_straight(width):
    document = Document("新聞/記事.txt", WIDE, "見出し 👍")
    lines = article(WIDE_ROWS, document, width=width).split("\n")
    assert lines[0].startswith("── 新聞/記事.txt ──")
    assert cell_len(lines[0]) == min(width, 110)
    assert max(map(cell_len, lines)) <= min(width, 110)
    header = next(line for line in lines if line.startswith("Figure"))
    signs = [line for line in lines if re.search(r" [01] .*[▲▼●]", line)]
    assert len(signs) == 3
    place = cell_len(header[: header.index("Net")])
    assert {cell_len(line[: re.search(r"[+\- ]\d\.\d\d ", line).start()]) for line in signs} == {place}


def test_narrow_tables_lose_nothing():
    mentions = [
        {"document": name, "figure": "Hillary Clinton", "start": 7, "end": 10, "text": "She", "kind": "pronoun"}
        for name in ("a.txt", "b.txt")
    ]
    assert render_figures(mentions, Screen(40)) == (
        "a.txt\n"
        "\n"
        "Mention          Kind     Place\n"
        "───────────────────────────────\n"
        "She              pronoun   7-10\n"
        "Hillary Clinton\n"
        "\n"
        "b.txt\n"
        "\n"
        "Mention          Kind     Place\n"
        "───────────────────────────────\n"
        "She              pronoun   7-10\n"
        "Hillary Clinton"
    )
    assert render_summary(summarize(ROWS), Screen(40)) == (
        "rally.txt\n"
        "\n"
        "Figure           ▲  ▼  ●  All  Net\n"
        "───────────────────────────────────────\n"
        "Bernie Sanders   0  0  2    2   0.00 ●\n"
        "Hillary Clinton  2  1  0    3  +0.33 ▲▲\n"
        "\n"
        "▲ support  ▼ oppose  ● neutral"
    )
    reasons = (
        Reason("booed", 0, 5, "leaning verb, done to the figure", -0.5, 1.36, -0.83),
        Reason("", None, None, "how common each stance is", -0.01, 0.02, -0.01),
    )
    drawn = render_reasons([replace(ROWS[0], reasons=reasons)], Screen(40))
    assert max(map(cell_len, drawn.split("\n"))) <= 40
    assert "booed: leaning       -0.50  +1.36  -0.83" in drawn
    assert "class scores: the    -0.51  +1.38  -0.84" in drawn


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("variables", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_gets_colour_unless_it_is_not_wanted(variables, colored):
    import os
    import pty

    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "stance", "figures", "--text", "Voters booed Sen. Dana Whitfield."]
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"TERM": "xterm", "COLUMNS": "80", **variables}
    root = Path(__file__).parent.parent
    done = subprocess.run(arguments, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment, cwd=root)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Dana Whitfield" in shown
    assert ("\x1b[" in shown) == colored


def test_a_long_name_is_folded_and_not_cut():
    name = "https://example.org/" + "a" * 200 + "/end"
    text = article(rows=[], document=Document(name, "x"), width=60)
    assert name in text.replace("\n", "").replace(" ", "")
    assert text.rstrip().endswith("Nobody is named in it.")


def test_what_the_encoding_lacks_gets_plain_signs():
    text = article(width=80, encoding="ascii")
    assert text.isascii()
    sentence = "“Café” for Vale."
    drawn = article([row(0, sentence, 0, ("Vale", ""), ("Vale", "name"), "neutral", 0.5)], encoding="ascii")
    assert "  0  ?Caf?? for Vale." in drawn
    assert "- oppose  0.44  Hillary Clinton (her)  uncertain" in text
    assert "Hillary Clinton  Democratic         2       1        0    3  +0.33 ++" in text
    assert article(width=80, encoding="cp1252").encode("cp1252")


HOSTILE = [
    ("\x1b[2J\x1b[31mred\x1b[0m", "red"),
    ("\x1b]0;title\x07after", "after"),
    ("\x1b]8;;https://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("\x9b31mred", "red"),
    ("\x1bcreset", "reset"),
    ("a\x08\x00\x07b\x7f", "ab"),
    ("a\u202eb\u2066c\ufeff", "abc"),
    ("a\r\n\tb\u2028c", "a b c"),
    ("a\ud800b", "ab"),
    ("a \u202e \x07 b", "a b"),
    ("[bold]x[/bold] :smile:", "[bold]x[/bold] :smile:"),
    ("Zoë 👩\u200d👩\u200d👧 “ok” नमस्ते", "Zoë 👩\u200d👩\u200d👧 “ok” नमस्ते"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_nothing_in_a_text_steers_the_terminal(text, shown):
    assert printable(text) == shown
    sentence = f"{text} Vale won."
    rows = [row(0, sentence, 0, (f"{text}Vale", text), ("Vale", "name"), "neutral", 0.5)]
    drawn = article(rows=rows, document=Document(f"{text}.txt", sentence, text, text, text, text), width=110)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", drawn)
    assert f"{shown} Vale won." in drawn
    assert drawn.count(f"{shown}Vale") == 2  # in the table of figures, and under the sentence


@given(st.text(st.characters()))
def test_printable_text_is_one_clean_line(text):
    shown = printable(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", shown)
    assert printable(shown) == shown


def test_cleaning_takes_linear_time():
    assert printable("\x1b]" * 300_000 + "end").endswith("end")
    assert printable("\x9d" * 300_000 + "end") == "end"
    assert printable("\x1b[" + "1;" * 300_000) == "1;" * 300_000


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_the_screen_has_colour_on_a_terminal_only_and_not_against_the_users_wish(monkeypatch):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "132")
    assert Screen.of(Terminal()) == Screen(132, True, "utf-8")
    assert Screen.of(io.StringIO()) == Screen(132, False, "utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Screen.of(Terminal()).color
    monkeypatch.setenv("NO_COLOR", "")
    assert Screen.of(Terminal()).color
    monkeypatch.setenv("TERM", "dumb")
    assert not Screen.of(Terminal()).color


def test_the_screen_is_that_of_standard_output_by_default(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    (text,) = render_articles([(DOCUMENT, ROWS)])
    assert text == article(width=60)


def test_figures_and_summary_as_tables():
    figures = [
        {"document": "rally.txt", "figure": "Hillary Clinton", "start": 7, "end": 10, "text": "She", "kind": "pronoun"}
    ]
    assert render_figures(figures, Screen(80)) == (
        "Document   Figure           Mention  Kind     Start  End\n"
        "────────────────────────────────────────────────────────\n"
        "rally.txt  Hillary Clinton  She      pronoun      7   10"
    )
    assert render_summary(summarize(ROWS), Screen(80)) == (
        "Document   Figure           ▲  ▼  ●  All  Net\n"
        "──────────────────────────────────────────────────\n"
        "rally.txt  Bernie Sanders   0  0  2    2   0.00 ●\n"
        "rally.txt  Hillary Clinton  2  1  0    3  +0.33 ▲▲\n"
        "\n"
        "▲ support  ▼ oppose  ● neutral"
    )


def test_datasets_as_a_table_with_their_sources():
    infos = [
        DatasetInfo("own", "this project", "CC0-1.0", {"train": 2001, "dev": 341}, ("train", "dev"), True),
        DatasetInfo("far", "elsewhere", "MIT", {"dev": 3, "test": 4}, (), True),
        DatasetInfo("half", "elsewhere", "MIT", {"dev": 3, "test": 4}, ("test",), True),
    ]
    assert render_datasets(infos, Screen(80)) == (
        "Name  Rows of each split    Here\n"
        "────────────────────────────────\n"
        "own   train 2,001, dev 341  yes\n"
        "far   dev 3, test 4         no\n"
        "half  dev 3, test 4         test\n"
        "\n"
        "own   this project; CC0-1.0\n"
        "far   elsewhere; MIT\n"
        "half  elsewhere; MIT"
    )


def test_scores_of_rows():
    scores = {
        "n": 1146,
        "macro_f1": 0.7012,
        "f_avg": 0.66,
        "accuracy": 0.72,
        "ece": 0.031,
        "log_loss": 0.654,
        "per_class": {
            "support": {"precision": 0.7, "recall": 0.6, "f1": 0.646, "n": 300},
            "oppose": {"precision": 0.71, "recall": 0.61, "f1": 0.656, "n": 400},
            "neutral": {"precision": 0.8, "recall": 0.9, "f1": 0.847, "n": 446},
        },
        "confusion": {
            "support": {"support": 180, "oppose": 20, "neutral": 100},
            "oppose": {"support": 56, "oppose": 244, "neutral": 100},
            "neutral": {"support": 20, "oppose": 25, "neutral": 1401},
        },
        "baseline": {"macro_f1": 0.187, "accuracy": 0.389},
        "coverage": [
            {"share": step / 10, "min_probability": 1 - step / 20, "accuracy": 0.95 - step / 50}
            for step in range(1, 11)
        ],
    }
    assert render_evaluation("newsmtsc-rw", scores, Screen(80)) == (
        """\
newsmtsc-rw  1,146 rows

           Precision  Recall     F1  Rows
─────────────────────────────────────────
▲ support      0.700   0.600  0.646   300
▼ oppose       0.710   0.610  0.656   400
● neutral      0.800   0.900  0.847   446

                          Score  Majority
─────────────────────────────────────────
macro F1                  0.701     0.187
accuracy                  0.720     0.389
F1 of support and oppose  0.660
calibration error (ECE)   0.031
log loss                  0.654

Gold \\ predicted  ▲ support  ▼ oppose  ● neutral
────────────────────────────────────────────────
▲ support               180        20        100
▼ oppose                 56       244        100
● neutral                20        25      1,401

Surest rows  Accuracy  --min-probability
────────────────────────────────────────
20%             0.910               0.90
40%             0.870               0.80
60%             0.830               0.70
80%             0.790               0.60
100%            0.750               0.50
"""
    )


def test_scores_of_articles():
    scores = {
        "n": 300,
        "n_predicted": 310,
        "precision": 0.6,
        "recall": 0.61,
        "f1": 0.605,
        "figure_precision": 0.8,
        "figure_recall": 0.81,
        "figure_f1": 0.805,
        "stance_accuracy": 0.75,
    }
    assert render_evaluation("articles", scores, Screen(80)) == (
        """\
articles  300 rows

                                   Precision  Recall     F1
───────────────────────────────────────────────────────────
figure and stance                      0.600   0.610  0.605
figure alone                           0.800   0.810  0.805
right stances among figures found                     0.750
"""
    )


def test_importing_imports_no_rich():
    program = "import sys, stance.render; print(sorted({'rich', 'pyarrow', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def rich_lines(pieces, columns):
    text = Text.assemble(*pieces, overflow="fold")
    return [line.plain.rstrip() for line in text.wrap(Console(width=columns), columns, overflow="fold")] or [""]


@given(
    st.lists(st.tuples(st.text("ab “é—王🙂\u0301 ", max_size=30), st.sampled_from(["", *CODES])), max_size=4),
    st.integers(2, 40),
)
def test_lines_are_broken_where_rich_breaks_them(pieces, columns):
    lines = wrapped(pieces, columns)
    assert [painted(line, color=False).rstrip() for line in lines] == rich_lines(pieces, columns)
    assert {style for line in lines for text, style in line if text} <= {style for _, style in pieces}


def test_widths_are_those_of_rich():
    for code in (
        *range(0x20, 0x7F),
        *range(0xA0, 0x300),
        *range(0x2010, 0x2028),
        *range(0x2500, 0x2600),
        0x738B,
        0x200D,
    ):
        assert width(chr(code)) == cell_len(chr(code)), hex(code)


def test_a_style_stays_with_its_text():
    pieces = [("Voters ", ""), ("booed her", "bold"), (" again", "dim")]
    assert wrapped(pieces, 12) == [[("Voters ", ""), ("booed", "bold")], [("her", "bold"), (" again", "dim")]]
    assert painted([("a", "green"), ("b", "")], color=True) == "\x1b[32ma\x1b[0mb"


def test_the_table_of_figures_is_drawn_without_rich(toy_model):
    code = (
        "import sys; from stance.cli.app import main; sys.argv = ['stance', 'predict', '--text', 'Sen. Ann Ash lost.',"
        " '--model', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('rich' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code, str(toy_model)], capture_output=True, text=True, check=True)
    assert "Ann Ash" in result.stdout
    assert result.stdout.splitlines()[-1] == "False"
