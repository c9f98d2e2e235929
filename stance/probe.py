"""Twenty fixed rows whose probabilities travel with a model, so that anybody can see whether it still behaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from stance.compiled import CompiledModel
from stance.errors import ModelFileError

TOLERANCE, ENCODER_TOLERANCE = 1e-6, 1e-5
"""How far probabilities may differ between machines and versions for the model to count as the same."""

_DECIMALS = 8
_ROWS = (
    ("Sen. Dana Whitfield was praised by voters on Monday.", "Dana Whitfield"),
    ("Voters booed Gov. Ines Duarte.", "Ines Duarte"),
    ("Whitfield called Duarte a liar and a coward.", "Duarte"),
    ("Whitfield called Duarte a liar and a coward.", "Whitfield"),
    ("The governor was cleared of all charges, her lawyers said.", "governor"),
    ("Marlow won the primary by nine points.", "Marlow"),
    ("Marlow lost the primary by nine points.", "Marlow"),
    ("Nobody believes that Peter Vance stole the money.", "Peter Vance"),
    ("“I would never vote for him,” O’Rourke-Hale’s former aide said.", "O’Rourke-Hale"),
    ("Aides say Tamsin Roe will speak in Ohio on Thursday.", "Tamsin Roe"),
    ("Roe, who was indicted in May, resigned under fire.", "Roe"),
    ("Even critics admire how Abel Quist handled the flood.", "Abel Quist"),
    ("Quist's plan is a disaster for working families.", "Quist"),
    ("If Lena Brandt is so honest, why did she hide the emails?", "Lena Brandt"),
    ("Brandt withdrew her support for Corvin, but praised his record.", "Corvin"),
    ("Corvin promised to back the bill.", "Corvin"),
    ("Crowds cheered as Mayor Idris Bello took the stage!", "Idris Bello"),
    ("Bello was taken to hospital after a fall.", "Bello"),
    ("@northvoter: worst. senator. ever. #resign", "Dana Whitfield"),
    ("Ünal İlkay et Çelik: «non», 100 %", "İlkay"),
)


def probed(model: CompiledModel) -> dict[str, Any]:
    """The rows and what the model gives for them, as they stand in its metadata under `probe`."""
    return {"rows": [list(row) for row in _ROWS], "probabilities": model.predict_proba(_ROWS).round(_DECIMALS).tolist()}


def difference_between(first: CompiledModel, second: CompiledModel) -> float:
    """The largest difference of any probability that two models give for the rows."""
    return float(np.abs(first.predict_proba(_ROWS) - second.predict_proba(_ROWS)).max())


def tolerance(model: CompiledModel) -> float:
    """How far the model's probabilities may be from those stored."""
    return ENCODER_TOLERANCE if model.encoder else TOLERANCE


def largest_difference(model: CompiledModel) -> float | None:
    """The largest difference of any probability to the stored probe; None where the model carries none.

    Raises:
        ModelFileError: What is stored is no probe.
    """
    probe = model.metadata.get("probe")
    if probe is None:
        return None
    try:
        rows, stored = _checked(probe)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise ModelFileError(
            f"expected a probe of rows and probabilities, found another ({error}); train again"
        ) from error
    return float(np.abs(model.predict_proba(rows) - stored).max(initial=0.0))


def _checked(probe: Mapping[str, Any]) -> tuple[list[tuple[str, str]], np.ndarray]:
    rows = [(sentence, target) for sentence, target in probe["rows"]]
    stored = np.array(probe["probabilities"], dtype=np.float64)
    if len(rows) > 10 * len(_ROWS) or any(
        not (isinstance(t, str) and t.strip()) or len(t) > 1000 for r in rows for t in r
    ):
        raise ValueError("its rows are not short texts")
    if stored.shape != (len(rows), 3) or not np.isfinite(stored).all():
        raise ValueError(f"{len(rows)} rows with probabilities of shape {stored.shape}")
    return rows, stored
