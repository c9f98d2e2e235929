"""Results out, as JSON lines, CSV or Parquet: whole or not at all."""

from stance.writing.arrow import record_batch
from stance.writing.columns import (
    FIGURE_COLUMNS,
    PREDICTION_COLUMNS,
    SUMMARY_COLUMNS,
    Columns,
    flat_row,
    nested_row,
    reason_cells,
    rounded,
)
from stance.writing.outputs import FORMATS, Destination, write_rows, write_table

__all__ = [
    "FIGURE_COLUMNS",
    "FORMATS",
    "PREDICTION_COLUMNS",
    "SUMMARY_COLUMNS",
    "Columns",
    "Destination",
    "flat_row",
    "nested_row",
    "reason_cells",
    "record_batch",
    "rounded",
    "write_rows",
    "write_table",
]
