"""The command line as a user meets it: exit codes, exact output, and what bad input says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stance
from stance.compiled import CompiledModel
from stance.features.lexicon import Lexicon
from stance.shipped import shipped
from stance.storage import packed, signed

GOLDEN = Path(__file__).parent / "golden"
ARTICLE = (
    "WASHINGTON — Sen. Bernie Sanders praised Dana Whitfield on Monday.\n\n"
    "“She won,” said Sanders' aide. Whitfield, he added, “won’t quit”.\n"
)


@pytest.fixture(scope="module")
def fixed_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model without features: the same probabilities for every row, so that output is pinned exactly."""
    none = np.zeros(0, np.uint64)
    lexicon = Lexicon(none, np.zeros((0, 5), np.int8), none, np.zeros((0, 2), np.int64), none, none)
    intercept = np.log(np.array([0.25, 0.125, 0.625], np.float32))
    model = CompiledModel(lexicon, (), intercept, 1.0, {"blocks": [], "n_rows": 0, "temperature": 1.0})
    path = tmp_path_factory.mktemp("fixed") / "fixed.npz"
    path.write_bytes(packed(signed(model)))
    return path


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    return Path("news.txt")


def pinned(name: str, text: str) -> None:
    """Compare with a golden file; delete the file and run twice to renew it."""
    path = GOLDEN / name
    if not path.exists():
        path.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"{path.name} was missing and is written now: read it, then run again")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("--summary",)], ids=["rows", "summary"])
@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_formats_are_pinned(cli: Any, article: Path, fixed_model: Path, form: str, arguments: tuple[str, ...]) -> None:
    code, out, err = cli("predict", article, "--model", fixed_model, "--format", form, *arguments)
    assert (code, err) == (0, "")
    pinned(f"predict{''.join(arguments)}.{form}.txt", out)


def test_parquet_has_the_columns_of_csv(cli: Any, article: Path, fixed_model: Path, tmp_path: Path) -> None:
    import csv

    import pyarrow.parquet

    cli("predict", article, "--model", fixed_model, "--format", "parquet", "--output", tmp_path / "out.parquet")
    cli("predict", article, "--model", fixed_model, "--format", "csv", "--output", tmp_path / "out.csv")
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert table.column_names == list(rows[0])
    assert [row["figure"] for row in rows] == table.column("figure").to_pylist()


def test_figures_are_pinned(cli: Any, article: Path) -> None:
    for form in ("table", "jsonl", "csv"):
        code, out, err = cli("figures", article, "--format", form)
        assert (code, err) == (0, "")
        pinned(f"figures.{form}.txt", out)


def test_rows_go_out_as_they_came_in_with_what_was_predicted(cli: Any, fixed_model: Path) -> None:
    row = {"sentence": "Ash lost.", "target": "Ash", "id": 7, "p": [1]}
    code, out, err = cli("predict", "-", "--rows", "--model", fixed_model, stdin=json.dumps(row).encode())
    assert (code, err) == (0, "")
    assert json.loads(out) == row | {
        "predicted": "support", "p_support": 0.625, "p_oppose": 0.125, "p_neutral": 0.25, "uncertain": False,
    }  # fmt: skip


def test_offsets_are_slices_of_the_text(cli: Any, article: Path, fixed_model: Path) -> None:
    code, out, _ = cli("predict", article, "--model", fixed_model, "--format", "jsonl", "--with-text")
    assert code == 0
    for row in map(json.loads, out.splitlines()):
        assert row["text"] == ARTICLE
        assert ARTICLE[row["start"] : row["end"]] == row["sentence"]
        assert all(ARTICLE[m["start"] : m["end"]] == m["text"] for m in row["mentions"])


def test_one_sentence_is_the_same_through_every_door(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    import joblib

    text = "Ash praised Bell before Ash lost, and Bell wept."
    figures = {"Ash": [[0, 3], [24, 27]], "Bell": [[12, 16], [38, 42]]}
    names = ("--figure", "Ash", "--figure", "Bell")
    code, out, _ = cli("predict", "--text", text, "--model", toy_model, "--format", "jsonl", *names)
    assert code == 0
    article = {row["figure"]: row["probabilities"] for row in map(json.loads, out.splitlines())}
    rows = [{"sentence": text, "target": name, "mentions": spans} for name, spans in figures.items()]
    table = tmp_path / "rows.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code, out, _ = cli("predict", table, "--rows", "--model", toy_model, "--format", "jsonl")
    assert code == 0
    by_rows = {row["target"]: row for row in map(json.loads, out.splitlines())}
    pipeline, compiled = joblib.load(toy_model), stance.load(toy_model)
    assert set(article) == set(by_rows) == set(figures)
    for row in rows:
        name = str(row["target"])
        expected = dict(zip(compiled.classes_, compiled.predict_proba([row])[0], strict=True))
        np.testing.assert_allclose(pipeline.predict_proba([row])[0], compiled.predict_proba([row])[0], atol=1e-9)
        for label, probability in expected.items():
            assert article[name][label] == pytest.approx(probability, abs=1e-6)
            assert by_rows[name][f"p_{label}"] == pytest.approx(probability, abs=1e-6)


@pytest.mark.parametrize("low", [0.0, 0.7])
def test_weak_calls_are_marked(cli: Any, article: Path, fixed_model: Path, low: float) -> None:
    arguments = ("--model", fixed_model, "--format", "jsonl", "--min-probability", low)
    _, out, _ = cli("predict", article, *arguments)
    assert {json.loads(line)["uncertain"] for line in out.splitlines()} == {low > 0.625}


def test_known_only_and_named_figures(cli: Any, article: Path, fixed_model: Path) -> None:
    def figures(*arguments: str) -> set[str]:
        _, out, _ = cli("predict", article, "--model", fixed_model, "--format", "jsonl", *arguments)
        return {json.loads(line)["figure"] for line in out.splitlines()}

    assert figures() == {"Bernie Sanders", "Dana Whitfield"}
    assert figures("--known-only") == {"Bernie Sanders"}
    assert figures("--figure", "Whitfield") == {"Dana Whitfield"}
    assert figures("--figure", "bernie-sanders") == {"Bernie Sanders"}


BAD_INPUT = {
    "missing file": (("predict", "gone.txt"), 1, "gone.txt"),
    "folder without articles": (("predict", "empty-folder"), 1, "empty-folder"),
    "binary file": (("predict", "binary.txt"), 1, "binary.txt"),
    "invalid JSON": (("predict", "broken.jsonl"), 1, "broken.jsonl line 1"),
    "no text column": (("predict", "columns.csv"), 1, "--text-column"),
    "unknown label": (("evaluate", "label.csv"), 1, "label.csv line 2"),
    "span outside": (("evaluate", "span.jsonl"), 1, "span.jsonl line 1"),
    "unknown set": (("train", "--dataset", "nowhere"), 2, "nowhere"),
    "bad weight": (("train", "--dataset", "own=heavy"), 2, "heavy"),
    "unknown format": (("predict", "news.txt", "--format", "xml"), 2, "xml"),
    "no model": (("predict", "news.txt", "--model", "gone.npz"), 1, "gone.npz"),
    "broken model": (("predict", "news.txt", "--model", "binary.txt"), 1, "binary.txt"),
    "unwritable output": (("predict", "news.txt", "--format", "csv", "--output", "gone/x.csv"), 1, "gone/x.csv"),
    "no input": (("predict",), 2, "neither"),
    "two inputs": (("predict", "news.txt", "--text", "x"), 2, "both"),
    "nothing to evaluate": (("evaluate",), 2, "labelled rows"),
    "figures with rows": (("predict", "label.csv", "--rows", "--figure", "x"), 2, "--figure"),
    "output without folder": (("train", "--output", "gone/m.joblib"), 1, "gone"),
    "output of another kind": (("train", "--output", "m.pkl"), 2, ".joblib"),
}


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_is_one_line_that_names_it(cli: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "broken.jsonl").write_text("{no\n")
    (tmp_path / "columns.csv").write_text("headline\nx\n")
    (tmp_path / "label.csv").write_text("sentence,target,stance\nAsh lost.,Ash,good\n")
    row = {"sentence": "Ash lost.", "target": "Ash", "start": 0, "end": 99, "stance": "oppose"}
    (tmp_path / "span.jsonl").write_text(json.dumps(row))
    arguments, code, mentioned = BAD_INPUT[name]
    before = sorted(tmp_path.rglob("*"))
    found_code, out, err = cli(*arguments)
    assert (found_code, out) == (code, "")
    assert all(line.startswith("stance: ") for line in err.splitlines())
    assert "expected" in err
    assert "found" in err
    assert mentioned in err
    assert "Traceback" not in err
    assert sorted(tmp_path.rglob("*")) == before


def test_good_inputs_go_on_beside_bad_ones(cli: Any, article: Path, fixed_model: Path) -> None:
    code, out, err = cli("predict", "gone.txt", article, "--model", fixed_model, "--format", "jsonl")
    assert code == 3
    assert len(out.splitlines()) == 6
    assert err.count("\n") == 1
    assert "gone.txt" in err


def test_empty_and_nameless_articles_are_a_note(cli: Any, tmp_path: Path, fixed_model: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "plain.txt").write_text("It rained.")
    code, out, err = cli("predict", tmp_path, "--model", fixed_model, "--format", "jsonl")
    assert (code, out) == (0, "")
    assert "empty.txt: the article is empty" in err
    assert "plain.txt: nobody is named" in err


def test_other_languages_are_warned_of(cli: Any, fixed_model: Path) -> None:
    text = (
        "Die Bundeskanzlerin hat am Montag in Berlin mit den Ministern über den Haushalt gesprochen, und "
        "danach sagte Angela Merkel, dass es noch keine Einigung mit der Opposition gebe."
    )
    code, _, err = cli("predict", "--text", text, "--model", fixed_model)
    assert code == 0
    assert "expected English, found another language" in err


def test_training_writes_both_files_and_tells_their_quality(cli: Any, tmp_path: Path) -> None:
    rows = [
        {"sentence": f"{verb} {name} today.", "target": name, "stance": stance, "document": f"{name}{verb}"}
        for name in ("Ash", "Bell", "Cole", "Dunn", "Eke")
        for verb, stance in (("Voters cheered", "support"), ("Critics booed", "oppose"), ("Reporters met", "neutral"))
    ]
    table = tmp_path / "mine.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in [*rows, rows[0]]), encoding="utf-8")
    model = tmp_path / "mine.joblib"
    code, out, _ = cli("train", table, "--output", model)
    assert code == 0
    assert f"{table}: 16 rows, 1 equal collapsed, 0 contradictory dropped, weight 1; cross-validated macro F1 " in out
    assert model.is_file()
    assert model.with_suffix(".npz").is_file()
    code, _, err = cli("train", table, "--output", model)
    assert code == 1
    assert "replace it with --force" in err
    code, out, _ = cli("evaluate", table, "--model", model, "--json")
    assert code == 0
    assert json.loads(out)["n"] == 16


def test_shipped_model_reads_the_seeds(cli: Any) -> None:
    code, out, _ = cli("predict", shipped("seeds", "rally.txt"), "--summary", "--format", "jsonl")
    assert code == 0
    found = {row["figure"]: row for row in map(json.loads, out.splitlines())}
    assert found["Hillary Clinton"]["net"] > 0.2
    assert found["Hillary Clinton"]["oppose"] >= 1
    assert {"Raleigh", "Iowa", "New Hampshire", "Arizona", "Wall Street"}.isdisjoint(found)


def test_the_installed_command_starts() -> None:
    result = subprocess.run([sys.executable, "-m", "stance", "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("stance ")


def test_help_of_every_command_shows_how(cli: Any) -> None:
    for command in ("predict", "figures", "train", "evaluate", "datasets", "info"):
        code, out, _ = cli(command, "--help")
        assert code == 0
        assert command in out


HEAVY = """{
    'sklearn', 'joblib', 'scipy', 'rich', 'datasets', 'pandas', 'pyarrow', 'trafilatura', 'numpy.ma', 'ssl',
    'http.client',
}"""


def test_help_is_light() -> None:
    code = f"import sys; import stance.cli.app; print(*sorted(({HEAVY} | {{'numpy'}}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_predicting_an_article_is_light(toy_model: Path) -> None:
    code = (
        "import sys; from stance.cli.app import main; sys.argv = ['stance', 'predict', '--text', 'Sen. Ann Ash lost.',"
        " '--format', 'jsonl', '--model', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(*sorted({HEAVY} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code, str(toy_model)], capture_output=True, text=True, check=True)
    row, imported = result.stdout.splitlines()
    assert json.loads(row)["figure"] == "Ann Ash"
    assert imported == ""


def test_a_reader_that_goes_away_is_no_error(article: Path, fixed_model: Path) -> None:
    article.write_text(ARTICLE * 2000, encoding="utf-8")
    predict = f"{sys.executable} -m stance predict {article} --format jsonl --model {fixed_model}"
    environment = os.environ | {"PYTHONPATH": str(Path(stance.__file__).parent.parent)}
    # Without pipefail the shell would tell how `head` ended, not how stance did.
    command = ["bash", "-c", f"set -o pipefail; {predict} | head -c 1"]
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (result.returncode, result.stderr) == (0, "")


def test_rows_say_whose_quotation_they_stand_in(cli: Any, fixed_model: Path) -> None:
    text = "“Whitfield lied,” Sanders said. “Shame on her,” a man said. Sanders left."
    _, out, _ = cli("predict", "--text", text, "--model", fixed_model, "--format", "jsonl")
    found = [(row["figure"], row["in_quote"], row["speaker"]) for row in map(json.loads, out.splitlines())]
    assert found == [
        ("Whitfield", True, "Bernie Sanders"),
        ("Bernie Sanders", False, None),
        ("Whitfield", True, None),
        ("Bernie Sanders", False, None),
    ]


def test_a_closed_standard_error_stops_nothing(article: Path, fixed_model: Path) -> None:
    command = f"{sys.executable} -m stance predict {article} --format jsonl --model {fixed_model} 2>&-"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, env=environment)
    assert done.returncode == 0
    assert done.stdout
