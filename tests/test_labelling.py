"""Labelling: what is drawn, that no label is lost, and that other tools' files come back as labelled rows."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from stance.atomic import claim
from stance.labelling import Plan, draw, tasks
from stance.records import Document, Mention, Prediction
from stance.rows import labelled_row
from stance.shipped import shipped

ROOT = Path(__file__).parent.parent
RALLY = shipped("seeds", "rally.txt")


def pair(number: int, top: float, document: str = "a.txt", sentence: str | None = None) -> tuple[Document, Prediction]:
    sentence = sentence or f"Ash won vote {number}."
    shares = {"support": top, "oppose": 1 - top, "neutral": 0.0}
    mention = Mention(0, 3, "Ash", "name")
    row = Prediction(
        document, number, 0, len(sentence), sentence, "Ash", None, None, (mention,), "support", shares  # type: ignore[arg-type]
    )  # fmt: skip
    return Document(document, sentence), row


PAIRS = [pair(number, 0.5 + (number * 37 % 300) / 1000) for number in range(300)]


def found(pairs: list[tuple[Document, Prediction]] = PAIRS) -> Any:
    return ((document, [row]) for document, row in pairs)


def keys(drawn: list[Any]) -> set[Any]:
    return {(one.row.document, one.row.sentence, one.spans) for one in drawn}


def test_every_third_is_random_and_the_rest_are_the_least_sure() -> None:
    drawn = draw(found(), Plan(60))
    assert [one.drawn_by for one in drawn] == ["uncertain", "uncertain", "random"] * 20
    doubtful = [one.row.probabilities["support"] for one in drawn if one.drawn_by == "uncertain"]
    assert doubtful == sorted(doubtful)
    # A third is kept for the random draw, so 40 of the 60 or so least sure come.
    assert doubtful[-1] < 0.58


@pytest.mark.parametrize("mode", ["mixed", "uncertain", "random"])
def test_stopping_and_going_on_asks_the_same_as_one_go(mode: str) -> None:
    whole = draw(found(), Plan(90, mode))
    first = draw(found(), Plan(30, mode))
    second = draw(found(), Plan(60, mode), keys(first))
    assert [one.row.sentence_index for one in [*first, *second]] == [one.row.sentence_index for one in whole]
    assert len(draw(found(), Plan(1000, mode))) == len(PAIRS)
    assert not draw(found(), Plan(10, mode), keys(draw(found(), Plan(1000, mode))))


def test_the_random_part_is_the_first_of_a_random_draw() -> None:
    mixed = [one.row for one in draw(found(), Plan(90)) if one.drawn_by == "random"]
    assert mixed == [one.row for one in draw(found(), Plan(30, "random"))]


@pytest.mark.parametrize("mode", ["mixed", "random"])
def test_the_random_part_is_a_random_sample_of_all_pairs(mode: str) -> None:
    times = Counter(
        one.row.sentence_index
        for seed in range(200)
        for one in draw(found(), Plan(90, mode, seed))
        if one.drawn_by == "random"
    )
    share = {"mixed": 30, "random": 90}[mode] / 300
    spread = (200 * share * (1 - share)) ** 0.5
    assert max(abs(times[number] - 200 * share) for number in range(300)) < 4.5 * spread
    # Neither the sure nor the unsure come more often.
    sure = sum(times[row.sentence_index] for _, row in PAIRS if row.probabilities["support"] > 0.65)
    assert abs(sure - times.total() / 2) < 4.5 * (times.total() / 4) ** 0.5


def test_the_same_words_elsewhere_are_asked_for_doubt_once() -> None:
    copies = [pair(0, 0.5, f"{name}.txt", "Ash won.") for name in "abcdef"]
    assert len(draw(found(copies), Plan(10, "uncertain"))) == 1
    assert not draw(found(copies), Plan(10, "uncertain"), {("z.txt", "Ash won.", ((0, 3),))})
    assert len(draw(found(copies), Plan(10, "random"))) == 6


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def label(cli: Any, toy_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rally.txt").write_bytes(RALLY.read_bytes())

    def run(*arguments: object, keys: str = "") -> tuple[int, str, str]:
        lines = "".join(f"{key}\n" for key in keys).encode()
        model = () if "--import" in arguments else ("--model", toy_model)
        result: tuple[int, str, str] = cli("label", *arguments, *model, stdin=lines)
        return result

    return run


def test_a_session_keeps_labels_skips_and_what_was_taken_back(label: Any) -> None:
    code, out, err = label("rally.txt", "--output", "mine.jsonl", "--count", 6, keys="sokuun")
    assert code == 0
    assert "Toward Hillary Clinton?" in out or "Toward Bernie Sanders?" in out
    assert "mine.jsonl: 2 labels added (1 support, 0 oppose, 1 neutral), 0 skipped" in err
    rows = rows_of(Path("mine.jsonl"))
    assert [row["stance"] for row in rows] == ["support", "neutral"]
    assert not Path("mine.skipped.jsonl").exists()
    for row in rows:
        sound = labelled_row(row, "mine.jsonl")
        assert sound.name == row["sentence"][row["start"] : row["end"]]
        assert [list(span) for span in sound.target.mentions] == row["mentions"]
        assert sum(row[f"p_{stance}"] for stance in ("support", "oppose", "neutral")) == pytest.approx(1)
        assert row["document"] == "rally.txt"
        assert row["drawn_by"] == "uncertain"


def asked(out: str) -> list[str]:
    """The blocks that were shown, without the number of the question."""
    return [block.split("  rally.txt", 1)[1].split("\n>")[0] for block in out.split("─" * 100)[1:]]


def test_nothing_is_asked_for_twice(label: Any) -> None:
    _, whole, _ = label("rally.txt", "--output", "whole.jsonl", "--count", 9, keys="s" * 9)
    _, first, _ = label("rally.txt", "--output", "mine.jsonl", "--count", 3, keys="sks")
    _, second, _ = label("rally.txt", "--output", "mine.jsonl", "--count", 6, keys="nknonoq")
    assert [*asked(first), *asked(second)] == asked(whole)
    assert len(rows_of(Path("mine.jsonl"))) == 7
    assert [row["stance"] for row in rows_of(Path("mine.skipped.jsonl"))] == [None, None]
    _, out, _ = label("rally.txt", "--output", "mine.jsonl", "--count", 500, keys="s" * 500)
    assert len(set(asked(out))) == len(asked(out))
    assert label("rally.txt", "--output", "mine.jsonl", keys="s") == (
        0, "", "stance: nothing is left to label in these articles\n"
    )  # fmt: skip


def test_other_keys_change_nothing(label: Any) -> None:
    code, _, err = label("rally.txt", "--output", "mine.jsonl", keys="uxq")
    assert code == 0
    assert "nothing to undo in this run" in err
    assert "expected one of the keys s o n k u q, found 'x'" in err
    assert not Path("mine.jsonl").exists()


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "stance", "label", *map(str, arguments)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_run_loses_no_label(toy_model: Path, tmp_path: Path) -> None:
    output = tmp_path / "mine.jsonl"
    arguments = command(RALLY, "--output", output, "--model", toy_model)
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write(b"s\no\n")
        run.stdin.flush()
        while run.stdout.readline() != b"> oppose\n":
            pass
        # A second run on the same file would mix its lines with these.
        second = subprocess.run(arguments, input=b"", capture_output=True, cwd=ROOT, check=False)
        assert second.returncode == 1
        assert b"expected a file that no other run writes to" in second.stderr
        os.kill(run.pid, signal.SIGKILL)
    assert [row["stance"] for row in rows_of(output)] == ["support", "oppose"]


def test_a_line_that_was_cut_off_goes(label: Any) -> None:
    label("rally.txt", "--output", "mine.jsonl", keys="sq")
    mine = Path("mine.jsonl")
    whole = mine.read_bytes()
    mine.write_bytes(whole + whole[:40])
    code, _, err = label("rally.txt", "--output", "mine.jsonl", keys="nq")
    assert code == 0
    assert "mine.jsonl: its last line was cut off and is dropped" in err
    assert [row["stance"] for row in rows_of(mine)] == ["support", "neutral"]
    mine.write_bytes(whole.rstrip())
    label("rally.txt", "--output", "mine.jsonl", keys="nq")
    assert [row["stance"] for row in rows_of(mine)] == ["support", "neutral"]
    mine.write_bytes(b"no row\n" + whole)
    code, _, err = label("rally.txt", "--output", "mine.jsonl", keys="nq")
    assert code == 1
    assert "mine.jsonl line 1: expected JSON" in err
    assert mine.read_bytes() == b"no row\n" + whole


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_terminal_takes_single_keys(toy_model: Path, tmp_path: Path) -> None:
    import pty
    import termios

    output = tmp_path / "mine.jsonl"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(RALLY, "--output", output, "--model", toy_model),
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        for key in b"O", b"k", b"q":  # no newlines
            while not run.stdout.readline().startswith(b"s support"):
                pass
            while termios.tcgetattr(theirs)[3] & termios.ICANON:
                os.sched_yield()  # what is typed before the terminal is ready would be flushed
            os.write(ours, key)
        assert run.wait() == 0
    os.close(ours)
    os.close(theirs)
    assert [row["stance"] for row in rows_of(output)] == ["oppose"]


def annotated(task: dict[str, Any], *stances: str | None) -> dict[str, Any]:
    """A task as Label Studio exports it; None for an annotation that was cancelled."""
    return {
        "id": 7,
        **task,
        "annotations": [
            {
                "id": number,
                "completed_by": number,
                "was_cancelled": stance is None,
                "result": [
                    {
                        "id": "x",
                        "from_name": "stance",
                        "to_name": "text",
                        "type": "choices",
                        "value": {"choices": [stance or "oppose"]},
                    }
                ],
            }
            for number, stance in enumerate(stances)
        ],
    }


def flat(task: dict[str, Any], stance: str, number: int) -> dict[str, Any]:
    """The same in JSON-MIN."""
    return {**task["data"], "id": number, "stance": stance, "annotator": 1, "annotation_id": 3, "lead_time": 2.5}


@pytest.mark.parametrize("form", ["JSON", "JSON-MIN"])
def test_label_studio_gives_back_the_rows_that_a_session_writes(label: Any, form: str) -> None:
    label("rally.txt", "--output", "mine.jsonl", "--count", 6, keys="sonkso")
    code, out, err = label("rally.txt", "--export", "tasks.json", "--count", 6)
    assert (code, out, err) == (0, "", "stance: tasks.json: 6 sentences to label\n")
    handed_out = json.loads(Path("tasks.json").read_text(encoding="utf-8"))
    stances = ["support", "oppose", "neutral", None, "support", "oppose"]
    if form == "JSON":
        export = [annotated(task, stance) for task, stance in zip(handed_out, stances, strict=True)]
    else:
        pairs = zip(handed_out, stances, strict=True)
        export = [flat(task, stance, number) for number, (task, stance) in enumerate(pairs) if stance]
    Path("export.json").write_text(json.dumps(export), encoding="utf-8")
    code, _, err = label("--import", "export.json", "--output", "theirs.jsonl")
    assert (code, err) == (0, "stance: theirs.jsonl: 5 of 5 labelled rows added, the rest were there\n")
    assert Path("theirs.jsonl").read_bytes() == Path("mine.jsonl").read_bytes()
    code, _, err = label("--import", "export.json", "--output", "theirs.jsonl")
    assert (code, err) == (0, "stance: theirs.jsonl: 0 of 5 labelled rows added, the rest were there\n")


def test_what_is_labelled_already_is_not_handed_out(label: Any) -> None:
    label("rally.txt", "--output", "mine.jsonl", "--count", 6, keys="ssssss")
    label("rally.txt", "--export", "tasks.json", "--output", "mine.jsonl", "--count", 500)
    handed_out = [task["data"] for task in json.loads(Path("tasks.json").read_text(encoding="utf-8"))]
    known = [(row["sentence"], row["mentions"]) for row in rows_of(Path("mine.jsonl"))]
    assert len(handed_out) > 20
    assert not [data for data in handed_out if (data["sentence"], data["mentions"]) in known]


def test_a_majority_settles_and_a_tie_does_not(label: Any) -> None:
    label("rally.txt", "--export", "tasks.json", "--count", 4)
    first, second, third, fourth = json.loads(Path("tasks.json").read_text(encoding="utf-8"))
    export = [
        annotated(first, "oppose", "support", "oppose"),
        annotated(second, "oppose", "support"),
        annotated(third, "admires"),
        annotated(fourth),
        annotated({"data": {"text": "of another project"}}, "oppose"),
    ]
    Path("export.json").write_text(json.dumps(export), encoding="utf-8")
    code, _, err = label("--import", "export.json", "--output", "mine.jsonl")
    assert code == 3
    assert "expected one stance, found oppose and support equally often" in err
    assert "expected stance neutral, oppose or support, found 'admires'" in err
    assert "expected the columns sentence, target, stance" in err
    assert [row["stance"] for row in rows_of(Path("mine.jsonl"))] == ["oppose"]


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[1]", b"\xff", b"[" * 100_000])
def test_what_is_no_export_is_refused(label: Any, content: bytes) -> None:
    Path("export.json").write_bytes(content)
    code, out, err = label("--import", "export.json", "--output", "mine.jsonl")
    assert (code, out) == (1, "")
    assert "export.json: expected an export of Label Studio" in err
    assert not Path("mine.jsonl").exists()


def test_text_is_data_in_label_studio_too() -> None:
    sentence = 'Ash said "<script>alert(1)</script>" & left.'
    (task,) = tasks(draw(found([pair(0, 0.5, sentence=sentence)]), Plan(1)))
    shown = "<mark>Ash</mark> said &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; left."
    assert task["data"]["html"] == f"<p><strong>{shown}</strong></p>"
    assert "stance" not in task["data"]


def test_a_sheet_is_filled_in_and_read_back(label: Any) -> None:
    label("rally.txt", "--output", "mine.jsonl", "--count", 3, keys="son")
    label("rally.txt", "--export", "sheet.csv", "--count", 4)
    with Path("sheet.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0])[:6] == ["stance", "figure", "target", "before", "sentence", "after"]
    for row, stance in zip(rows, ["support", "O", " neutral ", ""], strict=True):
        row["stance"] = stance
    with Path("filled.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    code, _, err = label("--import", "filled.csv", "--output", "theirs.jsonl")
    assert (code, err) == (0, "stance: theirs.jsonl: 3 of 3 labelled rows added, the rest were there\n")
    for ours, theirs in zip(rows_of(Path("mine.jsonl")), rows_of(Path("theirs.jsonl")), strict=True):
        assert {name: None if theirs[name] == "" else theirs[name] for name in ours} == ours


def test_a_sheet_keeps_what_looks_like_a_formula(label: Any) -> None:
    Path("tweets.txt").write_text("@ash says Bell lost.\n\n- Ash praised Bell.\n", encoding="utf-8")
    label("tweets.txt", "--export", "sheet.csv")
    sheet = Path("sheet.csv").read_text(encoding="utf-8")
    Path("filled.csv").write_text(sheet.replace("\n,", "\nn,"), encoding="utf-8")
    label("--import", "filled.csv", "--output", "mine.jsonl")
    rows = rows_of(Path("mine.jsonl"))
    assert "@ash says Bell lost." in {row["sentence"] for row in rows}
    assert all(row["sentence"][row["start"] : row["end"]] == row["target"] for row in rows)


def test_a_sheet_without_a_stance_is_told(label: Any) -> None:
    label("rally.txt", "--export", "sheet.csv", "--count", 4)
    code, _, err = label("--import", "sheet.csv", "--output", "mine.jsonl")
    assert code == 0
    assert err == "stance: sheet.csv: no stance is filled in, so nothing is added; fill some in, then import it again\n"
    assert not Path("mine.jsonl").exists()


def test_numbers_that_a_spreadsheet_spoilt_are_named(label: Any) -> None:
    Path("sheet.csv").write_text("stance,target,sentence,p_support\ns,Ash,Ash won.,n/a\n", encoding="utf-8")
    code, _, err = label("--import", "sheet.csv", "--output", "mine.jsonl")
    assert (code, "sheet.csv line 2: expected a number as p_support, found 'n/a'" in err) == (1, True)


def test_a_file_of_skips_that_is_held_leaves_no_empty_labels(label: Any) -> None:
    with Path("mine.skipped.jsonl").open("a+b") as held:
        claim(held, "held")
        code, _, err = label("rally.txt", "--output", "mine.jsonl", keys="s")
        assert (code, "mine.skipped.jsonl: expected a file that no other run writes to" in err) == (1, True)
        assert not Path("mine.jsonl").exists()
    assert label("rally.txt", "--output", "mine.jsonl", keys="s")[0] == 0


def test_labels_train_a_model_and_correct_a_report(label: Any, cli: Any, toy_model: Path) -> None:
    label("rally.txt", "--output", "mine.jsonl", "--count", 60, keys="son" * 20)
    code, out, err = cli("train", "mine.jsonl", "--output", "mine.joblib")
    assert code == 0
    assert out.startswith("mine.jsonl: 6")  # pairs of the article, at most 60
    cli("predict", "rally.txt", "--model", toy_model, "--format", "jsonl", "--output", "rows.jsonl")
    code, _, err = cli("report", "rows.jsonl", "--sample", "mine.jsonl", "--format", "csv", "--output", "tables")
    random = sum(row["drawn_by"] == "random" for row in rows_of(Path("mine.jsonl")))
    assert f"mine.jsonl: {random} of its {random} rows are among the rows" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rally.txt"], "expected --output FILE.jsonl"),
        (["rally.txt", "--output", "mine.csv"], "name it mine.jsonl"),
        (["rally.txt", "--output", "mine.jsonl", "--draw", "best"], "expected --draw mixed, uncertain, random"),
        (["rally.txt", "--export", "tasks.xml"], "ends in .json or .csv"),
        (["rally.txt", "--import", "a.json", "--output", "mine.jsonl"], "expected --import alone"),
        (["--import", "a.json"], "expected --output FILE.jsonl"),
        ([], "expected articles to read, found none"),
        (["--output", "mine.jsonl"], "expected articles to read"),
    ],
)
def test_wrong_usage_is_said(label: Any, arguments: list[str], message: str) -> None:
    code, out, err = label(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1
    assert not Path("mine.jsonl").exists()
