"""Charts, drawn by matplotlib: SVG whose colours follow the page, or files to put into a paper."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from stance.errors import OutputError
from stance.report.templates import clean

INK, QUIET, LINE = "#1b1b1f", "#595963", "#d5d5dc"
SUPPORT, OPPOSE, NEUTRAL = "#0b5cad", "#a33c00", "#55555f"
SUPPORT_BACK, PAPER = "#dcebfa", "#ffffff"
SIDES = {"support": SUPPORT, "oppose": OPPOSE, "neutral": NEUTRAL}
_VARIABLES = {
    INK: "ink", QUIET: "quiet", LINE: "line", SUPPORT: "support", OPPOSE: "oppose", NEUTRAL: "neutral",
    SUPPORT_BACK: "support-back", PAPER: "paper",
}  # fmt: skip
_LONGEST = 32

Draw = Callable[[Any], None]
"""What draws on a matplotlib `Figure`."""


def svg(draw: Draw, width: float, height: float, label: str) -> str:
    """A chart as an SVG element for a page; text stays text, and its colours are the page's.

    Args:
        draw: Draws it.
        width, height: Inches.
        label: What a screen reader says in its place; charts of one page need unlike ones.

    Raises:
        OutputError: Matplotlib is not installed.
    """
    from html import escape

    image = chart_file(draw, width, height, "svg", salt=label).decode()
    image = image[image.index("<svg") :]
    for colour, name in _VARIABLES.items():
        image = image.replace(colour, f"var(--{name}, {colour})")
    size = f"width: 100%; max-width: {width}in; height: auto"
    opening = f'<svg role="img" aria-label="{escape(clean(label))}" style="{size}" '
    body = re.sub(r'^<svg [^>]*?(viewBox="[^"]*")[^>]*>', lambda match: f"{opening}{match[1]}>", image, count=1)
    return re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL).replace("xlink:href", "href")


def chart_file(draw: Draw, width: float, height: float, format: str, salt: str = "stance") -> bytes:
    """A chart as the bytes of a file: `svg` or `png`; the same chart gives the same bytes."""
    with _drawing(salt):
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width, height), layout="constrained")
        figure.patch.set_alpha(0.0 if format == "svg" else 1.0)
        draw(figure)
        stream = io.BytesIO()
        metadata = {"Date": None} if format == "svg" else {"Software": None}
        figure.savefig(stream, format=format, dpi=200, metadata=metadata)
    return stream.getvalue()


def short(text: str) -> str:
    """A label's text: one line, not too long.

    >>> short("a" * 40)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    line = " ".join(clean(text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def name_places(axis: Any, places: Sequence[float], labels: Sequence[str]) -> None:
    """Labels at the places of an axis."""
    axis.set_ticks(places, [short(label) for label in labels])


@contextmanager
def _drawing(salt: str) -> Iterator[None]:
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise OutputError(
            f"expected the package matplotlib for charts, found it missing ({error}); "
            'pip install "political-stance[report]"'
        ) from error
    look = {
        "svg.fonttype": "none", "svg.hashsalt": salt, "font.size": 10, "text.color": INK, "axes.labelcolor": QUIET,
        "axes.edgecolor": LINE, "axes.facecolor": "none", "axes.spines.top": False, "axes.spines.right": False,
        "xtick.color": LINE, "ytick.color": LINE, "xtick.labelcolor": QUIET, "ytick.labelcolor": INK,
        "grid.color": LINE, "legend.frameon": False, "axes.titlesize": 11, "figure.facecolor": PAPER,
        "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    }  # fmt: skip
    with rc_context(look), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's browser has the fonts
        yield
