"""Persons named in a text, every mention under one name."""

from stance.figures.finder import find_figures
from stance.figures.known import KnownFigures, load_known

__all__ = ["KnownFigures", "find_figures", "load_known"]
