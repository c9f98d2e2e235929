"""docs/commands.md is true: its help screens, its outputs, its configuration; and every example of it runs."""

import csv
import doctest
import importlib.util
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stance.cli.app import _COMMANDS
from stance.labelling import CONFIG, tasks
from stance.shipped import shipped

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
PUBLIC = "newsmtsc"


def renew() -> Any:
    spec = importlib.util.spec_from_file_location("renew", DOCS / "renew.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_has_its_section() -> None:
    assert re.findall(r"^## (\w+)$", PAGE, re.MULTILINE) == list(_COMMANDS)


def test_the_help_screens_are_those_of_the_commands() -> None:
    assert renew().renewed(PAGE) == PAGE, "the help has changed: run python docs/renew.py"


def test_the_labelling_interface_is_that_of_the_tasks() -> None:
    (shown,) = [block for kind, block in BLOCKS if kind == "xml"]
    assert shown == CONFIG
    from test_labelling import PAIRS, found

    from stance.labelling import Plan, draw

    (task,) = tasks(draw(found(PAIRS), Plan(1)))
    assert set(re.findall(r"\$(\w+)", CONFIG)) <= set(task["data"])


def test_what_labels_are_worth_is_what_was_measured() -> None:
    text = (DOCS.parent / "benchmarks" / "labelling.json").read_text(encoding="utf-8")
    tweets, corpus = json.loads(text)["domains"].values()
    told = "uncertain, base 0.3"
    before, after = tweets["no labels"]["macro_f1"], tweets[f"100 {told}"]["macro_f1"]
    page = " ".join(PAGE.split())
    assert f"100 labels lift macro F1 from {before:.1f} to {after:.1f}" in page
    assert f"told that, the model has {tweets['no labels, told classes']['macro_f1']:.1f} without a label" in page
    gains = [corpus[f"{count} {told}"]["gain"] for count in (100, 200)]
    random = [corpus[f"{count} random, base 0.3"]["gain"] for count in (100, 200)]
    assert "100 labels add {:.1f} points and 200 add {:.1f}".format(*gains) in page
    assert "random ones add {:.1f} and {:.1f}".format(*random) in page
    assert corpus[f"100 {told}"]["gain_least"] < 0 < corpus[f"200 {told}"]["gain_least"]


def commands() -> Iterator[tuple[str, str | None]]:
    """The page's commands in order, each with the output it shows, or None."""
    for kind, block in BLOCKS:
        if kind == "sh":
            yield from ((line, None) for line in block.splitlines())
        elif kind == "console":
            line, _, output = block.partition("\n")
            yield line.removeprefix("$ "), output


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy_model: Path) -> None:
    """A folder with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(next(block for kind, block in BLOCKS if kind == "text"), encoding="utf-8")
    shutil.copytree(shipped("seeds"), "seeds")
    Path("news").mkdir()
    for name in ("rally.txt", "debate.txt"):
        shutil.copy(shipped("seeds", name), "news")
    Path("rows.csv").write_text("sentence,target\nVoters booed Dana Whitfield.,Dana Whitfield\n", encoding="utf-8")
    labelled = [json.loads(line) for line in shipped("seeds", "rally.gold.jsonl").read_text("utf-8").splitlines()]
    with Path("mine.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["sentence", "target", "stance"])
        writer.writerows([row["sentence"], row["mentions"][0]["text"], row["stance"]] for row in labelled)
    for suffix in (".joblib", ".npz"):
        shutil.copy(toy_model.with_suffix(suffix), f"mine{suffix}")


def answered_elsewhere() -> None:
    """What Label Studio and a spreadsheet make of the files that were handed out."""
    handed_out = json.loads(Path("tasks.json").read_text(encoding="utf-8"))
    Path("export.json").write_text(json.dumps([task["data"] | {"stance": "oppose"} for task in handed_out]))
    Path("filled.csv").write_text(Path("sheet.csv").read_text(encoding="utf-8").replace("\n,", "\nn,"), "utf-8")


def same(shown: str, output: str) -> bool:
    """Whether an output is the one shown: digits aside, and `...` stands for anything."""
    shown, output = (re.sub(r"\d+", "0", text.strip()) for text in (shown, output))
    return doctest.OutputChecker().check_output(shown, output, doctest.ELLIPSIS)


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
def test_the_examples_run_and_print_what_is_shown(cli: Any) -> None:
    ran = 0
    for line, shown in commands():
        if PUBLIC in line:
            continue
        if "--import" in line:
            answered_elsewhere()
        code, out, err = cli(*shlex.split(line)[1:], stdin=b"s\no\nn\nq\n", columns=80)
        assert code == 0, f"{line}: {err}"
        assert shown is None or same(shown, out), f"{line}:\n{out}"
        ran += 1
    assert ran > 20


@pytest.mark.datasets
@pytest.mark.usefixtures("desk")
def test_the_examples_with_public_sets_run(cli: Any) -> None:
    cli("label", "news", "--output", "mine.jsonl", stdin=b"s\no\nn\n")
    for suffix in (".joblib", ".npz"):
        Path(f"mine{suffix}").unlink()
    lines = [line for line, _ in commands() if PUBLIC in line]
    assert lines
    for line in lines:
        code, out, err = cli(*shlex.split(line)[1:])
        assert code == 0, f"{line}: {err}"
        assert "mine.jsonl: 3 rows" in out
