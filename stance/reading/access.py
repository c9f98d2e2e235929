"""How inputs are opened, as the user asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from stance.errors import UsageError

# Text encodings of Python that no file is in, some of them slow or strange.
_ODD = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})


@dataclass(frozen=True, slots=True)
class Access:
    """How inputs are opened.

    Attributes:
        encoding: The encoding of all text files; None to recognise each one's own.
        allow_private: Whether addresses may lead to this machine and to private networks.

    Raises:
        UsageError: There is no such encoding.
    """

    encoding: str | None = None
    allow_private: bool = False

    def __post_init__(self) -> None:
        if self.encoding is not None and not _is_text_encoding(self.encoding):
            raise UsageError(
                f"expected an encoding such as utf-8, utf-16 or windows-1252, found {self.encoding!r}; check its name"
            )


def _is_text_encoding(name: str) -> bool:
    import codecs

    try:
        "".encode(name)
        return codecs.lookup(name).name.replace("_", "-") not in _ODD
    except (LookupError, ValueError, TypeError):  # unknown, not of text, or a name with a NUL
        return False
