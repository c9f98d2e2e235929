"""Predicted articles to pages: one file, or a folder with an index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stance.atomic import NamingStream
from stance.cli.options import standard_output
from stance.records import Document, Prediction

if TYPE_CHECKING:
    from stance.model import Model


def write_pages(found: Iterable[tuple[Document, list[Prediction]]], output: Path | None, model: Model) -> None:
    """Write one page with all articles, or where `is_site(output)` a page for each."""
    from stance.report import article_page, write_page, write_site

    about = about_model(model)
    if output is None:
        stream = NamingStream(standard_output(), "standard output")
        for piece in article_page(found, about):
            stream.write(piece.encode())
    elif is_site(output):
        write_site(found, output, about)
    else:
        write_page(article_page(found, about), output)


def is_site(output: Path) -> bool:
    """Whether pages go to a folder of their own: one that is there, or a name without suffix."""
    return output.is_dir() or not (output.suffix or output.exists())


def about_model(model: Model) -> str:
    """What made a page, in a line."""
    return f"stance {model.metadata.get('stance')}, model {str(model.metadata.get('digest'))[:12]}."
