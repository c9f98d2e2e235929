"""Pages and tables to files: a page by itself, or a folder with an index, a page for each article, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from stance.atomic import naming, replacing
from stance.errors import OutputError
from stance.records import CARRIED, Document, Prediction
from stance.report.columns import COLUMNS
from stance.report.corpus import Collector
from stance.report.corpus_page import Links, corpus_page
from stance.report.page import article_page
from stance.report.tables import Row, tabulate
from stance.writing import write_table


def write_page(pieces: Iterable[str], path: Path) -> None:
    """Write a page, piece by piece; the file appears when it is whole."""
    with replacing(path) as stream:
        for piece in pieces:
            stream.write(piece.encode())


def made_folder(path: Path) -> Path:
    """A folder, made if it is not there.

    Raises:
        OutputError: Something else is there, or it cannot be made.
    """
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: expected a folder or nothing, found a file; choose another --output")
    with naming(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def write_tables(tables: Mapping[str, Sequence[Row]], form: str, folder: Path) -> None:
    """A file for each table."""
    for name, rows in tables.items():
        write_table(rows, form, folder / f"{name}.{form.removesuffix('-raw')}", COLUMNS[name])


def write_site(found: Iterable[tuple[Document, Sequence[Prediction]]], folder: Path, about: str) -> None:
    """A page for each article as it comes, and then the index page of all with its tables.

    Args:
        found: Articles with their predictions.
        folder: Made if it is not there; files of the same names are replaced.
        about: What made the predictions, in a line.

    Raises:
        OutputError: A package is missing, or the folder cannot be written.
    """
    made_folder(folder / "articles")
    collector = Collector()
    addresses: dict[str, str] = {}
    for number, (document, rows) in enumerate(found, 1):
        address = f"articles/{number:05}.html"
        write_page(article_page([(document, rows)], about, back="../index.html"), folder / address)
        addresses[document.id] = address
        collector.add_article(document.id, **_known(document))
        for row in rows:
            collector.add(row)
    corpus = collector.corpus()
    tables = tabulate(corpus)
    write_tables(tables.rows, "csv", made_folder(folder / "tables"))
    links = Links(addresses, {name: f"tables/{name}.csv" for name in tables.rows})
    write_page(corpus_page(corpus, tables, about, links=links), folder / "index.html")


def _known(document: Document) -> dict[str, str | None]:
    return {name: getattr(document, name) for name in CARRIED}
