"""Model files: `NAME.npz`, the compiled model without pickle, beside `NAME.joblib`, the scikit-learn pipeline.

Both carry one digest. The compiled file is a zip of numpy arrays and one JSON text; reading it runs nobody's code.
A joblib file is a pickle, which can run anything: stance opens one only for users who say that they trust it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from stance.archive import READ_ERRORS, Archive, pack
from stance.assembly import assemble
from stance.atomic import replacing
from stance.compiled import CompiledModel, compile_pipeline
from stance.errors import ModelFileError
from stance.probe import probed
from stance.unpickling import joblib_digest, mark, unpickled, unreadable

FORMAT = 2
"""Raised whenever features or arrays change meaning: an older stance must refuse the file."""

_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,5}){0,3}(?:(?:a|b|rc|\.dev|\.post)\d{1,5})?")

ModelType = TypeVar("ModelType", bound=CompiledModel)


def save(pipeline: Any, metadata: dict[str, Any], path: Path) -> CompiledModel:
    """Write a fitted pipeline as `path` (ending in .joblib) and, beside it, as .npz.

    Args:
        pipeline: A fitted pipeline of `stance.pipeline.build_pipeline`.
        metadata: JSON values; `format`, `probe` and `digest` are added.
        path: Where to write; what is there is replaced once both files are complete.

    Returns:
        The compiled model as written.

    Raises:
        OutputError: The files cannot be written.
    """
    import joblib

    compiled = compile_pipeline(pipeline, metadata)
    compiled = signed(replace(compiled, metadata={**compiled.metadata, "probe": probed(compiled)}))
    mark(pipeline, compiled.metadata)
    with replacing(path.with_suffix(".npz")) as stream, replacing(path) as pickled:
        stream.write(packed(compiled))
        joblib.dump(pipeline, pickled)
    return compiled


def signed(model: ModelType) -> ModelType:
    """The model with format number and digest in its metadata."""
    metadata = {name: value for name, value in model.metadata.items() if name != "digest"} | {"format": FORMAT}
    model = replace(model, metadata=metadata)
    return replace(model, metadata={**metadata, "digest": model.digest()})


def packed(model: CompiledModel) -> bytes:
    """The .npz file of a signed model."""
    return pack(model.metadata, model.arrays())


def load(path: Path, kind: type[ModelType], *, trust: bool = False) -> ModelType:
    """Read a model.

    Args:
        path: A .npz file, or a .joblib file with the .npz of the same training beside it.
        kind: The class to build: `CompiledModel` or one that extends it.
        trust: Allow a .joblib file to be unpickled where there is no such .npz file.

    Raises:
        ModelFileError: There is no file, it is damaged, of another format, or not to be trusted.
    """
    if not _is_there(path):
        trained = path.with_suffix(".joblib")  # what `stance train` takes; the .npz is written beside it
        raise ModelFileError(
            f"expected a model file, found nothing at {path}; train one with: stance train --output {trained}"
        )
    if path.suffix == ".joblib":
        compiled = path.with_suffix(".npz")
        if compiled.is_file() and (digest := joblib_digest(path)) is not None:
            model = read_compiled(compiled, kind)
            if model.metadata.get("digest") == digest:
                return model
        if not trust:
            raise ModelFileError(
                f"expected {compiled.name} of the same training beside {path}, found none; "
                "a .joblib file can run any code when opened: give the .npz file, or say --trust (trust=True)"
            )
        return read_joblib(path, kind)
    return read_compiled(path, kind)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:  # in a folder that is closed to us, or under a name that is too long
        raise unreadable(path, error) from error


def read_joblib(path: Path, kind: type[ModelType]) -> ModelType:
    """Unpickle a .joblib file, which can run any code, and check that the model still does what it did.

    Raises:
        ModelFileError: It is none of stance's, or behaves otherwise under the versions installed here.
    """
    compiled = unpickled(path)
    _refuse_other_format(compiled.metadata, path)
    return kind(**vars(_assembled(compiled.metadata, compiled.arrays(), path)))


def read_compiled(path: Path, kind: type[ModelType]) -> ModelType:
    """Read a .npz model file and check its format, shapes and digest.

    Raises:
        ModelFileError: The file is damaged or of another format.
    """
    try:
        with path.open("rb") as stream:
            archive = Archive(stream)
            metadata = archive.metadata()
            _refuse_other_format(metadata, path)
            arrays = archive.arrays()
    except READ_ERRORS as error:
        raise ModelFileError(
            f"expected a stance model in {path}, found a damaged or foreign file ({error}); train or copy it again"
        ) from error
    model = kind(**vars(_assembled(metadata, arrays, path)))
    plain = replace(model, metadata={name: value for name, value in metadata.items() if name != "digest"})
    if plain.digest() != metadata.get("digest"):
        raise ModelFileError(
            f"expected {path} to match its own digest, found it changed; copy it again or train it again"
        )
    return model


def _assembled(metadata: Mapping[str, Any], arrays: Any, path: Path) -> CompiledModel:
    try:
        return assemble(metadata, arrays)
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise ModelFileError(
            f"expected the arrays of a stance model in {path}, found others ({error}); train it again"
        ) from error


def _refuse_other_format(metadata: Mapping[str, Any], path: Path) -> None:
    """A file of another format names the version that wrote it, and that is the one to install."""
    found = metadata.get("format")
    if found == FORMAT and type(found) is int:
        return
    writer = str(metadata.get("stance"))
    remedy = (
        f"install that one: pip install political-stance=={writer}" if _VERSION.fullmatch(writer) else "train it again"
    )
    raise ModelFileError(
        f"expected a model of format {FORMAT}, found format {str(found)[:20]} in {path} (written by stance "
        f"{writer[:20]}); {remedy}"
    )
