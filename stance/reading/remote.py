"""Files in buckets (s3://, gs://, az://), by the names users give them.

fsspec finds the package for a scheme (s3fs for s3://, gcsfs for gs://) where it is installed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from stance.records import Failure

_SCHEME = re.compile(r"(s3|gs|gcs|az|abfss?|hdfs)://", re.IGNORECASE)
_VERSION = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")


def is_remote(name: str) -> bool:
    """Whether a name is one of a file in a bucket.

    >>> is_remote("s3://news/2020.parquet"), is_remote("https://example.org"), is_remote("news/2020.parquet")
    (True, False, False)
    """
    return bool(_SCHEME.match(name))


def find_remote(name: str, suffixes: tuple[str, ...]) -> Iterator[str | Failure]:
    """The files behind a name: itself, those of a folder that end in a suffix, those that match a glob; sorted."""
    try:
        files, path = _system(name)
        if any(sign in path for sign in "*?["):
            found = sorted(files.glob(path))
        elif files.isdir(path):
            found = [file for file in sorted(files.find(path)) if file.lower().endswith(suffixes)]
        else:
            found = [path] if files.exists(path) else []
        names = [str(files.unstrip_protocol(file)) for file in found]
    except Exception as error:  # each kind of storage has errors of its own
        yield Failure(name, f"{name}: expected files there, found none ({_reason(error)}); check name and access")
        return
    if not names:
        yield Failure(name, f"{name}: expected a file, folder or glob with articles, found nothing; check the name")
    yield from names


def opened(name: str) -> BinaryIO:
    """A file to read, here or elsewhere.

    Raises:
        OSError: It cannot be opened; reading raises nothing else either.
    """
    if not is_remote(name):
        return Path(name).open("rb")
    try:
        files, path = _system(name)
        return cast(BinaryIO, io.BufferedReader(_Remote(files.open(path, "rb"))))
    except Exception as error:
        raise OSError(0, _reason(error)) from error


def state(name: str) -> tuple[int, str] | None:
    """Bytes of a file, and what changes when it does; None where it cannot be seen."""
    if not is_remote(name):
        try:
            found = Path(name).stat()
        except OSError:
            return None
        return found.st_size, str(found.st_mtime_ns)
    try:
        files, path = _system(name)
        info = files.info(path)
    except Exception:  # reading it will tell
        return None
    return int(info.get("size") or 0), str(next((info[key] for key in _VERSION if key in info), ""))


class _Remote(io.RawIOBase):
    """A file elsewhere, whose errors are all of one kind."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._file.read(len(buffer))
        except Exception as error:
            raise OSError(0, _reason(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        self._file.close()
        super().close()


def _system(name: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    files, path = url_to_fs(name)
    return files, str(path)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
