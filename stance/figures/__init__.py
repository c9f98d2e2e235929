"""Persons named in a text, every mention under one name."""

from stance.figures.finder import Reading, find_figures, read_text
from stance.figures.known import KnownFigures
from stance.figures.table import load_known

__all__ = ["KnownFigures", "Reading", "find_figures", "load_known", "read_text"]
