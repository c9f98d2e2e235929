"""Whether a model file is what it says: digest, stored behaviour, and agreement of its two forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stance.compiled import CompiledModel
from stance.errors import ModelFileError
from stance.probe import largest_difference, tolerance
from stance.storage import read_compiled, read_joblib
from stance.unpickling import joblib_digest


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: `holds` is None where it could not be."""

    name: str
    holds: bool | None
    found: str


def verify(path: Path, *, trust: bool = False) -> list[Check]:
    """Recheck a model: what its .npz holds, how it behaves, and whether its .joblib is of the same training.

    Args:
        path: A .npz file or a .joblib file; the other form is looked for beside it.
        trust: Unpickle the .joblib file, which can run any code, and compare its probabilities.

    Raises:
        ModelFileError: The .npz file is missing, damaged or of another format.
    """
    compiled, pickled = path.with_suffix(".npz"), path.with_suffix(".joblib")
    if not compiled.is_file():
        raise ModelFileError(f"expected a compiled model at {compiled}, found none; train it again")
    model = read_compiled(compiled, CompiledModel)
    digest = str(model.metadata["digest"])
    return [
        Check("digest", True, f"{compiled.name} holds what it was written with ({digest[:16]})"),
        _behaviour(model),
        _joblib(pickled, model, trust),
    ]


def _behaviour(model: CompiledModel) -> Check:
    difference = largest_difference(model)
    if difference is None:
        return Check("probe", None, "no probabilities are stored in it; train it again to have them")
    rows = len(model.metadata["probe"]["rows"])
    return Check(
        "probe", difference <= tolerance(model), f"{rows} rows differ by at most {difference:.1e} from those stored"
    )


def _joblib(path: Path, model: CompiledModel, trust: bool) -> Check:
    if not path.is_file():
        return Check("joblib", None, f"no {path.name} beside it")
    if joblib_digest(path) != model.metadata["digest"]:
        return Check("joblib", False, f"{path.name} is of another training")
    if not trust:
        return Check(
            "joblib", True, f"{path.name} carries the same digest; not opened (--trust compares probabilities)"
        )
    try:
        opened = read_joblib(path, CompiledModel)
    except ModelFileError as error:
        return Check("joblib", False, str(error))
    rows = [tuple(row) for row in model.metadata.get("probe", {}).get("rows", [])]
    difference = float(np.abs(opened.predict_proba(rows) - model.predict_proba(rows)).max(initial=0.0))
    same = opened.digest() == model.digest() or difference <= tolerance(model)
    return Check("joblib", same, f"{path.name} gives probabilities that differ by at most {difference:.1e}")


def first_difference(ours: CompiledModel, theirs: CompiledModel) -> str | None:
    """Where two models that should be of one training first differ, or None where they are the same in every byte.

    Data come before arrays, since other data explain other arrays; then lexicon, blocks, encoder, intercept and
    temperature. Scores and versions in the metadata are not compared.
    """
    if difference := _first_source(ours, theirs):
        return difference
    mine, other = ours.arrays(), theirs.arrays()
    for name in dict.fromkeys([*mine, *other]):
        if name not in mine or name not in other:
            return f"{_spoken(name)}: only one of the models has it"
        if difference := _first_entry(mine[name], other[name]):
            return f"{_spoken(name)}: {difference}"
    if ours.temperature != theirs.temperature:
        return f"temperature: {ours.temperature!r} instead of {theirs.temperature!r}"
    return None


def _first_source(ours: CompiledModel, theirs: CompiledModel) -> str | None:
    """The first source of training rows that only one model has, or whose rows differ."""
    mine, other = (
        {source["name"]: source["digest"] for source in model.metadata.get("sources", [])} for model in (ours, theirs)
    )
    differing = next((name for name in [*mine, *other] if mine.get(name) != other.get(name)), None)
    if differing is None:
        return None
    digests = (str(digests.get(differing, "none"))[:16] for digests in (mine, other))
    return f"data {differing}: digest {' instead of '.join(digests)}"


def _spoken(name: str) -> str:
    """`block/words/weights` as `block words, array weights`.

    >>> _spoken("block/words/weights"), _spoken("intercept")
    ('block words, array weights', 'array intercept')
    """
    *place, array = name.split("/")
    return ", ".join([*([" ".join(place)] if place else []), f"array {array}"])


def _first_entry(mine: npt.NDArray[np.generic], other: npt.NDArray[np.generic]) -> str | None:
    """How two arrays differ: in kind, in shape, or in how many entries and by how much at most."""
    if (mine.dtype, mine.shape) != (other.dtype, other.shape):
        return f"{mine.dtype} of shape {mine.shape} instead of {other.dtype} of shape {other.shape}"
    differs = mine != other
    if not differs.any():
        return None
    first = tuple(int(axis) for axis in np.argwhere(differs)[0])
    text = f"{np.count_nonzero(differs):,} of {mine.size:,} entries, first at {first}"
    if mine.dtype.kind not in "iuf":
        return text
    largest = max(abs(a - b) for a, b in zip(mine[differs].tolist(), other[differs].tolist(), strict=True))
    return f"{text}, largest difference {largest:.3g}"
