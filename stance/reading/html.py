"""A web page to the article in it, by trafilatura, which is imported only when a page is read."""

from __future__ import annotations

import re
from typing import Any

from stance.errors import InputError
from stance.reading.decode import Note, decode
from stance.reading.tags import refuse_overfull
from stance.records import Document

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_CHARSET_WITHIN = 2048
_PLAIN_CHARSET = re.compile(r"iso-?8859|windows-?\d|cp\d|koi8|mac|gb|big5|euc|shift|latin", re.IGNORECASE)


def html_document(
    data: bytes, name: str, note: Note, declared: str | None = None, encoding: str | None = None
) -> Document:
    """The article of a web page, with title, date, source and address where the page tells them.

    Comments, menus and tables are left out: rather a sentence too few than one that is not the article's.

    Args:
        data, name, note, encoding: As for `decode`.
        declared: The encoding that the server names; else the page's own word counts.

    Raises:
        InputError: The page holds no article text, or its bytes are no text.
    """
    html = decode(data, name, note, usual(declared) or _declared(data), encoding)
    if not html.strip():
        return Document(id=name, text="")
    refuse_overfull(html, name)
    page = _extract(html, name)
    if page is None or not (page.text or "").strip():
        raise InputError(f"{name}: expected a web page with an article, found no article text; save its text as .txt")
    return Document(
        id=name,
        text=page.text,
        title=page.title or None,
        date=page.date or None,
        source=page.sitename or None,
        url=page.url or None,
    )


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    return usual(found[1].decode("ascii")) if found else None


def usual(charset: str | None) -> str | None:
    """A declared encoding if it is one of the usual: Python knows codecs that no page is in, some slow or strange."""
    return charset if charset and _PLAIN_CHARSET.match(charset) else None


def _extract(html: str, name: str) -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError(
            f"{name}: expected trafilatura to read HTML, found it broken ({str(error).splitlines()[0]}); "
            "reinstall it: pip install --force-reinstall trafilatura lxml_html_clean"
        ) from error
    try:
        return bare_extraction(
            html, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
        )
    except Exception as error:  # whatever a stranger's page provokes in the parsers concerns this page alone
        raise InputError(
            f"{name}: expected a web page, found one that cannot be read ({type(error).__name__}); "
            "save its text as .txt"
        ) from error
