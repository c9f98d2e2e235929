"""How well predicted rows of whole articles agree with gold: were the figures found, and judged right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from stance.analysis import predict_documents
from stance.compiled import CompiledModel
from stance.gold import GoldRow, gold_path, read_gold
from stance.records import Document, Prediction

_MIN_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class ArticlesEvaluation:
    """Scores over all rows of all articles; rates lie in [0, 1], 0 where there is nothing to divide by.

    Attributes:
        n: Number of gold rows.
        n_predicted: Number of predicted rows.
        precision, recall, f1: Rows right in figure and stance.
        figure_precision, figure_recall, figure_f1: Rows right in figure, whatever their stance.
        stance_accuracy: Share of right stances among the rows with the right figure.
    """

    n: int
    n_predicted: int
    precision: float
    recall: float
    f1: float
    figure_precision: float
    figure_recall: float
    figure_f1: float
    stance_accuracy: float

    def to_dict(self) -> dict[str, float]:
        """The scores by name."""
        return asdict(self)


def evaluate_folder(model: CompiledModel, folder: Path) -> ArticlesEvaluation:
    """Scores of a model on the articles of a folder: each `X.txt` with its gold, `X.gold.jsonl`, beside it."""
    paths = sorted(folder.glob("*.txt"))
    return evaluate_documents(model, [Document(str(path), path.read_text(encoding="utf-8")) for path in paths])


def evaluate_documents(model: CompiledModel, documents: Iterable[Document]) -> ArticlesEvaluation:
    """Scores of a model on articles whose ids are their paths, with the gold of each beside it.

    Raises:
        InputError: Gold cannot be read, or is not of its article.
    """
    return evaluate_articles(
        (predicted, read_gold(gold_path(Path(document.id)), document.text))
        for document, predicted in predict_documents(model, documents)
    )


def evaluate_articles(
    articles: Iterable[tuple[Sequence[Prediction], Sequence[GoldRow]]],
) -> ArticlesEvaluation:
    """Scores of articles, each given by its predicted and its gold rows.

    >>> evaluate_articles([]).f1
    0.0
    """
    n_predicted = n_gold = n_paired = n_right = 0
    for predicted, gold in articles:
        pairs = pair_rows(predicted, gold)
        n_predicted += len(predicted)
        n_gold += len(gold)
        n_paired += len(pairs)
        n_right += sum(predicted[i].stance == gold[j].stance for i, j in pairs)
    return ArticlesEvaluation(
        n=n_gold,
        n_predicted=n_predicted,
        precision=_ratio(n_right, n_predicted),
        recall=_ratio(n_right, n_gold),
        f1=_ratio(2 * n_right, n_predicted + n_gold),
        figure_precision=_ratio(n_paired, n_predicted),
        figure_recall=_ratio(n_paired, n_gold),
        figure_f1=_ratio(2 * n_paired, n_predicted + n_gold),
        stance_accuracy=_ratio(n_right, n_paired),
    )


def pair_rows(predicted: Sequence[Prediction], gold: Sequence[GoldRow]) -> list[tuple[int, int]]:
    """Pairs of one article's rows, as positions in `predicted` and `gold`, sorted; no row is in two pairs.

    Rows may pair when their sentences overlap by half or more (intersection over union) and they are about
    the same figure: by its id, or else by an overlapping mention. Pairs are made best first: same id, then
    most shared characters of mentions, then most overlap of sentences, then order. Stances play no part.
    """
    candidates = []
    for i, row in enumerate(predicted):
        for j, expected in enumerate(gold):
            overlap = _sentence_overlap(row, expected)
            same_id = row.figure_id is not None and row.figure_id == expected.figure_id
            shared = _shared_characters(row, expected) if overlap >= _MIN_OVERLAP else 0
            if overlap >= _MIN_OVERLAP and (same_id or shared):
                candidates.append((not same_id, -shared, -overlap, i, j))
    pairs: dict[int, int] = {}
    paired_gold: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in pairs and j not in paired_gold:
            pairs[i] = j
            paired_gold.add(j)
    return sorted(pairs.items())


def _sentence_overlap(row: Prediction, expected: GoldRow) -> float:
    shared = min(row.end, expected.end) - max(row.start, expected.start)
    return shared / (max(row.end, expected.end) - min(row.start, expected.start))


def _shared_characters(row: Prediction, expected: GoldRow) -> int:
    return sum(
        max(0, min(mention.end, other.end) - max(mention.start, other.start))
        for mention in row.mentions
        for other in expected.mentions
    )


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
