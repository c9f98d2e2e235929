"""Behavioural cases: small tests of one capability each, in the manner of CheckList (Ribeiro et al., ACL 2020).

A case is one of three: a sentence with its expected stance; a directional pair, where a change of wording must not
move a probability the wrong way; an invariance, where a change must hardly move any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.compiled import CompiledModel
from stance.errors import InputError
from stance.records import STANCES, Stance, Target

_MOVES = ("rise", "fall")
_NOISE = 1e-9
"""Differences this small are rounding, not movement."""


@dataclass(frozen=True, slots=True)
class Case:
    """One behavioural case; exactly one of `expected`, `direction` and `tolerance` is given.

    Attributes:
        id: Unique name.
        capability: What it tests.
        target: The sentence and the mention judged.
        changed: The changed sentence of a pair.
        expected: The stance a careful reader would give.
        direction: A stance and whether its probability must not `rise` or `fall` by the change.
        tolerance: How much any probability may change.
    """

    id: str
    capability: str
    target: Target
    changed: Target | None = None
    expected: Stance | None = None
    direction: tuple[Stance, str] | None = None
    tolerance: float | None = None


def read_cases(folder: Path) -> list[Case]:
    """All cases of a folder's `.jsonl` files, in the order of their names.

    Raises:
        InputError: There are none, or a line is no case.
    """
    cases = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                cases.append(_case(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputError(
                    f"{path} line {number}: expected a behavioural case, found none ({error}); mend that line"
                ) from error
    if not cases:
        raise InputError(f"expected behavioural cases in {folder}, found none; install stance with its data")
    return cases


def _case(row: dict[str, Any]) -> Case:
    changed = row.get("changed")
    case = Case(
        id=row["id"],
        capability=row["capability"],
        target=Target(row["sentence"], ((row["start"], row["end"]),)),
        changed=Target(changed, ((row["changed_start"], row["changed_end"]),)) if changed else None,
        expected=row.get("expected"),
        direction=_direction(row["direction"]) if row.get("direction") is not None else None,
        tolerance=row.get("tolerance"),
    )
    asked_for = [value for value in (case.expected, case.direction, case.tolerance) if value is not None]
    if len(asked_for) != 1:
        raise ValueError(f"{len(asked_for)} of expected, direction and tolerance in place of one")
    if (case.changed is None) != (case.expected is not None):
        raise ValueError("a changed sentence goes with a direction or a tolerance, and only with these")
    if case.expected is not None and case.expected not in STANCES:
        raise ValueError(f"the stance {case.expected!r}, which is none of {', '.join(STANCES)}")
    if case.tolerance is not None and not 0 <= case.tolerance <= 1:
        raise ValueError(f"the tolerance {case.tolerance!r}, which is not between 0 and 1")
    return case


def _direction(given: str) -> tuple[Stance, str]:
    """A stance and what its probability must not do, of a text such as `support must not rise`."""
    stance, *_, move = given.split()
    if stance not in STANCES or move not in _MOVES:
        raise ValueError(f"the direction {given!r}, which is no stance with {' or '.join(_MOVES)}")
    return stance, move


def passes(model: CompiledModel, cases: Sequence[Case]) -> list[bool]:
    """Whether the model does what each case asks for."""
    before = model.predict_proba([case.target for case in cases])
    after = model.predict_proba([case.changed or case.target for case in cases])
    return [_passes(case, first, second) for case, first, second in zip(cases, before, after, strict=True)]


def _passes(case: Case, before: npt.NDArray[np.float64], after: npt.NDArray[np.float64]) -> bool:
    if case.expected is not None:
        return STANCES[int(before.argmax())] == case.expected
    if case.direction is not None:
        stance, forbidden = case.direction
        moved = after[STANCES.index(stance)] - before[STANCES.index(stance)]
        return bool(moved <= _NOISE if forbidden == "rise" else moved >= -_NOISE)
    return bool(np.abs(after - before).max() <= (case.tolerance or 0.0))


def evaluate_behaviour(model: CompiledModel, cases: Sequence[Case]) -> dict[str, Any]:
    """Cases passed, by capability.

    Returns:
        `n`, `passed`, `rate`, and under `capabilities` the same for each, in the order they first come.
    """
    results = list(zip(cases, passes(model, cases), strict=True))
    capabilities: dict[str, list[bool]] = {}
    for case, passed in results:
        capabilities.setdefault(case.capability, []).append(passed)
    return {
        **_share([passed for _, passed in results]),
        "capabilities": {name: _share(found) for name, found in capabilities.items()},
    }


def _share(passed: Sequence[bool]) -> dict[str, Any]:
    return {"n": len(passed), "passed": sum(passed), "rate": sum(passed) / len(passed)}
