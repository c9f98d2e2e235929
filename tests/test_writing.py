"""Results out: every format reads back as it was, whole or not at all."""

import csv
import io
import json
import os
import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.atomic import replacing
from stance.errors import InputError, OutputError, UsageError
from stance.reading import read_table
from stance.records import Mention, Prediction
from stance.writing import (
    FIGURE_COLUMNS,
    FORMATS,
    SUMMARY_COLUMNS,
    rounded,
    write_rows,
    write_table,
)
from stance.writing.cells import csv_record

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NAMES = st.text(st.characters(categories=["L", "Nd", "P"]), min_size=1, max_size=8).filter(str.strip)
FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "－1",
    "＝1",
    "-0.5",
    "+1e9",
    "- Vale",
    "-",
    "1e5",
]
SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda shares: sum(shares) > 0.01)


@st.composite
def predictions(draw):
    shares = draw(SHARES)
    normal = {label: share / sum(shares) for label, share in zip(("neutral", "oppose", "support"), shares, strict=True)}
    mentions = draw(st.lists(st.builds(Mention, st.integers(0), st.integers(0), TEXTS, st.just("name")), max_size=2))
    return Prediction(
        document=draw(TEXTS),
        sentence_index=draw(st.integers(0, 2**40)),
        start=draw(st.integers(0, 2**40)),
        end=draw(st.integers(0, 2**40)),
        sentence=draw(TEXTS),
        figure=draw(TEXTS),
        figure_id=draw(st.none() | TEXTS),
        party=draw(st.none() | TEXTS),
        mentions=tuple(mentions),
        stance=max(normal, key=normal.get),
        probabilities=normal,
        uncertain=draw(st.booleans()),
        in_quote=draw(st.booleans()),
        speaker=draw(st.none() | TEXTS),
        carried=draw(st.dictionaries(st.sampled_from(["title", "date", "source", "url"]), TEXTS)),
    )


def example(**changes):
    values = {
        "document": "a.txt",
        "sentence_index": 4,
        "start": 612,
        "end": 640,
        "sentence": 'He said: "Vale, who won,\nis great."',
        "figure": "Ann Vale",
        "figure_id": "ann-vale",
        "party": None,
        "mentions": (Mention(622, 626, "Vale", "name"),),
        "stance": "support",
        "probabilities": {"neutral": 0.1400001, "oppose": 0.05, "support": 0.8099999},
    }
    return Prediction(**{**values, **changes})


def written(write, rows, format, *arguments):
    stream = io.BytesIO()
    write(rows, format, stream, *arguments)
    return stream.getvalue()


def read_parquet(content):
    from pyarrow import parquet

    return parquet.read_table(io.BytesIO(content))


def test_json_lines_are_the_rows_of_the_contract():
    assert written(
        write_rows, [example(carried={"title": "“T”"}, uncertain=True, in_quote=True, speaker="Ben")], "jsonl"
    ).decode() == (
        '{"document": "a.txt", "title": "“T”", "sentence_index": 4, "start": 612, "end": 640, '
        '"sentence": "He said: \\"Vale, who won,\\nis great.\\"", "figure": "Ann Vale", "figure_id": "ann-vale", '
        '"party": null, "mentions": [{"start": 622, "end": 626, "text": "Vale", "kind": "name"}], '
        '"stance": "support", "probabilities": {"support": 0.81, "oppose": 0.05, "neutral": 0.14}, '
        '"uncertain": true, "in_quote": true, "speaker": "Ben"}\n'
    )


def test_csv_is_the_flat_row():
    assert written(write_rows, [example(), example(carried={"url": "U"})], "csv").decode() == (
        "document,url,sentence_index,start,end,sentence,figure,figure_id,party,mentions,stance,"
        "p_support,p_oppose,p_neutral,uncertain,in_quote,speaker\n"
        'a.txt,,4,612,640,"He said: ""Vale, who won,\nis great.""",Ann Vale,ann-vale,,'
        '"[{""start"": 622, ""end"": 626, ""text"": ""Vale"", ""kind"": ""name""}]",support,0.81,0.05,0.14,'
        "false,false,\n"
        'a.txt,U,4,612,640,"He said: ""Vale, who won,\nis great.""",Ann Vale,ann-vale,,'
        '"[{""start"": 622, ""end"": 626, ""text"": ""Vale"", ""kind"": ""name""}]",support,0.81,0.05,0.14,'
        "false,false,\n"
    )


def test_parquet_is_the_flat_row_with_types():
    table = read_parquet(written(write_rows, [example(carried={"date": "2024-05-06"})], "parquet"))
    assert {field.name: str(field.type) for field in table.schema} == {
        "document": "string",
        "date": "string",
        "sentence_index": "int64",
        "start": "int64",
        "end": "int64",
        "sentence": "string",
        "figure": "string",
        "figure_id": "string",
        "party": "string",
        "mentions": "string",
        "stance": "string",
        "p_support": "double",
        "p_oppose": "double",
        "p_neutral": "double",
        "uncertain": "bool",
        "in_quote": "bool",
        "speaker": "string",
    }
    (row,) = table.to_pylist()
    assert (row["p_support"], row["party"], row["uncertain"]) == (0.81, None, False)
    assert json.loads(row["mentions"]) == [{"start": 622, "end": 626, "text": "Vale", "kind": "name"}]


@given(st.lists(predictions(), max_size=4))
def test_predictions_read_back_the_same_from_every_format(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("rows")
    for format in FORMATS:
        write_rows(iter(rows), format, folder / f"out.{format}")
    nested = [row.values for row in read_table(folder / "out.jsonl", lambda _: None)]
    assert nested == [{**row.to_dict(), "probabilities": rounded(row.probabilities)} for row in rows]
    for flat, wanted in zip(read_table(folder / "out.parquet", lambda _: None), nested, strict=True):
        values = dict(flat.values)
        assert json.loads(values.pop("mentions")) == wanted.pop("mentions")
        shares = wanted.pop("probabilities")
        assert {label: values.pop(f"p_{label}") for label in shares} == shares
        assert {column: value for column, value in values.items() if value is not None or column in wanted} == wanted
    flats = [row.values for row in read_table(folder / "out.parquet", lambda _: None)]
    with (folder / "out.csv-raw").open(encoding="utf-8", newline="") as stream:
        cells = list(csv.DictReader(stream))
    assert [list(row.values()) for row in cells] == [[as_cell(value) for value in row.values()] for row in flats]


def as_cell(value):
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


@given(SHARES)
def test_rounded_probabilities_sum_to_one_and_keep_their_order(shares):
    exact = {label: share / sum(shares) for label, share in zip(("neutral", "oppose", "support"), shares, strict=True)}
    short = rounded(exact)
    assert sum(short.values()) == pytest.approx(1, abs=1e-12)
    assert all(abs(short[label] - exact[label]) < 1e-6 for label in exact)
    assert short[max(exact, key=exact.get)] == max(short.values())


CELLS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS


@given(st.lists(st.dictionaries(NAMES, CELLS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_rows_of_any_columns_read_back_the_same(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("rows")
    for format in FORMATS:
        write_table(rows, format, folder / f"out.{format.replace('csv-raw', 'raw.csv')}")
    assert [row.values for row in read_table(folder / "out.jsonl", lambda _: None)] == rows
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for format in ("raw.csv", "parquet"):
        found = [row.values for row in read_table(folder / f"out.{format}", lambda _: None)]
        assert [list(row) for row in found] == [columns] * len(rows)
        for row, wanted in zip(found, rows, strict=True):
            for column in columns:
                assert same(row[column], wanted.get(column), format), (format, column)


@given(
    st.lists(
        st.one_of(TEXTS, st.sampled_from(FORMULAS), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
        min_size=1,
    )
)
def test_no_cell_of_csv_is_a_formula(cells):
    (safe,), (raw,) = (list(csv.reader(io.StringIO(csv_record(cells, raw=raw), newline=""))) for raw in (False, True))
    for cell, found, asked in zip(cells, safe, raw, strict=True):
        assert asked == as_cell(cell)
        assert found in (asked, f"'{asked}")
        assert not isinstance(cell, str) or found[:1] not in tuple("=+-@\t\r") or float(found) is not None
        assert isinstance(cell, str) or found == asked


def same(found, wanted, format):
    if format == "raw.csv":
        return found == as_cell(wanted)
    return found == wanted or found == as_cell(wanted)  # a column of unlike values becomes text


def test_parquet_columns_take_the_type_that_holds_all_their_values():
    rows = [
        {"ints": 1, "mixed": 1, "text": "a", "big": 2**70, "flags": True, "lists": [1], "odd": 1, "none": None},
        {"ints": 2, "mixed": 0.5, "text": "b", "big": 1, "flags": False, "lists": {"k": "é"}, "odd": "x"},
    ]
    table = read_parquet(written(write_table, rows, "parquet"))
    types = {field.name: str(field.type) for field in table.schema}
    assert types == {
        "ints": "int64",
        "mixed": "double",
        "text": "string",
        "big": "string",
        "flags": "bool",
        "lists": "string",
        "odd": "string",
        "none": "string",
    }
    assert table.to_pylist()[1] == {
        "ints": 2,
        "mixed": 0.5,
        "text": "b",
        "big": "1",
        "flags": False,
        "lists": '{"k": "é"}',
        "odd": "x",
        "none": None,
    }


def test_parquet_of_many_rows_keeps_them_in_order():
    table = read_parquet(written(write_table, ({"n": number} for number in range(5000)), "parquet"))
    assert table["n"].to_pylist() == list(range(5000))


def test_dates_missing_numbers_and_surrogates_can_be_written():
    import datetime

    rows = [{"day": datetime.date(2024, 5, 6), "mean": float("nan"), "deep": [float("inf")], "text": "a\ud800b"}]
    assert written(write_table, rows, "jsonl") == (
        b'{"day": "2024-05-06", "mean": null, "deep": [null], "text": "a\\ud800b"}\n'
    )
    assert written(write_table, rows, "csv").decode() == "day,mean,deep,text\n2024-05-06,,[null],a\ufffdb\n"
    assert read_parquet(written(write_table, rows, "parquet")).to_pylist() == [
        {"day": "2024-05-06", "mean": None, "deep": "[null]", "text": "a\ufffdb"}
    ]


def test_every_row_is_one_line_for_every_reader():
    content = written(write_rows, [example(sentence="a\u2028b\u0085c\x1cd")], "jsonl").decode()
    assert content.splitlines() == [content[:-1]]
    assert json.loads(content)["sentence"] == "a\u2028b\u0085c\x1cd"


@pytest.mark.parametrize("columns", [FIGURE_COLUMNS, SUMMARY_COLUMNS])
def test_tables_without_rows_have_their_columns(columns):
    assert written(write_table, [], "csv", columns).decode() == ",".join(columns) + "\n"
    assert read_parquet(written(write_table, [], "parquet", columns)).schema.names == list(columns)
    assert written(write_table, [], "jsonl", columns) == b""
    assert written(write_table, [], "csv") == b""
    assert written(write_rows, [], "csv").decode().startswith("document,sentence_index,start,")


def test_json_lines_go_out_row_by_row():
    stream = io.BytesIO()

    def rows():
        yield {"n": 1}
        assert stream.getvalue() == b'{"n": 1}\n'
        yield {"n": 2}

    write_table(rows(), "jsonl", stream)
    assert stream.getvalue() == b'{"n": 1}\n{"n": 2}\n'


def test_an_unknown_format_is_wrong_usage():
    with pytest.raises(
        UsageError, match=r"^expected a format \(jsonl, csv, csv-raw, parquet\), found xlsx; choose one"
    ):
        write_rows([], "xlsx", io.BytesIO())


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("error", [InputError("row 2"), KeyboardInterrupt(), OSError("reading failed")])
def test_a_run_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path, format, error):
    path = tmp_path / "out"
    path.write_text("old", encoding="utf-8")

    def rows():
        yield example()
        raise error

    with pytest.raises(type(error)) as raised:
        write_rows(rows(), format, path)
    assert raised.value is error
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_not_there_before_it_is_whole(tmp_path):
    path = tmp_path / "out.jsonl"

    def rows():
        assert not path.exists()
        yield {"n": 1}
        assert not path.exists()

    write_table(rows(), "jsonl", path)
    assert path.read_text(encoding="utf-8") == '{"n": 1}\n'


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("no/out", r"no/out: expected a place to write to, found none \(No such file or directory\); choose anot"),
        ("file/out", r"file/out: expected a place to write to, found none \(Not a directory\); choose another pa"),
        ("folder", r"folder: expected a file to write to, found a folder; add a file name$"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_any_row_is_made(tmp_path, format, place, message):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    def rows():
        raise AssertionError("a row was asked for")
        yield

    with pytest.raises(OutputError, match=message):
        write_rows(rows(), format, tmp_path / place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("count", [1, 3000])
def test_a_full_disk_is_an_output_error(format, count):
    rows = [example() for _ in range(count)]
    with pytest.raises(OutputError, match=r"^/dev/full: expected a place .* \(No space left on device\); choose"):
        write_rows(rows, format, "/dev/full")
    with (
        open("/dev/full", "wb", buffering=0) as stream,  # noqa: PTH123
        pytest.raises(OutputError, match=r"^standard output: expected a place .* \(No space left on device\); ch"),
    ):
        write_rows(rows, format, stream)


@pytest.mark.parametrize("format", FORMATS)
def test_a_disk_that_fills_while_writing_leaves_nothing(tmp_path, format, monkeypatch):
    from stance import atomic

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(OutputError, match=r"out: expected a place to write to, found none \(No space left on dev"):
        write_rows([example()], format, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_closed_pipe_is_a_broken_pipe(format):
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "wb", buffering=0) as stream, pytest.raises(BrokenPipeError):  # noqa: PTH123
        write_rows([example()], format, stream)


def test_a_device_is_written_directly_and_a_link_followed(tmp_path):
    write_rows([example()], "jsonl", os.devnull)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116
    target = tmp_path / "real" / "out.jsonl"
    target.parent.mkdir()
    link = tmp_path / "link.jsonl"
    link.symlink_to(target)
    write_rows([example()], "jsonl", link)
    assert link.is_symlink()
    assert target.stat().st_size > 0


def test_permissions_are_those_of_any_new_file_or_of_the_file_replaced(tmp_path):
    (tmp_path / "plain").touch()
    write_rows([], "jsonl", tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode
    (tmp_path / "plain").chmod(0o640)
    write_rows([], "jsonl", tmp_path / "plain")
    assert stat.S_IMODE((tmp_path / "plain").stat().st_mode) == 0o640


def test_replacing_serves_writers_that_seek(tmp_path):
    with replacing(tmp_path / "a.bin") as stream:
        stream.write(b"....tail")
        stream.seek(0)
        stream.write(b"head")
    assert (tmp_path / "a.bin").read_bytes() == b"headtail"


def test_importing_imports_nothing_heavy():
    program = (
        "import sys, stance.writing; print(sorted({'pyarrow', 'pandas', 'rich', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
