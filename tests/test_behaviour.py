import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stance.behaviour import evaluate_behaviour, read_cases
from stance.errors import InputError
from stance.shipped import shipped


class Fixed:
    """A model that supports whoever is praised and opposes nobody."""

    def predict_proba(self, targets: Any) -> np.ndarray:
        praised = np.array(["praised" in target.sentence for target in targets], dtype=float)
        return np.column_stack([0.9 - 0.8 * praised, np.full(praised.size, 0.1), 0.8 * praised])


def written(folder: Path, *cases: dict[str, Any]) -> Path:
    (folder / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return folder


PLAIN = {"id": "a", "capability": "praise", "sentence": "Ash was praised.", "target": "Ash", "start": 0, "end": 3}
PAIR = {**PLAIN, "changed": "Ash was booed.", "changed_start": 0, "changed_end": 3}


def test_each_kind_of_case_passes_and_fails(tmp_path: Path) -> None:
    cases = read_cases(
        written(
            tmp_path,
            {**PLAIN, "expected": "support"},
            {**PLAIN, "expected": "oppose"},
            {**PAIR, "capability": "direction", "direction": "support must not rise"},
            {**PAIR, "capability": "direction", "direction": "support must not fall"},
            {**PAIR, "capability": "invariance", "tolerance": 0.15},
            {**PAIR, "capability": "invariance", "tolerance": 0.85},
        )
    )
    scores = evaluate_behaviour(Fixed(), cases)  # type: ignore[arg-type]
    assert scores["n"] == 6
    assert scores["passed"] == 3
    assert {name: found["passed"] for name, found in scores["capabilities"].items()} == {
        "praise": 1, "direction": 1, "invariance": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (PLAIN, "0 of expected, direction and tolerance in place of one"),
        (PAIR, "0 of expected, direction and tolerance in place of one"),
        ({**PLAIN, "tolerance": 0.1}, "a changed sentence goes with a direction or a tolerance"),
        ({**PAIR, "expected": "support"}, "a changed sentence goes with a direction or a tolerance"),
        ({**PAIR, "direction": "support must not rise", "tolerance": 0.1}, "2 of expected"),
        ({**PLAIN, "expected": "good"}, "the stance 'good', which is none of neutral, oppose, support"),
        ({**PAIR, "direction": "support must not move"}, "the direction 'support must not move'"),
        ({**PAIR, "direction": "praise must not rise"}, "the direction 'praise must not rise'"),
        ({**PAIR, "direction": 7}, "expected a behavioural case"),
        ({**PAIR, "tolerance": 2}, "the tolerance 2"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, case: dict[str, Any], reason: str) -> None:
    with pytest.raises(
        InputError, match=r"cases\.jsonl line 1: expected a behavioural case.*; mend that line"
    ) as error:
        read_cases(written(tmp_path, case))
    assert reason in str(error.value)


def test_no_cases_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found none"):
        read_cases(tmp_path)


def test_the_suite_is_sound() -> None:
    cases = read_cases(shipped("data", "behaviour"))
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        for target in filter(None, (case.target, case.changed)):
            ((start, end),) = target.mentions
            assert target.sentence[start:end].strip() == target.sentence[start:end] != ""
