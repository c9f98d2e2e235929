"""Hostile inputs at every door: never a traceback, never a hang, offsets true, probabilities sound.

    python fuzz/inputs.py --count 200000

Each input is made from its own number, so that a failure can be had again with --only NUMBER.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import sys
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from made import cell, command_line, encoded, json_line, page, record, scrambled, some_tuple, text
from record import Run, arguments, scratch

from models import tiny
from stance.analysis import Options, predict_documents
from stance.cli.app import main as stance_main
from stance.compiled import CompiledModel
from stance.errors import InputError
from stance.reading import read_documents, read_table
from stance.reading.decode import decode
from stance.reading.html import html_document
from stance.records import Document, Failure
from stance.render import Screen, render_articles
from stance.rows import as_targets, labelled_row
from stance.storage import read_compiled
from stance.writing import write_rows

SECONDS = 10.0


class Doors:
    """The ways in, each with the model and a folder to write inputs to."""

    def __init__(self, model: CompiledModel, path: Path, folder: Path) -> None:
        self.model, self.path, self.folder = model, path, folder

    def article(self, rng: random.Random) -> str:
        return self._predicted([Document("text", text(rng))], rng)

    def bytes(self, rng: random.Random) -> str:
        data = encoded(text(rng), rng) if rng.random() < 0.8 else rng.randbytes(rng.randrange(200))
        try:
            found = decode(data, "a.txt", ignore, rng.choice([None, "latin-1", "shift-jis", "no such"]))
        except InputError:
            return "refused"
        found.encode("utf-8")
        return self._predicted([Document("a.txt", found)], rng)

    def html(self, rng: random.Random) -> str:
        try:
            document = html_document(encoded(page(rng), rng), "a.html", ignore, rng.choice([None, "utf-16", "koi8-r"]))
        except InputError:
            return "refused"
        return self._predicted([document], rng)

    def jsonl(self, rng: random.Random) -> str:
        lines = [json_line(rng) for _ in range(rng.randrange(5))]
        return self._table("a.jsonl", encoded("\n".join(lines), rng), rng)

    def csv(self, rng: random.Random) -> str:
        header = ",".join(rng.sample(["text", "id", "sentence", "target", "start", "end", "mentions", "stance"], k=4))
        lines = [",".join(cell(rng) for _ in range(rng.choice([4, 4, 4, 3, 9]))) for _ in range(rng.randrange(5))]
        return self._table("a.csv", encoded("\n".join([rng.choice([header, header, text(rng)]), *lines]), rng), rng)

    def parquet(self, rng: random.Random) -> str:
        import pyarrow
        from pyarrow import parquet

        records = [record(rng) for _ in range(rng.randrange(4))]
        names = {name for row in records for name in row}
        packed = io.BytesIO()
        try:
            columns = {name: [row.get(name) for row in records] for name in sorted(names)}
            parquet.write_table(pyarrow.table(columns), packed)
        except (pyarrow.ArrowException, UnicodeError, OverflowError, TypeError, ValueError):
            return "not written"
        data = packed.getvalue()
        return self._table("a.parquet", scrambled(data, rng) if rng.random() < 0.5 else data, rng)

    def rows(self, rng: random.Random) -> str:
        given = [record(rng) if rng.random() < 0.5 else some_tuple(rng) for _ in range(rng.randrange(4))]
        for row in given:
            with contextlib.suppress(InputError):
                if isinstance(row, dict):
                    labelled_row(row, "row")
        try:
            targets = as_targets(given)
        except InputError:
            return "refused"
        self._sound(self.model.predict_proba(targets), len(targets))
        return "scored"

    def command(self, rng: random.Random) -> str:
        self._write(rng.choice(["a.txt", "a.jsonl", "a.csv", "a.html", "b.txt"]), encoded(text(rng), rng))
        given = ["stance", *command_line(rng, self.path, self.folder)]
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        before, sys.argv = sys.argv, given
        code: Any = 0
        try:
            stdin = io.TextIOWrapper(io.BytesIO(encoded(text(rng), rng)))
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), replaced_stdin(stdin):
                stance_main()
        except SystemExit as exit:
            code = exit.code or 0
        finally:
            sys.argv = before
        assert code in (0, 1, 2, 3), f"exit code {code}: {given}"
        assert "Traceback" not in err.getvalue(), err.getvalue()
        return f"exit code {code}"

    def _write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def _table(self, name: str, data: bytes, rng: random.Random) -> str:
        path = self._write(name, data)
        with contextlib.suppress(InputError):
            for row in read_table(path, ignore):
                if not isinstance(row, Failure):
                    for parse in (lambda values: as_targets([values]), lambda values: labelled_row(values, "row")):
                        with contextlib.suppress(InputError):
                            parse(row.values)
        documents = [found for found in read_documents([str(path)], note=ignore) if isinstance(found, Document)]
        return self._predicted(documents, rng) if documents else "refused"

    def _predicted(self, documents: list[Document], rng: random.Random) -> str:
        options = Options(
            figures=rng.choice([(), (), (), ("Ash",), ("",), (text(rng)[:20],)]), known_only=rng.random() < 0.1,
            explain=rng.random() < 0.1,
        )  # fmt: skip
        found = list(predict_documents(self.model, documents, options))
        for document, predictions in found:
            assert_true_offsets(document, predictions)
            self._sound(np.array([list(row.probabilities.values()) for row in predictions]), len(predictions))
        rows = [row for _, predictions in found for row in predictions]
        write_rows(rows, rng.choice(["jsonl", "csv"]), io.BytesIO())
        shown = "\n".join(render_articles(found, Screen(width=rng.choice([20, 80, 200]))))
        assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in shown), (
            "control characters shown"
        )
        return f"{'some' if rows else 'no'} rows"

    def _sound(self, probabilities: Any, count: int) -> None:
        assert len(probabilities) == count
        if count:
            assert np.isfinite(probabilities).all()
            np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-9)


def ignore(_: str) -> None:
    """A note that nobody reads."""


def assert_true_offsets(document: Document, predictions: list[Any]) -> None:
    places = []
    for row in predictions:
        assert document.text[row.start : row.end] == row.sentence
        assert row.mentions
        for mention in row.mentions:
            assert document.text[mention.start : mention.end] == mention.text
            assert row.start <= mention.start < mention.end <= row.end
        for reason in row.reasons or ():
            assert reason.start is None or row.start <= reason.start <= reason.end <= row.end
        places.append((row.sentence_index, row.mentions[0].start))
    assert places == sorted(places), "rows out of reading order"


@contextlib.contextmanager
def replaced_stdin(stream: Any) -> Any:
    before, sys.stdin = sys.stdin, stream
    try:
        yield
    finally:
        sys.stdin = before


SHARES = {"article": 40, "bytes": 12, "html": 8, "jsonl": 10, "csv": 10, "parquet": 5, "rows": 12, "command": 3}


def main() -> None:
    options = arguments(__doc__, 200_000)
    warnings.simplefilter("error")
    os.environ["HF_HUB_OFFLINE"] = "1"
    with scratch() as folder, contextlib.chdir(folder):
        tiny(folder)
        doors = Doors(read_compiled(folder / "tiny.npz", CompiledModel), folder / "tiny.npz", folder)
        run = Run("inputs", SECONDS, options.seed)
        for number in options.numbers:
            rng = random.Random(f"{options.seed} {number}")
            name = rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
            door: Callable[[random.Random], str] = getattr(doors, name)
            run.attempt(f"{name}, --only {number}", lambda: f"{name}: {door(rng)}")  # noqa: B023
        run.finish(options.record)


if __name__ == "__main__":
    main()
