"""Results out, as JSON lines, CSV or Parquet: whole or not at all."""

from stance.writing.columns import FIGURE_COLUMNS, PREDICTION_COLUMNS, SUMMARY_COLUMNS, reason_cells, rounded
from stance.writing.outputs import FORMATS, Target, write_rows, write_table

__all__ = [
    "FIGURE_COLUMNS",
    "FORMATS",
    "PREDICTION_COLUMNS",
    "SUMMARY_COLUMNS",
    "Target",
    "reason_cells",
    "rounded",
    "write_rows",
    "write_table",
]
