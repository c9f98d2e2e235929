"""`stance info`: the model card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def info(
    model: Annotated[Path | None, typer.Option(help="A model file; the shipped model by default.")] = None,
    trust: Annotated[bool, typer.Option("--trust", help="Open a .joblib model that has no .npz beside it.")] = False,
) -> None:
    """Show the model card: what it was trained on, how good it is, what it must not be used for."""
    from stance.card import card
    from stance.model import load

    typer.echo(card(load(model, trust=trust).metadata))
