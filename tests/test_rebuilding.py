"""Whether a training gives the model that is there, and where it first differs: `python train.py --check`."""

import importlib.util
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stance import datasets
from stance.compiled import CompiledBlock, CompiledModel
from stance.features.lexicon import Lexicon
from stance.probe import difference_between
from stance.storage import packed, read_compiled, signed
from stance.training import Training, digest_of
from stance.verification import first_difference

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def model(toy_model: Path) -> CompiledModel:
    return read_compiled(toy_model.with_suffix(".npz"), CompiledModel)


def moved(block: CompiledBlock, by: float) -> CompiledBlock:
    """A block with its second feature's weight toward opposition changed."""
    weights = block.weights.copy()
    weights[1, 1] = 0.5 + by
    return replace(block, weights=weights)


def changes(model: CompiledModel) -> dict[str, tuple[CompiledModel, CompiledModel, str]]:
    first, second, *others = model.blocks
    keys = replace(second, vocabulary=replace(second.vocabulary, keys=second.vocabulary.keys[::-1]))
    n = first.weights.size
    sources = [{**model.metadata["sources"][0], "digest": "0" * 64}]
    intercept = model.intercept + np.array([0, 0, 0.25], dtype=np.float32)
    return {
        "weight": (
            replace(model, blocks=(moved(first, 0.25), keys, *others)),
            replace(model, blocks=(moved(first, 0), second, *others)),
            rf"block {first.name}, array weights: 1 of {n:,} entries, first at \(1, 1\), largest difference 0\.25",
        ),
        "vocabulary": (
            replace(model, blocks=(first, keys, *others)),
            model,
            rf"block {second.name}, array keys: [\d,]+ of [\d,]+ entries, first at \(0,\)",
        ),
        "shape": (
            replace(model, blocks=(replace(first, weights=first.weights[:-1]), second, *others)),
            model,
            rf"block {first.name}, array weights: float32 of shape \({len(first.weights) - 1}, 3\) instead of float32",
        ),
        "block": (
            replace(model, blocks=(second, *others)),
            model,
            rf"block {first.name}, array keys: only one of the models has it",
        ),
        "intercept": (
            replace(model, intercept=intercept),
            model,
            r"array intercept: 1 of 3 entries, first at \(2,\), largest difference 0\.25",
        ),
        "temperature": (replace(model, temperature=9.5), model, r"temperature: 9\.5 instead of "),
        "data": (
            replace(model, metadata={**model.metadata, "sources": sources}, temperature=9.5),
            model,
            r"data own: digest 0{16} instead of \w{16}$",
        ),
    }


@pytest.mark.parametrize("change", ["weight", "vocabulary", "shape", "block", "intercept", "temperature", "data"])
def test_the_first_difference_is_named(model: CompiledModel, change: str) -> None:
    ours, theirs, expected = changes(model)[change]
    found = first_difference(ours, theirs)
    assert found is not None
    assert re.match(expected, found), found


def test_a_model_does_not_differ_from_itself_read_again(model: CompiledModel, toy_model: Path) -> None:
    again = read_compiled(toy_model.with_suffix(".npz"), CompiledModel)
    assert first_difference(model, again) is None
    assert difference_between(model, again) == 0


def test_the_shipped_model_was_trained_on_the_lexicon_and_the_corpus_that_are_here(lexicon: Lexicon) -> None:
    shipped_model = read_compiled(ROOT / "models" / "stance.npz", CompiledModel)
    difference = first_difference(replace(shipped_model, lexicon=lexicon), shipped_model)
    assert difference is None, f"{difference}: `python train.py` makes a model of the lexicon as it is"
    digests = {source["name"]: source["digest"] for source in shipped_model.metadata["sources"]}
    assert digests["own"] == digest_of(datasets.load_labelled("own", "train"))


def checked(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, training: Training, there: CompiledModel, folder: Path
) -> tuple[int, str]:
    """`train.py --check` with the toy training in place of the long one, against `there`."""
    spec = importlib.util.spec_from_file_location("rebuild", ROOT / "train.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    (folder / "there.npz").write_bytes(packed(signed(there)))
    monkeypatch.setattr(script, "MODEL", folder / "there.joblib")
    monkeypatch.setattr(script, "trained", lambda: training)
    monkeypatch.setattr(sys, "argv", ["train.py", "--check"])
    code = 0
    try:
        script.main()
    except SystemExit as exit:
        code = int(exit.code or 0)
    assert [path.name for path in folder.iterdir()] == ["there.npz"]
    return code, capsys.readouterr().out


@pytest.mark.parametrize(
    ("step", "code", "said"),
    [
        (0, 0, "the same arrays in every byte\n"),
        (1e-6, 0, r"first difference: array intercept: 1 of 3 entries, first at \(0,\), largest difference"),
        (1e-3, 1, r"first difference: array intercept"),
    ],
)
def test_check_tells_noise_from_another_model(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, training: Training, model: CompiledModel, tmp_path: Path,
    step: float, code: int, said: str,
) -> None:  # fmt: skip
    there = replace(model, intercept=model.intercept + np.array([step, 0, 0], dtype=np.float32))
    found, out = checked(monkeypatch, capsys, training, there, tmp_path)
    assert found == code, out
    assert re.match(said, out), out
