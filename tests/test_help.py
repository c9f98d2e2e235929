"""The help screens as a person reads them: whole, at 80 columns, with examples that are true."""

import re
import shlex
from typing import Any

import pytest
from typer.testing import CliRunner

from stance.cli.app import _COMMANDS, app


def screen(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--help"], prog_name="stance", env={"COLUMNS": "80"})
    assert result.exit_code == 0
    return result.stdout


def examples(command: str) -> list[str]:
    return re.findall(r"^    (stance .*)$", screen(command), re.MULTILINE)


@pytest.mark.parametrize("command", ["", *_COMMANDS])
def test_a_screen_fits_80_columns_and_speaks_no_python(command: str) -> None:
    text = screen(*command.split())
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"<(list|str|path|int|float|bool)\b", text, re.IGNORECASE)


def test_the_commands_are_told_in_whole_sentences() -> None:
    _, listed = screen().split("Commands:\n")
    lines = listed.splitlines()
    assert [line.split()[0] for line in lines] == list(_COMMANDS)
    assert not [line for line in lines if not line.endswith(".") or line.endswith("...")]


@pytest.mark.parametrize("command", _COMMANDS)
def test_the_examples_name_options_that_there_are(command: str) -> None:
    shown = examples(command)
    assert any(example.startswith(f"stance {command}") for example in shown)
    for example in shown:
        _, name, *arguments = shlex.split(example)
        options = {argument for argument in arguments if argument.startswith("-") and argument != "-"}
        assert not {option for option in options if option not in screen(name)}, example


def test_an_unknown_command_is_wrong_usage(cli: Any) -> None:
    code, out, err = cli("predcit", "x.txt")
    assert (code, out) == (2, "")
    assert "predcit" in err
