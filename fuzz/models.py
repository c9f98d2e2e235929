"""Mutated model files: each is refused in one line, or scores with finite probabilities that sum to 1.

    python fuzz/models.py --count 100000

A tiny model is mutated in its bytes, its zip members, its array headers, its metadata, and, signed anew, in its
numbers. Memory is capped by the system, and a file that takes longer than the limit fails the run.
"""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from record import Run, arguments, capped, scratch

from stance import datasets
from stance.archive import pack
from stance.card import card
from stance.compiled import CompiledModel, compile_pipeline
from stance.errors import StanceError
from stance.features.lexicon import Lexicon
from stance.features.lexicon_files import read_lexicon
from stance.probe import largest_difference, probed
from stance.shipped import shipped
from stance.storage import packed, read_compiled, signed
from stance.training import Source, train

ROWS = [("Voters booed Dana Whitfield, who praised Ines Duarte.", "Dana Whitfield"), ("“No!” #win 3 %", "X")]
MEMORY = 3 * 2**30
SECONDS = 5.0

BLOCKS_KEPT = ("window", "verbs", "net", "characters")

Mutation = Callable[[bytes, random.Random], bytes]


def tiny(folder: Path) -> bytes:
    """A model of some 40 rows with a lexicon of some 300 forms and a few of the blocks of features."""
    whole = read_lexicon(shipped("data", "lexicon"))
    lexicon = Lexicon(**{name: array[::120] for name, array in whole.arrays().items()})  # type: ignore[arg-type]
    rows = [row for row in datasets.load_labelled("own", "dev") if len(row.target.sentence) < 60][:40]
    training = train([Source("own", rows)], lexicon)
    model = compile_pipeline(training.pipeline, training.metadata)
    kept = [block for block in model.blocks if block.name in BLOCKS_KEPT]
    model = replace(model, blocks=tuple(kept), metadata={**model.metadata, "blocks": [block.name for block in kept]})
    model = signed(replace(model, metadata={**model.metadata, "probe": probed(model)}))
    (folder / "tiny.npz").write_bytes(packed(model))
    return (folder / "tiny.npz").read_bytes()


def flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 8, 64])):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: random.Random) -> bytes:
    first, last = sorted(rng.randrange(len(data)) for _ in range(2))
    kind = rng.randrange(4)
    if kind == 0:
        return data[:first]
    if kind == 1:
        return data[:first] + data[last:]
    if kind == 2:
        return data[:last] + data[first:]
    return data[:first] + bytes(last - first) + data[last:]


@cache
def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
        archive.comment = comment
    return packed.getvalue()


def rezipped(data: bytes, rng: random.Random) -> bytes:
    members = list(members_of(data).items())
    index = rng.randrange(len(members))
    name, content = members[index]
    kind = rng.randrange(7)
    if kind == 0:
        del members[index]
    elif kind == 1:
        members[index] = (rng.choice(["../evil", "/etc/x", name.upper(), name + "\0", "a" * 5000, ""]), content)
    elif kind == 2:
        members[index] = (name, rng.choice(members)[1])
    elif kind == 3:
        members[index] = (name, flipped(content or b"\0", rng))
    elif kind == 4:
        members += [(f"extra{number}.npy", content) for number in range(2000 if rng.random() < 0.03 else 1)]
    elif kind == 5:
        members[index] = (name, content[: rng.randrange(len(content) + 1)])
    other = rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    return zipped(members, other if rng.random() < 0.05 else zipfile.ZIP_STORED, rng.choice([b"", b"", b"PK\5\6" * 9]))


def bomb(data: bytes, rng: random.Random) -> bytes:
    """A member that says it is small and unpacks to far more, or says that it is enormous, or both."""
    members = dict(members_of(data))
    name = rng.choice(sorted(members))
    size = rng.choice([2**16, 2**20])
    packed = zipped([(n, bytes(size) if n == name else c) for n, c in members.items()], zipfile.ZIP_DEFLATED)
    said = rng.choice([0, 1, 64, 2**28 - 10**6, 2**31, 2**32 - 1, size])
    return packed.replace(struct.pack("<L", size), struct.pack("<L", said))


def directory(data: bytes, rng: random.Random) -> bytes:
    """Fields of the zip's directory and end mark set to what no zip has."""
    changed = bytearray(data)
    start = data.rindex(b"PK\1\2") if rng.random() < 0.7 else len(data) - 22
    at = rng.randrange(start, len(data) - 4)
    changed[at : at + 4] = rng.choice([b"\xff" * 4, bytes(4), struct.pack("<L", rng.randrange(2**32))])
    return bytes(changed)


DTYPES = ["<f4", "<f8", ">f4", "|O", "<U9", "<i8", "<u8", "|i1", "|V8", "<f2", "<c16", "<M8[s]", "[('a', '<f4')]"]
SHAPES = [(), (0,), (3,), (10**9,), (10**18,), (-1,), (2**63,), (3, 3), (0, 10**18), (10**9, 10**9), (1,) * 40]


def headers(data: bytes, rng: random.Random) -> bytes:
    members = dict(members_of(data))
    name = rng.choice(sorted(set(members) - {"metadata.json"}))
    body = members[name][128:]
    shape, dtype = rng.choice(SHAPES), rng.choice(DTYPES)
    text = rng.choice([
        f"{{'descr': {dtype if dtype[0] == '[' else repr(dtype)}, 'fortran_order': {rng.random() < 0.2}, "
        f"'shape': {shape}, }}",
        "__import__('os').system('true')", "(" * 900, "-" * 900, "{" * 400, "9" * 1000, "[" * 60000, "",
    ])  # fmt: skip
    header = text.encode().ljust(117) + b"\n"
    length = rng.choice([len(header), len(header), 0, 65535])
    start = b"\x93NUMPY" + rng.choice([b"\1\0", b"\2\0", b"\3\0", b"\xff\xff"]) + struct.pack("<H", length % 65536)
    members[name] = start + header + body
    return zipped(list(members.items()))


def odd(rng: random.Random) -> Any:
    deep: Any = []
    for _ in range(rng.choice([3, 500])):
        deep = [deep]
    return rng.choice([
        None, True, -1, 0, 1, 2, 10**30, 1e308, -0.5, "", "x", "\ud800", "\x1b[2J", [], {}, [[]], {"a": 1}, deep,
        ["sentence"], ["sentence", "sentence"], "9.9.9", "1.0'; rm", float("nan"), float("inf"), [1, "a", None],
    ])  # fmt: skip


def metadata(data: bytes, rng: random.Random) -> bytes:
    members = dict(members_of(data))
    value = json.loads(members["metadata.json"])
    kind = rng.randrange(4)
    if kind == 0:
        text = json.dumps(odd(rng)).encode()
    elif kind == 1:
        text = rng.choice([b"[" * 10**5, b"9" * 10**5, b"\xff\xfe", b"{", b'{"a":' * 3000, b" " * 5 * 10**6])
    else:
        value[rng.choice(sorted(value))] = odd(rng)
        text = json.dumps(value).encode()
    members["metadata.json"] = text
    return zipped(list(members.items()))


NUMBERS = [0, 1, -1, 2**31 - 1, -(2**31), 2**63 - 1, 127, -128, 1e38, -1e38, 3e38, 1e-45, np.nan, np.inf, 5e5]


class Signer:
    """Mutations inside a model that carries the right digest for them: an attacker can compute it too."""

    def __init__(self, folder: Path) -> None:
        self._model = read_compiled(folder / "tiny.npz", CompiledModel)

    def __call__(self, _: bytes, rng: random.Random) -> bytes:
        described = json.loads(json.dumps(self._model.metadata))
        arrays = {name: array.copy() for name, array in self._model.arrays().items()}
        if rng.random() < 0.4:
            inside = described if rng.random() < 0.6 else rng.choice([described["sources"][0], described["probe"]])
            inside[rng.choice(sorted(inside))] = odd(rng)
        else:
            name = rng.choice(sorted(arrays))
            arrays[name] = self._changed(arrays[name], rng)
        described.pop("digest", None)
        described["digest"] = digest(described, arrays)
        return pack(described, arrays)

    def _changed(self, array: Any, rng: random.Random) -> Any:
        kind = rng.randrange(5)
        if kind == 0 or not array.size:
            return np.zeros(rng.choice([(0,), (2,), (2, 3), (5, 5)]), array.dtype)
        if kind == 1:
            return array[: rng.randrange(len(array) + 1)]
        if kind == 2:
            return array.astype(rng.choice(["<f4", "<f8", "<i4", "<u8", "<i8", "|i1"]))
        with np.errstate(all="ignore"):
            value = np.array(rng.choice(NUMBERS)).astype(array.dtype)
        array.flat[rng.randrange(array.size)] = value
        if kind == 4:
            array[:] = value
        return array


def digest(described: dict[str, Any], arrays: dict[str, Any]) -> str:
    """The digest of any arrays at all, as the loader will reckon it."""
    return CompiledModel.digest(SimpleNamespace(metadata=described, arrays=lambda: arrays))  # type: ignore[arg-type]


def try_file(path: Path) -> str:
    """What became of it; anything but a StanceError or sound probabilities is raised."""
    try:
        model = read_compiled(path, CompiledModel)
    except StanceError:
        return "refused"
    probabilities = model.predict_proba(ROWS)
    assert np.isfinite(probabilities).all(), "probabilities that are not finite"
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)
    for described in (lambda: card(model.metadata), lambda: largest_difference(model)):
        try:
            described()
        except StanceError:
            return "loaded, its description refused"
    return "loaded"


def main() -> None:
    options = arguments(__doc__, 100_000)
    capped(MEMORY)
    with scratch() as folder:
        data = tiny(folder)
        mutations: list[Mutation] = [flipped, cut, rezipped, bomb, directory, headers, metadata, Signer(folder)]
        run = Run("models", SECONDS, options.seed)
        path = folder / "mutated.npz"
        for number in options.numbers:
            rng = random.Random(f"{options.seed} {number}")
            mutation = mutations[number % len(mutations)]
            try:
                changed = mutation(data, rng)
            except (ValueError, OverflowError, struct.error, zlib.error, UnicodeError):
                changed = flipped(data, rng)  # zipfile itself would not write that one
            path.write_bytes(changed)
            run.attempt(number, lambda: try_file(path), changed)
        run.finish(options.record)


if __name__ == "__main__":
    main()
