"""Options without effect, which are refused: whoever gives one expects something of it."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from stance.errors import UsageError


def refuse_given(
    context: typer.Context, names: Iterable[str], case: str, remedy: str = "leave one of them out"
) -> None:
    """Refuse options that have no effect, where the user gave them.

    Args:
        context: The command's.
        names: Of the parameters.
        case: Why they have no effect: "with --summary, which has one row for each figure".
        remedy: What to do.

    Raises:
        UsageError: One was given.
    """
    spelled = {parameter.name: parameter.opts[0] for parameter in context.command.params}
    for name in names:
        source = context.get_parameter_source(name)
        if source is not None and source.name != "DEFAULT":
            raise UsageError(f"expected no {spelled[name]} {case}, found it; {remedy}")


def refuse_beside_text(context: typer.Context, text: str | None) -> None:
    """Refuse options about files where the article was given as `--text`.

    Raises:
        UsageError: Both were given.
    """
    if text is not None:
        names = ("text_column", "encoding", "allow_private")
        refuse_given(context, names, "with --text, which is the article itself")
