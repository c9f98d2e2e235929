"""Text of strangers made safe and tidy for a terminal."""

import re
import unicodedata

# a sequence that could move the cursor, set a title or colours: ESC or its one-byte forms, and what belongs to it
_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90-\x9f]*(?:\x07|\x1b\\\\|\x9c)"  # titles, links, clipboard
    "|\x1b[ -/]*[0-~]"
)
_SPACES = re.compile("  +")
_UNSEEN = frozenset({"Cc", "Cs", "Cf"})
_JOINERS = frozenset("\u200c\u200d")  # they make up letters and emoji


def printable(text: str) -> str:
    r"""The text without anything that steers a terminal or turns the direction of writing, spaces collapsed.

    >>> printable("Vale\n\twon \x1b[31mbig\x1b[0m\u202e!")
    'Vale won big!'
    """
    seen = (" " if char.isspace() else char for char in _SEQUENCE.sub("", text) if not _is_unseen(char))
    return _SPACES.sub(" ", "".join(seen))


def harmless(text: str) -> str:
    r"""Lines without anything that steers a terminal; their spaces and newlines stay, for what is laid out already.

    >>> harmless("a   b\x1b[2J\nc")
    'a   b\nc'
    """
    kept = (char if char == "\n" else " " if char.isspace() else char for char in _SEQUENCE.sub("", text))
    return "".join(char for char in kept if char == "\n" or not _is_unseen(char))


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN and not char.isspace() and char not in _JOINERS
