"""Whether a model file is what it says: digest, stored behaviour, and agreement of its two forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

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
