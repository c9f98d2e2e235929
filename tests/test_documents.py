"""From names to documents: files, folders, globs, tables, web pages and standard input."""

import datetime
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stance.reading import documents as documents_module
from stance.reading import given_text, read_documents
from stance.records import Document, Failure

PAGE = """<html><head><title>Vale wins vote | Daily Example</title>
<meta property="og:site_name" content="Daily Example">
<meta property="article:published_time" content="2024-05-06T10:00:00Z">
<link rel="canonical" href="https://example.org/a/b"></head><body><nav>Home | About</nav><article>
<h1>Vale wins vote</h1>
<p>Senator Ann Vale won the vote on Monday, and friends in the chamber praised her for the long effort.</p>
<p>Her rival, Tom Reed, called her a <b>fraud</b> and promised to fight the café bill in court for years.</p>
<table><tr><td>Yeas</td><td>51</td></tr></table>
</article><div id="comments"><p>I cannot stand her, and I never could in all these long years.</p></div>
<footer>Copyright Daily Example</footer></body></html>"""


def no_note(line):
    raise AssertionError(f"unexpected note: {line}")


def read(*named, note=no_note, **options):
    return list(read_documents([str(name) for name in named], note=note, **options))


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def failure(found):
    """The message of the one failure, which names its input first and is one line."""
    (only,) = found
    assert isinstance(only, Failure)
    assert only.message.startswith(only.input)
    assert "\n" not in only.message
    return only.message


def test_a_text_file_is_one_document_and_an_empty_one_too(tmp_path):
    article = write(tmp_path / "a.txt", b"\xef\xbb\xbfOne.\r\nTwo.\n")
    empty = write(tmp_path / "b.txt", "")
    assert read(article, empty) == [Document(str(article), "One.\r\nTwo.\n"), Document(str(empty), "")]


def test_a_file_named_by_itself_may_have_any_suffix(tmp_path):
    assert read(write(tmp_path / "notes.md", "Hello")) == [Document(str(tmp_path / "notes.md"), "Hello")]


def test_a_folder_is_its_articles_and_those_below_sorted(tmp_path, monkeypatch):
    for name in ("b.txt", "a/z.TXT", "a/.hidden.txt", ".git/c.txt", "c.gold.jsonl", "d.pdf", "e"):
        write(tmp_path / "news" / name, name)
    write(tmp_path / "news" / "t.jsonl", '{"text": "row"}')
    monkeypatch.chdir(tmp_path)
    notes: list[str] = []
    found = [(document.id, document.text) for document in read("./news/", note=notes.append)]
    assert [note.split(";")[0] for note in notes] == [
        "news: passed over 2 files that are none of .txt .html .htm .jsonl .jsonl.gz .jsonl.zst .csv .parquet"
    ]
    assert found == [
        (os.path.join("news", "a", "z.TXT"), "a/z.TXT"),  # noqa: PTH118
        (os.path.join("news", "b.txt"), "b.txt"),  # noqa: PTH118
        (os.path.join("news", "t.jsonl") + "#1", "row"),  # noqa: PTH118
    ]


def test_links_that_go_round_in_circles_end(tmp_path, monkeypatch):
    write(tmp_path / "a" / "one.txt", "1")
    listed = []
    list_folder = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: listed.append(path) or list_folder(path))
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self.txt").symlink_to("self.txt")
    assert [document.text for document in read(tmp_path)] == ["1"]
    assert len(listed) == 2


def test_globs_match_files_folders_and_below(tmp_path):
    for name in ("a1.txt", "a2.txt", "b.txt", "deep/er/a3.txt", "a4.md"):
        write(tmp_path / name, name)
    assert [document.text for document in read(tmp_path / "a?.txt")] == ["a1.txt", "a2.txt"]
    assert [document.text for document in read(tmp_path / "de*")] == ["deep/er/a3.txt"]
    assert [document.text for document in read(tmp_path / "**" / "a*.txt")] == [
        "a1.txt",
        "a2.txt",
        "deep/er/a3.txt",
    ]


def test_globs_below_follow_links_once_and_pass_over_what_is_hidden(tmp_path):
    """Two links up in one folder made `glob` go through 2 to the power of 40 paths."""
    for name in ("a.txt", "x/b.txt", "x/y/c.txt", ".hid/d.txt", "x/.e.txt", "far/f.txt"):
        write(tmp_path / "in" / name, name)
    (tmp_path / "in" / "far").rename(tmp_path / "far")
    for place, to in (("loop", "."), ("up", ".."), ("x/up", ".."), ("x/y/up", "../.."), ("link", "../far")):
        (tmp_path / "in" / place).symlink_to(to, target_is_directory=True)
    found = {"a.txt", "x/b.txt", "x/y/c.txt", "far/f.txt"}
    for pattern in ("**", "**/*.txt", "**/**/**/*.txt"):
        assert {document.text for document in read(tmp_path / "in" / pattern)} == found, pattern
    assert [document.text for document in read(tmp_path / "in" / "x" / "**" / "c*")] == ["x/y/c.txt"]
    assert [document.text for document in read(tmp_path / "in" / "x" / "**" / ".e*")] == ["x/.e.txt"]
    assert {document.text for document in read(tmp_path / "i?" / "[x]" / "y" / "**" / "c*")} == {"x/y/c.txt"}


def test_an_empty_name_is_not_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path / "a.txt", "a").parent)
    assert failure(read("")).startswith("expected a file, folder, glob or -, found an empty name")


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path):
    write(tmp_path / "a[1].txt", "brackets")
    write(tmp_path / "a1.txt", "one")
    assert [document.text for document in read(tmp_path / "a[1].txt")] == ["brackets"]


def test_a_file_named_twice_is_read_once(tmp_path):
    path = write(tmp_path / "a.txt", "once")
    (tmp_path / "x").mkdir()
    assert len(read(path, tmp_path, tmp_path / "*.txt", tmp_path / "x" / ".." / "a.txt")) == 1


def test_gold_is_left_out_with_a_note(tmp_path):
    notes = []
    gold = write(tmp_path / "a.gold.jsonl", "{}")
    assert read(gold, note=notes.append) == []
    assert notes == [f"{gold}: left out; it holds the gold of an article, not an article"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no.txt", ": expected a file, folder, glob or -, found nothing; check the name"),
        ("no*.txt", ": expected a glob that matches files, found no match; check the pattern"),
        ("x" * 300, ": expected a file or folder, found it closed to us (File name too long); check name and per"),
        ("nul\0.txt", ": expected a file, folder, glob or -, found nothing; check the name"),
    ],
)
def test_a_name_without_a_file_fails_and_the_others_are_read(tmp_path, name, message):
    good = write(tmp_path / "good.txt", "good")
    failed, document = read(tmp_path / name, good)
    assert failure([failed]).startswith(f"{tmp_path / name}{message}")
    assert document.text == "good"


def test_a_folder_without_articles_fails(tmp_path):
    write(tmp_path / "picture.png", "x")
    assert failure(read(tmp_path)) == (
        f"{tmp_path}: expected a folder with articles (.txt .html .htm .jsonl .jsonl.gz .jsonl.zst .csv .parquet), "
        "found none in it; name the files themselves"
    )


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert failure(read(tmp_path / "pipe.txt")) == (
        f"{tmp_path / 'pipe.txt'}: expected a file or folder, found a pipe or device; pipe it in, as -"
    )
    write(tmp_path / "good.txt", "good")
    assert [document.text for document in read(tmp_path)] == ["good"]


def test_a_folder_closed_to_us_fails_alone(tmp_path, monkeypatch):
    write(tmp_path / "a" / "one.txt", "1")
    write(tmp_path / "b" / "two.txt", "2")
    list_folder = Path.iterdir

    def denied(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", denied)  # root may read every folder, so permissions cannot be tested
    closed, document = read(tmp_path)
    assert failure([closed]).endswith("found it closed to us (Permission denied); check name and permissions")
    assert document.text == "2"


def test_binary_and_vanished_files_fail_alone(tmp_path):
    binary = write(tmp_path / "a.txt", b"\0\1\2")
    good = write(tmp_path / "b.txt", "good")
    failed, document = read(binary, good)
    assert failure([failed]) == (
        f"{binary}: expected text, found binary data (NUL bytes); give an article as text or HTML"
    )
    assert document.text == "good"
    documents = read_documents([str(binary), str(good)], note=no_note)
    next(documents)
    good.unlink()
    assert failure(documents).startswith(f"{good}: expected a file, folder, glob or -, found nothing")


def test_an_unreadable_file_fails_with_the_reason_of_the_system(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt", "x")

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(documents_module, "read_limited", denied)
    assert failure(read(path)) == (
        f"{path}: expected a readable file, found none (Permission denied); check the name and its permissions"
    )


def test_rows_become_documents_with_id_and_what_is_known_of_them(tmp_path):
    rows = [
        {"text": "One.", "id": 7, "title": "T", "date": "2024-05-06", "source": "S", "url": "U", "more": 1},
        {"text": "", "id": "", "title": None},
        {"text": "\ufeffThree."},
    ]
    path = write(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert read(path) == [
        Document("7", "One.", "T", "2024-05-06", "S", "U"),
        Document(f"{path}#2", ""),
        Document(f"{path}#3", "Three."),
    ]


def test_csv_rows_and_another_text_column(tmp_path):
    path = write(tmp_path / "a.csv", 'body,title\n"One,\r\ntwo.",T\n')
    assert read(path, text_column="body") == [Document(f"{path}#1", "One,\r\ntwo.", title="T")]


def test_parquet_rows_with_dates_and_missing_values(tmp_path):
    import pyarrow
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    columns = {
        "text": ["One.", None],
        "date": [datetime.date(2024, 5, 6), None],
        "id": [float("nan"), 2.0],
    }
    parquet.write_table(pyarrow.table(columns), path)
    document, broken = read(path)
    assert document == Document(f"{path}#1", "One.", date="2024-05-06")
    assert failure([broken]) == (
        f"{path} row 2: expected a string in column text, found null; put the article's text there"
    )


def test_without_the_text_column_a_csv_fails_once_and_json_row_by_row(tmp_path):
    table = write(tmp_path / "a.csv", "body,title\nx,y\nx,y\n")
    assert failure(read(table)) == (
        f"{table}: expected a column text, found body, title; name the column of the text with --text-column"
    )
    lines = write(tmp_path / "a.jsonl", '{"body": "x"}\n{"text": "y"}\n{"text": 5}\n{}\nnonsense\n')
    no_column, document, number, nothing, nonsense = read(lines)
    assert failure([no_column]).startswith(f"{lines} line 1: expected a column text, found body; name")
    assert document == Document(f"{lines}#2", "y")
    assert failure([number]).startswith(f"{lines} line 3: expected a string in column text, found a value of")
    assert failure([nothing]).startswith(f"{lines} line 4: expected a column text, found none; name")
    assert failure([nonsense]).startswith(f"{lines} line 5: expected JSON, found invalid JSON at column 1 (Expe")


def test_a_damaged_table_fails_and_the_others_are_read(tmp_path):
    broken = write(tmp_path / "a.parquet", "no parquet at all")
    good = write(tmp_path / "b.txt", "good")
    failed, document = read(tmp_path)
    assert failed.input == str(broken)
    assert failure([failed]).startswith(f"{broken}: expected a Parquet table, found a file that is none or")
    assert document == Document(str(good), "good")


def test_a_web_page_is_its_article_with_title_date_source_and_address(tmp_path):
    path = write(tmp_path / "a.html", PAGE)
    (document,) = read(path)
    assert document.text.split("\n")[-2:] == [
        "Senator Ann Vale won the vote on Monday, and friends in the chamber praised her for the long effort.",
        "Her rival, Tom Reed, called her a fraud and promised to fight the café bill in court for years.",
    ]
    assert "Yeas" not in document.text
    assert "cannot stand" not in document.text
    assert document.id == str(path)
    assert (document.title, document.date) == ("Vale wins vote", "2024-05-06")
    assert (document.source, document.url) == ("Daily Example", "https://example.org/a/b")


def test_a_web_page_in_the_encoding_it_declares(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Reed", "Řeháček")
    (document,) = read(write(tmp_path / "a.htm", page.encode("iso-8859-2")))
    assert "Tom Řeháček, called her" in document.text


def test_a_web_page_without_an_article_fails_and_an_empty_one_is_empty(tmp_path):
    path = write(tmp_path / "a.html", "<html><body><script>var x = 1;</script></body></html>")
    assert failure(read(path)) == (
        f"{path}: expected a web page with an article, found no article text; save its text as .txt"
    )
    assert read(write(tmp_path / "b.html", " \n")) == [Document(str(tmp_path / "b.html"), "")]


def test_a_page_that_breaks_the_parser_fails_alone(tmp_path, monkeypatch):
    import trafilatura

    def breaks(*_, **__):
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", breaks)
    failed, document = read(write(tmp_path / "a.html", PAGE), write(tmp_path / "b.txt", "good"))
    assert failure([failed]).endswith(
        ": expected a web page, found one that cannot be read (RecursionError); save its text as .txt"
    )
    assert document.text == "good"


MANY = " ".join(f"a{number}='<'" for number in range(23_000))
"""More attributes than a tag may have; the parser takes time with their square."""


@pytest.mark.parametrize(
    "tags",
    [f"<div {MANY}>", f"<p\n{MANY}", f"<div/{MANY.replace(' ', '/')}>", f"<!-- <script> --><div {MANY}>",
     f"<!-- <a b=\" --><div {MANY}>", f"<script>'<a b=\"'</script><div {MANY}>", f"<title><i b='</title><div {MANY}>",
     f"<div {MANY[:100_000]}>" * 6],
    ids=["spaces", "unclosed", "slashes", "comment", "quote in comment", "quote in script", "quote in title", "many"],
)  # fmt: skip
def test_tags_of_thousands_of_attributes_are_refused_before_they_are_parsed(tmp_path, monkeypatch, tags):
    monkeypatch.setattr("stance.reading.html._extract", lambda *_: pytest.fail("it was parsed"))
    page = write(tmp_path / "a.html", PAGE.replace("<nav>", tags))
    assert "found tags of many thousand attributes" in failure(read(page))


def test_scripts_and_long_attributes_are_no_reason_to_refuse_a_page(tmp_path):
    script = "<script>if (a<b) x = [" + '"w" , ' * 5_000 + "]</script>"
    data = f"<img alt='{'a b ' * 100_000}' src=\"data:{'x' * 100_000}\">"
    (page,) = read(write(tmp_path / "a.html", PAGE.replace("<nav>", f"{script}{data}<nav>")))
    assert "Senator Ann Vale won the vote" in page.text


def test_standard_input_is_one_article_and_stays_open(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO("Café.\r\n".encode()))
    monkeypatch.setattr("sys.stdin", stream)
    assert read("-", "-") == [Document("-", "Café.\r\n")]
    assert not stream.buffer.closed
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\0")))
    assert failure(read("-")).startswith("-: expected text, found binary data (NUL bytes)")
    monkeypatch.setattr("sys.stdin", None)
    assert failure(read("-")).startswith("-: expected an article on standard input, found it closed; pipe")


def test_a_given_text_can_always_be_written():
    assert given_text("\ufeffa\udce9\n") == Document("text", "a\ufffd\n")


def test_importing_the_door_imports_nothing_heavy():
    program = "import sys, stance.reading; print(sorted({'pyarrow', 'trafilatura', 'rich', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
