"""Scores as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stance.records import SHOWN_ORDER
from stance.render.labels import STYLES, sign
from stance.render.screen import Screen

if TYPE_CHECKING:
    from rich.table import Table


def render_evaluation(name: str, scores: Mapping[str, Any], screen: Screen | None = None) -> str:
    """What `stance evaluate` found out about one source.

    Args:
        name: The source.
        scores: The dictionary of an `Evaluation`, of an `ArticlesEvaluation`, or of `evaluate_behaviour`.
        screen: What to draw for; by default what is behind standard output.
    """
    from rich.text import Text

    screen = screen or Screen.of()
    title = Text.assemble((name, "bold"), f"  {scores['n']:,} rows", overflow="fold")
    if "capabilities" in scores:
        return screen.draw(title, "", _capabilities(scores, screen)) + "\n"
    if "per_class" not in scores:
        return screen.draw(title, "", _articles(scores, screen)) + "\n"
    parts = (
        _classes(scores, screen),
        "",
        _totals(scores, screen),
        "",
        _confusion(scores, screen),
        "",
        _coverage(scores, screen),
        *(("", _comparison(scores["comparison"], screen)) if "comparison" in scores else ()),
    )
    return screen.draw(title, "", *parts) + "\n"


def _classes(scores: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "", "Precision", "Recall", "F1", "Rows")
    for stance in SHOWN_ORDER:
        found = scores["per_class"][stance]
        rates = [f"{found[rate]:.3f}" for rate in ("precision", "recall", "f1")]
        table.add_row(f"{sign(stance, screen)} {stance}", *rates, f"{found['n']:,}", style=STYLES[stance])
    return table


def _totals(scores: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "", "Score", "Majority")
    baseline = scores["baseline"]
    table.add_row("macro F1", f"{scores['macro_f1']:.3f}", f"{baseline['macro_f1']:.3f}", style="bold")
    table.add_row("accuracy", f"{scores['accuracy']:.3f}", f"{baseline['accuracy']:.3f}")
    table.add_row("F1 of support and oppose", f"{scores['f_avg']:.3f}", "")
    table.add_row("calibration error (ECE)", f"{scores['ece']:.3f}", "")
    table.add_row("log loss", f"{scores['log_loss']:.3f}", "")
    return table


def _confusion(scores: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "Gold \\ predicted", *(f"{sign(stance, screen)} {stance}" for stance in SHOWN_ORDER))
    for gold in SHOWN_ORDER:
        counts = scores["confusion"][gold]
        table.add_row(f"{sign(gold, screen)} {gold}", *(f"{counts[predicted]:,}" for predicted in SHOWN_ORDER))
    return table


def _coverage(scores: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "Surest rows", "Accuracy", "--min-probability")
    for step in scores["coverage"][1::2]:
        table.add_row(f"{step['share']:.0%}", f"{step['accuracy']:.3f}", f"{step['min_probability']:.2f}")
    return table


def _comparison(found: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "Against the other model", "Other", "Difference", "95 % interval")
    for label, name in (("macro F1", "macro_f1"), ("accuracy", "accuracy")):
        difference, low, high = found[f"{name}_difference"]
        table.add_row(label, f"{found[name]:.3f}", f"{difference:+.3f}", f"{low:+.3f} to {high:+.3f}")
    alone = f"{found['only_this_right']:,} : {found['only_other_right']:,}"
    table.add_row("right alone, this : the other", "", alone, f"McNemar p = {found['mcnemar_p']:.3g}")
    return table


def _articles(scores: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "", "Precision", "Recall", "F1")
    for label, prefix in (("figure and stance", ""), ("figure alone", "figure_")):
        table.add_row(label, *(f"{scores[f'{prefix}{rate}']:.3f}" for rate in ("precision", "recall", "f1")))
    table.add_row("right stances among figures found", "", "", f"{scores['stance_accuracy']:.3f}")
    return table


def _capabilities(scores: Mapping[str, Any], screen: Screen) -> Table:
    table = _numbers(screen, "Capability", "Cases", "Passed", "Share")
    for name, found in scores["capabilities"].items():
        table.add_row(name, f"{found['n']:,}", f"{found['passed']:,}", f"{found['rate']:.2f}")
    table.add_row("all", f"{scores['n']:,}", f"{scores['passed']:,}", f"{scores['rate']:.2f}", style="bold")
    return table


def _numbers(screen: Screen, first: str, *columns: str) -> Table:
    table = screen.table()
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table
