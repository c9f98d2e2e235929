"""The lines of a text file one at a time, however long the file: the same encodings as for articles."""

from __future__ import annotations

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from stance.errors import InputError
from stance.reading.decode import (
    BY_MARK,
    BY_USER,
    MAX_ARTICLE_BYTES,
    SNIFFED,
    Note,
    broken_encoding,
    not_utf_8,
    refuse_signature,
    sniff,
    windows_1252,
    without_surrogates,
)


def lines(stream: io.BufferedReader, name: str, note: Note, encoding: str | None = None) -> Iterator[str]:
    r"""Lines with their endings; only a line feed ends a line, and the byte-order mark is gone.

    Args:
        stream: What to read, from its beginning.
        name: What to call it in messages.
        note: Told once when a line is not UTF-8 and read as Windows-1252.
        encoding: The encoding that the user says it is in; None to recognise it.

    Raises:
        InputError: It is no text, or a line is longer than `MAX_ARTICLE_BYTES`.

    >>> list(lines(io.BufferedReader(io.BytesIO(b"one\r\ntwo")), "a.csv", print))
    ['one\r\n', 'two']
    """
    head = stream.peek(SNIFFED)
    refuse_signature(head, name)
    if encoding:
        return _wide_lines(stream, encoding, name, BY_USER)
    if sniffed := sniff(head):
        return _wide_lines(stream, sniffed, name, BY_MARK)
    if b"\0" in head[:SNIFFED]:
        raise InputError(f"{name}: expected text, found binary data (NUL bytes); check what the file is")
    return _byte_lines(stream, name, note)


def standard_input() -> io.BufferedReader:
    """Standard input as bytes; what is read here leaves it open for whoever owns it.

    Raises:
        InputError: It is closed.
    """
    if sys.stdin is None:
        raise InputError("-: expected an article on standard input, found it closed; pipe a text in")
    return io.BufferedReader(_StandardInput())


class _StandardInput(io.RawIOBase):
    def __init__(self) -> None:
        self._buffer: Any = sys.stdin.buffer

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data: bytes = self._buffer.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _byte_lines(stream: BinaryIO, name: str, note: Note) -> Iterator[str]:
    noted = False
    number = 0
    while raw := stream.readline(MAX_ARTICLE_BYTES + 1):
        number += 1
        _refuse_long(raw, name, number)
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError:
            if not noted:
                noted = True
                note(not_utf_8(f"{name} line {number}"))
            yield windows_1252(raw)


def _wide_lines(stream: BinaryIO, encoding: str, name: str, why: str) -> Iterator[str]:
    number = 0
    text = io.TextIOWrapper(stream, encoding, newline="\n")
    try:
        while line := text.readline(MAX_ARTICLE_BYTES + 1):
            number += 1
            _refuse_long(line, name, number)
            yield without_surrogates(line.removeprefix("\ufeff") if number == 1 else line)
    except UnicodeError as error:
        raise InputError(broken_encoding(f"{name} line {number + 1}", encoding, error, why)) from None
    finally:
        with contextlib.suppress(ValueError):  # the stream is its owner's to close, and may be closed by now
            text.detach()


def _refuse_long(line: bytes | str, name: str, number: int) -> None:
    if len(line) > MAX_ARTICLE_BYTES:
        raise InputError(
            f"{name} line {number}: expected lines of at most {MAX_ARTICLE_BYTES // 1_000_000} MB, "
            "found a longer one; split the table"
        )
