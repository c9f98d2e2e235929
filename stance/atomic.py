"""Files that appear whole or not at all: written under a temporary name beside their place, then renamed."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from stance.errors import OutputError


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` when the block ends well, and vanishes when it does not.

    A link is followed, an existing file keeps its permissions, and a device (`/dev/null`) is written directly.

    Raises:
        OutputError: The folder is missing or closed to us, the disk is full, or `path` is a folder.
    """
    with naming(path):
        place = Path(os.path.realpath(path))
        if place.is_dir():
            raise OutputError(f"{path}: expected a file to write to, found a folder; add a file name")
        is_device = place.exists() and not place.is_file()
        temporary = place if is_device else place.with_name(f".stance-{os.urandom(8).hex()}.tmp")
        raw = _NamingFile(temporary, "wb" if is_device else "xb", named=str(path))
    stream = cast(BinaryIO, io.BufferedWriter(raw))
    try:
        yield stream
        with naming(path):
            _finish(stream, temporary, place)
    except BaseException:
        with contextlib.suppress(OSError, OutputError):
            raw.close()  # not the buffer, which would try to write what is left
        if not is_device:
            temporary.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Within the block, the system's refusals become an `OutputError`; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{path}: expected a place to write to, found none ({reason}); choose another path or make room there"
        ) from error


def claim(file: BinaryIO, refusal: str) -> None:
    """Hold a file for this process until it is closed, where the system knows such locks.

    Raises:
        OutputError: Another process holds it; the message is `refusal`.
    """
    try:
        import fcntl
    except ImportError:  # Windows, where two runs on one file only do the same work twice
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(refusal) from None
    except OSError:  # a file system without locks
        return


class NamingStream:
    """A stream of bytes whose failures to write name it; closing it leaves the stream beneath open.

    It is no `io.RawIOBase`, whose finalizer would flush once more, and fail once more, on a full disk.
    """

    closed = False

    def __init__(self, stream: BinaryIO, named: str) -> None:
        self._stream = stream
        self._named = named

    def write(self, data: Any, /) -> int:
        """Hand the bytes on."""
        with naming(self._named):
            return self._stream.write(data)

    def flush(self) -> None:
        """Hand on what waits."""
        with naming(self._named):
            self._stream.flush()

    def close(self) -> None:
        """Nothing: the stream is its owner's to close."""


class _NamingFile(io.FileIO):
    def __init__(self, path: Path, mode: str, named: str) -> None:
        super().__init__(path, mode)
        self._named = named

    def write(self, data: Any, /) -> int:
        with naming(self._named):
            return cast(int, super().write(data))


def _finish(stream: BinaryIO, temporary: Path, place: Path) -> None:
    stream.flush()
    if temporary != place:
        os.fsync(stream.fileno())
    stream.close()
    if temporary != place:
        if place.exists():
            shutil.copymode(place, temporary)
        temporary.replace(place)
