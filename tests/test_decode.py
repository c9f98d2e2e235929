"""Bytes of articles become text, or one line that says why not."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError
from stance.reading import decode as decode_module
from stance.reading.decode import decode, read_limited, windows_1252, without_surrogates

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
ARTICLE = "Senator Vale won’t yield.\r\nHer rival said: “Café politics.”\n\n\rThe end.\n"


def no_note(line):
    raise AssertionError(f"unexpected note: {line}")


@given(TEXTS, st.sampled_from([b"", codecs.BOM_UTF8]))
def test_utf_8_comes_back_as_it_was(text, mark):
    assert decode(mark + text.removeprefix("\ufeff").encode(), "a.txt", no_note) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_wide_encodings_are_found_by_mark_or_by_zero_bytes(mark, encoding):
    assert decode(mark + ARTICLE.encode(encoding), "a.txt", no_note) == ARTICLE


def test_newlines_and_inner_byte_order_marks_stay():
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n\xef\xbb\xbf", "a.txt", no_note) == "a\r\nb\rc\n\ufeff"


def test_windows_1252_is_read_with_a_note():
    notes = []
    assert decode(ARTICLE.encode("windows-1252"), "a.txt", notes.append) == ARTICLE
    assert notes == ["a.txt: not UTF-8, read as Windows-1252; save it as UTF-8 if letters look wrong"]


def test_pasted_encodings_are_each_read_as_what_they_are():
    mixed = "“Café” ".encode() + "naïve — ".encode("windows-1252") + "Łódź".encode()
    assert decode(b"\xef\xbb\xbf" + mixed, "a.txt", lambda _: None) == "“Café” naïve — Łódź"


@given(TEXTS)
def test_between_ascii_any_utf_8_is_kept_beside_windows_1252(text):
    assert windows_1252(b"na\xefve " + text.encode() + b" caf\xe9") == f"naïve {text} café"


@pytest.mark.parametrize("text", ["à€€", "é”", "íŸ¿é", "ðŸ˜", "Ãé", "ð€€€"])
def test_windows_1252_that_is_not_quite_utf_8_stays_windows_1252(text):
    assert windows_1252(text.encode("windows-1252")) == text


def test_a_byte_that_means_nothing_becomes_a_replacement_character():
    assert decode(b"Good \x81 day", "a.txt", lambda _: None) == "Good \ufffd day"


def test_declared_encoding_is_used_only_where_the_bytes_are_not_utf_8():
    assert decode("č".encode("iso-8859-2"), "a.html", no_note, "iso-8859-2") == "č"
    assert decode("č".encode(), "a.html", no_note, "iso-8859-2") == "č"
    notes = []
    assert decode(b"\xe9", "a.html", notes.append, "no-such-encoding") == "é"
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n%\xe2", r"^a\.txt: expected text, found a PDF document; convert it to a text file first$"),
        (b"PK\x03\x04....", "found a zip archive or an office document; convert"),
        (b"\x1f\x8b\x08....", "found a gzip archive; convert"),
        (b"\x89PNG\r\n....", "found a PNG picture; convert"),
        (b"\xff\xd8\xff\xe0....", "found a JPEG picture; convert"),
        (b"PAR1.......", "found a Parquet table; convert"),
        (
            b"abc\0\0\0def",
            r"^a\.txt: expected text, found binary data \(NUL bytes\); give an article as text or HTML$",
        ),
        (b"\x01\x02 abc", r"found binary data \(2 control characters among 6\); give"),
        (bytes(range(1, 256)), r"found binary data \(26 control characters among"),
        (b"\xfe\xff\xd8\x00\x00\x41", r"^a\.txt: expected UTF-16 text, as its first bytes promise, found broken"),
        (b"\xff\xfea\0b", r"found broken bytes at position 4; save it as UTF-8$"),
        (b"\0\0\xfe\xff\xff\xff\xff\xff", "expected UTF-32 text, as its first bytes promise"),
    ],
)
def test_what_is_no_text_is_refused(data, message):
    with pytest.raises(InputError, match=message):
        decode(data, "a.txt", no_note)


def test_escape_sequences_and_form_feeds_do_not_make_a_text_binary():
    text = "\x1b[31mred\x1b[0m\f\tplain\x0b"
    assert decode(text.encode(), "a.txt", no_note) == text


@given(st.binary())
def test_any_bytes_give_text_that_can_be_written_or_an_input_error(data):
    try:
        text = decode(data, "a.txt", lambda _: None)
    except InputError as refused:
        text = str(refused)
    assert "\0" not in text
    text.encode()


def test_a_file_over_the_limit_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(decode_module, "MAX_ARTICLE_BYTES", 3_000_000)
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 3_000_000)
    with path.open("rb") as stream:
        assert len(read_limited(stream, "long.txt")) == 3_000_000
    path.write_bytes(b"x" * 3_000_001)
    message = r"^long\.txt: expected an article of at most 3 MB, found more; split it, one file for each article$"
    with path.open("rb") as stream, pytest.raises(InputError, match=message):
        read_limited(stream, "long.txt")


def test_lone_surrogates_are_replaced_one_by_one():
    assert without_surrogates("a\ud800\udfffb😀") == "a\ufffd\ufffdb😀"
