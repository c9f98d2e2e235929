"""What is there already: results that a run would lose stay, and nothing that is read is written over."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SENTENCE = "Voters booed Sen. Dana Whitfield on Monday."
READ = "expected to write to no file that is read"


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, a table of articles, and one of labelled rows."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "news/b.csv").write_text(f"text\n{SENTENCE}\n", encoding="utf-8")
    row = {"sentence": SENTENCE, "target": "Dana Whitfield", "stance": "oppose", "document": "a"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row | {"figure": "Dana Whitfield"}) + "\n", encoding="utf-8")
    (tmp_path / "known.csv").write_text("id,name\ndana,Dana Whitfield\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ("predict news/a.txt --output news/a.txt", "news/a.txt"),
        ("predict news/a.txt --format csv --output news/a.txt", "news/a.txt"),
        ("predict news --format csv --output news/b.csv", "news/b.csv"),
        ("predict news/*.txt --format html --output news/../news/a.txt", "news/a.txt"),
        ("predict --rows rows.jsonl --format jsonl --output rows.jsonl", "rows.jsonl"),
        ("predict news/a.txt --figures-file known.csv --format csv --output known.csv", "known.csv"),
        ("predict news/a.txt --output linked.txt", "news/a.txt"),
        ("predict linked.txt --output news/a.txt", "news/a.txt"),
        ("figures news --format csv --output news/b.csv", "news/b.csv"),
        ("figures news/a.txt --figures-file known.csv --output known.csv", "known.csv"),
        ("report rows.jsonl --output rows.jsonl", "rows.jsonl"),
        ("report . --format jsonl --output .", "rows.jsonl"),
        ("evaluate rows.jsonl --report rows.jsonl", "rows.jsonl"),
        ("label news/b.csv --export news/b.csv --force", "news/b.csv"),
        ("label news/a.txt --figures-file known.csv --export known.csv --force", "known.csv"),
        ("label . --output rows.jsonl", "rows.jsonl"),
    ],
)
def test_what_is_read_is_not_written_over(news: Path, cli: Any, command: str, kept: str) -> None:
    (news / "linked.txt").symlink_to("news/a.txt")
    before = (news / kept).read_bytes()
    code, out, err = cli(*command.split())
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert READ in err
    assert (news / kept).read_bytes() == before


def test_a_model_is_not_written_over_by_what_it_gives(news: Path, cli: Any, toy_model: Path) -> None:
    copy = news / "copy.npz"
    copy.write_bytes(toy_model.with_suffix(".npz").read_bytes())
    code, _, err = cli("predict", "news/a.txt", "--model", copy, "--format", "csv", "--output", copy)
    assert (code, READ in err) == (2, True)
    assert cli("info", "--model", copy)[0] == 0


@pytest.mark.parametrize("command", ["predict", "figures", "predict --rows"])
def test_a_run_in_which_all_failed_keeps_the_results_of_the_last(
    news: Path, cli: Any, toy_model: Path, command: str
) -> None:
    (news / "old.jsonl").write_text("old\n", encoding="utf-8")
    model = () if command == "figures" else ("--model", toy_model)
    code, out, _ = cli(*command.split(), "gone.jsonl", "--format", "jsonl", "--output", "old.jsonl", *model)
    assert (code, out) == (1, "")
    assert (news / "old.jsonl").read_text(encoding="utf-8") == "old\n"


def test_a_run_of_which_some_failed_replaces_the_results_of_the_last(news: Path, cli: Any, toy_model: Path) -> None:
    (news / "old.jsonl").write_text("old\n", encoding="utf-8")
    arguments = (
        "predict",
        "gone.txt",
        "news/a.txt",
        "--format",
        "jsonl",
        "--output",
        "old.jsonl",
        "--model",
        toy_model,
    )
    assert cli(*arguments)[0] == 3
    assert json.loads((news / "old.jsonl").read_text(encoding="utf-8"))["sentence"] == SENTENCE


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("predict news/a.txt --format jsonl --output", "new.jsonl"),
        ("predict news/a.txt --format csv --summary --output", "new.csv"),
        ("predict news/a.txt --output", "new.txt"),
        ("predict news/a.txt --format html --output", "new.html"),
        ("predict --rows rows.jsonl --format csv --output", "new.csv"),
        ("figures news/a.txt --format csv --output", "new.csv"),
    ],
)
def test_one_file_of_results_replaces_the_last(
    news: Path, cli: Any, toy_model: Path, command: str, output: str
) -> None:
    (news / output).write_text("old\n", encoding="utf-8")
    model = () if command.startswith("figures") else ("--model", toy_model)
    assert cli(*command.split(), output, *model)[0] == 0
    assert "Whitfield" in (news / output).read_text(encoding="utf-8")


def refused_without_force(path: Path, make: Callable[..., tuple[int, str, str]], changed: str = "old") -> None:
    """The first run makes a file; the second leaves it alone and says why; with --force it is replaced."""
    assert make()[0] == 0
    path.write_text(changed, encoding="utf-8")
    code, out, err = make()
    assert (code, out) == (1, "")
    assert "--force" in err
    assert path.read_text(encoding="utf-8") == changed
    assert make("--force")[0] == 0
    assert path.read_text(encoding="utf-8") != changed


def test_a_site_is_replaced_only_by_force(news: Path, cli: Any, toy_model: Path) -> None:
    def make(*more: str) -> Any:
        return cli("predict", "news", "--format", "html", "--output", "site", "--model", toy_model, *more)

    refused_without_force(news / "site/index.html", make)


def test_pages_that_are_read_are_not_replaced_by_a_site(news: Path, cli: Any) -> None:
    (news / "articles").mkdir()
    page = news / "articles/00001.html"
    page.write_text(SENTENCE, encoding="utf-8")
    code, _, err = cli("predict", "articles/*.html", "--format", "html", "--output", ".")
    assert (code, READ in err) == (2, True)
    assert page.read_text(encoding="utf-8") == SENTENCE


@pytest.mark.parametrize("sheet", ["sheet.csv", "tasks.json"])
def test_what_was_handed_out_to_be_labelled_is_replaced_only_by_force(
    news: Path, cli: Any, toy_model: Path, sheet: str
) -> None:
    def make(*more: str) -> Any:
        return cli("label", "news/a.txt", "--export", sheet, "--model", toy_model, *more)

    refused_without_force(news / sheet, make, "hand work")
