"""`stance explain`: why the model says so."""

from __future__ import annotations

from typing import Annotated

import typer

from stance.cli.common import note
from stance.cli.options import ModelFile, Trust, screen, show, standard_output


def explain(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="The sentence; in quotes.")],
    figure: Annotated[str, typer.Option(metavar="NAME", help="Whom it is about.")],
    as_json: Annotated[bool, typer.Option("--json", help="Prediction rows with `reasons`, as JSON lines.")] = False,
    model: ModelFile = None,
    trust: Trust = False,
) -> None:
    """Show which words moved the scores, and by how much.

    Each comes with what the model reads in it. What the words add, together with how common each stance is, makes up
    the class scores exactly.

    \b
    Example:
      stance explain "Voters booed Gov. Dana Whitfield." --figure Whitfield
    """
    from stance.analysis import explain_sentence
    from stance.errors import UsageError
    from stance.model import load
    from stance.render import render_reasons
    from stance.writing import write_rows

    if not sentence.strip() or not figure.strip():
        raise UsageError("expected a sentence and a figure's name, found an empty one; see: stance explain --help")
    found = explain_sentence(load(model, trust=trust), sentence, figure)
    if not any(row.mentions for row in found):
        note(f"{figure} is not named in it, so the whole text is taken to be about them")
    if as_json:
        write_rows(found, "jsonl", standard_output())
    else:
        show([render_reasons(found, screen(None))], None)
