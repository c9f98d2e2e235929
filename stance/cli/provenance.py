"""What `stance evaluate --json` says of where its scores come from: command, data, model and versions."""

from __future__ import annotations

import hashlib
import platform
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.model import Model
    from stance.records import Document


def provenance(data: str, model: Model, other: Model | None = None) -> dict[str, Any]:
    """What it takes to get the same scores again, as JSON values.

    Args:
        data: Digest of what was scored.
        model: The model that was scored.
        other: The model it was compared with.
    """
    import numpy as np

    from stance import __version__

    versions = {"stance": __version__, "python": platform.python_version(), "numpy": np.__version__}
    compared = {"compared_model": other.metadata.get("digest")} if other else {}
    return {
        "command": shlex.join(["stance", *sys.argv[1:]]),
        "data": data,
        "model": model.metadata.get("digest"),
        **compared,
        "versions": versions,
    }


def digest_of_articles(documents: Sequence[Document]) -> str:
    """SHA-256 over the texts of annotated articles and their gold files, in hexadecimal; their names do not count."""
    from stance.gold import gold_path

    return _digest_of_parts(
        part
        for document in documents
        for part in (document.text.encode("utf-8", "surrogatepass"), gold_path(Path(document.id)).read_bytes())
    )


def digest_of_files(paths: Iterable[Path]) -> str:
    """SHA-256 over the contents of files in their order, in hexadecimal."""
    return _digest_of_parts(path.read_bytes() for path in paths)


def _digest_of_parts(parts: Iterable[bytes]) -> str:
    """A digest of the parts' own digests, so that where one ends and the next begins counts too."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()
