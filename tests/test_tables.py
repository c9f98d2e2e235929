"""Tables come in row by row; a broken row is named and the rest goes on; a broken file is refused."""

import gzip
import io
import json
import random

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError
from stance.reading import TableRow, is_table, read_table
from stance.reading import lines as lines_module
from stance.records import Failure


def no_note(line):
    raise AssertionError(f"unexpected note: {line}")


def write(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def table(path, content, note=no_note):
    return list(read_table(write(path, content), note))


def test_json_lines_keep_types_and_number_lines_and_rows(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = table(path, '{"a": 1, "b": [true, null]}\n\n{"a": "x\u2028y\x0b"}'.replace("\x0b", "\\u000b"))
    assert rows == [
        TableRow(f"{path} line 1", 1, {"a": 1, "b": [True, None]}),
        TableRow(f"{path} line 3", 2, {"a": "x\u2028y\x0b"}),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"a": 1',
            "expected JSON, found invalid JSON at column 8 (Expecting ',' delimiter); put one JSON object on each line",
        ),
        (
            "{'a': 1}",
            "expected JSON, found invalid JSON at column 2 (Expecting property name enclosed in double quotes); put",
        ),
        ('{"a": NaN}', "expected JSON, found invalid JSON (NaN is no JSON number); put one JSON object on each line"),
        ('{"a": -Infinity}', "expected JSON, found invalid JSON (-Infinity is no JSON number); put"),
        ('{"a": ' + "9" * 5000 + "}", "expected JSON, found invalid JSON (Exceeds the limit (4300 digits) for integer"),
        ("[" * 100_000, "expected JSON, found invalid JSON (nested too deeply); put one JSON object on each line"),
        ("[1]", "expected a JSON object {...}, found a list; put one on each line"),
        ('"text"', "expected a JSON object {...}, found a string; put one on each line"),
        ("7", "expected a JSON object {...}, found a number; put one on each line"),
        ("null", "expected a JSON object {...}, found null; put one on each line"),
        ("true", "expected a JSON object {...}, found true or false; put one on each line"),
    ],
)
def test_a_broken_json_line_fails_alone(tmp_path, line, message):
    path = tmp_path / "a.jsonl"
    first, broken, last = table(path, f'{{"a": 1}}\n{line}\n{{"a": 3}}\n')
    assert (first.values, last.values, last.number) == ({"a": 1}, {"a": 3}, 3)
    assert isinstance(broken, Failure)
    assert broken.input == f"{path} line 2"
    assert broken.message.startswith(f"{path} line 2: {message}")
    assert "\n" not in broken.message


def test_lone_surrogates_in_json_do_not_get_in(tmp_path):
    (row,) = table(tmp_path / "a.jsonl", r'{"a\ud800": ["\uDC00 x", {"b": "\ud83d\ude00"}]}')
    assert row.values == {"a\ufffd": ["\ufffd x", {"b": "😀"}]}


JSON_CELLS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))


def zstd(data):
    sink = pyarrow.BufferOutputStream()
    with pyarrow.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


PACKED = {"": bytes, ".gz": gzip.compress, ".zst": zstd}


@given(
    st.lists(st.dictionaries(st.text(max_size=5), JSON_CELLS, max_size=3)), st.booleans(), st.sampled_from([*PACKED])
)
def test_json_lines_read_back_as_written(tmp_path_factory, objects, ensure_ascii, suffix):
    path = tmp_path_factory.mktemp("json") / f"a.jsonl{suffix}"
    content = "".join(json.dumps(value, ensure_ascii=ensure_ascii) + "\n" for value in objects).encode(
        "utf-8", "replace"
    )
    rows = table(path, PACKED[suffix](content), lambda _: None)
    assert [row.values for row in rows] == [json.loads(line) for line in content.decode().split("\n") if line]
    assert [row.number for row in rows] == list(range(1, len(objects) + 1))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_tables_in_other_unicode_encodings(tmp_path, name, encoding):
    content = 'text\n"“Café”\r\nis open"\n' if name == "a.csv" else '{"text": "“Café”\\r\\nis open"}\n'
    (row,) = table(tmp_path / name, content.encode(encoding))
    assert row.values == {"text": "“Café”\r\nis open"}


def test_a_wide_table_that_ends_inside_a_cell_fails_there(tmp_path):
    """What is wrong with the last record shows only when the file has ended."""
    first, last = table(tmp_path / "a.csv", 'text\nfirst\n"open'.encode("utf-16"))
    assert first.values == {"text": "first"}
    assert "line 3: expected CSV, found invalid CSV (unexpected end of data)" in last.message


def test_windows_1252_csv_is_read_with_one_note(tmp_path):
    notes = []
    path = tmp_path / "a.csv"
    rows = table(path, "text\nplain\nCafé\nnaïve\n".encode("windows-1252"), notes.append)
    assert [row.values["text"] for row in rows] == ["plain", "Café", "naïve"]
    assert notes == [f"{path} line 3: not UTF-8, read as Windows-1252; save it as UTF-8 if letters look wrong"]


def test_csv_rows_carry_the_line_where_they_begin(tmp_path):
    path = tmp_path / "a.csv"
    rows = table(path, 'text,id\n"two\nlines",1\n\nlast,2\n')
    assert rows == [
        TableRow(f"{path} line 2", 1, {"text": "two\nlines", "id": "1"}),
        TableRow(f"{path} line 5", 2, {"text": "last", "id": "2"}),
    ]


def test_csv_with_old_line_ends_large_cells_and_an_unnamed_column(tmp_path):
    assert [row.values for row in table(tmp_path / "a.csv", "text,id\ra,1\r\nb,2\r")] == [
        {"text": "a", "id": "1"},
        {"text": "b", "id": "2"},
    ]
    (row,) = table(tmp_path / "b.csv", f",text\n0,{'x' * 200_000}\n")
    assert row.values == {"column 1": "0", "text": "x" * 200_000}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("a", "expected 2 cells, as in the header, found 1; put cells with commas or newlines in double quotes"),
        ("a,b,c", "expected 2 cells, as in the header, found 3; put cells with commas or newlines in double"),
        (
            '"a"b,c',
            "expected CSV, found invalid CSV (',' expected after '\"'); put cells with commas or quotes in double",
        ),
    ],
)
def test_a_broken_csv_record_fails_alone(tmp_path, record, message):
    path = tmp_path / "a.csv"
    first, broken, last = table(path, f"text,id\na,1\n{record}\nb,2\n")
    assert (first.values["id"], last.values["id"], last.number) == ("1", "2", 3)
    assert isinstance(broken, Failure)
    assert broken.input == f"{path} line 3"
    assert broken.message.startswith(f"{path} line 3: {message}")


def test_an_open_quote_fails_where_it_begins(tmp_path):
    path = tmp_path / "a.csv"
    first, broken = table(path, 'text\ngood\n"never closed\nmore\n')
    assert first.values == {"text": "good"}
    assert broken.message.startswith(
        f"{path} line 3: expected CSV, found invalid CSV (unexpected end of data); put cells"
    )


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (",,\n1,2,3\n", r": expected a header of column names, found empty cells; name the columns in line 1$"),
        ("a,b,a\n1,2,3\n", r": expected each column once, found a more than once; rename one$"),
        ('"a\n', r" line 1: expected a header, found invalid CSV \(unexpected end of data\); mend that line$"),
    ],
)
def test_csv_without_a_usable_header_is_refused(tmp_path, header, message):
    with pytest.raises(InputError, match=message):
        table(tmp_path / "a.csv", header)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_table_has_no_rows_and_says_so(tmp_path, name, content):
    notes = []
    assert table(tmp_path / name, content, notes.append) == []
    assert notes == [f"{tmp_path / name}: no rows in it"]


def parquet(path, columns, **options):
    from pyarrow import parquet as pq

    pq.write_table(pyarrow.table(columns), path, **options)
    return path


def test_parquet_rows_keep_types_over_several_batches(tmp_path):
    path = parquet(tmp_path / "a.parquet", {"n": list(range(1000)), "text": ["é"] * 1000}, row_group_size=100)
    rows = list(read_table(path, no_note))
    assert rows[299] == TableRow(f"{path} row 300", 300, {"n": 299, "text": "é"})
    assert [row.values["n"] for row in rows] == list(range(1000))


def test_damaged_parquet_is_refused(tmp_path):
    message = r"a\.parquet: expected a Parquet table, found a file that is none or damaged \(.+\); write it anew$"
    with pytest.raises(InputError, match=message):
        table(tmp_path / "a.parquet", b"")
    with pytest.raises(InputError, match=message):
        table(tmp_path / "a.parquet", b"PAR1 but not really PAR1")
    path = parquet(tmp_path / "a.parquet", {"n": list(range(1000))}, row_group_size=500, use_dictionary=False)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 20])
    with pytest.raises(InputError, match=message):
        list(read_table(path, no_note))


@pytest.mark.parametrize(("suffix", "packer"), [(".gz", "gzip"), (".zst", "zstd")])
def test_a_damaged_archive_is_refused(tmp_path, suffix, packer):
    packed = PACKED[suffix](b"".join(b'{"a": %d}\n' % number for number in range(10_000)))
    message = rf"a\.jsonl\{suffix}: expected JSON lines packed with {packer}, found a damaged archive \(.+\); pack it"
    for content in (b'{"a": 1}\n', packed[:-20], packed[:20] + b"\xff" * 20 + packed[40:]):
        with pytest.raises(InputError, match=message):
            table(tmp_path / f"a.jsonl{suffix}", content)


@pytest.mark.parametrize("suffix", PACKED)
def test_archives_of_several_parts_are_read_to_the_end(tmp_path, suffix):
    part = PACKED[suffix](b'{"a": 1}\n')
    assert len(table(tmp_path / f"a.jsonl{suffix}", part + part)) == 2


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.parquet"])
def test_rows_tell_how_far_into_the_file_they_come(tmp_path, name):
    noise = random.Random(0)
    rows = [f"{noise.getrandbits(4000):x}" for _ in range(2000)]
    if name == "a.parquet":
        path = parquet(tmp_path / name, {"text": rows})
    elif name == "a.csv":
        path = write(tmp_path / name, "text\n" + "\n".join(rows))
    else:
        suffix = name.removeprefix("a.jsonl")
        path = write(tmp_path / name, PACKED[suffix]("".join(f'{{"text": "{row}"}}\n' for row in rows).encode()))
    positions = [row.position for row in read_table(path, no_note)]
    size = path.stat().st_size
    assert positions == sorted(positions)
    assert positions[-1] == size
    assert size / 3 < positions[999] < size * 2 / 3


def test_only_the_columns_asked_for_are_unpacked_where_the_first_is_there(tmp_path):
    path = parquet(tmp_path / "a.parquet", {"text": ["x"], "id": [7], "vector": [[1.0]]})
    assert [row.values for row in read_table(path, no_note, columns=("text", "id", "url"))] == [{"text": "x", "id": 7}]
    assert [[*row.values] for row in read_table(path, no_note, columns=("body", "id"))] == [["text", "id", "vector"]]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_binary_data_with_the_suffix_of_a_table_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=r": expected text, found binary data \(NUL bytes\); check what the"):
        table(tmp_path / name, b"text\n\0\1\2")
    with pytest.raises(InputError, match=r": expected text, found a gzip archive; convert it to a text file"):
        table(tmp_path / name, gzip.compress(b"text"))
    with pytest.raises(InputError, match=r" line 1: expected UTF-16 text, as its first bytes promise, found bro"):
        table(tmp_path / name, b"\xff\xfe{\0\0\xd8a\0")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_endless_line_is_refused(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(lines_module, "MAX_ARTICLE_BYTES", 1_000_000)
    with pytest.raises(InputError, match=r" line 2: expected lines of at most 1 MB, found a longer one; split"):
        table(tmp_path / "a.csv", ("text\n" + "x" * 1_000_001).encode(encoding))


def test_missing_files_folders_and_other_suffixes_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"no\.csv: expected a readable file, found none \(No such file or dire"):
        list(read_table(tmp_path / "no.csv", no_note))
    with pytest.raises(InputError, match=r"no\.parquet: expected a readable file, found none \(No such file or"):
        list(read_table(tmp_path / "no.parquet", no_note))
    with pytest.raises(InputError, match=r"a\.txt: expected a table \(\.jsonl, .*\), found another suffix; ren"):
        list(read_table(tmp_path / "a.txt", no_note))
    assert is_table("a.parquet")
    assert not is_table("a.json")


def test_standard_input_is_json_lines_and_stays_open(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO('{"a": "é"}\nnonsense\n'.encode()))
    monkeypatch.setattr("sys.stdin", stream)
    row, broken = read_table("-", no_note)
    assert row == TableRow("- line 1", 1, {"a": "é"})
    assert broken.message.startswith("- line 2: expected JSON, found invalid JSON at column 1")
    assert not stream.buffer.closed


def test_a_header_of_very_many_columns_takes_time_in_proportion(tmp_path):
    """Each column was once compared with all others: more than a hundred seconds for this header."""
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{number}" for number in range(300_000)) + "\n" + "," * 299_999 + "\n", encoding="utf-8")
    (row,) = read_table(path, print)
    assert len(row.values) == 300_000


def test_one_long_text_in_every_row_of_a_parquet_file_is_not_unpacked_for_all_at_once(tmp_path):
    path = tmp_path / "bomb.parquet"
    text = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 50, pyarrow.int32()), ["a" * 30_000_000])
    pyarrow.parquet.write_table(pyarrow.table({"text": text}), path)
    before = pyarrow.total_allocated_bytes()
    most = 0
    for row in read_table(path, no_note):
        assert len(row.values["text"]) == 30_000_000
        most = max(most, pyarrow.total_allocated_bytes() - before)
    assert 0 < most < 700_000_000
