"""Results as text for the terminal; nothing here prints."""

from stance.render.articles import render_articles
from stance.render.labelling import render_question
from stance.render.printable import harmless, printable
from stance.render.reasons import render_reasons
from stance.render.scores import render_evaluation
from stance.render.screen import Screen
from stance.render.tables import render_datasets, render_figures, render_summary

__all__ = [
    "Screen",
    "harmless",
    "printable",
    "render_articles",
    "render_datasets",
    "render_evaluation",
    "render_figures",
    "render_question",
    "render_reasons",
    "render_summary",
]
