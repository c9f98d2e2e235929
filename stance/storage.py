"""Model files: `NAME.npz`, the compiled model without pickle, beside `NAME.joblib`, the scikit-learn pipeline.

Both carry one digest. The compiled file is a zip of numpy arrays and one JSON text; reading it runs nobody's code.
A joblib file is a pickle, which can run anything: stance opens one only for users who say that they trust it.
"""

from __future__ import annotations

import io
import json
import mmap
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from stance.atomic import replacing
from stance.compiled import Arrays, CompiledBlock, CompiledEncoder, CompiledModel, compile_pipeline
from stance.errors import ModelFileError
from stance.features.blocks import BLOCKS
from stance.features.lexicon import Lexicon
from stance.features.vocabulary import Vocabulary
from stance.records import STANCES

FORMAT = 1
"""Raised whenever features or arrays change meaning: an older stance must refuse the file."""

_LARGEST = 256 * 1024 * 1024
"""Bytes that a model's arrays may take once unpacked."""

_METADATA = "metadata.json"
_MARK = "stance-model-digest:"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)

ModelType = TypeVar("ModelType", bound=CompiledModel)


def save(pipeline: Any, metadata: dict[str, Any], path: Path) -> CompiledModel:
    """Write a fitted pipeline as `path` (ending in .joblib) and, beside it, as .npz.

    Args:
        pipeline: A fitted pipeline of `stance.pipeline.build_pipeline`.
        metadata: JSON values; `format` and `digest` are added.
        path: Where to write; what is there is replaced once both files are complete.

    Returns:
        The compiled model as written.

    Raises:
        OutputError: The files cannot be written.
    """
    import joblib

    compiled = signed(compile_pipeline(pipeline, metadata))
    pipeline.stance_digest_ = _MARK + compiled.metadata["digest"]
    with replacing(path) as stream:
        joblib.dump(pipeline, stream)
    write_compiled(compiled, path.with_suffix(".npz"))
    return compiled


def signed(model: ModelType) -> ModelType:
    """The model with format number and digest in its metadata."""
    metadata = {**model.metadata, "format": FORMAT}
    model = replace(model, metadata=metadata)
    return replace(model, metadata={**metadata, "digest": model.digest()})


def write_compiled(model: CompiledModel, path: Path) -> None:
    """Write a signed model as a .npz file, whole or not at all.

    Raises:
        OutputError: The file cannot be written.
    """
    with replacing(path) as stream:
        stream.write(_packed(model))


def _packed(model: CompiledModel) -> bytes:
    """The compiled file's bytes; the same model gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(zipfile.ZipInfo(_METADATA, _FIXED_TIME), json.dumps(model.metadata, indent=1, sort_keys=True))
        for name, array in model.arrays().items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue())
    return packed.getvalue()


def load(path: Path, kind: type[ModelType], *, trust: bool = False) -> ModelType:
    """Read a model.

    Args:
        path: A .npz file, or a .joblib file with the .npz of the same training beside it.
        kind: The class to build: `CompiledModel` or one that extends it.
        trust: Allow a .joblib file to be unpickled where there is no such .npz file.

    Raises:
        ModelFileError: There is no file, it is damaged, of another format, or not to be trusted.
    """
    if not path.is_file():
        raise ModelFileError(
            f"expected a model file, found nothing at {path}; train one with: stance train --output {path}"
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
        return _unpickled(path, kind)
    return read_compiled(path, kind)


def joblib_digest(path: Path) -> str | None:
    """The digest that a joblib file carries, read without unpickling it; None where it carries none."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = re.search(rb"stance-model-digest:([0-9a-f]{64})", data)
            return found[1].decode() if found else None


def _unpickled(path: Path, kind: type[ModelType]) -> ModelType:
    import joblib

    try:
        compiled = compile_pipeline(joblib.load(path))
    except Exception as error:  # whatever a foreign pickle raises, the user is told in one line
        raise ModelFileError(f"expected a stance pipeline in {path}, found {type(error).__name__}: {error}") from error
    return kind(**vars(compiled))


def read_compiled(path: Path, kind: type[ModelType]) -> ModelType:
    """Read a .npz model file and check its format, shapes and digest.

    Raises:
        ModelFileError: The file is damaged or of another format.
    """
    try:
        metadata, arrays = _unpacked(path)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise ModelFileError(
            f"expected a stance model in {path}, found a damaged or foreign file ({error}); train or copy it again"
        ) from error
    if metadata.get("format") != FORMAT:
        raise ModelFileError(
            f"expected a model of format {FORMAT}, found format {metadata.get('format')} in {path} (written by stance "
            f"{metadata.get('stance')}); train it again with this version, or install that one"
        )
    try:
        model = kind(**vars(_assembled(metadata, arrays)))
    except (KeyError, ValueError, TypeError) as error:
        raise ModelFileError(
            f"expected the arrays of a stance model in {path}, found others ({error}); train it again"
        ) from error
    plain = replace(model, metadata={name: value for name, value in metadata.items() if name != "digest"})
    if plain.digest() != metadata.get("digest"):
        raise ModelFileError(
            f"expected {path} to match its own digest, found it changed; copy it again or train it again"
        )
    return model


def _unpacked(path: Path) -> tuple[dict[str, Any], Arrays]:
    with zipfile.ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > _LARGEST:
            raise ValueError(f"{size:,} bytes unpacked, more than {_LARGEST:,}")
        metadata = json.loads(archive.read(_METADATA))
        if not isinstance(metadata, dict):
            raise ValueError("its metadata is no object")
        arrays: Arrays = {}
        for member in archive.infolist():
            if member.filename != _METADATA:
                data = io.BytesIO(archive.read(member))
                array: npt.NDArray[np.generic] = np.lib.format.read_array(data, allow_pickle=False)
                arrays[member.filename.removesuffix(".npy")] = array
    return metadata, arrays


def _assembled(metadata: dict[str, Any], arrays: Arrays) -> CompiledModel:
    """The model of these arrays; ValueError where they do not fit together."""
    lexicon = Lexicon(
        keys=_checked(arrays["lexicon/keys"], np.uint64, None),
        values=_checked(arrays["lexicon/values"], np.int8, 5),
        function_keys=_checked(arrays["lexicon/function_keys"], np.uint64, None),
        function_values=_checked(arrays["lexicon/function_values"], np.int64, 2),
    )
    known = {block.name for block in BLOCKS}
    blocks = []
    for name in metadata["blocks"]:
        if name not in known:
            raise ValueError(f"unknown block {name!r}")
        keys = _checked(arrays[f"block/{name}/keys"], np.uint64, None)
        rows = _checked(arrays[f"block/{name}/rows"], np.int32, None).astype(np.int64)
        weights = _checked(arrays[f"block/{name}/weights"], np.float32, len(STANCES))
        if not keys.size == rows.size == weights.shape[0] or not np.isfinite(weights).all():
            raise ValueError(f"block {name!r} does not fit together")
        blocks.append(CompiledBlock(name, Vocabulary(keys, rows, int(metadata["n_rows"])), weights))
    intercept = _checked(arrays["intercept"], np.float32, None)
    temperature = float(metadata["temperature"])
    if intercept.shape != (len(STANCES),) or not temperature > 0:
        raise ValueError("intercept or temperature out of range")
    return CompiledModel(lexicon, tuple(blocks), intercept, temperature, metadata, _encoder(metadata, arrays))


def _encoder(metadata: dict[str, Any], arrays: Arrays) -> CompiledEncoder | None:
    if "encoder" not in metadata:
        return None
    weights = _checked(arrays["encoder/weights"], np.float32, len(STANCES))
    offset = _checked(arrays["encoder/offset"], np.float64, None)
    if offset.shape != (len(STANCES),) or not (np.isfinite(weights).all() and np.isfinite(offset).all()):
        raise ValueError("encoder weights out of range")
    return CompiledEncoder(str(metadata["encoder"]), weights, offset)


def _checked(array: npt.NDArray[Any], dtype: Any, columns: int | None) -> npt.NDArray[Any]:
    expected = 1 if columns is None else 2
    if array.dtype != dtype or array.ndim != expected or (columns is not None and array.shape[1] != columns):
        raise ValueError(f"array of {array.dtype} {array.shape}")
    return array
