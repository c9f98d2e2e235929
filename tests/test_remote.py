"""Files in buckets are read like files here. A file system in memory stands in for the bucket."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry as registry

from stance.reading import read_documents
from stance.records import Document, Failure


class Bucket(MemoryFileSystem):
    protocol = ("s3",)
    store: dict[str, Any] = {}  # noqa: RUF012 (as its class has it)
    pseudo_dirs = [""]  # noqa: RUF012
    cachable = False

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + path.removeprefix("s3://").strip("/") if path.strip("/") else ""

    def unstrip_protocol(self, name: str) -> str:
        return f"s3://{name.strip('/')}"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    monkeypatch.setitem(registry, "s3", Bucket)
    Bucket.store.clear()
    return Bucket()


def rows(count: int) -> bytes:
    return b"".join(
        json.dumps({"text": f"Sen. Ann Ash won on day {number}."}).encode() + b"\n" for number in range(count)
    )


def read(*names: str) -> list[Document | Failure]:
    return list(read_documents(names, note=pytest.fail))


def parquet(texts: list[str]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"text": texts}), sink)
    return bytes(sink.getvalue())


def test_files_folders_and_globs_of_a_bucket(bucket: Bucket) -> None:
    bucket.pipe("s3://news/a.jsonl", rows(2))
    bucket.pipe("s3://news/b/c.jsonl.gz", gzip.compress(rows(1)))
    bucket.pipe("s3://news/b/d.parquet", parquet(["one", "two"]))
    bucket.pipe("s3://news/b/e.txt", "“Café”".encode())
    bucket.pipe("s3://news/b/logo.png", b"\x89PNG")
    names = [document.id for document in read("s3://news") if isinstance(document, Document)]
    assert names == [
        "s3://news/a.jsonl#1", "s3://news/a.jsonl#2", "s3://news/b/c.jsonl.gz#1", "s3://news/b/d.parquet#1",
        "s3://news/b/d.parquet#2", "s3://news/b/e.txt",
    ]  # fmt: skip
    assert read("s3://news/b/e.txt") == [Document("s3://news/b/e.txt", "“Café”")]
    assert [item.text for item in read("s3://news/*/*.parquet") if isinstance(item, Document)] == ["one", "two"]


def test_what_is_not_there_fails_alone(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket.pipe("s3://news/a.jsonl", rows(1))
    gone, found = read("s3://news/gone.jsonl", "s3://news/a.jsonl")
    assert isinstance(gone, Failure)
    assert gone.message == (
        "s3://news/gone.jsonl: expected a file, folder or glob with articles, found nothing; check the name"
    )
    assert isinstance(found, Document)

    def closed(*_: object, **__: object) -> None:
        raise RuntimeError("Access Denied")

    monkeypatch.setattr(Bucket, "open", closed)
    (refused,) = read("s3://news/a.jsonl")
    assert isinstance(refused, Failure)
    assert "Access Denied" in refused.message


def test_without_the_package_of_a_bucket_it_is_named() -> None:
    (failure,) = read("gs://news/a.jsonl")
    assert isinstance(failure, Failure)
    assert "gcsfs" in failure.message


def test_a_bucket_to_a_folder_of_results(bucket: Bucket, cli: Any, toy_model: Path, tmp_path: Path) -> None:
    bucket.pipe("s3://news/a.jsonl", rows(5))
    common = ("predict", "s3://news/*.jsonl", "--model", toy_model)
    command = (*common, "--output", f"{tmp_path}/", "--shard-size", 2)
    assert cli(*command)[0] == 0
    whole = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("part-*")))
    assert whole.decode() == cli(*common, "--format", "jsonl")[1]
    assert whole.count(b"\n") == 5
