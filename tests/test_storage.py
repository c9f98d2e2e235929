"""Model files of strangers: refused in one line, within bounds, and joblib files only where they still behave."""

import io
import os
import struct
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from stance.archive import pack
from stance.compiled import CompiledModel
from stance.errors import ModelFileError
from stance.probe import largest_difference
from stance.storage import load, packed, read_compiled, read_joblib, signed

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def model(toy_model: Path) -> CompiledModel:
    return load(toy_model, CompiledModel)


def refused(path: Path, message: str) -> None:
    with pytest.raises(ModelFileError, match=message):
        read_compiled(path, CompiledModel)


def written(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def members_of(model: CompiledModel) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack(model.metadata, model.arrays()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def npy(header: str, body: bytes = b"") -> bytes:
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def test_a_bomb_is_refused_by_what_it_says_of_itself(model: CompiledModel, tmp_path: Path) -> None:
    path = written(tmp_path / "bomb.npz", members_of(model) | {"intercept.npy": bytes(300 * 2**20)})
    assert path.stat().st_size < 8 * 2**20
    refused(path, r"bytes unpacked, more than 268,435,456")


def test_a_bomb_that_lies_about_its_size_is_cut_off_there(model: CompiledModel, tmp_path: Path) -> None:
    path = written(tmp_path / "bomb.npz", members_of(model) | {"intercept.npy": bytes(2**24)})
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 2**24), struct.pack("<L", 140)))
    refused(path, "damaged or foreign file")


def test_a_directory_of_millions_of_members_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "many.npz"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 65535 * 46, 0, 0)
    path.write_bytes(b"PK\1\2" + bytes(65535 * 46 - 4) + end)
    refused(path, r"65,535 members")


@pytest.mark.parametrize("how", ["comment", "twice", "lzma", "encrypted"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zips_of_a_kind_that_models_are_not(model: CompiledModel, tmp_path: Path, how: str) -> None:
    path = written(tmp_path / "odd.npz", members_of(model), zipfile.ZIP_LZMA if how == "lzma" else zipfile.ZIP_STORED)
    if how in ("comment", "twice"):
        with zipfile.ZipFile(path, "a") as archive:
            if how == "comment":
                archive.comment = b"hello"
            else:
                archive.writestr("intercept.npy", b"")
    if how == "encrypted":
        data = bytearray(path.read_bytes())
        data[data.rindex(b"PK\1\2") + 8] |= 1
        path.write_bytes(data)
    expected = {"comment": "with a comment", "twice": "stands in it twice"}
    refused(path, expected.get(how, "packed in a way that models are not"))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", "no array of plain numbers"),
        ("{'descr': '<f4', 'fortran_order': True, 'shape': (3,), }", "no array of plain numbers"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000), }", "has the shape"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,), }", "no array of plain numbers"),
        ("__import__('os').abort()", "no array of plain numbers"),
        ("(" * 100, "no array of plain numbers"),
    ],
)
def test_headers_are_matched_not_evaluated(model: CompiledModel, tmp_path: Path, header: str, message: str) -> None:
    members = members_of(model) | {"intercept.npy": npy(header, bytes(12))}
    refused(written(tmp_path / "header.npz", members), message)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "NaN", '{"a": Infinity}', "[]", "9" * 5000, "\udcff", r'{"stance": "\ud800"}']
)
def test_metadata_that_is_no_plain_json(model: CompiledModel, tmp_path: Path, text: str) -> None:
    members = members_of(model) | {"metadata.json": text.encode("utf-8", "surrogateescape")}
    refused(written(tmp_path / "text.npz", members), "damaged or foreign file")


def changed(model: CompiledModel, name: str, array: Any) -> dict[str, Any]:
    arrays = dict(model.arrays()) | {name: array}
    return {key: value for key, value in arrays.items() if value is not None}


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("block/window/keys", lambda a: a[::-1].copy(), "not in order"),
        ("block/window/keys", lambda a: a[:-1], r"has \d+ rows, not \d+"),
        ("block/window/rows", lambda a: a - 100000, "counts more training rows"),
        ("block/window/rows", lambda a: a[:-1], "do not fit together"),
        ("block/window/weights", lambda a: a * np.float32("nan"), "holds a weight of nan"),
        ("block/window/weights", lambda a: a + np.float32(1e30), r"holds a weight of 1\.0"),
        ("block/window/weights", lambda a: a.astype(np.float64), "is an array of float64"),
        ("lexicon/values", lambda a: a[:, :4], "is an array of int8"),
        ("lexicon/values", lambda a: a * np.int8(0), "a length that none can have"),
        ("intercept", lambda a: a[:2], "has 2 rows, not 3"),
        ("intercept", lambda _: None, "intercept"),
        ("spare", lambda _: np.zeros(1), "arrays that no model has: spare"),
    ],
)
def test_arrays_that_do_not_fit_together(
    model: CompiledModel, tmp_path: Path, name: str, change: Any, message: str
) -> None:
    arrays = model.arrays()
    path = tmp_path / "unfit.npz"
    path.write_bytes(pack(model.metadata, changed(model, name, change(arrays.get(name)))))
    refused(path, message)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("temperature", 1e-300, "temperature 1e-300 out of range"),
        ("temperature", None, "expected the arrays of a stance model"),
        ("n_rows", -1, "number of training rows out of range"),
        ("blocks", ["sentence", "sentence"], "or one twice"),
        ("blocks", ["no such block"], "blocks that this version does not have"),
        ("blocks", 3, "expected the arrays of a stance model|blocks"),
        ("encoder", ["x"], "an encoder without a name"),
        ("format", True, "found format True"),
    ],
)
def test_metadata_that_fits_no_model(
    model: CompiledModel, tmp_path: Path, key: str, value: object, message: str
) -> None:
    path = tmp_path / "unfit.npz"
    path.write_bytes(pack({**model.metadata, key: value}, model.arrays()))
    refused(path, message)


def test_a_later_format_says_what_to_install(model: CompiledModel, tmp_path: Path) -> None:
    path = tmp_path / "later.npz"
    path.write_bytes(pack({**model.metadata, "format": 9, "stance": "7.1.0rc2"}, {}))
    refused(path, r"written by stance 7\.1\.0rc2\); install that one: pip install political-stance==7\.1\.0rc2$")
    path.write_bytes(pack({**model.metadata, "format": 9, "stance": "7; rm -rf /"}, {}))
    refused(path, r"train it again$")


def test_the_probe_travels_with_the_model(model: CompiledModel) -> None:
    assert len(model.metadata["probe"]["rows"]) == 20
    assert largest_difference(model) < 1e-7
    assert largest_difference(replace(model, temperature=model.temperature * 1.01)) > 1e-4


@pytest.mark.parametrize(
    "probe",
    [7, [], {}, {"rows": 5}, {"rows": [["a b", "a"]], "probabilities": [[10**400, 0, 0]]},
     {"rows": [["a b", "a"]], "probabilities": [[0, 1], [1]]}, {"rows": [["a b"]], "probabilities": [[0, 0, 1]]}],
)  # fmt: skip
def test_what_is_stored_as_a_probe_and_is_none_is_said_to_be(model: CompiledModel, probe: Any) -> None:
    with pytest.raises(ModelFileError, match="expected a probe of rows and probabilities"):
        largest_difference(replace(model, metadata={**model.metadata, "probe": probe}))


@pytest.fixture
def alone(toy_model: Path, tmp_path: Path) -> Path:
    """The toy model's joblib file without its npz."""
    path = tmp_path / "alone.joblib"
    path.write_bytes(toy_model.read_bytes())
    return path


def repickled(path: Path, change: Any) -> Path:
    pipeline = joblib.load(path)
    change(pipeline)
    joblib.dump(pipeline, path)
    return path


def test_a_joblib_of_another_scikit_learn_is_taken_when_it_behaves(alone: Path, model: CompiledModel) -> None:
    data = alone.read_bytes()
    import sklearn

    version = sklearn.__version__.encode()
    assert version in data
    alone.write_bytes(
        data.replace(
            b"_sklearn_version\x94\x8c" + bytes([len(version)]) + version,
            b"_sklearn_version\x94\x8c" + bytes([len(version)]) + b"0" * len(version),
        )
    )
    opened = read_joblib(alone, CompiledModel)
    rows = [tuple(row) for row in model.metadata["probe"]["rows"]]
    np.testing.assert_allclose(opened.predict_proba(rows), model.predict_proba(rows))


def test_a_joblib_that_behaves_otherwise_is_refused_with_what_to_install(alone: Path) -> None:
    def spoil(pipeline: Any) -> None:
        pipeline.named_steps["classifier"].intercept_ += [0.1, 0.0, 0.0]

    with pytest.raises(
        ModelFileError, match=r"found a difference of 0\.0\d+; pip install political-stance==\d.*scikit-learn=="
    ):
        read_joblib(repickled(alone, spoil), CompiledModel)


def test_a_joblib_without_a_probe_is_refused(alone: Path) -> None:
    repickled(alone, lambda pipeline: pipeline.stance_metadata_.pop("probe"))
    with pytest.raises(ModelFileError, match="found none stored"):
        read_joblib(alone, CompiledModel)


@pytest.mark.parametrize("content", [b"", b"\x80\x04N.", b"garbage", b"\x80\x04\x8c\x07stance.\x94\x8c\x01x\x93."])
def test_joblib_files_of_others_are_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.joblib"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"expected a stance pipeline in .*; train it again with this version"):
        load(path, CompiledModel, trust=True)


class Hostile:
    def __init__(self, trace: str) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (self._trace,)


@pytest.mark.parametrize("door", ["predict", "info", "verify", "evaluate", "explain", "python"])
def test_no_door_unpickles_unless_asked(cli: Any, toy_model: Path, tmp_path: Path, door: str) -> None:
    """The pickle carries the digest of an honest model beside it, as an attacker's would."""
    import stance

    trace, path = tmp_path / "trace", tmp_path / "m.joblib"
    digest = load(toy_model, CompiledModel).metadata["digest"]
    joblib.dump([f"stance-model-digest:{digest}", Hostile(str(trace))], path)
    (tmp_path / "m.npz").write_bytes(toy_model.with_suffix(".npz").read_bytes())
    arguments = {
        "predict": ("predict", "--text", "Sen. Ann Ash lost."),
        "info": ("info",),
        "verify": ("info", "--verify"),
        "evaluate": ("evaluate", "--articles", ROOT / "seeds"),
        "explain": ("explain", "Ann Ash lost.", "--figure", "Ash"),
    }
    if door == "python":
        stance.load(path)
    else:
        assert cli(*arguments[door], "--model", path)[0] == 0
    assert not trace.exists()


def test_a_model_that_is_not_there_is_to_be_trained_as_train_takes_it(cli: Any, tmp_path: Path) -> None:
    for arguments in (("predict", "--text", "Ash won."), ("info",)):
        code, _, err = cli(*arguments, "--model", tmp_path / "gone.npz")
        assert (code, f"stance train --output {tmp_path / 'gone.joblib'}" in err) == (1, True)


@pytest.mark.parametrize("arguments", [("info",), ("info", "--verify")])
def test_a_model_that_cannot_be_read_is_named(
    cli: Any, toy_model: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    as_it_is = Path.open

    def closed(path: Path, *rest: Any, **named: Any) -> Any:
        if path == toy_model:
            raise PermissionError(13, "Permission denied")
        return as_it_is(path, *rest, **named)

    monkeypatch.setattr(Path, "open", closed)
    code, out, err = cli(*arguments, "--model", toy_model)
    assert (code, out) == (1, "")
    assert err.startswith(f"stance: expected a readable model file at {toy_model}, found none (Permission denied)")


def test_the_card_fits_a_terminal(cli: Any) -> None:
    code, out, _ = cli("info")
    assert code == 0
    assert max(len(line) for line in out.splitlines() if not line.startswith("|")) <= 100


def test_verify_tells_what_holds(cli: Any, toy_model: Path) -> None:
    code, out, err = cli("info", "--verify", "--model", toy_model)
    assert (code, err) == (0, "")
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["digest", "holds"],
        ["probe", "holds"],
        ["joblib", "holds"],
    ]
    code, out, _ = cli("info", "--verify", "--trust", "--model", toy_model.with_suffix(".npz"))
    assert code == 0
    assert "toy.joblib gives probabilities that differ by at most" in out


def test_verify_names_what_does_not(cli: Any, toy_model: Path, model: CompiledModel, tmp_path: Path) -> None:
    probe = {**model.metadata["probe"], "probabilities": [[0.2, 0.3, 0.5]] * 20}
    spoilt = signed(replace(model, metadata={**model.metadata, "probe": probe}))
    (tmp_path / "m.npz").write_bytes(packed(spoilt))
    (tmp_path / "m.joblib").write_bytes(toy_model.read_bytes())
    code, out, err = cli("info", "--verify", "--model", tmp_path / "m.npz")
    assert code == 1
    assert "probe   BROKEN" in out
    assert "joblib  BROKEN       m.joblib is of another training" in out
    assert "found probe, joblib broken" in err


def test_a_card_of_strange_metadata_is_refused_and_steers_no_terminal(
    cli: Any, model: CompiledModel, tmp_path: Path
) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(packed(signed(replace(model, metadata={**model.metadata, "sources": [7]}))))
    code, out, err = cli("info", "--model", path)
    assert (code, out) == (1, "")
    assert err.startswith("stance: expected the metadata of a training, found others (TypeError")
    path.write_bytes(packed(signed(replace(model, metadata={**model.metadata, "stance": "1\x1b]0;owned\x07\u202e"}))))
    code, out, _ = cli("info", "--model", path)
    assert code == 0
    assert "Trained with stance 1;" in out
