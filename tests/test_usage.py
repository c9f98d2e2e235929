"""Options that decide how results look, or that would have no effect: by suffix, by name, or refused."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

SENTENCE = "Voters booed Sen. Dana Whitfield on Monday."
FIRST = {
    "out.jsonl": '{"document": "a.txt"',
    "OUT.CSV": "document,sentence_index,",
    "out.parquet": "PAR1",
    "out.html": "<!doctype html>",
    "out.txt": "── a.txt",
    "out": "── a.txt",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(SENTENCE, encoding="utf-8")
    Path("empty.txt").write_text("", encoding="utf-8")
    Path("rows.csv").write_text(f"sentence,target\n{SENTENCE},Dana Whitfield\n", encoding="utf-8")
    Path("export.json").write_text("[]", encoding="utf-8")
    Path("labelled.csv").write_text(f"sentence,target,stance\n{SENTENCE},Dana Whitfield,oppose\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("output", FIRST)
@pytest.mark.usefixtures("folder")
def test_the_suffix_of_the_file_tells_the_format(cli: Any, toy_model: Path, output: str) -> None:
    assert cli("predict", "a.txt", "--output", output, "--model", toy_model)[0] == 0
    assert Path(output).read_bytes().startswith(FIRST[output].encode())


@pytest.mark.usefixtures("folder")
def test_a_format_that_is_named_holds_whatever_the_suffix(cli: Any, toy_model: Path) -> None:
    assert cli("predict", "a.txt", "--output", "x.csv", "--format", "jsonl", "--model", toy_model)[0] == 0
    assert json.loads(Path("x.csv").read_text(encoding="utf-8"))["figure"] == "Dana Whitfield"


@pytest.mark.usefixtures("folder")
def test_other_results_go_by_the_suffix_too(cli: Any, toy_model: Path) -> None:
    model = ("--model", toy_model)
    assert cli("predict", "a.txt", "--summary", "--output", "summary.csv", *model)[0] == 0
    assert Path("summary.csv").read_text(encoding="utf-8").startswith("document,figure,figure_id,sentences,")
    assert cli("predict", "rows.csv", "--rows", "--output", "scored.csv", *model)[0] == 0
    assert Path("scored.csv").read_text(encoding="utf-8").startswith("sentence,target,predicted,")
    assert cli("figures", "a.txt", "--output", "figures.jsonl")[0] == 0
    assert json.loads(Path("figures.jsonl").read_text(encoding="utf-8"))["text"] == "Dana Whitfield"
    cli("predict", "a.txt", "--output", "rows.jsonl", *model)
    code, _, err = cli("report", "rows.jsonl", "--output", "tables.csv")
    assert (code, "name it tables.html" in err, Path("tables.csv").exists()) == (2, True, False)
    assert cli("report", "rows.jsonl", "--output", "raw", "--format", "csv-raw")[0] == 0
    assert Path("raw/figures.csv").exists()


@pytest.mark.parametrize(
    "command", ["predict a.txt", "predict a.txt --summary", "predict rows.csv --rows", "figures a.txt"]
)
@pytest.mark.usefixtures("folder")
def test_no_parquet_goes_to_a_terminal(cli: Any, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, err = cli(*command.split(), "--format", "parquet")
    assert (code, out) == (2, "")
    assert "no terminal can show, found a terminal; name a file with --output" in err


REFUSED = {
    "predict a.txt --format html --summary": "with --summary, found 'html'",
    "predict a.txt --output x.html --summary": "with --summary, found html, by the suffix of x.html",
    "predict rows.csv --rows --format table": "with --rows, found 'table'",
    "predict a.txt --output results/ --format table": "for a folder of results, found 'table'",
    "figures a.txt --output x.html": "found html, by the suffix of x.html",
    "predict a.txt --with-text": "expected no --with-text with --format table",
    "predict a.txt --format html --with-text": "expected no --with-text with --format html",
    "predict a.txt --provenance": "expected no --provenance with --format table",
    "predict a.txt --summary --with-text": "expected no --with-text with --summary",
    "predict a.txt --summary --explain": "expected no --explain with --summary",
    "predict a.txt --summary --min-probability 0.5": "expected no --min-probability with --summary",
    "predict a.txt --summary --provenance --output results/": "expected no --provenance with --summary",
    "predict rows.csv --rows --text-column body": "expected no --text-column with --rows",
    "predict --text Hello. --encoding utf-8": "expected no --encoding with --text",
    "predict a.txt --figure=": "expected a name with --figure, found an empty one",
    "figures --text Hello. --allow-private": "expected no --allow-private with --text",
    "label a.txt --output mine.jsonl --force": "expected no --force without --export",
    "label --import export.json --output mine.jsonl --count 5": "expected no --count with --import",
    "evaluate labelled.csv --split test": "expected no --split without --dataset",
    "evaluate --behaviour --compare other.npz": "expected no --compare without labelled rows",
    "evaluate --articles a.txt --plots plots": "expected no --plots without labelled rows",
}


@pytest.mark.parametrize("command", REFUSED)
def test_what_would_have_no_effect_is_refused(folder: Path, cli: Any, command: str) -> None:
    before = sorted(folder.rglob("*"))
    code, out, err = cli(*command.split())
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert REFUSED[command] in err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.usefixtures("folder")
def test_figures_asked_for_that_are_not_named_are_told(cli: Any, toy_model: Path) -> None:
    asked = ("--figure", "Nobody Here", "--figure", "whitfield", "--figure", "Ada Vale", "--model", toy_model)
    code, out, err = cli("predict", "a.txt", *asked)
    assert (code, "Dana Whitfield" in out) == (0, True)
    assert err.splitlines() == ["stance: a.txt: Nobody Here is not named", "stance: a.txt: Ada Vale is not named"]
    code, out, err = cli("predict", "a.txt", "--figure", "Ada Vale", "--model", toy_model)
    assert (code, "Nobody who was asked for is named in it." in out) == (0, True)
    _, _, err = cli("predict", "a.txt", "--figure", "Ada Vale", "--output", "out/", "--model", toy_model)
    assert "articles that name nobody who was asked for, or are empty: 1" in err


@pytest.mark.usefixtures("folder")
def test_articles_without_mentions_are_told_by_figures_too(cli: Any) -> None:
    assert cli("figures", "empty.txt")[2] == "stance: empty.txt: the article is empty\n"
    assert cli("figures", "--text", "It rained.")[2] == "stance: text: nobody is named\n"
    assert cli("figures", "a.txt", "--known-only")[2] == "stance: a.txt: no known figure is named\n"


LACKING = (
    "predict --rows {}",
    "predict {}",
    "train {} --output m.joblib",
    "evaluate {}",
    "report {} --output x.html",
    "report good.jsonl --sample {} --output x.html",
)


@pytest.mark.parametrize(
    ("command", "form"),
    [
        *((command, form) for command in LACKING for form in ("csv", "jsonl")),
        ("label --import {} --output l.jsonl", "csv"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_column_that_a_table_lacks_is_told_once(cli: Any, command: str, form: str) -> None:
    lines = [f'{{"sentence": "Ash lost {n}."}}' if form == "jsonl" else f"Ash lost {n}." for n in range(300)]
    name = f"many.{form}"
    Path(name).write_text("\n".join(lines if form == "jsonl" else ["sentence", *lines]) + "\n", encoding="utf-8")
    code, out, err = cli(*command.format(name).split())
    assert (code, out) == (1, "")
    assert err.count("\n") <= 2
    assert err.startswith(f"stance: {name}: expected ")
    assert " line " not in err


@pytest.mark.usefixtures("folder")
def test_a_column_that_some_rows_lack_is_told_of_each(cli: Any, toy_model: Path) -> None:
    row = {"sentence": SENTENCE, "target": "Dana Whitfield"}
    lines = [json.dumps(line) for line in ({"sentence": "x"}, {"sentence": "y"}, row, {"target": "z"})]
    Path("some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, out, err = cli("predict", "some.jsonl", "--rows", "--model", toy_model)
    assert (code, out.count("\n")) == (3, 1)
    assert [line.split(":")[1] for line in err.splitlines()] == [f" some.jsonl line {n}" for n in (1, 2, 4)]
