"""Joblib files, which are pickles: what can be told of one without opening it, and opening one that is trusted."""

from __future__ import annotations

import mmap
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stance.compiled import CompiledModel, compile_pipeline
from stance.errors import ModelFileError
from stance.probe import largest_difference, tolerance

_LARGEST = 2**31
_DIGEST = re.compile(rb"stance-model-digest:([0-9a-f]{64})")
_VERSIONS = re.compile(rb"stance-model-versions:([\w.= -]{1,300});")
_PACKAGES = {"stance": "political-stance", "scikit-learn": "scikit-learn", "numpy": "numpy"}


def mark(pipeline: Any, metadata: Mapping[str, Any]) -> None:
    """Give a fitted pipeline its metadata, and marks that can be read from its file without opening it."""
    versions = {"stance": metadata.get("stance"), **metadata.get("versions", {})}
    needed = " ".join(f"{package}=={versions[name]}" for name, package in _PACKAGES.items() if versions.get(name))
    pipeline.stance_metadata_ = dict(metadata)
    pipeline.stance_digest_ = f"stance-model-digest:{metadata['digest']}"
    pipeline.stance_versions_ = f"stance-model-versions:{needed};"


def joblib_digest(path: Path) -> str | None:
    """The digest that a joblib file carries, read without unpickling it; None where it carries none.

    Raises:
        ModelFileError: The file cannot be read.
    """
    return _marked(path, _DIGEST)


def _marked(path: Path, pattern: re.Pattern[bytes]) -> str | None:
    try:
        with path.open("rb") as file:
            if not 0 < path.stat().st_size <= _LARGEST:
                return None
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                found = pattern.search(data)
                return found[1].decode() if found else None
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> ModelFileError:
    """The error for a model file that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return ModelFileError(f"expected a readable model file at {path}, found none ({reason}); check its permissions")


def unpickled(path: Path) -> CompiledModel:
    """The compiled model of a joblib file, which may run any code when it is opened.

    Whatever versions wrote it: it is taken when it gives the probabilities that its training stored in it.

    Raises:
        ModelFileError: It is none of stance's, or behaves otherwise here; the message says what to install.
    """
    import joblib

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # scikit-learn's, about versions: the probe says whether they matter
            pipeline = joblib.load(path)
        metadata = dict(pipeline.stance_metadata_)
        compiled = compile_pipeline(pipeline, metadata)
        difference = largest_difference(compiled)
    except Exception as error:  # whatever a foreign pickle raises, the user is told in one line
        raise ModelFileError(
            f"expected a stance pipeline in {path}, found {type(error).__name__}: {error}; {_remedy(path)}"
        ) from error
    if difference is None or not difference <= tolerance(compiled):
        found = "none stored" if difference is None else f"a difference of {difference:.2g}"
        raise ModelFileError(
            f"expected {path} to give the probabilities that its training stored in it, found {found}; {_remedy(path)}"
        )
    return compiled


def _remedy(path: Path) -> str:
    needed = _marked(path, _VERSIONS)
    return f"pip install {needed}, which wrote it, or train it again" if needed else "train it again with this version"
