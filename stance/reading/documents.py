"""From what the user names to documents, one at a time. What cannot be read becomes a failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from stance.errors import InputError, MissingColumnError
from stance.reading.access import Access
from stance.reading.converting import converted
from stance.reading.decode import Note, decode, read_limited, without_surrogates
from stance.reading.html import html_document
from stance.reading.inputs import HTML_SUFFIXES, find_inputs, is_address
from stance.reading.lines import standard_input
from stance.reading.remote import opened, state
from stance.reading.tables import TableRow, is_table, unreadable
from stance.records import CARRIED, Document, Failure
from stance.values import as_text


@dataclass(frozen=True, slots=True)
class Source:
    """One article as it is found, before what takes time is done.

    Attributes:
        found: The document of a table's row, the failure of what cannot be found, or a name for `read_article`.
        size: About how many bytes of its file it stands for.
    """

    found: Document | Failure | str
    size: int


_AS_FOUND = Access()


def read_documents(
    named: Iterable[str], *, note: Note, text_column: str = "text", access: Access = _AS_FOUND
) -> Iterator[Document | Failure]:
    """The articles in files, folders, globs, at addresses and on standard input, in the order named.

    Args:
        named: What the user gave; see `find_inputs`. `-` is one article of plain text on standard input.
        note: Told what the user should know though it stops nothing.
        text_column: The column of tables that holds the articles' text.
        access: How files and addresses are opened.

    Yields:
        The document of an article, empty ones included, or the `Failure` of a file or row that cannot be read.
        A table's row takes its id from the column `id`, else from file and row number (from 1): `news.csv#3`.
    """
    for source in find_articles(named, note=note, text_column=text_column, access=access):
        yield read_article(source.found, note, access) if isinstance(source.found, str) else source.found


def find_articles(
    named: Iterable[str], *, note: Note, text_column: str = "text", access: Access = _AS_FOUND
) -> Iterator[Source]:
    """As `read_documents`, with the reading of articles in files of their own left to `read_article`."""
    for found in find_inputs(named, note):
        if isinstance(found, Failure):
            yield Source(found, 0)
        elif is_table(found) and not is_address(found):
            yield from _table_articles(found, note, text_column, access)
        else:
            yield Source(found, _size(found))


def read_article(name: str, note: Note, access: Access = _AS_FOUND) -> Document | Failure:
    """The article in a file, at an http(s) address, or on standard input (`-`)."""
    try:
        if is_address(name):
            from stance.reading.web import read_address

            return read_address(name, note, allow_private=access.allow_private)
        if name == "-":
            return _text_document(standard_input(), name, note, access.encoding)
        with opened(name) as stream:
            read = _html_document if name.lower().endswith(HTML_SUFFIXES) else _text_document
            return read(stream, name, note, access.encoding)
    except InputError as error:
        return Failure(name, str(error))
    except OSError as error:
        return Failure(name, unreadable(name, error))


def given_text(text: str) -> Document:
    r"""The document of a text given by itself, on the command line or in code.

    >>> given_text("\ufeffHello").text
    'Hello'
    """
    return Document(id="text", text=without_surrogates(text).removeprefix("\ufeff"))


def _size(name: str) -> int:
    found = state(name)
    return found[0] if found else 0


def _text_document(stream: BinaryIO, name: str, note: Note, encoding: str | None) -> Document:
    return Document(id=name, text=decode(read_limited(stream, name), name, note, encoding=encoding))


def _html_document(stream: BinaryIO, name: str, note: Note, encoding: str | None) -> Document:
    return html_document(read_limited(stream, name), name, note, encoding=encoding)


def _table_articles(name: str, note: Note, text_column: str, access: Access) -> Iterator[Source]:
    before = 0

    def article(row: TableRow) -> Source:
        nonlocal before
        _refuse_without_text(row, text_column)
        size, before = row.position - before, row.position
        return Source(row_document(row.values, f"{name}#{row.number}", text_column), size)

    columns = (text_column, "id", *CARRIED)
    for found in converted(name, note, article, columns=columns, encoding=access.encoding):
        yield Source(found, 0) if isinstance(found, Failure) else found


def row_document(values: Mapping[str, Any], name: str, text_column: str) -> Document:
    """The document of a table's row that has a text.

    Args:
        values: Its cells by column.
        name: The document's id where the row has none.
        text_column: The column that holds the text, a string.
    """
    return Document(
        id=as_text(values.get("id")) or name,
        text=values[text_column].removeprefix("\ufeff"),
        **{column: as_text(values.get(column)) for column in CARRIED},
    )


def _refuse_without_text(row: TableRow, column: str) -> None:
    if column not in row.values:
        found = ", ".join(row.values) or "none"
        message = f"expected a column {column}, found {found}; name the column of the text with --text-column"
        raise MissingColumnError(f"{row.where}: {message}", [column])
    value = row.values[column]
    if not isinstance(value, str):
        found = "null" if value is None else f"a value of type {type(value).__name__}"
        message = f"expected a string in column {column}, found {found}; put the article's text there"
        raise InputError(f"{row.where}: {message}")
