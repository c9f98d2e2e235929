"""The model as other code uses it: `stance.load()`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.analysis import Options, predict_documents
from stance.compiled import CompiledModel
from stance.errors import InputError
from stance.marked import Analysis
from stance.reasons import reasons
from stance.records import Document, Prediction, Reason
from stance.rows import as_targets
from stance.shipped import shipped
from stance.storage import load as load_file


@dataclass(frozen=True)
class Model(CompiledModel):
    """A compiled model that reads articles."""

    def analyze(self, text: str, options: Options | None = None) -> Analysis:
        """One prediction per (sentence, figure) of an article, in reading order.

        It is a list, which a notebook shows as the article in colour.

        >>> import stance
        >>> rows = stance.load().analyze("Sen. Dana Whitfield was praised by voters on Monday.")
        >>> rows[0].figure, rows[0].stance
        ('Dana Whitfield', 'support')
        """
        document = Document("text", text)
        return Analysis((row for _, rows in predict_documents(self, [document], options) for row in rows), document)

    def explain(self, rows: Any) -> list[tuple[Reason, ...]]:
        """Why each row gets its class scores: reasons that add up to them, the weightiest first.

        Args:
            rows: What `predict` takes; offsets count in each row's sentence.

        >>> import stance
        >>> strongest = stance.load().explain([("Voters booed Dana Whitfield.", "Dana Whitfield")])[0][0]
        >>> strongest.text, strongest.rule
        ('booed', 'leaning verb, done to the figure')
        """
        return reasons(self, as_targets(rows))

    def analyze_many(
        self, articles: Any, options: Options | None = None, *, text_column: str = "text"
    ) -> Iterator[Prediction]:
        """Predictions for many articles, scored in batches as they are read.

        Args:
            articles: Texts, or a pandas DataFrame with a text column; its columns `id`, `title`, `date`,
                `source` and `url` are carried to the predictions.
            options: What to predict.
            text_column: Name of the DataFrame's text column.

        Raises:
            InputError: An article is no text, or the DataFrame has no such column.
        """
        for _, rows in predict_documents(self, _documents(articles, text_column), options):
            yield from rows


def _documents(articles: Any, text_column: str) -> Iterator[Document]:
    if hasattr(articles, "to_dict") and hasattr(articles, "columns"):  # a DataFrame, without importing pandas
        if text_column not in articles.columns:
            found = ", ".join(map(str, articles.columns))
            raise InputError(f"expected a column {text_column!r}, found {found}; name it with text_column")
        from stance.reading import row_document  # which texts by themselves do without

        records: Iterable[dict[str, Any]] = articles.to_dict("records")
        for index, record in enumerate(records):
            text = _text(record[text_column], index)
            yield row_document({**record, text_column: text}, str(index), text_column)
        return
    if isinstance(articles, str):
        raise InputError("expected a sequence of articles, found one text; use analyze, or put it in a list")
    for index, text in enumerate(articles):
        yield Document(str(index), _text(text, index))


def _text(value: Any, index: int) -> str:
    if not isinstance(value, str):
        raise InputError(f"article {index}: expected text, found {type(value).__name__}; leave it out or make it text")
    return value


def load(path: str | Path | None = None, *, trust: bool = False) -> Model:
    """Load a model for prediction: no scikit-learn, no unpickling.

    Args:
        path: A .npz file, or a .joblib file with its .npz beside it; the shipped model by default.
        trust: Unpickle a .joblib file that has no .npz of the same training beside it.

    Raises:
        ModelFileError: There is no such file, it is damaged, of another format, or not to be trusted.
    """
    return load_file(Path(path) if path else shipped("models", "stance.npz"), Model, trust=trust)
