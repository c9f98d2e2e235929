"""What `stance predict` is asked for, whichever way it goes about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from stance.cli.effects import refuse_given
from stance.cli.forms import chosen_format

if TYPE_CHECKING:
    from stance.analysis import Options
    from stance.model import Model
    from stance.reading import Access


@dataclass(frozen=True, slots=True)
class Request:
    """The options that do not depend on how the work is done.

    Attributes:
        context: The command's.
        paths, text, text_column, access: What is read, and how it is opened.
        options, figures_file: What is predicted; the list of known figures is read when it is needed.
        given_form, output: Where results go, both as the user gave them.
        summary, with_text: What is written of them.
        model, trust: What `stance.load` takes.
    """

    context: typer.Context
    paths: list[str]
    text: str | None
    text_column: str
    access: Access
    options: Options
    figures_file: Path | None
    given_form: str | None
    output: str | None
    summary: bool
    with_text: bool
    model: Path | None
    trust: bool

    @property
    def file(self) -> Path | None:
        """The file that results go to; None for standard output."""
        return None if self.output is None else Path(self.output)

    def form(self, offered: Sequence[str], default: str, case: str = "", *, file: Path | None) -> str:
        """The format of the results, of those offered; options that it leaves without effect are refused.

        Args, Raises: As `chosen_format`, whose `output` is `file`.
        """
        form = chosen_format(self.given_form, file, offered, default, case)
        added = ("with_text", "provenance")
        if self.summary:
            self.refuse_given((*added, "explain", "min_probability"), "with --summary, which has one row per figure")
        elif form in ("table", "html"):
            case = f"with --format {form}, which has no columns to add to"
            refuse_given(self.context, added, case, "choose another --format, or leave it out")
        return form

    def refuse_given(self, names: Iterable[str], case: str) -> None:
        """Refuse options that have no effect.

        Args, Raises: As the function `refuse_given`.
        """
        refuse_given(self.context, names, case)

    def loaded(self) -> Model:
        """The model.

        Raises:
            ModelFileError: It cannot be read.
        """
        from stance.model import load

        return load(self.model, trust=self.trust)
