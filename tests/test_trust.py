"""What docs/trust.md points to is there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_every_promise_names_tests_that_exist() -> None:
    named = re.findall(r"`((?:tests|fuzz|docs)/[\w./]+)(?:::(\w+))?`", (ROOT / "docs/trust.md").read_text("utf-8"))
    assert len(named) > 15
    for file, test in named:
        if file != "fuzz/results.json":
            assert f"def {test}(" in (ROOT / file).read_text("utf-8") if test else (ROOT / file).exists(), (file, test)


def test_every_licence_is_stated() -> None:
    lines = (ROOT / "docs/licences.md").read_text("utf-8").splitlines()
    assert len([line for line in lines if line.startswith("| ")]) > 20
    assert not [line for line in lines if "not stated" in line]


def test_the_lowest_set_pins_every_dependency_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "fuzz")
    import dependencies

    lines = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert dependencies.asked("newest") == lines
    assert dependencies.asked("lowest") == [line.partition(",")[0].replace(">=", "==", 1) for line in lines]
    assert dependencies.lowest("fsspec[http]<2030,>=2023.5") == "fsspec[http]==2023.5"
    for name in dependencies.TESTS:
        assert (ROOT / "tests" / f"{name}.py").exists()


@pytest.mark.parametrize(("arguments", "sets"), [([], ["lowest", "newest"]), (["newest"], ["newest"]), (["old"], [])])
def test_the_sets_are_those_named_or_else_both(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], sets: list[str]
) -> None:
    monkeypatch.syspath_prepend(ROOT / "fuzz")
    import dependencies

    tried: list[str] = []
    monkeypatch.setattr("sys.argv", ["dependencies.py", *arguments])
    monkeypatch.setattr(dependencies, "tried", lambda which, *_: tried.append(which) or {"passed": True})
    with pytest.raises(SystemExit) as left:
        dependencies.main()
    assert (tried, left.value.code) == (sets, 0 if sets else 2)
