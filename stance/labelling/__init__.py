"""Sentences that people label: which ones are worth it, where labels are kept, and other tools' forms of them."""

from stance.labelling.drawing import DRAWS, Candidate, Plan, draw, labelled
from stance.labelling.files import LabelFile, known_keys
from stance.labelling.labelstudio import CONFIG, read_export, tasks, write_tasks
from stance.labelling.sheet import SHEET_COLUMNS, read_sheet, sheet_row

__all__ = [
    "CONFIG",
    "DRAWS",
    "SHEET_COLUMNS",
    "Candidate",
    "LabelFile",
    "Plan",
    "draw",
    "known_keys",
    "labelled",
    "read_export",
    "read_sheet",
    "sheet_row",
    "tasks",
    "write_tasks",
]
