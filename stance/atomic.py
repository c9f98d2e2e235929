"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from stance.errors import OutputError


def write_atomically(path: Path, data: bytes) -> None:
    """Write under a temporary name beside `path`, then rename.

    Raises:
        OutputError: The folder is missing or cannot be written, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            # A temporary file is private; the result gets the permissions of an ordinary new file.
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(
            f"expected to write {path}, found {error.strerror or error}; choose another place with --output"
        ) from error
