"""Label Studio: pairs to its tasks, and what was labelled there back to rows.

Of its exports, JSON (tasks with their annotations) and JSON-MIN (one flat object for each annotation) are read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from stance.atomic import replacing
from stance.errors import InputError
from stance.labelling.drawing import Candidate, labelled
from stance.records import Failure
from stance.rows import labelled_row
from stance.spans import pieces
from stance.writing.cells import json_text

_CONTROL = "stance"
_SHOWN = ("html", "before", "after")
_OWN = {"id", _CONTROL, "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
"""What JSON-MIN puts beside the task's data."""

CONFIG = """\
<View>
  <Header value="Toward $figure" size="4"/>
  <HyperText name="text" value="$html" inline="true" selectionEnabled="false"/>
  <Choices name="stance" toName="text" choice="single" required="true" showInline="true">
    <Choice value="support" hotkey="s"/>
    <Choice value="oppose" hotkey="o"/>
    <Choice value="neutral" hotkey="n"/>
  </Choices>
</View>
"""
"""The labelling interface of the project that takes the tasks."""


def tasks(candidates: Iterable[Candidate]) -> list[dict[str, Any]]:
    """Pairs as tasks to import: the row is their data, and `html` shows it among its neighbours, mentions marked.

    The model's own stance is not among what is shown: who sees it tends to agree with it.
    """
    return [{"data": {**_unlabelled(candidate), "html": _html(candidate)}} for candidate in candidates]


def write_tasks(candidates: Iterable[Candidate], path: Path) -> None:
    """Write tasks to a file to import into Label Studio."""
    lines = ",\n".join(json_text(task) for task in tasks(candidates))
    with replacing(path) as stream:
        stream.write(f"[\n{lines}\n]\n".encode())


def read_export(path: Path) -> Iterator[dict[str, Any] | Failure]:
    """Labelled rows out of an export; tasks that nobody labelled are passed over.

    Where several people labelled a task, what most of them say holds; without a majority it is a failure.

    Raises:
        InputError: The file is no export of Label Studio.
    """
    for number, (values, labels) in enumerate(_answers(_loaded(path)), 1):
        where = f"{path} task {values.get('id', number)}"
        counted = Counter(labels).most_common(2)
        if not counted:
            continue
        if len(counted) == 2 and counted[0][1] == counted[1][1]:
            named = " and ".join(sorted(label for label, _ in counted))
            yield Failure(
                where, f"{where}: expected one stance, found {named} equally often; settle it and export again"
            )
            continue
        data = {name: value for name, value in values.items() if name not in {*_SHOWN, *_OWN}}
        row = _ordered(data, counted[0][0])
        try:
            labelled_row(row, where)
        except InputError as error:
            yield Failure(where, str(error))
        else:
            yield row


def _unlabelled(candidate: Candidate) -> dict[str, Any]:
    return {name: value for name, value in labelled(candidate, None).items() if name != _CONTROL}


def _ordered(data: Mapping[str, Any], stance: str) -> dict[str, Any]:
    """The row with its stance where labelled rows have it."""
    row: dict[str, Any] = {}
    for name, value in data.items():
        if name == "document":
            row[_CONTROL] = stance
        row[name] = value
    return row | {_CONTROL: stance}


def _html(candidate: Candidate) -> str:
    cut = pieces(candidate.row.sentence, candidate.spans)
    marked = "".join(f"<mark>{escape(piece)}</mark>" if span else escape(piece) for piece, span in cut)
    shown = f"<p><strong>{marked}</strong></p>"
    before, after = (f"<p>{escape(text)}</p>" if text else "" for text in (candidate.before, candidate.after))
    return f"{before}{shown}{after}"


def _loaded(path: Path) -> list[Any]:
    expected = f"{path}: expected an export of Label Studio (JSON or JSON-MIN: a list of tasks)"
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{expected}, found no readable file ({error.strerror}); check the name") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{expected}, found no JSON ({error}); export it again") from error
    if not isinstance(content, list) or not all(isinstance(task, dict) for task in content):
        raise InputError(f"{expected}, found other JSON; export it again")
    return content


def _answers(content: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each task's data with the labels that it was given."""
    flat: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for number, task in enumerate(content):
        if isinstance(task.get("data"), dict):
            yield {"id": task.get("id", number + 1), **task["data"]}, list(_chosen(task.get("annotations")))
        else:
            # JSON-MIN has one object for each annotation, so a task may come again.
            _, labels = flat.setdefault(str(task.get("id", f"#{number}")), (task, []))
            labels += _texts(task.get(_CONTROL))
    yield from flat.values()


def _chosen(annotations: Any) -> Iterator[str]:
    for annotation in annotations if isinstance(annotations, list) else ():
        if not isinstance(annotation, dict) or annotation.get("was_cancelled"):
            continue
        for result in annotation.get("result") or ():
            if isinstance(result, dict) and result.get("from_name") == _CONTROL:
                yield from _texts(result.get("value"))


def _texts(value: Any) -> list[str]:
    """The choices of one answer: a text, or an object that lists them."""
    if isinstance(value, dict):
        value = value.get("choices")
    chosen = value if isinstance(value, list) else [value]
    return [label for label in chosen if isinstance(label, str) and label]
