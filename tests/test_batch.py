"""A folder of results: the same rows however they are made, and nothing lost when something is killed."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from accidents import corpus, failed, joined, manifest, met, run

import stance


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table of 20 articles, one with none, and two files of their own."""
    folder = tmp_path_factory.mktemp("inputs")
    corpus(folder)
    (folder / "empty.csv").write_text("text\n")
    (folder / "x.txt").write_text("Gov. Ann Ash lost to Sen. Dana Whitfield. It rained.")
    (folder / "y.html").write_text("<html><body><article><p>Gov. Ann Ash won again, and cheered.</p></article></html>")
    return folder


@pytest.mark.parametrize(
    ("jobs", "size", "arguments"), [(1, 500, ("--summary",)), (2, 7, ()), (3, 1, ("--with-text", "--explain"))]
)
def test_shards_together_are_the_output_of_one_process(
    cli: Any, inputs: Path, toy_model: Path, tmp_path: Path, jobs: int, size: int, arguments: tuple[str, ...]
) -> None:
    common = (inputs, "--model", toy_model, *arguments)
    code, expected, _ = cli("predict", *common, "--format", "jsonl")
    assert code == 0
    code, out, err = cli("predict", *common, "--output", f"{tmp_path}/", "--jobs", jobs, "--shard-size", size)
    assert (code, out) == (0, "")
    assert joined(tmp_path).decode() == expected
    shards = f"{-(-22 // size)} shards" if size < 22 else "1 shard"
    assert f"22 articles, {expected.count(chr(10))} rows, in {shards} in " in err
    assert manifest(tmp_path)["complete"]
    assert failed(tmp_path) == {}


def test_tables_have_the_same_columns_in_every_shard(cli: Any, inputs: Path, toy_model: Path, tmp_path: Path) -> None:
    import pyarrow.parquet

    for form in ("csv", "parquet"):
        for size in (500, 3):
            options = ("--model", toy_model, "--format", form, "--shard-size", size, "--jobs", 2)
            assert cli("predict", inputs, *options, "--output", f"{tmp_path}/{form}{size}/")[0] == 0
    header, _, whole = joined(tmp_path / "csv500", "csv").partition(b"\n")
    parts = [path.read_bytes().partition(b"\n") for path in sorted((tmp_path / "csv3").glob("part-*.csv"))]
    assert {part[0] for part in parts} == {header}
    assert b"".join(part[2] for part in parts) == whole
    assert {b"title", b"url"} < set(header.split(b","))
    tables = [
        pyarrow.concat_tables(map(pyarrow.parquet.read_table, sorted((tmp_path / name).glob("part-*.parquet"))))
        for name in ("parquet500", "parquet3")
    ]
    assert tables[0].equals(tables[1])
    assert [row["figure"] for row in csv.DictReader([header.decode(), *whole.decode().splitlines()])] == tables[0][
        "figure"
    ].to_pylist()


def test_what_an_article_does_to_its_worker_costs_only_that_article(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    bad = {3: "ALWAYS DIE", 4: "ALWAYS DIE", 9: "ALWAYS HANG", 15: "ALWAYS STUMBLE"}
    news, results = corpus(tmp_path / "in", bad), tmp_path / "out"
    arguments = (news, "--model", toy_model, "--output", f"{results}/", "--shard-size", 6, "--jobs", 2)
    done = run(tmp_path, *arguments, "--timeout", 2)
    assert done.returncode == 3
    reasons = failed(results)
    assert list(reasons) == ["day-3", "day-4", "day-9", "day-15"]
    assert met(tmp_path)["ALWAYS HANG"] == 2  # once among others, once alone
    assert "ended by signal 9" in reasons["day-3"]
    assert "at most 2 seconds, found one that takes longer" in reasons["day-9"]
    assert "RuntimeError: no such luck" in reasons["day-15"]
    assert all(reason in done.stderr for reason in reasons.values())
    assert "Traceback" not in done.stderr
    _, expected, _ = cli("predict", news, "--model", toy_model, "--format", "jsonl")
    kept = [line for line in expected.splitlines() if json.loads(line)["document"] not in reasons]
    assert joined(results).decode().splitlines() == kept
    assert manifest(results) | {"read": 16, "failed": 4, "complete": True} == manifest(results)


def test_a_killed_worker_is_replaced_and_nothing_is_lost(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news, results = corpus(tmp_path / "in", {2: "TWICE DIE", 11: "ONCE HANG"}), tmp_path / "out"
    common = (news, "--model", toy_model)
    done = run(tmp_path, *common, "--output", f"{results}/", "--shard-size", 5, "--timeout", 2)
    assert done.returncode == 0
    assert met(tmp_path) == {"ONCE HANG": 1, "TWICE DIE": 2}
    assert failed(results) == {}
    assert joined(results).decode() == cli("predict", *common, "--format", "jsonl")[1]


@pytest.mark.parametrize(
    ("accident", "code"), [("KILL", -9), ("TERMINATE", 143), ("INTERRUPT", 130)], ids=["kill", "terminate", "interrupt"]
)
def test_a_run_cut_short_goes_on_where_it_was(
    cli: Any, toy_model: Path, tmp_path: Path, accident: str, code: int
) -> None:
    news, results = corpus(tmp_path / "in", {13: f"ONCE {accident}"}), tmp_path / "out"
    common = (news, "--model", toy_model)
    to_folder = (*common, "--output", f"{results}/", "--shard-size", 5)
    cut = run(tmp_path, *to_folder)
    assert cut.returncode == code
    finished = {path: path.stat() for path in results.glob("part-*")}
    assert sorted(path.name for path in finished) == ["part-0000000.jsonl", "part-0000001.jsonl"]
    assert not manifest(results)["complete"]
    if code > 0:
        assert "go on with --resume" in cut.stderr
        assert "Traceback" not in cut.stderr
        assert not list(results.glob(".stance-*"))
    with (results / "shards.jsonl").open("a") as journal:
        journal.write('{"shard": 2, "digest": "')  # as if cut within a line
    assert cli("predict", *to_folder)[0] == 1
    assert cli("predict", *to_folder, "--resume")[0] == 0
    assert manifest(results)["complete"]
    assert {path: path.stat() for path in finished} == finished
    assert joined(results).decode() == cli("predict", *common, "--format", "jsonl")[1]
    whole = {path: path.stat() for path in results.glob("part-*")}
    assert cli("predict", *to_folder, "--resume")[0] == 0
    assert {path: path.stat() for path in whole} == whole


def test_a_full_disk_stops_the_run_and_keeps_what_is_done(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news, results = corpus(tmp_path / "in", {13: "Governor Ann Bell won again. " * 500}), tmp_path / "out"
    common = (news, "--model", toy_model)
    to_folder = (*common, "--output", f"{results}/", "--shard-size", 5)
    full = run(tmp_path, *to_folder, largest=40_000)
    assert full.returncode == 1
    assert "part-0000002.jsonl: expected a place to write to, found none (File too large)" in full.stderr
    assert "go on with --resume" in full.stderr
    assert "Traceback" not in full.stderr
    assert sorted(path.name for path in results.iterdir() if path.name not in ("manifest.json", "failed.jsonl")) == [
        "part-0000000.jsonl", "part-0000001.jsonl", "shards.jsonl",
    ]  # fmt: skip
    assert cli("predict", *to_folder, "--resume")[0] == 0
    assert joined(results).decode() == cli("predict", *common, "--format", "jsonl")[1]


def test_a_folder_is_refused_unless_it_is_gone_on_with_or_replaced(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news, results = corpus(tmp_path / "in"), tmp_path / "out"
    command = ("predict", news, "--model", toy_model, "--output", f"{results}/")
    assert cli(*command)[0] == 0
    before = joined(results)
    code, _, err = cli(*command)
    assert (code, "--resume" in err, "--force" in err) == (1, True, True)
    code, _, err = cli(*command, "--resume", "--format", "csv", "--min-probability", 0.5)
    assert code == 2
    assert "--format csv (was jsonl); --min-probability 0.5 (was 0.0)" in err
    code, _, err = cli(*command[:2], "--output", results, "--resume")
    shipped, toy = (stance.load(path).metadata["digest"] for path in (None, toy_model))
    assert (code, f"model {shipped} (was {toy})" in err) == (2, True)
    (results / "mine.txt").write_text("notes")
    code, _, err = cli(*command, "--force", "--format", "csv", "--shard-size", 10)
    assert code == 0
    assert sorted(path.name for path in results.iterdir()) == [
        "failed.jsonl", "manifest.json", "mine.txt", "part-0000000.csv", "part-0000001.csv", "shards.jsonl",
    ]  # fmt: skip
    assert cli(*command, "--force")[0] == 0
    assert joined(results) == before
    (results / "manifest.json").unlink()
    code, _, err = cli(*command, "--resume")
    assert (code, "expected" in err, "manifest.json" in err) == (1, True, True)


def test_only_shards_whose_articles_have_changed_are_made_anew(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news, results = corpus(tmp_path / "in"), tmp_path / "out"
    common = (news, "--model", toy_model)
    command = ("predict", *common, "--output", f"{results}/", "--shard-size", 5, "--resume")
    assert cli(*command)[0] == 0
    states = {path.name: path.stat().st_mtime_ns for path in results.glob("part-*")}
    (results / "part-0000001.jsonl").unlink()
    corpus(tmp_path / "in", {2: "Ann Bell lost."}, count=12)
    assert cli(*command)[0] == 0
    assert joined(results).decode() == cli("predict", *common, "--format", "jsonl")[1]
    after = {path.name: path.stat().st_mtime_ns for path in results.glob("part-*")}
    corpus(tmp_path / "in", {2: "Ann Bell lost."}, count=13)
    assert cli(*command)[0] == 0
    again = {path.name: path.stat().st_mtime_ns for path in results.glob("part-*")}
    assert len(states) == 4
    assert [name for name in after if after[name] == again[name]] == ["part-0000000.jsonl", "part-0000001.jsonl"]


def test_inputs_that_cannot_be_read_fail_alone(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news, results = corpus(tmp_path / "in"), tmp_path / "out"
    (tmp_path / "in" / "broken.jsonl").write_text('{"text": 7}\n{no\n{"text": "Sen. Ann Ash lost."}\n')
    (tmp_path / "in" / "binary.txt").write_bytes(bytes(range(256)))
    code, _, err = cli("predict", "gone.txt", news.parent, "--model", toy_model, "--output", f"{results}/")
    assert code == 3
    assert [Path(name).name for name in failed(results)] == [
        "gone.txt", "binary.txt", "broken.jsonl line 1", "broken.jsonl line 2",
    ]  # fmt: skip
    assert all(reason in err for reason in failed(results).values())
    assert "21 articles" in err
    code, _, err = cli("predict", "gone.txt", "--model", toy_model, "--output", f"{tmp_path}/none/")
    assert (code, "gone.txt" in err) == (1, True)


REFUSED = {
    "no folder": (("--resume",), "--resume"),
    "jobs for a file": (("--jobs", 2, "--output", "x.jsonl"), "--jobs"),
    "rows": (("--rows", "--output", "out/"), "--rows"),
    "pages": (("--format", "html", "--output", "out/", "--resume"), "--resume"),
    "to a bucket": (("--output", "s3://news/out/"), "bucket"),
    "within a glob": (("*/*.csv", "--output", "out/"), "outside"),
    "within folders of a glob": (("o*", "--output", "out/"), "outside"),
    "below a glob": (("**/*.txt", "--output", "in/deep/out/"), "outside"),
    "within the input": (("in", "--output", "in/out/"), "outside"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_options_that_make_no_sense_are_refused(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path / "in")
    arguments, mentioned = REFUSED[name]
    (tmp_path / "out[1]").mkdir()
    code, out, err = cli("predict", "in/news.jsonl", "out[1]", "*.jsonl", *arguments)
    assert (code, out, mentioned in err, err.count("\n")) == (2, "", True, 1)
    assert not (tmp_path / "out").exists()


def test_a_folder_is_written_by_one_run_at_a_time(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    from stance.batch import Results

    news, results = corpus(tmp_path / "in"), tmp_path / "out"
    with Results(results, "jsonl", {}):
        (results / "manifest.json").unlink()
        code, _, err = cli("predict", news, "--model", toy_model, "--output", f"{results}/", "--force")
    assert code == 1
    assert "no other run" in err


def test_a_model_that_cannot_be_read_is_named_before_anything_is_written(cli: Any, tmp_path: Path) -> None:
    code, _, err = cli("predict", corpus(tmp_path / "in"), "--model", "gone.npz", "--output", f"{tmp_path}/out/")
    assert (code, "gone.npz" in err, (tmp_path / "out").exists()) == (1, True, False)


@pytest.mark.parametrize(
    "option", ["--jobs=99999999999999999999", "--jobs=0", "--timeout=inf", "--timeout=1e300", "--timeout=nan"]
)
def test_numbers_that_no_machine_has_are_wrong_usage(cli, tmp_path, option):
    (tmp_path / "a.txt").write_text("Sen. Ann Ash won.", encoding="utf-8")
    code, out, err = cli("predict", tmp_path / "a.txt", "--output", f"{tmp_path / 'results'}/", option)
    assert (code, out) == (2, "")
    assert option[2:5] in err


@pytest.mark.parametrize("content", ["7", "null", "[" * 100_000, '"complete"', '[["stance", 1], 2]', "\xff"])
def test_a_manifest_that_is_none_cannot_be_gone_on_with(cli, tmp_path, toy_model, content):
    (tmp_path / "a.txt").write_text("Sen. Ann Ash won.", encoding="utf-8")
    run = ("predict", tmp_path / "a.txt", "--output", f"{tmp_path / 'results'}/", "--model", toy_model)
    assert cli(*run)[0] == 0
    (tmp_path / "results" / "manifest.json").write_text(content, encoding="latin-1")
    code, out, err = cli(*run, "--resume")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "manifest.json of the run to go on with, found none" in err
    assert cli(*run, "--force")[0] == 0


@pytest.mark.parametrize(
    "line", ["[]", "7", "{}", "[" * 100_000, '{"shard": "x"}', '{"shard": 1, "digest": [], "bytes": 1, "failed": 7}']
)
def test_from_a_line_of_the_journal_on_that_is_none_shards_are_made_again(cli, tmp_path, toy_model, line):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Sen. Ann Ash won {name}.", encoding="utf-8")
    folder = tmp_path / "results"
    run = ("predict", tmp_path / "*.txt", "--output", f"{folder}/", "--shard-size", "1", "--model", toy_model)
    assert cli(*run)[0] == 0
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    first, _, last = (folder / "shards.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "shards.jsonl").write_text(f"{first}\n{line}\n{last}\n", encoding="utf-8")
    assert cli(*run, "--resume")[0] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole


class Blocks:
    """As much of a Ray Dataset as `stance.ray.predict` asks for, in two batches."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def map_batches(self, function: Any, *, fn_args: tuple[Any, ...], **_: Any) -> list[dict[str, Any]]:
        import pyarrow

        halves = (self.rows[: len(self.rows) // 2], self.rows[len(self.rows) // 2 :])
        tables = [function(pyarrow.Table.from_pylist(half), *fn_args) for half in halves]
        return [row for table in tables for row in table.to_pylist()]


def test_a_dataset_is_read_with_the_figures_and_options_given(tmp_path: Path, toy_model: Path) -> None:
    from stance.analysis import Options
    from stance.figures import load_known
    from stance.ray import predict

    (tmp_path / "known.csv").write_text("id,name\nour-dana,Dana Whitfield\n", encoding="utf-8")
    options = Options(known=load_known(tmp_path / "known.csv"), known_only=True, provenance=True)
    text = "Voters booed Sen. Dana Whitfield. Gov. Ines Duarte won."
    articles: Any = Blocks([{"id": number, "text": text} for number in (7, 8)])
    found: Any = predict(articles, options, model=toy_model.with_suffix(".npz"))
    assert [(row["document"], row["figure_id"], bool(row["model"])) for row in found] == [
        ("7", "our-dana", True),
        ("8", "our-dana", True),
    ]
    articles = Blocks([{"id": None, "text": text}, {"id": 8, "text": text}])
    nameless: Any = predict(articles, options, model=toy_model.with_suffix(".npz"))
    assert (nameless[0]["document"], "expected an id" in nameless[0]["failed"]) == (None, True)
