"""What the text is drawn for, and the one place that lets Rich draw."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

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

    def hanging(self, label: Text, body: Text) -> list[Text]:
        """Lines of a text beside a label, as a table of two columns would have them, in a fraction of its time."""
        from rich.text import Text

        indent = label.cell_len
        lines = body.wrap(self._console(), max(1, self.width - indent), overflow="fold") or [Text()]
        starts = (label, *repeat(Text(" " * indent), len(lines) - 1))
        return [
            Text.assemble(start, line, no_wrap=True, overflow="ignore")
            for start, line in zip(starts, lines, strict=True)
        ]

    def draw(self, *parts: RenderableType) -> str:
        """The parts one below the other, without a newline at the end."""
        console = self._console()
        with console.capture() as capture:
            console.print(*parts, sep="\n")
        lines = (line.rstrip() for line in capture.get().rstrip("\n").split("\n"))
        return "\n".join(lines).encode(self.encoding, "replace").decode(self.encoding)

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
