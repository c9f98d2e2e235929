"""`--encoding`: what the user says of a file counts, at every door and for every kind of text file."""

import json
from pathlib import Path
from typing import Any

import pytest

TEXT = "Sen. Ann Ašková lost the vote in Łódź."
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-2", "windows-1250"]


def stored(path: Path, encoding: str) -> Path:
    """The text as an article, page or table in that encoding."""
    whole = {
        ".txt": TEXT,
        ".html": f"<html><body><article><p>{TEXT} {'The hall was full that night. ' * 9}</p></article></body></html>",
        ".jsonl": json.dumps({"text": TEXT}, ensure_ascii=False) + "\n",
        ".csv": f"id,text\n7,{TEXT}\n",
    }[path.suffix]
    path.write_bytes(whole.encode(encoding))
    return path


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".csv"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_files_are_read_as_they_are_said_to_be(cli: Any, tmp_path: Path, suffix: str, encoding: str) -> None:
    path = stored(tmp_path / f"a{suffix}", encoding)
    code, out, err = cli("figures", path, "--format", "jsonl", "--encoding", encoding)
    assert (code, err) == (0, "")
    row = json.loads(out.splitlines()[0])
    assert row["figure"] == "Ann Ašková"
    assert (row["start"], row["end"]) == (5, 15)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_needs_no_word_of_the_user(cli: Any, tmp_path: Path, encoding: str) -> None:
    code, out, err = cli("figures", stored(tmp_path / "a.txt", encoding), "--format", "jsonl")
    assert (code, err) == (0, "")
    assert json.loads(out.splitlines()[0])["text"] == "Ann Ašková"


@pytest.mark.parametrize("suffix", [".txt", ".jsonl"])
def test_a_file_that_is_not_what_was_said_fails(cli: Any, tmp_path: Path, suffix: str) -> None:
    path = stored(tmp_path / f"a{suffix}", "windows-1250")
    code, out, err = cli("figures", path, "--format", "jsonl", "--encoding", "utf-8")
    assert (code, out) == (1, "")
    assert "expected UTF-8 text, as --encoding says, found broken bytes at position" in err


def test_rows_are_read_so_too(cli: Any, tmp_path: Path, toy_model: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(f"sentence,target\n{TEXT},Ašková\n".encode("iso-8859-2"))
    arguments = ("predict", tmp_path / "rows.csv", "--rows", "--encoding", "iso-8859-2", "--model", toy_model)
    code, out, err = cli(*arguments)
    assert (code, err) == (0, "")
    assert json.loads(out)["target"] == "Ašková"


@pytest.mark.parametrize("name", ["utf-9", "", "zlib", "hex", "rot13", "punycode", "idna", "unicode_escape", "a\0b"])
def test_what_is_no_encoding_is_wrong_usage(cli: Any, name: str) -> None:
    code, _, err = cli("figures", "-", "--encoding", name)
    assert code == 2
    assert "expected an encoding such as utf-8" in err
