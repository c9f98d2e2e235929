"""The pipeline, the saved joblib model and the compiled one are the same model."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfTransformer

from stance import datasets
from stance.compiled import CompiledModel
from stance.errors import InputError, ModelFileError, OutputError
from stance.features.blocks import BLOCKS
from stance.features.emissions import emit
from stance.features.lexicon import Lexicon
from stance.features.vocabulary import Vocabulary, learn, weigh
from stance.pipeline import StanceClassifier, build_pipeline
from stance.records import STANCES, Target
from stance.storage import joblib_digest, load, save
from stance.training import Source, Training, train

ROWS = [
    ("Sanders praised Clinton, and Clinton smiled.", "Clinton"),
    ("Sanders praised Clinton, and Clinton smiled.", "Sanders"),
    ("“I’d never vote for him,” O’Rourke’s aide said—twice.", 35, 43),
    {"sentence": "Ünïcödé İstanbul ς Ω 😀 lied.", "target": "Nobody here"},
    ("a", "b"),
]


def test_both_forms_give_the_same_probabilities(toy_model: Path) -> None:
    compiled, pipeline = load(toy_model, CompiledModel), joblib.load(toy_model)
    np.testing.assert_allclose(compiled.predict_proba(ROWS), pipeline.predict_proba(ROWS), atol=1e-9)
    assert compiled.predict(ROWS).tolist() == pipeline.predict(ROWS).tolist()
    assert pipeline.classes_.tolist() == compiled.classes_.tolist() == ["neutral", "oppose", "support"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=80).filter(str.strip), st.text(min_size=1, max_size=5).filter(str.strip)
        ),
        max_size=6,
    )
)
def test_on_any_text(toy_model: Path, rows: list[tuple[str, str]]) -> None:
    compiled, pipeline = load(toy_model, CompiledModel), joblib.load(toy_model)
    probabilities = compiled.predict_proba(rows)
    assert probabilities.shape == (len(rows), 3)
    np.testing.assert_allclose(probabilities.sum(axis=1), np.ones(len(rows)))
    if rows:
        np.testing.assert_allclose(probabilities, pipeline.predict_proba(rows), atol=1e-9)
        alone = np.vstack([compiled.predict_proba([row]) for row in rows])
        np.testing.assert_allclose(probabilities, alone, atol=1e-12)


def test_a_row_that_is_none_is_named(toy_model: Path) -> None:
    with pytest.raises(InputError, match=r"^row 1: expected text as sentence, found an empty sentence"):
        load(toy_model, CompiledModel).predict([("Fine.", "Fine"), ("", "x")])


def test_prediction_imports_no_scikit_learn_and_unpickles_nothing(toy_model: Path) -> None:
    code = (
        "import sys, stance; model = stance.load(sys.argv[1]);"
        "print(model.predict([('Ash lost.', 'Ash')])[0]);"
        "print(*sorted({'sklearn', 'joblib', 'scipy', 'pandas', 'datasets', 'pyarrow', 'typer'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code, str(toy_model)], capture_output=True, text=True, check=True)
    label, imported = result.stdout.splitlines()
    assert label in STANCES
    assert imported == ""


@pytest.mark.parametrize("many_rows", [1000, 1], ids=["few rows", "many rows"])
def test_the_same_training_gives_the_same_bytes(
    lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many_rows: int
) -> None:
    """With the solver for few rows, and with the one for many, which draws rows at random."""
    monkeypatch.setattr("stance.pipeline.MANY_ROWS", many_rows)
    files = []
    for name in ("once", "again"):
        rows = datasets.load_labelled("own", "dev")[:300]
        training = train([Source("own", rows)], lexicon)
        save(training.pipeline, training.metadata, tmp_path / f"{name}.joblib")
        files.append((tmp_path / f"{name}.npz").read_bytes())
    assert files[0] == files[1]


def test_both_files_carry_one_digest(toy_model: Path) -> None:
    assert joblib_digest(toy_model) == load(toy_model, CompiledModel).metadata["digest"]


def test_a_joblib_alone_wants_trust(toy_model: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.joblib"
    alone.write_bytes(toy_model.read_bytes())
    with pytest.raises(ModelFileError, match=r"a \.joblib file can run any code when opened: .* --trust"):
        load(alone, CompiledModel)
    trusted = load(alone, CompiledModel, trust=True)
    np.testing.assert_allclose(trusted.predict_proba(ROWS), load(toy_model, CompiledModel).predict_proba(ROWS))


def test_the_npz_of_another_training_is_not_used(toy_model: Path, training: Training, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.joblib"
    save(training.pipeline, {**training.metadata, "seed": 99}, mixed)
    mixed.write_bytes(toy_model.read_bytes())
    with pytest.raises(ModelFileError, match="of the same training"):
        load(mixed, CompiledModel)


def test_no_model_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"found nothing at .*gone\.joblib; train one with: stance train"):
        load(tmp_path / "gone.joblib", CompiledModel)


@pytest.mark.parametrize("keep", [0, 10, 1000, -1])
def test_a_truncated_model_is_refused(toy_model: Path, tmp_path: Path, keep: int) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(toy_model.with_suffix(".npz").read_bytes()[:keep])
    with pytest.raises(ModelFileError, match="damaged or foreign file"):
        load(broken, CompiledModel)


def rewritten(source: Path, target: Path, member: str, data: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == member else old.read(name))
    return target


def test_a_model_of_another_format_is_refused(toy_model: Path, tmp_path: Path) -> None:
    compiled = toy_model.with_suffix(".npz")
    metadata = dict(load(compiled, CompiledModel).metadata) | {"format": 999, "stance": "9.0"}
    path = rewritten(compiled, tmp_path / "future.npz", "metadata.json", json.dumps(metadata).encode())
    with pytest.raises(ModelFileError, match=r"found format 999 in .*written by stance 9\.0"):
        load(path, CompiledModel)


def test_changed_metadata_breaks_the_digest(toy_model: Path, tmp_path: Path) -> None:
    compiled = toy_model.with_suffix(".npz")
    metadata = dict(load(compiled, CompiledModel).metadata) | {"seed": 7}
    path = rewritten(compiled, tmp_path / "edited.npz", "metadata.json", json.dumps(metadata).encode())
    with pytest.raises(ModelFileError, match="to match its own digest, found it changed"):
        load(path, CompiledModel)


def test_a_pickle_inside_is_not_opened(toy_model: Path, tmp_path: Path) -> None:
    import io

    hostile = io.BytesIO()
    np.save(hostile, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    path = rewritten(toy_model.with_suffix(".npz"), tmp_path / "hostile.npz", "intercept.npy", hostile.getvalue())
    with pytest.raises(ModelFileError, match="damaged or foreign file"):
        load(path, CompiledModel)


def test_unwritable_place_is_named(training: Training, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        save(training.pipeline, training.metadata, tmp_path / "nowhere" / "m.joblib")


def test_weighing_is_scikit_learns_tf_idf() -> None:
    block = next(block for block in BLOCKS if block.weighing == "tfidf" and block.min_rows == 2)
    row = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2])
    key = np.array([5, 5, 7, 5, 9, 7, 9, 9, 11], dtype=np.uint64)
    emissions = emit(row, key, row)
    vocabulary = learn(block, emissions, 3)
    assert vocabulary.keys.tolist() == [5, 7, 9]
    cells = weigh(block, vocabulary, emissions)
    ours = csr_matrix((cells.value, (cells.row, cells.column)), shape=(3, 3)).toarray()
    counts = np.array([[2, 1, 0], [1, 0, 1], [0, 1, 2]])
    theirs = TfidfTransformer(sublinear_tf=True).fit_transform(counts).toarray()
    np.testing.assert_allclose(ours, theirs * block.scale)


@pytest.mark.parametrize(("n_rows", "n_features", "size"), [(40, 30, 400), (3_000_000, 5000, 300), (9, 4000, 6)])
def test_weighing_is_that_of_scikit_learn_at_every_size(n_rows: int, n_features: int, size: int) -> None:
    """Many cells and few; indices that 32 bits hold together and that they do not; counts seldom met."""
    rng = np.random.default_rng(size)
    block = next(block for block in BLOCKS if block.weighing == "tfidf")
    vocabulary = Vocabulary(np.arange(1, n_features + 1, dtype=np.uint64), rng.integers(1, 50, n_features), 100)
    row = np.append(np.sort(rng.choice(rng.integers(n_rows, size=7), size)), np.zeros(100, np.int64))
    key = np.append(rng.integers(n_features + 9, size=size), np.ones(100, np.int64)).astype(np.uint64)
    cells = weigh(block, vocabulary, emit(row, key, row))
    there, at = np.unique(row, return_inverse=True)
    counts = csr_matrix((np.ones(row.size), (at, key)), shape=(there.size, n_features + 9))[:, 1 : n_features + 1]
    transformer = TfidfTransformer(sublinear_tf=True)
    transformer.fit(counts)
    transformer.idf_ = np.log((1 + vocabulary.n_rows) / (1 + vocabulary.rows)) + 1
    place = np.searchsorted(there, cells.row), cells.column
    ours = csr_matrix((cells.value, place), shape=(there.size, n_features)).toarray()
    np.testing.assert_allclose(ours, transformer.transform(counts).toarray() * block.scale, rtol=1e-12)


def test_the_pipeline_is_an_ordinary_estimator(training: Training) -> None:
    copy = clone(training.pipeline)
    assert list(copy.named_steps) == ["views", "features", "classifier"]
    assert copy.get_params()["classifier__C"] == training.pipeline.get_params()["classifier__C"]


@pytest.mark.parametrize("labels", [["support", "oppose"], ["oppose", "neutral"], ["support", "support"]])
def test_absent_classes_keep_their_column(labels: list[str]) -> None:
    X = csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0]] * 10))
    model = StanceClassifier(C=10.0).fit(X, labels * 10)
    probabilities = model.predict_proba(X)
    assert probabilities.shape == (20, 3)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)
    assert model.predict(X)[:2].tolist() == labels
    absent = [STANCES.index(label) for label in STANCES if label not in labels]
    assert (probabilities[:, absent] < 1e-9).all()


def test_two_classes_are_what_scikit_learn_says() -> None:
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    X, y = csr_matrix(rng.normal(size=(60, 4))), rng.choice(["oppose", "support"], 60)
    ours = StanceClassifier(C=1.0).fit(X, y).predict_proba(X)[:, 1:]
    theirs = LogisticRegression(C=1.0, max_iter=1000, tol=1e-3).fit(X, y).predict_proba(X)
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_too_little_to_train_on_is_refused(lexicon: object) -> None:
    rows = datasets.load_labelled("own", "dev")[:5]
    with pytest.raises(InputError, match="expected at least 10 rows with two stances or more, found 5 rows"):
        train([Source("few", rows)], lexicon)  # type: ignore[arg-type]


def test_every_block_of_the_list_is_in_the_pipeline(lexicon: object) -> None:
    pipeline = build_pipeline(lexicon)  # type: ignore[arg-type]
    assert [name for name, _ in pipeline.named_steps["features"].transformer_list] == [b.name for b in BLOCKS]


def test_weights_count(lexicon: object) -> None:
    """A row of weight 50 wins over its contradictor."""
    from stance.records import LabelledRow

    def rows(weight: float) -> list[LabelledRow]:
        filler = [
            LabelledRow(Target(f"{verb} {n}", ()), "x", label, f"{verb}{n}")
            for n in range(6)
            for verb, label in (("hooray", "support"), ("boo", "oppose"))
        ]
        return [
            *filler,
            *(LabelledRow(Target(f"zebra {n}", ()), "x", "support", f"s{n}", weight) for n in range(3)),
            *(LabelledRow(Target(f"zebra {n}", ()), "x", "oppose", f"o{n}", 1.0) for n in range(10, 13)),
        ]

    heavy = train([Source("w", rows(50.0))], lexicon).pipeline  # type: ignore[arg-type]
    light = train([Source("w", rows(0.02))], lexicon).pipeline  # type: ignore[arg-type]
    assert heavy.predict([("zebra zebra", "x")])[0] == "support"
    assert light.predict([("zebra zebra", "x")])[0] == "oppose"


def test_many_rows_of_uneven_weights_are_fitted_to_the_minimum() -> None:
    """The solver for many rows takes steps that great weights could make too long."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    X = csr_matrix(rng.normal(size=(3000, 6)))
    y = np.array(STANCES)[(X.toarray()[:, :3] + rng.gumbel(size=(3000, 3))).argmax(axis=1)]
    weights = rng.choice([0.01, 1.0, 80.0], 3000)
    ours = StanceClassifier(C=0.01).fit(X, y, weights).predict_proba(X)
    theirs = LogisticRegression(C=0.01, max_iter=1000, tol=1e-8).fit(X, y, sample_weight=weights).predict_proba(X)
    np.testing.assert_allclose(ours, theirs, atol=5e-3)
