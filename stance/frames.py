"""Predictions as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stance.errors import OutputError
from stance.records import CARRIED, Prediction
from stance.writing import PREDICTION_COLUMNS, flat_row

if TYPE_CHECKING:
    import pandas


def to_frame(rows: Iterable[Prediction]) -> pandas.DataFrame:
    """One row for each prediction, with the columns of CSV and Parquet; `mentions` and `reasons` stay lists.

    Args:
        rows: What `analyze` and `analyze_many` give. Without any, the columns are there all the same.

    Raises:
        OutputError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise OutputError(
            f"expected the package pandas for a DataFrame, found it missing ({error}); pip install pandas"
        ) from error
    flat = [flat_row(row) for row in rows]
    found = {name for row in flat for name in row}
    columns = [name for name in PREDICTION_COLUMNS if name in found or name not in CARRIED]
    return pandas.DataFrame(flat, columns=[*columns, *sorted(found - set(columns))])
