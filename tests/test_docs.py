"""What the README promises is true: its code runs, its commands exist, its figures are those that were measured."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from stance.shipped import shipped

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert {line.rsplit(" ", 2)[0] for line in lines} == {"Dana Whitfield", "Ines Duarte"}


def test_the_commands_of_the_readme_exist() -> None:
    from typer.testing import CliRunner

    from stance.cli.app import app

    for command in set(re.findall(r"`stance (\w+)", README)):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0, command


def test_the_measured_figures_are_those_of_the_benchmark() -> None:
    measured = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text(encoding="utf-8"))
    quoted = README.replace(",", "")
    for name in ("newsmtsc-rw dev", "newsmtsc-mt dev", "own dev"):
        assert f"{measured['shipped'][name]['macro_f1']:.3f}" in quoted
    for name in ("newsmtsc-rw dev", "newsmtsc-mt dev"):
        assert f"{measured['newsmtsc'][name]['macro_f1']:.3f}" in quoted
    assert f"{measured['articles']['stance_accuracy']:.3f}" in quoted
    assert f"{measured['behaviour']['rate']:.3f}" in quoted
    assert f"{measured['cross-validation']['news-labels']['macro_f1']:.3f}" in quoted
    for score in measured["frozen"].values():
        assert f"{score['macro_f1']:.3f}" in quoted


def as_shown(ratio: float) -> str:
    """With one decimal below 100, else whole."""
    return f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def test_the_speed_table_is_what_was_measured() -> None:
    measured = json.loads((ROOT / "benchmarks" / "speed.json").read_text(encoding="utf-8"))
    _, table, _ = re.split(r"<!-- /?speed -->", README)
    for name in ("stance predict, one article", "stance --help", "import numpy"):
        assert f"{measured['cold_start'][name]['ratio']:.2f}" in table, name
    for name, score in measured["scoring"].items():
        shown = f"against {name} | {as_shown(score['stance_is_faster'])} times as fast"
        assert name == "stance" or shown in table, name
    assert f"| {measured['articles']['stance_is_faster']:.2f} times" in table
    assert f"two processes, against one | {measured['processes']['two_against_one']:.1f} times" in table
    assert f"| {measured['peak_megabytes']:.0f} MB" in table


def test_the_benchmark_measured_the_shipped_model() -> None:
    import stance

    measured = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text(encoding="utf-8"))
    assert measured["digest"] == stance.load().metadata["digest"]


def test_the_card_is_that_of_the_shipped_model() -> None:
    import stance
    from stance.card import card

    assert shipped("models", "README.md").read_text(encoding="utf-8") == card(stance.load().metadata) + "\n"


def test_the_models_are_small() -> None:
    assert shipped("models", "stance.npz").stat().st_size < 10 * 2**20
    assert sum(path.stat().st_size for path in shipped("models").iterdir()) < 24 * 2**20


def test_screenshots_are_small() -> None:
    pictures = list((ROOT / "docs").glob("*.png"))
    assert len(pictures) >= 4
    for picture in pictures:
        assert picture.stat().st_size <= 150_000, f"{picture.name}: take it anew with docs/screenshots.py"


def test_the_share_figures_of_the_docs_were_measured() -> None:
    measured = json.loads((ROOT / "benchmarks" / "shares.json").read_text(encoding="utf-8"))
    cells = [measure for found in measured.values() if isinstance(found, dict) for measure in found.values()]

    def mean(name: str, way: str) -> float:
        return sum(cell[way][name] for cell in cells) / len(cells)

    text = " ".join((ROOT / "docs" / "reports.md").read_text(encoding="utf-8").split())
    assert f"held the true share in {mean('coverage', 'raw, 100'):.0%}".replace("%", " %") in text
    assert f"labelled rows, in {mean('coverage', 'corrected, 100'):.0%}".replace("%", " %") in text


def test_the_first_article_of_the_readme_looks_as_it_does(cli: Any) -> None:
    shown = README.split("── seeds/rally.txt", 1)[1].split("  ...\n```", 1)[0]
    code, out, _ = cli("predict", ROOT / "seeds" / "rally.txt")
    drawn = "\n".join(line.rstrip() for line in out.splitlines())
    assert code == 0
    assert drawn.split("rally.txt", 1)[1].lstrip(" ─").startswith(shown.lstrip(" ─"))
