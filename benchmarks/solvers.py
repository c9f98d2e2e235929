"""Which solver and which matrix fit the classifier soonest; stance/pipeline.py uses the first of them.

    python benchmarks/solvers.py [ROWS]          10,000 rows of the resampled corpus (some minutes)

The loss is what the classifier minimises: mean log loss plus penalty. Seconds are those of a core, so that others on
the machine hardly matter. Another solver gives another model, so a change of it comes with a training and its scores.
"""

from __future__ import annotations

import sys
import time
import warnings
from typing import Any

import numpy as np
import speed_training
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import Pipeline

from stance.features.lexicon_files import read_lexicon
from stance.pipeline import build_pipeline, informativeness
from stance.shipped import shipped

C, TOLERANCE = 0.2, 1e-3
FITS: dict[str, tuple[str, str, type]] = {
    "saga, csr, float64 (used)": ("saga", "csr", np.float64),
    "lbfgs, csc, float64": ("lbfgs", "csc", np.float64),
    "lbfgs, csr, float32": ("lbfgs", "csr", np.float32),
    "newton-cg, csr, float64": ("newton-cg", "csr", np.float64),
    "sag, csr, float64": ("sag", "csr", np.float64),
    "lbfgs, csr, float64": ("lbfgs", "csr", np.float64),
}


def matrix(rows: int) -> tuple[Any, np.ndarray]:
    """Features as the classifier gets them, and labels."""
    targets, labels = speed_training.resampled(rows)
    pipeline: Pipeline = build_pipeline(read_lexicon(shipped("data", "lexicon")))
    features = pipeline[:-1].fit_transform(targets)
    found = np.asarray(labels)
    return features.multiply(informativeness(features, found)).tocsr(), found


def loss(model: LogisticRegression, X: Any, labels: np.ndarray) -> float:
    """Mean log loss and penalty, which is what all solvers minimise."""
    penalty = 0.5 * float(np.square(model.coef_, dtype=np.float64).sum()) / (C * labels.size)
    return float(log_loss(labels, model.predict_proba(X))) + penalty


def main() -> None:
    """Fit with each and print what it took."""
    X, labels = matrix(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    print(f"{X.shape[0]:,} rows, {X.shape[1]:,} features, {X.nnz:,} cells")
    for name, (solver, form, kind) in FITS.items():
        given = X.asformat(form).astype(kind)
        model = LogisticRegression(C=C, max_iter=200, tol=TOLERANCE, solver=solver, random_state=0)
        begun = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some do not converge in 200 rounds; the loss says so
            model.fit(given, labels)
        seconds = time.process_time() - begun
        print(f"{name:30} {seconds:7.1f} core-seconds  {model.n_iter_[0]:4} rounds  loss {loss(model, X, labels):.5f}")


if __name__ == "__main__":
    main()
