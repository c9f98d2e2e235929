"""The questions of `stance label`: one key for each sentence, on a terminal; one line for each, from a file or pipe."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from stance.cli.common import note
from stance.counting import counted
from stance.errors import InputError
from stance.records import SHOWN_ORDER, STANCES, Document, Prediction, Stance

if TYPE_CHECKING:
    from stance.labelling import Candidate, LabelFile, Plan
    from stance.render import Screen

_STANCES: dict[str, Stance] = {label[0]: label for label in STANCES}
_SKIP, _UNDO, _QUIT = "k", "u", "q"


def ask_all(found: Iterator[tuple[Document, list[Prediction]]], plan: Plan, output: Path, screen: Screen) -> None:
    """Ask for the stances of the pairs to draw, and keep the answers.

    Args:
        found: Documents with their predictions.
        plan: Which pairs, and how many.
        output: The file of labels; pairs that it or the skips beside it hold are not asked for.
        screen: What to show them on.
    """
    from stance.labelling import LabelFile, draw

    with LabelFile(output, note) as labels:
        drawn = draw(found, plan, labels.done)
        if not drawn:
            note("nothing is left to label in these articles")
            return
        answers = _ask(drawn, labels, screen)
    counts = Counter(answers)
    told = ", ".join(f"{counts[label]} {label}" for label in SHOWN_ORDER)
    note(f"{output}: {counted(counts.total() - counts[None], 'label')} added ({told}), {counts[None]:,} skipped")


def _ask(drawn: Sequence[Candidate], labels: LabelFile, screen: Screen) -> list[Stance | None]:
    """Ask until all are answered or the user has enough; the answers, None for a skip."""
    from stance.labelling import labelled
    from stance.render import render_question

    keys, answers = _keys(), list[Stance | None]()
    while len(answers) < len(drawn):
        candidate = drawn[len(answers)]
        place = f"{len(answers) + 1} of {len(drawn)}"
        typer.echo(render_question(candidate.row, (candidate.before, candidate.after), place, screen))
        key = _answer(keys, can_undo=bool(answers))
        if key == _QUIT:
            break
        if key == _UNDO:
            labels.undo()
            answers.pop()
            continue
        stance = _STANCES.get(key)
        if stance:
            labels.label(labelled(candidate, stance))
        else:
            labels.skip(labelled(candidate, None))
        answers.append(stance)
        typer.echo(f"> {stance or 'skipped'}")
    return answers


def _answer(keys: Iterator[str], can_undo: bool) -> str:
    """The next key that means something here."""
    for key in keys:
        if key == _UNDO and not can_undo:
            note("nothing to undo in this run")
        elif key in (*_STANCES, _SKIP, _UNDO, _QUIT):
            return key
        else:
            note(f"expected one of the keys s o n k u q, found {key!r}; press one of these")
    return _QUIT


def _keys() -> Iterator[str]:
    """Keys as they are pressed; from anything but a terminal, the first letter of each line."""
    if sys.stdin is None:
        raise InputError("expected answers on standard input, found it closed; run it in a terminal, or pipe keys in")
    if sys.stdin.isatty():
        while True:
            try:
                yield typer.getchar().lower()
            except EOFError:
                return
    for raw in sys.stdin.buffer:
        if line := raw.decode("utf-8", "replace").strip():
            yield line[0].lower()
