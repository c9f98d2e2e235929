"""Arrays and metadata of a file to a compiled model: nothing is believed that does not fit together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.arrays import Arrays
from stance.compiled import CompiledBlock, CompiledEncoder, CompiledModel
from stance.features.blocks import BLOCKS
from stance.features.lexicon import LENGTH, Lexicon
from stance.features.vocabulary import Vocabulary
from stance.features.words import LONGEST_PHRASE
from stance.records import STANCES

_MOST_ROWS = 2**31 - 1
_TEMPERATURES = 0.01, 100.0
_LARGEST_WEIGHT = 1e6
"""Far above any fitted weight, far below what could overflow in a sum."""


def assemble(metadata: Mapping[str, Any], arrays: Arrays) -> CompiledModel:
    """The model of these arrays.

    Raises:
        KeyError, TypeError, ValueError: They are not those of a model, or do not fit together.
    """
    temperature, n_rows = float(metadata["temperature"]), metadata["n_rows"]
    if not _TEMPERATURES[0] <= temperature <= _TEMPERATURES[1]:
        raise ValueError(f"temperature {temperature} out of range")
    if type(n_rows) is not int or not 0 <= n_rows <= _MOST_ROWS:
        raise ValueError("number of training rows out of range")
    names = metadata["blocks"]
    known = {block.name for block in BLOCKS}
    if not isinstance(names, list) or not known.issuperset(names) or len(set(names)) < len(names):
        raise ValueError("blocks that this version does not have, or one twice")
    model = CompiledModel(
        lexicon=_lexicon(arrays),
        blocks=tuple(_block(name, n_rows, arrays) for name in names),
        intercept=_weights(arrays, "intercept", np.float32, (len(STANCES),)),
        temperature=temperature,
        metadata=metadata,
        encoder=_encoder(metadata, arrays),
    )
    if beyond := sorted(arrays.keys() - model.arrays().keys()):
        raise ValueError(f"arrays that no model has: {', '.join(beyond[:3])}")
    return model


def _lexicon(arrays: Arrays) -> Lexicon:
    lexicon = Lexicon(
        keys=_keys(arrays, "lexicon/keys"),
        values=_array(arrays, "lexicon/values", np.int8, 5),
        function_keys=_keys(arrays, "lexicon/function_keys"),
        function_values=_array(arrays, "lexicon/function_values", np.int64, 2),
        beginnings=_keys(arrays, "lexicon/beginnings"),
        function_beginnings=_keys(arrays, "lexicon/function_beginnings"),
    )
    _same_length("lexicon", lexicon.keys, lexicon.values)
    _same_length("lexicon functions", lexicon.function_keys, lexicon.function_values)
    lengths = lexicon.values[:, LENGTH]
    if lengths.size and not (lengths.min() > 0 and lengths.max() <= LONGEST_PHRASE):
        raise ValueError("a phrase of the lexicon has a length that none can have")
    return lexicon


def _block(name: str, n_rows: int, arrays: Arrays) -> CompiledBlock:
    keys = _keys(arrays, f"block/{name}/keys")
    rows = _array(arrays, f"block/{name}/rows", np.int32, None).astype(np.int64)
    weights = _weights(arrays, f"block/{name}/weights", np.float32, (keys.size, len(STANCES)))
    _same_length(f"block {name}", keys, rows)
    if rows.size and not 0 <= rows.min() <= rows.max() <= n_rows:
        raise ValueError(f"block {name} counts more training rows than there were")
    return CompiledBlock(name, Vocabulary(keys, rows, n_rows), weights)


def _encoder(metadata: Mapping[str, Any], arrays: Arrays) -> CompiledEncoder | None:
    if "encoder" not in metadata:
        return None
    if not isinstance(metadata["encoder"], str):
        raise ValueError("an encoder without a name")
    mean = _weights(arrays, "encoder/mean", np.float64, (None,))
    landmarks = _weights(arrays, "encoder/landmarks", np.float32, (None, mean.size))
    (gamma,) = _weights(arrays, "encoder/gamma", np.float64, (1,))
    if gamma < 0:
        raise ValueError("encoder/gamma is below 0")
    return CompiledEncoder(
        name=metadata["encoder"],
        mean=mean,
        factor=_weights(arrays, "encoder/factor", np.float64, (mean.size,)),
        landmarks=landmarks,
        gamma=float(gamma),
        weights=_weights(arrays, "encoder/weights", np.float64, (len(landmarks), len(STANCES))),
        offset=_weights(arrays, "encoder/offset", np.float64, (len(STANCES),)),
    )


def _keys(arrays: Arrays, name: str) -> npt.NDArray[np.uint64]:
    keys = _array(arrays, name, np.uint64, None)
    if not (keys[1:] > keys[:-1]).all():
        raise ValueError(f"{name} are not in order, each once")
    return keys


def _weights(arrays: Arrays, name: str, dtype: Any, shape: tuple[int | None, ...]) -> npt.NDArray[Any]:
    """An array of finite weights, of this shape where it is not None."""
    weights = _array(arrays, name, dtype, shape[1] if len(shape) > 1 else None)
    if shape[0] is not None and weights.shape[0] != shape[0]:
        raise ValueError(f"{name} has {weights.shape[0]} rows, not {shape[0]}")
    largest = float(np.abs(weights).max(initial=0.0))
    if not math.isfinite(largest) or largest > _LARGEST_WEIGHT:
        raise ValueError(f"{name} holds a weight of {largest}")
    return weights


def _array(arrays: Arrays, name: str, dtype: Any, columns: int | None) -> npt.NDArray[Any]:
    array = arrays[name]
    expected = 1 if columns is None else 2
    if array.dtype != dtype or array.ndim != expected or (columns is not None and array.shape[1] != columns):
        raise ValueError(f"{name} is an array of {array.dtype} {array.shape}")
    return array


def _same_length(name: str, *arrays: npt.NDArray[Any]) -> None:
    if len({len(array) for array in arrays}) > 1:
        raise ValueError(f"{name}: {' and '.join(str(len(array)) for array in arrays)} entries do not fit together")
