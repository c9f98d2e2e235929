"""What the text is drawn for, and the one place that lets Rich draw."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from stance.render.lines import Line, painted

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_DEFAULT_WIDTH = 80
_ROOMY = 72


@dataclass(frozen=True, slots=True)
class Screen:
    """Where results are shown.

    Attributes:
        width: In columns.
        color: Whether escape sequences for colour may be written.
        encoding: What it can show; other characters become `?` or a plainer sign.
    """

    width: int = _DEFAULT_WIDTH
    color: bool = False
    encoding: str = "utf-8"

    @classmethod
    def of(cls, stream: TextIO | None = None) -> Screen:
        """The screen behind a stream (standard output): colour only on a terminal, and not under `NO_COLOR`."""
        stream = stream or sys.stdout
        if stream is None:  # closed: whoever writes there says so
            return cls()
        color = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        width = shutil.get_terminal_size((_DEFAULT_WIDTH, 24)).columns
        return cls(width=width, color=color, encoding=stream.encoding or "utf-8")

    @property
    def roomy(self) -> bool:
        """Whether tables have the room for words in their headers and for columns that only repeat a name."""
        return self.width >= _ROOMY

    def shows(self, text: str) -> bool:
        """Whether the encoding has these characters."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def lay_out(self, lines: Iterable[Line]) -> str:
        """The lines one below the other, without a newline at the end."""
        return self._shown(painted(line, self.color) for line in lines)

    def draw(self, *parts: RenderableType) -> str:
        """The parts one below the other, without a newline at the end."""
        console = self._console()
        with console.capture() as capture:
            console.print(*parts, sep="\n")
        return self._shown(capture.get().rstrip("\n").split("\n"))

    def _shown(self, lines: Iterable[str]) -> str:
        text = "\n".join(line.rstrip() for line in lines)
        return text.encode(self.encoding, "replace").decode(self.encoding)

    def _console(self) -> Console:
        import io

        from rich.console import Console

        return Console(
            file=io.StringIO(),
            width=self.width,
            force_terminal=self.color,
            color_system="standard" if self.color else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    def table(self) -> Table:
        """An empty table in the one style of all tables: a line under the header, no frame."""
        from rich.box import Box
        from rich.table import Table

        line = "─" if self.shows("─") else "-"
        box = Box("\n".join(["    ", "    ", f"{line * 4}", *["    "] * 5]) + "\n")
        return Table(box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
