"""The scikit-learn pipeline: rows to views, views to weighed blocks of features, features to probabilities.

    Pipeline
      views       rows -> View                      (masking, tokens, lexicon)
      features    FeatureUnion of TF-IDF and role blocks, and of an encoder's states where one is asked for
      classifier  logistic regression with one calibrating temperature

A fitted pipeline is an ordinary estimator: it can be cross-validated, cloned, and saved with joblib.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.utils.validation import check_is_fitted

from stance.arrays import Floats
from stance.calibration import probabilities
from stance.features.blocks import BLOCKS, block_named
from stance.features.lexicon import Lexicon
from stance.features.masked_text import masked_texts
from stance.features.masking import build_view
from stance.features.view import View
from stance.features.vocabulary import learn, weigh
from stance.records import STANCES
from stance.rows import as_targets

ENCODER = "encoder"
"""Name of the part that holds an encoder's states."""

ABSENT_SCORE = -30.0
"""Score of a class that training never saw: its probability is about 1e-13, finite and never the highest."""


class RowViews(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """First step: rows in any form that `stance.rows.as_targets` takes, to the model's view of them.

    Parameters:
        lexicon: The lexicon to match; it travels with the model.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Nothing to learn."""
        return self

    def transform(self, X: Any) -> View:
        """The view of every row.

        Raises:
            InputError: A row is not what it should be.
        """
        return build_view(as_targets(X), self.lexicon)

    def __sklearn_is_fitted__(self) -> bool:
        return True


class BlockFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """One block of features, weighed.

    Parameters:
        block: Name of a block of `stance.features.blocks.BLOCKS`.

    Attributes:
        vocabulary_: The features kept.
    """

    def __init__(self, block: str) -> None:
        self.block = block

    def fit(self, X: View, y: Any = None) -> Self:  # noqa: ARG002
        """Learn which features occur often enough, and how rare each is."""
        block = block_named(self.block)
        self.vocabulary_ = learn(block, block.emit(X), X.n_rows)
        return self

    def transform(self, X: View) -> csr_matrix:
        """Weighed features, sparse, shape (n_rows, n_features)."""
        check_is_fitted(self)
        block = block_named(self.block)
        cells = weigh(block, self.vocabulary_, block.emit(X))
        shape = (X.n_rows, self.vocabulary_.keys.size)
        return csr_matrix((cells.value, (cells.row, cells.column)), shape=shape)


ENCODER_SCALE = 2.5
"""Length of an average row of encoder features: how freely the classifier may use them beside the words."""

LANDMARKS = 1500
"""Training rows that others are compared with: docs/decisions.md has what fewer and more of them score."""

GAMMA = 0.5
"""How fast likeness fades: two rows as far apart as two are on average are alike to 1/e."""


class EncoderStates(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The states of a frozen encoder at mention, window and sentence, as likeness to states met in training.

    A Gaussian kernel, approximated after Nystroem (Williams and Seeger, NIPS 2000), lets a linear classifier draw
    curved borders; against the standardised states themselves it is worth half a point to a point of macro F1.

    Parameters:
        encoder: Name of the encoder, see `stance.encoder.load_encoder`.

    Attributes:
        mean_: Mean of each number over the training rows, shape (n_numbers,).
        factor_: What the distance from it is multiplied by, so that an average row has length 1, shape (n_numbers,).
        kernel_: The fitted approximation; its `components_` are the landmarks, shape (n_landmarks, n_numbers).
        centre_: Mean of each feature over the training rows, shape (n_features,).
        scale_: What the distance from it is multiplied by, so that an average row has length ENCODER_SCALE.
    """

    def __init__(self, encoder: str) -> None:
        self.encoder = encoder

    def fit(self, X: View, y: Any = None) -> Self:
        """Learn mean and spread of every number, and choose the landmarks."""
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: View, y: Any = None, **_: Any) -> csr_matrix:  # noqa: ARG002
        """Fit, and give the features of the rows, which are encoded but once."""
        states = self._states(X)
        self.mean_ = states.mean(axis=0)
        # The constant keeps numbers that hardly vary from being blown up.
        self.factor_ = 1.0 / np.sqrt(states.shape[1]) / (states.std(axis=0) + 1e-3)
        n_landmarks = min(LANDMARKS, len(states))
        self.kernel_ = Nystroem(kernel="rbf", gamma=GAMMA, n_components=n_landmarks, random_state=0)
        features = self.kernel_.fit_transform(self._standardised(states))
        self.centre_ = features.mean(axis=0)
        features -= self.centre_
        self.scale_ = ENCODER_SCALE / max(float(np.sqrt(np.square(features).sum(axis=1).mean())), 1e-6)
        return csr_matrix(features * self.scale_)

    def transform(self, X: View) -> csr_matrix:
        """Centred features, shape (n_rows, n_features)."""
        check_is_fitted(self)
        features = self.kernel_.transform(self._standardised(self._states(X)))
        return csr_matrix((features - self.centre_) * self.scale_)

    def _standardised(self, states: Floats) -> Floats:
        # In single precision, so that a compiled model's landmarks are exactly these.
        return np.asarray((states - self.mean_) * self.factor_, dtype=np.float32).astype(np.float64)

    def _states(self, X: View) -> Floats:
        from stance.encoder import load_encoder

        return load_encoder(self.encoder).states(list(masked_texts(X))).astype(np.float64)


def informativeness(X: csr_matrix, labels: npt.NDArray[np.str_], weights: Floats | None = None) -> Floats:
    """How well each feature tells the classes apart, around 1, shape (n_features,).

    The root mean square of its smoothed log-count ratios over the classes, square-rooted: a milder form of the
    naive Bayes scaling of Wang and Manning (ACL 2012), which the penalty then respects. Features that every row
    has, as an encoder's states, tell by their value and not by their presence: they stay as they are.
    """
    weights = np.ones(labels.size) if weights is None else weights
    present = (X != 0).astype(np.float64)
    chosen = np.array([labels == label for label in np.unique(labels)]) * weights
    counts, totals = np.asarray(chosen @ present), chosen.sum(axis=1, keepdims=True)
    share = totals / totals.sum()
    ratio = np.log((counts + len(share) * share) / totals)
    ratio -= np.log((counts.sum(axis=0) + len(share)) / totals.sum())
    spread = np.sqrt(np.square(ratio).mean(axis=0))
    everywhere = np.asarray(present.sum(axis=0)).ravel() == X.shape[0]
    mean = spread[~everywhere].mean() if not everywhere.all() else 0.0
    return np.where(everywhere, 1.0, np.sqrt(spread / mean)) if mean else np.ones(X.shape[1])


MANY_ROWS = 2000
"""From here on `saga` fits sooner than `lbfgs`, and nearer the minimum (benchmarks/solvers.py)."""


def _fit(X: csr_matrix, labels: npt.NDArray[np.str_], weights: Floats | None, C: float) -> LogisticRegression:
    """A logistic regression fitted to 1e-3, which a finer tolerance moves by 0.0005 of macro F1 in eight times as long.

    The step of `saga` is made for weights of at most 1, so the greatest weight goes into C: the loss stays the same.
    """
    heaviest = 1.0 if weights is None else float(weights.max())
    weights = None if weights is None else weights / heaviest
    solver = "saga" if X.shape[0] >= MANY_ROWS else "lbfgs"
    model = LogisticRegression(C=C * heaviest, solver=solver, max_iter=1000, tol=1e-3, random_state=0)
    return model.fit(X, labels, sample_weight=weights)


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over all three stances, whatever classes the training rows hold.

    Parameters:
        C: Inverse strength of the L2 penalty.
        temperature: Divides the class scores; above 1 makes probabilities milder.

    Attributes:
        classes_: All three stances, sorted.
        coef_: Weights of the features as they come, shape (3, n_features), rounded to single precision so that saved
            forms agree exactly.
        intercept_: Shape (3,).
    """

    def __init__(self, C: float = 1.0, temperature: float = 1.0) -> None:
        self.C = C
        self.temperature = temperature

    def fit(self, X: csr_matrix, y: Sequence[str], sample_weight: Floats | None = None) -> Self:
        """Fit one multinomial logistic regression, on features scaled by how much they tell the classes apart."""
        labels = np.asarray(y)
        scale = informativeness(X, labels, sample_weight)
        self.classes_ = np.array(STANCES)
        coefficients = np.zeros((len(STANCES), X.shape[1]))
        intercepts = np.full(len(STANCES), ABSENT_SCORE)
        present = [STANCES.index(label) for label in np.unique(labels)]
        if len(present) == 1:
            intercepts[present] = 0.0
        else:
            model = _fit(X.multiply(scale).tocsr(), labels, sample_weight, self.C)
            if len(present) == 2:
                # Two classes have one row of weights; as a softmax each class gets half of it.
                coefficients[present] = np.vstack([-model.coef_[0] / 2, model.coef_[0] / 2])
                intercepts[present] = [-model.intercept_[0] / 2, model.intercept_[0] / 2]
            else:
                coefficients, intercepts = model.coef_, model.intercept_
        # The scale is folded into the weights: prediction and reasons never see it.
        self.coef_ = (coefficients * scale).astype(np.float32).astype(np.float64)
        self.intercept_ = intercepts.astype(np.float32).astype(np.float64)
        return self

    def decision_function(self, X: csr_matrix) -> Floats:
        """Class scores before the temperature, shape (n_rows, 3)."""
        check_is_fitted(self)
        return np.asarray(X @ self.coef_.T + self.intercept_)

    def predict_proba(self, X: csr_matrix) -> Floats:
        """Probabilities, shape (n_rows, 3), columns in the order of `classes_`."""
        return probabilities(self.decision_function(X), self.temperature)

    def predict(self, X: csr_matrix) -> npt.NDArray[np.str_]:
        """The most probable stance of each row."""
        return np.asarray(self.classes_[self.decision_function(X).argmax(axis=1)])


def build_pipeline(lexicon: Lexicon, C: float = 0.2, encoder: str | None = None) -> Pipeline:
    """The whole model, unfitted.

    Args:
        lexicon: See `stance.features.lexicon_files.read_lexicon`.
        C: Inverse strength of the classifier's penalty.
        encoder: Name of an encoder whose states join the blocks.
    """
    parts: list[tuple[str, Any]] = [(block.name, BlockFeatures(block.name)) for block in BLOCKS]
    if encoder:
        parts.append((ENCODER, EncoderStates(encoder)))
    steps = [("views", RowViews(lexicon)), ("features", FeatureUnion(parts)), ("classifier", StanceClassifier(C=C))]
    return Pipeline(steps)
