"""The compiled model: the fitted pipeline as plain arrays, scored with numpy alone.

It uses the very feature code that training uses, so its probabilities are the pipeline's (to 1e-9; a test holds
them together), without scikit-learn's import and without unpickling anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.arrays import Arrays, Floats
from stance.calibration import probabilities
from stance.errors import EncoderError
from stance.features.blocks import block_named
from stance.features.lexicon import Lexicon
from stance.features.masked_text import masked_texts
from stance.features.masking import build_view
from stance.features.view import View
from stance.features.vocabulary import Vocabulary, beginnings, weigh
from stance.records import STANCES, Target
from stance.rows import as_targets

_BATCH = 4096
"""Rows scored at once: enough to make numpy's own cost small, few enough to stay in some 100 MB."""


@dataclass(frozen=True)
class CompiledBlock:
    """A fitted block.

    Attributes:
        name: Name of the block in `stance.features.blocks.BLOCKS`.
        vocabulary: The features kept.
        weights: Weight of each feature toward each stance, shape (n_features, 3), columns as STANCES.
    """

    name: str
    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]

    def add_scores(self, view: View, scores: Floats) -> None:
        """Add what the block's features say to the class scores, shape (n_rows, 3)."""
        block = block_named(self.name)
        cells = weigh(block, self.vocabulary, block.emit(view))
        # One stance's products after the other: sums over neighbours in memory take a fraction of the time.
        products = np.multiply(self.weights.take(cells.column, axis=0).T, cells.value, order="C")
        if block.weighing == "value":
            for column, of_stance in enumerate(products):
                scores[:, column] += np.bincount(cells.row, weights=of_stance, minlength=len(scores))
        elif cells.row.size:
            first = beginnings(cells.row)
            scores[cells.row.take(first)] += np.add.reduceat(products, first, axis=1).T


@dataclass(frozen=True)
class CompiledEncoder:
    """The part of a model that weighs how alike an encoder's states are to states met in training.

    Attributes:
        name: Name of the encoder, see `stance.encoder.load_encoder`.
        mean, factor: What standardises a state, shape (n_numbers,).
        landmarks: Standardised states to compare with, shape (n_landmarks, n_numbers).
        gamma: Likeness is `exp(-gamma * squared distance)`.
        weights: Weight of the likeness to each landmark toward each stance, shape (n_landmarks, 3).
        offset: Added to the scores, shape (3,).
    """

    name: str
    mean: Floats
    factor: Floats
    landmarks: npt.NDArray[np.float32]
    gamma: float
    weights: Floats
    offset: Floats

    def scores(self, view: View) -> Floats:
        """What the states add to the class scores, shape (n_rows, 3).

        Raises:
            EncoderError: The encoder is not installed, or is another than the one in training.
        """
        from stance.encoder import load_encoder

        encoder = load_encoder(self.name)
        if encoder.dimension != self.mean.size:
            raise EncoderError(
                f"expected the encoder {self.name} to give {self.mean.size} numbers, found {encoder.dimension}; "
                "install the one that the model was trained with"
            )
        states = (encoder.states(list(masked_texts(view))) - self.mean) * self.factor
        states = states.astype(np.float32).astype(np.float64)
        landmarks = self.landmarks.astype(np.float64)
        squares = np.square(states).sum(axis=1)[:, None] + np.square(landmarks).sum(axis=1)
        distances = np.maximum(squares - 2.0 * states @ landmarks.T, 0.0)
        return np.asarray(np.exp(-self.gamma * distances) @ self.weights + self.offset)

    def arrays(self) -> Arrays:
        """All arrays by name."""
        return {
            "encoder/mean": self.mean,
            "encoder/factor": self.factor,
            "encoder/landmarks": self.landmarks,
            "encoder/gamma": np.array([self.gamma]),
            "encoder/weights": self.weights,
            "encoder/offset": self.offset,
        }


@dataclass(frozen=True)
class CompiledModel:
    """A stance model as arrays.

    Attributes:
        lexicon: The lexicon it was trained with.
        blocks: Fitted blocks, in the order of the pipeline.
        intercept: Shape (3,).
        temperature: Divides the class scores before the softmax.
        metadata: What it was trained on, with which settings and results; JSON values only.
        encoder: The part that weighs an encoder's states, where the model has one.
    """

    lexicon: Lexicon
    blocks: tuple[CompiledBlock, ...]
    intercept: npt.NDArray[np.float32]
    temperature: float
    metadata: Mapping[str, Any] = field(default_factory=dict)
    encoder: CompiledEncoder | None = None

    @property
    def classes_(self) -> npt.NDArray[np.str_]:
        """The stances, in the order of the columns of `predict_proba`: neutral, oppose, support."""
        return np.array(STANCES)

    def decision_function(self, rows: Any) -> Floats:
        """Class scores before the temperature, shape (n_rows, 3).

        Args:
            rows: What `stance.rows.as_targets` takes.

        Raises:
            InputError: A row is not what it should be.
        """
        targets = as_targets(rows)
        scores = np.empty((len(targets), len(STANCES)))
        for first, batch in batches(targets):
            scores[first : first + len(batch)] = self._scores(batch)
        return scores

    def predict_proba(self, rows: Any) -> Floats:
        """Probability of each stance, shape (n_rows, 3), columns as `classes_`."""
        return probabilities(self.decision_function(rows), self.temperature)

    def predict(self, rows: Any) -> npt.NDArray[np.str_]:
        """The most probable stance of each row, shape (n_rows,)."""
        return np.asarray(self.classes_[self.decision_function(rows).argmax(axis=1)])

    def _scores(self, targets: Sequence[Target]) -> Floats:
        view = build_view(targets, self.lexicon)
        scores = np.tile(self.intercept.astype(np.float64), (len(targets), 1))
        for block in self.blocks:
            block.add_scores(view, scores)
        return scores + self.encoder.scores(view) if self.encoder and targets else scores

    def arrays(self) -> Arrays:
        """All arrays by name; with the metadata they are the whole model."""
        arrays: Arrays = {f"lexicon/{name}": array for name, array in self.lexicon.arrays().items()}
        for block in self.blocks:
            arrays[f"block/{block.name}/keys"] = block.vocabulary.keys
            arrays[f"block/{block.name}/rows"] = block.vocabulary.rows.astype(np.int32)
            arrays[f"block/{block.name}/weights"] = block.weights
        if self.encoder:
            arrays |= self.encoder.arrays()
        arrays["intercept"] = self.intercept
        return arrays

    def digest(self) -> str:
        """SHA-256 over all arrays and the metadata, in hexadecimal."""
        total = hashlib.sha256(json.dumps(self.metadata, sort_keys=True).encode())
        for name, array in sorted(self.arrays().items()):
            total.update(f"{name} {array.dtype.str} {array.shape}".encode())
            total.update(np.ascontiguousarray(array).reshape(-1).data)
        return total.hexdigest()


def batches(targets: Sequence[Target]) -> Iterator[tuple[int, Sequence[Target]]]:
    """The targets in portions of which a view can be made, each with the index of its first."""
    for first in range(0, len(targets), _BATCH):
        yield first, targets[first : first + _BATCH]


def compile_pipeline(pipeline: Any, metadata: Mapping[str, Any] | None = None) -> CompiledModel:
    """The arrays of a fitted pipeline of `stance.pipeline.build_pipeline`.

    Args:
        pipeline: The fitted pipeline.
        metadata: What to say of it.
    """
    steps = pipeline.named_steps
    classifier = steps["classifier"]
    blocks, first = [], 0
    encoder = None
    for name, features in steps["features"].transformer_list:
        if name == "encoder":
            encoder = _compiled_encoder(features, classifier.coef_[:, first:].T)
            break
        vocabulary = features.vocabulary_
        weights = classifier.coef_[:, first : first + vocabulary.keys.size].T.astype(np.float32)
        blocks.append(CompiledBlock(name, vocabulary, np.ascontiguousarray(weights)))
        first += vocabulary.keys.size
    n_rows = blocks[0].vocabulary.n_rows if blocks else 0
    return CompiledModel(
        lexicon=steps["views"].lexicon,
        blocks=tuple(blocks),
        intercept=classifier.intercept_.astype(np.float32),
        temperature=classifier.temperature,
        metadata={
            **(metadata or {}),
            "blocks": [block.name for block in blocks],
            "n_rows": n_rows,
            "temperature": classifier.temperature,
            **({"encoder": encoder.name} if encoder else {}),
        },
        encoder=encoder,
    )


def _compiled_encoder(states: Any, weights: Floats) -> CompiledEncoder:
    """The weights of the likenesses themselves: what the kernel's approximation does to them is folded in."""
    weights = weights * states.scale_
    kernel = states.kernel_
    return CompiledEncoder(
        name=states.encoder,
        mean=states.mean_,
        factor=states.factor_,
        landmarks=kernel.components_.astype(np.float32),
        gamma=float(kernel.gamma),
        weights=kernel.normalization_.T @ weights,
        offset=-states.centre_ @ weights,
    )
