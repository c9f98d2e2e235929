"""What a notebook shows: an article in colour, a DataFrame, and the tutorial, which runs."""

import importlib.util
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import stance
from stance.marked import Analysis
from stance.model import Model
from stance.reading import read_documents
from stance.records import Document

TEXT = (
    "Voters booed Sen. Dana Whitfield.\n\nGov. Ines Duarte praised <b>her & Whitfield's “plan”</b>.\n"
    "<script>alert('Whitfield')</script> said Duarte. שלום Whitfield."
)


class Shown(HTMLParser):
    """The text of the article as a browser shows it, and the tags around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self._inside, self._aside = "", list[tuple[str, Any]](), False, False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs).get("class")))
        self._inside |= ("class", "stance-text") in attrs
        self._aside |= tag == "sub"

    def handle_endtag(self, tag: str) -> None:
        self._aside &= tag != "sub"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._aside:
            self.text += data


@pytest.fixture(scope="module")
def model() -> Model:
    return stance.load()


def test_an_analysis_is_the_list_of_its_predictions(model: Model) -> None:
    found = model.analyze(TEXT)
    assert isinstance(found, stance.Analysis)
    assert [row.probabilities for row in found] == [row.probabilities for row in model.analyze_many([TEXT])]
    assert len(found) >= 4
    assert found.document.text == TEXT
    copied = pickle.loads(pickle.dumps(found))
    assert (copied, copied.document) == (found, found.document)


def test_the_whole_text_is_shown_and_is_data(model: Model) -> None:
    shown = Shown(model.analyze(TEXT)._repr_html_())
    # A space stands between a sentence and its calls.
    assert shown.text.replace(" ", "") == TEXT.replace(" ", "")
    tags = {tag for tag, _ in shown.tags}
    assert tags == {"style", "div", "table", "tr", "th", "td", "span", "b", "sub"}
    assert ("span", "stance-oppose") in shown.tags


def test_the_calls_stand_beside_the_sentence_with_their_sign(model: Model) -> None:
    html = model.analyze("Voters booed Sen. Dana Whitfield.")._repr_html_()
    (row,) = model.analyze("Voters booed Sen. Dana Whitfield.")
    assert f"<sub>▼ Dana Whitfield {row.probabilities['oppose']:.2f}</sub>" in html
    assert "<tr><td>Dana Whitfield</td><td>0</td><td>1</td><td>0</td></tr>" in html


def test_nothing_is_fetched_and_nothing_odd_is_shown() -> None:
    html = Analysis([], Document("a", "x\x00y\ud800z http://example.org", title="<i>"))._repr_html_()
    assert "Nobody is named in it." in html
    assert "x�y�z" in html
    assert "&lt;i&gt;" in html
    assert not re.search(r"href|src=|url\(|@import|<script|<link|<img", html)
    assert html.encode()


def test_a_frame_has_the_columns_of_the_tables(model: Model) -> None:
    pytest.importorskip("pandas", reason="pandas comes with the package datasets")
    rows = model.analyze(TEXT)
    frame = stance.to_frame(rows)
    assert frame["figure"].tolist() == [row.figure for row in rows]
    assert frame["p_support"].tolist() == pytest.approx([row.probabilities["support"] for row in rows], abs=1e-6)
    assert frame["mentions"][0] == [mention.to_dict() for mention in rows[0].mentions]
    assert frame["uncertain"].dtype == bool
    empty = stance.to_frame([])
    assert list(empty.columns) == list(frame.columns)
    assert not len(empty)
    explained = stance.to_frame(model.analyze(TEXT, stance.Options(explain=True)))
    assert explained["reasons"][0][0].keys() >= {"text", "rule", "support"}
    dated = stance.to_frame(model.analyze_many(frame.assign(text=TEXT, date="2026-11-03").head(1)))
    assert set(dated["date"]) == {"2026-11-03"}


def test_gaps_and_dates_of_a_frame_are_those_of_a_table(model: Model, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with the package datasets")
    frame = pandas.DataFrame({
        "id": ["first", None, pandas.NA, float("nan")],
        "text": [TEXT] * 4,
        "date": pandas.to_datetime(["2024-01-01", None, "2024-01-02 10:30", None], format="ISO8601"),
        "title": ["One", pandas.NA, "", float("nan")],
    })  # fmt: skip
    rows = list(model.analyze_many(frame))
    assert list(dict.fromkeys(row.document for row in rows)) == ["first", "1", "2", "3"]
    carried = {row.document: row.carried for row in rows}
    assert carried["first"] == {"title": "One", "date": "2024-01-01T00:00:00"}
    assert (carried["1"], carried["2"], carried["3"]) == ({}, {"date": "2024-01-02T10:30:00"}, {})
    frame.to_parquet(tmp_path / "table.parquet")
    tables = [document.date for document in read_documents([str(tmp_path / "table.parquet")], note=print)]
    assert tables == [carried[document].get("date") for document in carried]


def test_a_frame_needs_pandas(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(stance.StanceError, match="expected the package pandas"):
        stance.to_frame(model.analyze(TEXT))


@pytest.mark.slow
def test_the_tutorial_runs(tmp_path: Path) -> None:
    assert importlib.util.find_spec("nbclient"), "this test needs the dependency group `notebook`"
    root = Path(__file__).parent.parent
    docs, bin = tmp_path / "docs", tmp_path / "bin"
    docs.mkdir()
    bin.mkdir()
    for name in ("tutorial.ipynb", "commands.md", "renew.py"):
        shutil.copy(root / "docs" / name, docs)
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    command = bin / "stance"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stance "$@"\n')
    command.chmod(0o755)
    environment = os.environ | {"PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, docs / "renew.py", "--notebook"], env=environment, check=True)
    cells = json.loads((docs / "tutorial.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    assert any("stance-article" in "".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    said = "".join("".join(output.get("text", "")) for output in outputs)
    # The shell's failures stop no notebook, so they are looked for.
    assert "mine.jsonl: 296 rows" in said
    assert "written: mine.joblib, mine.npz" in said
    assert "McNemar" in said
