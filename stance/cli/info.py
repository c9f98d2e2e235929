"""`stance info`: the model card, and whether the model file is what it says."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Annotated

import typer

_WIDEST = 100


def info(
    model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A model file; the shipped model by default.")
    ] = None,
    trust: Annotated[bool, typer.Option("--trust", help="Open a .joblib model that has no .npz beside it.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Recheck digest, stored probabilities, and the .joblib beside it.")
    ] = False,
) -> None:
    """Show the model card: its training, quality and limits.

    \b
    Examples:
      stance info
      stance info --model mine.npz --verify
    """
    if verify:
        _verify(model, trust)
        return
    from stance.card import card
    from stance.model import load
    from stance.render import harmless

    typer.echo(harmless(_wrapped(card(load(model, trust=trust).metadata))))


def _wrapped(text: str) -> str:
    """The text in lines that a terminal shows whole; tables stay as they are, and so does the indent of lists."""
    lines = []
    for line in text.splitlines():
        if len(line) <= _WIDEST or line.startswith("|"):
            lines.append(line)
        else:
            indent = " " * (len(line) - len(line.lstrip(" -")))
            lines += textwrap.wrap(line, _WIDEST, subsequent_indent=indent, break_on_hyphens=False)
    return "\n".join(lines)


def _verify(model: Path | None, trust: bool) -> None:
    """One line for each check; exit code 1 where one does not hold."""
    from stance.errors import ModelFileError
    from stance.render import printable
    from stance.shipped import shipped
    from stance.verification import verify

    path = model or shipped("models", "stance.npz")
    checks = verify(path, trust=trust)
    for check in checks:
        state = {True: "holds", False: "BROKEN", None: "not checked"}[check.holds]
        typer.echo(f"{check.name:7} {state:12} {printable(check.found)}")
    if broken := [check.name for check in checks if check.holds is False]:
        raise ModelFileError(f"expected {path} to be what it says, found {', '.join(broken)} broken; train it again")
