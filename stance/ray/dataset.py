"""A Ray Dataset of articles to one of predictions."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stance.analysis import Options
from stance.batch.job import Job
from stance.batch.scoring import Scorer, columns_of
from stance.errors import InputError
from stance.reading import row_document
from stance.records import Failure
from stance.values import as_text
from stance.writing import flat_row, record_batch

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow
    import ray.data

RETRIES = 3
"""How often Ray tries a batch again whose process or machine has died."""

_TOGETHER = 64


def predict(
    articles: ray.data.Dataset,
    options: Options | None = None,
    *,
    model: Path | None = None,
    text_column: str = "text",
) -> ray.data.Dataset:
    """Predictions for the articles of a Dataset, lazily, wherever its blocks are.

    Args:
        articles: A column of texts, and one called `id`; `title`, `date`, `source` and `url` are carried where they
            are.
        options: What to predict.
        model: A model file, there on every machine; the shipped model by default.
        text_column: The column of texts.

    Returns:
        Rows of the columns that `stance predict --format parquet` writes with these options, and `failed`: why an
        article has no result, in a row with nothing else but its id.
    """
    job = pickle.dumps(Job("", options=options or Options(), model=model.resolve() if model else None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that passing `max_retries` ends with Ray 2.64; there is no other way yet
        return articles.map_batches(
            _predicted, batch_size=_TOGETHER, batch_format="pyarrow", fn_args=(job, text_column), max_retries=RETRIES
        )


def _predicted(batch: pyarrow.Table, job: bytes, text_column: str) -> pyarrow.Table:
    import pyarrow

    scorer = _scorer(job)
    columns = {**columns_of(scorer.job), "failed": str}
    for column in ("id", text_column):
        if column not in batch.column_names:
            found = ", ".join(batch.column_names)
            raise InputError(f"expected a column {column}, found {found}; rename one (or text_column)")
    rows = [[row.get(column) for column in columns] for row in _rows(batch.to_pylist(), scorer, text_column)]
    return pyarrow.Table.from_batches([record_batch(rows, columns)])


@lru_cache(maxsize=1)
def _scorer(job: bytes) -> Scorer:
    """The model, loaded once in each process; by the job's bytes, since its list of figures knows no equal."""
    return Scorer(pickle.loads(job))


def _rows(articles: list[dict[str, Any]], scorer: Scorer, text_column: str) -> Iterator[dict[str, Any]]:
    documents = []
    for values in articles:
        name = as_text(values["id"])
        if name is None:
            yield {"failed": "expected an id of its own for every article, found one without; fill in the column id"}
        elif isinstance(values[text_column], str):
            documents.append(row_document(values, name, text_column))
        else:
            found = type(values[text_column]).__name__
            yield {"document": name, "failed": f"{name}: expected a string in column {text_column}, found {found}"}
    for item in scorer.analyse(documents):
        if isinstance(item, Failure):
            yield {"document": item.input, "failed": item.message}
        else:
            yield from map(flat_row, item[1])
