"""Bytes to text: UTF-8 first, what a byte-order mark or zero bytes tell next, Windows-1252 with a note last.

The byte-order mark goes, newlines stay as they are, and binary data is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO

from stance.errors import InputError

MAX_ARTICLE_BYTES = 100_000_000
"""How long an article file, or a line of a table, may be: longer ones hold something else than an article."""

Note = Callable[[str], None]
"""What to do with one line the user should know about that stops nothing."""

_MARKS = (  # UTF-32 before UTF-16, whose mark is the beginning of UTF-32's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"PAR1", "a Parquet table"),
)
_UTF_8_RUN = re.compile(
    rb"""(?<![\x80-\xff])            # bytes above ASCII that are UTF-8 from the first to the last
    (?: [\xc2-\xdf][\x80-\xbf]
      | \xe0[\xa0-\xbf][\x80-\xbf] | [\xe1-\xec\xee\xef][\x80-\xbf]{2} | \xed[\x80-\x9f][\x80-\xbf]
      | \xf0[\x90-\xbf][\x80-\xbf]{2} | [\xf1-\xf3][\x80-\xbf]{3} | \xf4[\x80-\x8f][\x80-\xbf]{2}
    )++ (?![\x80-\xff])""",
    re.VERBOSE,
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # without tab, newlines, form feed and escape
_CONTROL_SHARE = 0.02
_SURROGATE = re.compile(r"[\ud800-\udfff]")

BY_MARK, BY_USER = "as its first bytes promise", "as --encoding says"

SNIFFED = 4096
"""How many bytes at the beginning decide about an encoding."""


def decode(data: bytes, name: str, note: Note, declared: str | None = None, encoding: str | None = None) -> str:
    r"""The text of an article's bytes, without byte-order mark, newlines as they are.

    Args:
        data: The whole file.
        name: What to call it in messages.
        note: Told when the text is read as something else than Unicode.
        declared: The encoding the file itself names, used where the bytes are not UTF-8.
        encoding: The encoding that the user says it is in, used whatever the bytes look like.

    Raises:
        InputError: The bytes are no text, or break the encoding that their byte-order mark or the user promises.

    >>> decode(b"\xef\xbb\xbfCaf\xc3\xa9\r\n", "a.txt", print)
    'Café\r\n'
    >>> decode(b"Caf\xe9", "a.txt", print)
    a.txt: not UTF-8, read as Windows-1252; save it as UTF-8 if letters look wrong
    'Café'
    """
    refuse_signature(data, name)
    if encoding:
        text = _decode_as(encoding, data, name, BY_USER).removeprefix("\ufeff")
    elif sniffed := sniff(data):
        text = _decode_as(sniffed, data, name, BY_MARK)
    else:
        return _decode_bytes(data.removeprefix(codecs.BOM_UTF8), name, note, declared)
    _refuse_binary(text, name)
    return text


def sniff(head: bytes) -> str | None:
    """UTF-16 or UTF-32 where a byte-order mark or the pattern of zero bytes gives it away, else None.

    >>> sniff("Hello, world".encode("utf-16-be"))
    'utf-16-be'
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    even, odd = head[:SNIFFED:2], head[1:SNIFFED:2]
    zeros_even, zeros_odd = even.count(0), odd.count(0)
    if 2 * zeros_odd > len(odd) and 20 * zeros_even <= len(even):
        return "utf-16-le"
    if odd and 2 * zeros_even > len(even) and 20 * zeros_odd <= len(odd):
        return "utf-16-be"
    return None


def read_limited(stream: BinaryIO, name: str) -> bytes:
    """All bytes of a stream of at most `MAX_ARTICLE_BYTES`.

    Raises:
        InputError: There are more.
    """
    data = stream.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        raise InputError(
            f"{name}: expected an article of at most {MAX_ARTICLE_BYTES // 1_000_000} MB, found more; "
            "split it, one file for each article"
        )
    return data


def without_surrogates(text: str) -> str:
    r"""The text with lone surrogates, which no encoding can carry, replaced one by one by U+FFFD.

    >>> without_surrogates("a\ud800b")
    'a\ufffdb'
    """
    return _SURROGATE.sub("\ufffd", text)


def refuse_signature(head: bytes, name: str) -> None:
    """Refuse data that begins like a well-known binary format.

    Raises:
        InputError: It does.
    """
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise InputError(f"{name}: expected text, found {kind}; convert it to a text file first")


def _decode_as(encoding: str, data: bytes, name: str, why: str) -> str:
    try:
        # What a few codecs leave over must not get further than here.
        return without_surrogates(data.decode(encoding))
    except UnicodeError as error:
        raise InputError(broken_encoding(name, encoding, error, why)) from None


def _decode_bytes(data: bytes, name: str, note: Note, declared: str | None) -> str:
    for encoding in filter(None, ("utf-8", declared)):
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeError):
            continue  # where the file is wrong about itself, it is read like one that says nothing
        _refuse_binary(text, name)
        return text
    text = windows_1252(data)
    _refuse_binary(text, name)
    note(not_utf_8(name))
    return text


def windows_1252(data: bytes) -> str:
    r"""Text in Windows-1252, in which runs of valid UTF-8 are kept as such (pages pasted together).

    >>> windows_1252(b"caf\xe9 and caf\xc3\xa9")
    'café and café'
    """

    pieces, at = [], 0
    for run in _UTF_8_RUN.finditer(data):
        pieces += [data[at : run.start()].decode("windows-1252", errors="replace"), run[0].decode("utf-8")]
        at = run.end()
    return "".join([*pieces, data[at:].decode("windows-1252", errors="replace")])


def not_utf_8(name: str) -> str:
    """The note for text that is read as Windows-1252."""
    return f"{name}: not UTF-8, read as Windows-1252; save it as UTF-8 if letters look wrong"


def broken_encoding(name: str, encoding: str, error: UnicodeError, why: str) -> str:
    """The message for bytes that break the encoding they are said to be in; `why` is `BY_MARK` or `BY_USER`."""
    place = f" at position {error.start}" if isinstance(error, UnicodeDecodeError) else ""
    return f"{name}: expected {encoding.upper()} text, {why}, found broken bytes{place}; save it as UTF-8"


def _refuse_binary(text: str, name: str) -> None:
    if "\0" in text:
        raise InputError(f"{name}: expected text, found binary data (NUL bytes); give an article as text or HTML")
    controls = len(_CONTROL.findall(text))
    if controls > _CONTROL_SHARE * len(text):
        raise InputError(
            f"{name}: expected text, found binary data ({controls} control characters among {len(text)}); "
            "give an article as text or HTML"
        )
