"""The application: its commands, its version, and the one place where errors become exit codes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperGroup

from stance import __version__
from stance.cli.common import Terminated, forsake, note, terminable
from stance.errors import StanceError, UsageError

FAILURE, USAGE, INTERRUPTED, TERMINATED = 1, 2, 130, 143

_COMMANDS = ("predict", "report", "figures", "explain", "label", "train", "evaluate", "datasets", "info")
"""Each is a function of that name in a module of that name."""

# Rich help pages cost 80 ms at every start; plain ones read as well.
_PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _ReaderGone(Exception):  # noqa: N818
    """Whoever read the results has gone (`| head`)."""


@contextmanager
def _reader_watched() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _ReaderGone from error  # as it is, Typer would make a failure of it


class _Commands(TyperGroup):
    """Commands that are imported and built when they are called: the others would cost as much time again."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        with _reader_watched():  # help and version go out here
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:
        with _reader_watched():
            return super().invoke(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        single = typer.Typer(add_completion=False, **_PLAIN)
        single.command(cmd_name)(getattr(import_module(f"stance.cli.{cmd_name}"), cmd_name))
        return _told_plainly(typer.main.get_command(single))


def _told_plainly(command: Any) -> Any:
    """The command, whose help does not tell the Python types of its arguments (`<list[str]>`)."""
    for parameter in command.params:
        if isinstance(parameter, TyperArgument):
            vars(parameter)["display_type_rich"] = lambda ctx: None  # noqa: ARG005
    return command


app = typer.Typer(name="stance", cls=_Commands, no_args_is_help=True, **_PLAIN)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stance {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Who does an article support, oppose or stay neutral on? Sentence by sentence, for every politician named.

    \b
    Start here:
      stance predict article.txt    read an article
      stance info                   what the model is, and what not to use it for
      stance COMMAND --help         options and examples of a command
    """


# Looking for garbage after every 700 new objects costs 4 % of reading an article, and modules being imported hold none.
_NEW_OBJECTS = 50_000


def main() -> None:
    """Run the command line and leave."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        _run()
    finally:
        # What is left goes with the process: to look through all of it for garbage costs another 5 %.
        gc.freeze()


def _run() -> None:
    """Errors that stance raises on purpose become one line and an exit code."""
    try:
        with terminable():
            app()
    except UsageError as error:
        _leave(str(error), USAGE)
    except StanceError as error:
        _leave(str(error), FAILURE)
    except KeyboardInterrupt:
        _leave("interrupted", INTERRUPTED)
    except Terminated:
        _leave("terminated", TERMINATED)
    except MemoryError:
        _leave("expected enough memory, found it used up; close other programs, or split the input", FAILURE)
    except (BrokenPipeError, _ReaderGone):
        forsake(sys.stdout)
        sys.exit(0)
    except OSError as error:  # of files the message has told; help and scores go straight to standard output
        reason = error.strerror or error
        _leave(f"expected standard output to take what is said, found that it does not ({reason}); see to it", FAILURE)


def _leave(message: str, code: int) -> None:
    note(message)
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):  # full or closed; as it is, Python would try again and complain
        forsake(sys.stdout)
    sys.exit(code)
