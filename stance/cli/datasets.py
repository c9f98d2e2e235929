"""`stance datasets`: the labelled sets that can be loaded by name."""

from __future__ import annotations

import typer


def datasets() -> None:
    """List the labelled data sets that can be loaded by name.

    Each with its splits and their sizes, whether it is here, its source and its licence. Sets that are not here are
    downloaded from their publisher when they are first used; or point the environment variable STANCE_DATASETS to a
    folder that holds them.

    \b
    Example:
      stance datasets
    """
    from stance.datasets import describe
    from stance.render import render_datasets

    typer.echo(render_datasets(describe()))
