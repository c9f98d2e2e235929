"""Files that are cut, emptied, replaced, removed or written over while they are read: no traceback, no invented row."""

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from stance.errors import InputError
from stance.reading import TableRow, find_articles, read_article, read_documents, read_table
from stance.records import Document, Failure

N_ROWS = 20_000
"""Enough that no reader has the whole file in its buffers when the first row is out."""


def cell(number: int) -> str:
    """A cell of 160 characters that do not pack well, so that gzip and Parquet files are long too."""
    return f"{number:06d} " + f"{pow(7, number + 400, 2**512):0128x}"


def content(form: str) -> bytes:
    cells = [cell(number) for number in range(N_ROWS)]
    if form == "csv":
        return ("text\n" + "".join(f"{text}\n" for text in cells)).encode()
    if form == "parquet":
        stream = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.table({"text": cells}), stream, row_group_size=500)
        return stream.getvalue()
    lines = "".join(json.dumps({"text": text}) + "\n" for text in cells).encode()
    return gzip.compress(lines, compresslevel=1) if form == "jsonl.gz" else lines


CONTENTS = {form: content(form) for form in ("jsonl", "csv", "jsonl.gz", "parquet")}


def replaced(path: Path) -> None:
    """Another file takes its name, as `mv` and every careful writer do it."""
    path.with_suffix(".new").write_bytes(b"another")
    path.with_suffix(".new").replace(path)


def written_over(path: Path) -> None:
    """The same file gets other bytes, as a careless writer does it."""
    with path.open("r+b") as stream:
        stream.write(b'\xff\x00"{,' * (path.stat().st_size // 5))


CHANGES: dict[str, Any] = {
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "replaced": replaced,
    "removed": Path.unlink,
    "written over": written_over,
}


@pytest.fixture
def changing(tmp_path: Path) -> Any:
    """Rows of a table that changes after its first row, and the message of the error that ended it, if any."""

    def read(form: str, change: str) -> tuple[list[TableRow | Failure], str]:
        path = tmp_path / f"rows.{form}"
        path.write_bytes(CONTENTS[form])
        rows: list[TableRow | Failure] = []
        try:
            for row in read_table(path, lambda _: None):
                if not rows:
                    CHANGES[change](path)
                rows.append(row)
        except InputError as error:
            return rows, str(error)
        return rows, ""

    return read


@pytest.mark.parametrize("change", ["cut", "emptied", "written over"])
@pytest.mark.parametrize("form", CONTENTS)
def test_rows_before_the_change_are_true_and_the_rest_is_told(changing: Any, form: str, change: str) -> None:
    rows, message = changing(form, change)
    texts = [row.values.get("text") for row in rows if isinstance(row, TableRow)]
    assert 1 <= len(texts) < N_ROWS
    # Where lines were lost the last one may have been cut, and only JSON and packed files can tell.
    whole = texts[:-1] if form == "csv" else texts
    assert whole == [cell(number) for number in range(len(whole))]
    told = [row.message for row in rows if isinstance(row, Failure)] + [message] * bool(message)
    assert all(line.isprintable() and f"rows.{form}" in line for line in told)
    if form in ("jsonl.gz", "parquet"):
        assert told, "packed files say that they are not whole"


@pytest.mark.parametrize("change", ["replaced", "removed"])
@pytest.mark.parametrize("form", CONTENTS)
def test_a_file_that_loses_its_name_is_read_to_its_end(changing: Any, form: str, change: str) -> None:
    rows, message = changing(form, change)
    assert message == ""
    assert [row.values["text"] for row in rows] == [cell(number) for number in range(N_ROWS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Sen. Ann Ash spoke in {name}.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("change", CHANGES)
def test_an_article_that_changes_after_it_was_found_stops_no_other(folder: Path, change: str) -> None:
    found: Iterator[Any] = read_documents([str(folder)], note=lambda _: None)
    first = next(found)
    CHANGES[change](folder / "b.txt")
    second, third = found
    assert [first.text[-2:], third.text[-2:]] == ["a.", "c."]
    if change in ("removed", "written over"):
        assert isinstance(second, Failure)
        assert second.message.startswith(f"{folder / 'b.txt'}: expected ")
    else:
        assert isinstance(second, Document)
        assert second.text in ("Sen. Ann Ash", "", "another")


def test_an_article_that_is_emptied_while_it_is_open_is_no_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import stance.reading.documents as documents

    opened = documents.opened

    def emptied(name: str) -> Any:
        stream = opened(name)
        os.truncate(name, 0)
        return stream

    monkeypatch.setattr(documents, "opened", emptied)
    (source, *_) = find_articles([str(folder / "a.txt")], note=lambda _: None)
    assert isinstance(source.found, str)
    assert read_article(source.found, lambda _: None) == Document(str(folder / "a.txt"), "")
