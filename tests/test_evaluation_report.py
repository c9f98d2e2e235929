"""The page and plots of an evaluation, through the command line; and in a browser."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browsing import assert_accessible, assert_quiet, opened, show_at

from stance.records import LabelledRow, Stance, Target
from stance.report.scored import Scored, coverage, reliability
from stance.shipped import shipped

HOSTILE = "</script><script>document.title='pwned'</script> \u202e\x00 & Tom Ash lied."


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Forty rows, a few of them hostile."""
    path = tmp_path / "rows.jsonl"
    sentences = [
        ("Voters booed Sen. Dana Whitfield.", "Dana Whitfield", "oppose"),
        ("Gov. Ines Duarte praised Dana Whitfield.", "Dana Whitfield", "support"),
        ("Gov. Ines Duarte spoke on Monday.", "Ines Duarte", "neutral"),
        (HOSTILE, "Tom Ash", "support"),
    ]
    rows = [{"sentence": text, "target": name, "stance": stance} for text, name, stance in sentences * 10]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_the_page_has_scores_errors_and_charts(cli: Any, labelled: Path, toy_model: Path, tmp_path: Path) -> None:
    page = tmp_path / "eval.html"
    code, out, _ = cli("evaluate", labelled, "--json", "--report", page, "--model", toy_model)
    assert code == 0
    scores = json.loads(out)
    text = page.read_text(encoding="utf-8")
    assert f"{scores['macro_f1']:.3f} <span" in text
    assert text.count("<svg") == 4
    assert "Surest errors" in text
    assert text.count("<script") == 1, "and none of an article"
    assert not re.search(r"[\x00-\x08]", text)


def test_plots_are_files_for_a_paper(cli: Any, labelled: Path, toy_model: Path, tmp_path: Path) -> None:
    again = tmp_path / "more" / "rows.jsonl"
    again.parent.mkdir()
    shutil.copy(labelled, again)
    plots = tmp_path / "plots"
    assert cli("evaluate", labelled, again, "--plots", plots, "--model", toy_model)[0] == 0
    names = {path.name for path in plots.iterdir()}
    expected = {f"{stem}-{name}.{form}" for stem in ("rows", "rows-1") for form in ("svg", "png")
                for name in ("classes", "confusion", "reliability", "coverage")}  # fmt: skip
    assert names == expected
    assert (plots / "rows-coverage.png").read_bytes().startswith(b"\x89PNG")
    before = (plots / "rows-coverage.svg").read_bytes()
    assert cli("evaluate", labelled, "--plots", plots, "--model", toy_model)[0] == 0
    assert (plots / "rows-coverage.svg").read_bytes() == before, "the same scores, the same file"


def test_two_models_are_compared(cli: Any, labelled: Path, toy_model: Path, tmp_path: Path) -> None:
    page = tmp_path / "eval.html"
    arguments = ("evaluate", labelled, "--compare", toy_model, "--report", page)
    code, out, _ = cli(*arguments, "--json")
    assert code == 0
    found = json.loads(out)["comparison"]
    assert set(found) == {
        "macro_f1", "accuracy", "only_this_right", "only_other_right", "mcnemar_p", "macro_f1_difference",
        "accuracy_difference",
    }  # fmt: skip
    assert "McNemar" in page.read_text(encoding="utf-8")
    assert "the shipped model" in page.read_text(encoding="utf-8")
    assert "Against the other model" in cli(*arguments)[1]


def test_articles_and_cases_are_in_the_page(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    page = tmp_path / "eval.html"
    arguments = ("--behaviour", "--articles", shipped("seeds", "rally.txt"), "--model", toy_model)
    assert cli("evaluate", *arguments, "--report", page)[0] == 0
    text = page.read_text(encoding="utf-8")
    assert "stance accuracy" in text
    assert "Capability" in text


def test_a_page_that_cannot_be_written_is_told(cli: Any, labelled: Path, toy_model: Path, tmp_path: Path) -> None:
    code, _, errors = cli("evaluate", labelled, "--report", tmp_path / "no" / "x.html", "--model", toy_model)
    assert code == 1
    assert "expected a place to write to" in errors


def test_figures_and_worst_rows_are_counted_right() -> None:
    def row(name: str, stance: Stance) -> LabelledRow:
        return LabelledRow(Target(f"{name} won."), name, stance, "d")

    rows = [row("Ash", "support") for _ in range(10)] + [row("Vale", "oppose") for _ in range(9)]
    probabilities = np.array([[0.1, 0.1, 0.8]] * 9 + [[0.3, 0.6, 0.1]] + [[0.0, 0.1, 0.9]] * 9)
    scored = Scored("x", rows, probabilities)
    (ash,) = scored.by_figure()
    assert (ash["figure"], ash["n"], ash["accuracy"]) == ("Ash", 10, 0.9)
    assert scored.worst() == [*range(10, 19), 9]
    kept, right, top = coverage(probabilities, scored.truth)
    assert right[-1] == pytest.approx(9 / 19)
    assert (kept[-1], top[0]) == (1.0, 0.9)
    assert sum(n for _, _, n in reliability(probabilities, scored.truth)) == 19


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(380, "light"), (1100, "dark")])
def test_axe_finds_no_serious_fault(
    browser: Any, cli: Any, labelled: Path, toy_model: Path, tmp_path: Path, width: int, scheme: str
) -> None:
    page = tmp_path / "eval.html"
    cli("evaluate", labelled, "--behaviour", "--report", page, "--model", toy_model, "--compare", toy_model)
    opened(browser, page.read_text(encoding="utf-8"), tmp_path)
    show_at(browser, width, scheme)
    for summary in browser.find_elements("css selector", "summary"):
        summary.click()
    assert browser.title == "Evaluation · stance"
    assert_accessible(browser, width)
    assert_quiet(browser)
