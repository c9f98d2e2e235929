"""The article at an address."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from stance.errors import InputError
from stance.reading.decode import Note, decode
from stance.reading.html import html_document, usual
from stance.reading.web.fetch import Answer, Visit, get, in_time
from stance.reading.web.robots import obey
from stance.records import Document

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown")


def read_address(url: str, note: Note, *, allow_private: bool) -> Document:
    """The article of a web page or of plain text; its id is the address as given, its `url` where it was found.

    Args:
        url: An http(s) address.
        note: Told what the user should know though it stops nothing.
        allow_private: Whether this machine and private networks may be reached.

    Raises:
        InputError: The address may not be read, there is no page, or no article on it.
    """
    try:
        answer = in_time(lambda visit: get(url, visit, obey), Visit(allow_private, note))
        return _document(answer, url, note)
    except InputError as error:
        message = str(error)
        raise InputError(message if message.startswith(url) else f"{url}: {message}") from error


def _document(answer: Answer, url: str, note: Note) -> Document:
    if answer.status != HTTPStatus.OK:
        known = answer.status in HTTPStatus._value2member_map_
        phrase = f" {HTTPStatus(answer.status).phrase}" if known else ""
        raise InputError(f"expected a page, found {answer.status}{phrase} at {answer.url}; check the address")
    if answer.kind in _TEXTS:
        return Document(id=url, text=decode(answer.data, url, note, usual(answer.charset)), url=answer.url)
    if answer.kind not in ("", *_PAGES):
        raise InputError(f"expected a web page or plain text, found {answer.kind}; download it and name the file")
    document = html_document(answer.data, url, note, answer.charset)
    return replace(document, url=document.url or answer.url)
