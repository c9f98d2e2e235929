"""What the fuzz runs try: texts, encodings, pages, rows and command lines, each made by a generator of its own."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

PIECES = [
    "Sen. Ann Ash ", "Ann Ash ", "Ben Birch ", "Voters booed ", "Gov. Cal Dorn won. ",
    "Sen. ", "Gov. ", "President ", "Mr. ", "Dr. J. R. ", "the senator ", "her rival ", "Ann Ash ", "Ash ",
    "Bernie Sanders ",
    "Hillary Clinton ", "Clinton's ", "O’Rourke-Hale ", "de la Cruz ", "Jr. ", "Ünal İlkay ", "李明 ", "Ἀλέξανδρος ",
    "he ", "she said ",
    "said ", "voted for ", "praised ", "called ", "a liar ", "never ", "not ", "U.S. ", "D-Vt. ", "(R-Ohio) ",
    "9 p.m. ", "No. 5 ", "$3.5 ",
    "“", "”", '"', "'", "’", "‘", "«", "»", "(", ")", "[", "]", "—", "–", "-", "...", "…", ".", "!", "?", ",", ";",
    ":", "\n", "\n\n", "\r\n", "\r",
    " ", "\t", "\u00a0", "\u2028", "\u2029", "\x85", "\x0c", "\u200b", "\u200d", "\u202e", "\ufeff", "\x1b[31m",
    "\x1b]0;t\x07", "\x07", "\x00",
    "😀", "👩‍👩‍👧", "é", "e\u0301", "ß", "İ", "ς", "ﬁ", "\ud800", "\udfff", "\U0010ffff", "#win ", "@ash ",
    "http://a.b/c?d ", "<b>", "&amp;", "=1+1",
    "{", "}", "|", "\\", "/", "0", "1,000 ", "%", "A", "a", "Aa", "x" * 300, "and ", "who ", "but ", "if ", "the ",
    "former ", "President of the ",
]  # fmt: skip


def text(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.05:  # one thing over and over
        unit = "".join(rng.choices(PIECES, k=rng.choice([1, 1, 2, 3])))
        return unit * (rng.choice([10, 200, 1000]) // max(len(unit) // 8, 1))
    if kind < 0.1:
        return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(60)))
    return "".join(rng.choices(PIECES, k=rng.choice([0, 1, 3, 10, 30, 100])))


def scrambled(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([0, 1, 3, 20]) if changed else 0):
        at = rng.randrange(len(changed))
        kind = rng.randrange(3)
        if kind == 0:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randrange(1, 9)]
        else:
            changed[at:at] = rng.randbytes(rng.randrange(1, 9))
        if not changed:
            break
    return bytes(changed)


def encoded(value: str, rng: random.Random) -> bytes:
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "windows-1252", "shift-jis"])
    data = value.encode(encoding, "replace" if "surrogate" not in encoding else "strict")
    if rng.random() < 0.2:
        data += text(rng).encode("windows-1252", "replace")
    return scrambled(data, rng) if rng.random() < 0.3 else data


TAGS = [
    "div",
    "p",
    "article",
    "h1",
    "span",
    "a",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "script",
    "style",
    "title",
    "blockquote",
    "br",
    "b",
    "time",
]


FRAGMENTS = ["<!--", "<", "&#0;", "&#xd800;", "<p>Sen. Ann Ash lost the vote, and voters booed her there.</p>" * 4]


def page(rng: random.Random) -> str:
    parts = [
        rng.choice(
            ["<html><body>", "", "<!doctype html>", "<?xml version='1.0'?>", "<meta charset=utf-16>", "<body><article>"]
        )
    ]
    for _ in range(rng.choice([1, 5, 30])):
        tag = rng.choice(TAGS)
        parts.append(
            rng.choice([f"<{tag}>{text(rng)}</{tag}>", f"<{tag} class='{text(rng)[:9]}'>", f"</{tag}>", *FRAGMENTS])
        )
    return "".join(parts)


def odd(rng: random.Random) -> Any:
    return rng.choice([
        None, True, 0, 1, -1, 3, 7, 2**70, 1.5, 5.0, float("nan"), float("inf"), "", " ", "3", "-1", "x", "١", "³",
        [], [[]], [[0, 3]], [[3, 0]],
        [[0, 3], [2, 5]], "[[0, 3]]", "[", [[0, 3, 5]], [["a", "b"]], {"a": 1}, {}, "support", "oppose", "neutral",
        "Support", b"bytes",
        [None], [[None, None]], [[True, False]], "1e400", "\ud800",
    ])  # fmt: skip


def record(rng: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in ("text", "sentence", "target"):
        if rng.random() < 0.8:
            row[name] = text(rng)[:200] if rng.random() < 0.9 else odd(rng)
    if row.get("sentence") and rng.random() < 0.5:
        row["target"] = rng.choice(str(row["sentence"]).split() or ["x"])
    for name in ("start", "end", "mentions", "stance", "weight", "document", "id", "title", "date", text(rng)[:5]):
        if rng.random() < 0.3:
            row[name] = odd(rng)
    return {name: value for name, value in row.items() if not isinstance(value, bytes)}


def some_tuple(rng: random.Random) -> Any:
    sentence = text(rng)[:200]
    return rng.choice([
        (sentence, rng.choice(sentence.split() or ["x"])), (sentence, odd(rng)), (sentence, odd(rng), odd(rng)),
        (sentence, 0, 3),
        (sentence,), (), odd(rng), sentence, (odd(rng), "x"),
    ])  # fmt: skip


def cell(rng: random.Random) -> str:
    value = rng.choice([text(rng)[:80], str(odd(rng)), '"' + text(rng)[:40], f'"{text(rng)[:40]}"', "=cmd()", ""])
    return value.replace("\x00", "") if rng.random() < 0.9 else value


def command_line(rng: random.Random, model: Path, folder: Path) -> list[str]:
    command = rng.choice(
        ["predict", "predict", "predict", "figures", "explain", "evaluate", "info", "datasets", "train", text(rng)[:9]]
    )
    files = [
        str(folder / name)
        for name in ("a.txt", "a.jsonl", "a.csv", "a.html", "a.parquet", "b.txt", "gone.txt", "*.txt", "")
    ]
    # Without slashes and dots: "/" and ".." are folders of this machine, which would be read to their last file.
    odd = text(rng)[:20].replace("/", "|").replace(".", ",")
    given = [rng.choice([*files, "-", "http://127.0.0.1:1/", "ftp://x", odd]) for _ in range(rng.randrange(3))]
    options = [
        ["--format", rng.choice(["table", "jsonl", "csv", "parquet", "xml", ""])], ["--text", text(rng)],
        ["--rows"], ["--known-only"],
        ["--figure", text(rng)[:20]], ["--summary"], ["--explain"], ["--with-text"], ["--min-probability",
        rng.choice(["0.5", "2", "x", "nan"])],
        ["--encoding", rng.choice(["utf-8", "latin-1", "zlib", "x"])], ["--text-column", rng.choice(["text", "id",
        ""])], ["--help"],
        ["--figures-file", rng.choice(files)], ["--trust"], ["--json"], ["--verify"], ["--split", "x"],
        ["--dataset", rng.choice(["own=x", "x", "gap"])],
        ["--output", str(folder / rng.choice(["out", "no/out", ""]))], ["--no-such-option"], [text(rng)[:9]],
    ]  # fmt: skip
    chosen = [word for option in rng.sample(options, k=rng.choice([0, 1, 1, 2, 4])) for word in option]
    if command in ("predict", "explain", "evaluate", "info"):
        chosen += ["--model", rng.choice([str(model)] * 8 + files)]
    # A NUL cannot stand on a command line, and a training would succeed and take its time.
    words = [word.replace("\x00", "") for word in [command, *given, *chosen]]
    return [*words, "--split", "train"] if command == "train" else words


def json_line(rng: random.Random) -> str:
    if rng.random() < 0.6:
        return json.dumps(record(rng))
    return rng.choice([json.dumps(record(rng), ensure_ascii=False), text(rng), "{", "[]", "NaN", '{"text": NaN}'])
