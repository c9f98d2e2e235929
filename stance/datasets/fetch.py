"""Files of published sets: from a local folder, from the cache, or from their publisher.

`STANCE_DATASETS` names a local folder; without it a file is downloaded once, by Hugging Face `datasets`, into
that package's cache. Files with a published SHA-256 are refused when they differ, wherever they come from.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stance.errors import DatasetError

VARIABLE = "STANCE_DATASETS"


@dataclass(frozen=True, slots=True)
class Published:
    """A file anybody can download: where it lies in a local folder, its address, its SHA-256."""

    path: str
    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OnRequest:
    """A file its authors hand out themselves: where it lies in a local folder, and where to ask for it."""

    path: str
    ask: str


SourceFile = Published | OnRequest


def github(repository: str, commit: str, path: str) -> str:
    """Address of a file of a GitHub repository as it stood at a commit.

    >>> github("owner/name", "b9d9b79", "data/train.txt")
    'https://raw.githubusercontent.com/owner/name/b9d9b79/data/train.txt'
    """
    return f"https://raw.githubusercontent.com/{repository}/{commit}/{path}"


def is_here(file: SourceFile) -> bool:
    """Whether the file can be read without a network."""
    folder = os.environ.get(VARIABLE)
    if folder:
        return (Path(folder) / file.path).is_file()
    return isinstance(file, Published) and (cache_folder() / file.path).is_file()


def read(file: SourceFile) -> str:
    """The file's text, decoded from UTF-8, newlines as they are.

    Raises:
        DatasetError: It is not in the folder named by STANCE_DATASETS, cannot be downloaded, or is not what
            was published.
    """
    folder = os.environ.get(VARIABLE)
    try:
        data = _from_folder(file, Path(folder)) if folder else _from_cache(file)
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{error.object[error.start]:02x} at {error.start}"
        raise DatasetError(f"{file.path}: expected UTF-8 text, found {byte}; save it as UTF-8") from error
    except OSError as error:
        remedy = f"set {VARIABLE} to another folder" if folder else "set HF_HOME to a folder that can be written"
        raise DatasetError(f"expected to read {file.path}, found {error}; {remedy}") from error


def _from_folder(file: SourceFile, folder: Path) -> bytes:
    path = folder / file.path
    if not path.is_file():
        found = "no such file" if folder.is_dir() else "no such folder"
        remedy = f"unset {VARIABLE} to download it" if isinstance(file, Published) else f"ask for it at {file.ask}"
        raise DatasetError(
            f"expected {file.path} in the folder that {VARIABLE} names ({folder}), found {found}; "
            f"put the file there, or {remedy}"
        )
    data = path.read_bytes()
    if isinstance(file, Published):
        _check(data, file, str(path), "replace it by the published one")
    return data


def _from_cache(file: SourceFile) -> bytes:
    if isinstance(file, OnRequest):
        raise DatasetError(
            f"expected {file.path}, which is not for download, in the folder that {VARIABLE} names, "
            f"found {VARIABLE} not set; ask for the file at {file.ask} and set {VARIABLE} to a folder with it"
        )
    path = cache_folder() / file.path
    if path.is_file() and _sha256(data := path.read_bytes()) == file.sha256:
        return data
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        downloaded = _download(file, scratch)
        data = downloaded.read_bytes()
        _check(data, file, file.url, "try again later")
        downloaded.replace(path)
    return data


def _download(file: Published, folder: str) -> Path:
    """Download into `folder`; whatever goes wrong there (many libraries' errors) is one DatasetError."""
    try:
        from datasets import DownloadConfig, DownloadManager  # a second, paid only for a download

        quiet = sys.stderr is None or not sys.stderr.isatty()
        config = DownloadConfig(cache_dir=folder, use_etag=False, disable_tqdm=quiet)
        return Path(DownloadManager(download_config=config).download(file.url))
    except ImportError as error:
        raise DatasetError(
            f"expected to download {file.url}, found a package missing ({error}); "
            f'pip install "datasets" "fsspec[http]", or set {VARIABLE} to a folder that holds {file.path}'
        ) from error
    except Exception as error:  # each way to fetch has errors of its own, and all mean that nothing came
        raise DatasetError(
            f"expected to download {file.url}, found no answer ({type(error).__name__}: {error}); connect to "
            f"a network, or set {VARIABLE} to a folder that holds {file.path}"
        ) from error


def cache_folder() -> Path:
    """Where stance keeps what it may need again: in the cache of Hugging Face `datasets`, by its own variables."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("HF_HOME") or base / "huggingface")
    return Path(os.environ.get("HF_DATASETS_CACHE") or home / "datasets").expanduser() / "stance"


def _check(data: bytes, file: Published, where: str, remedy: str) -> None:
    found = _sha256(data)
    if found != file.sha256:
        raise DatasetError(
            f"{where}: expected the published file (SHA-256 {file.sha256}), found SHA-256 {found}; {remedy}"
        )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
