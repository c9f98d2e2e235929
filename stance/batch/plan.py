"""Articles to shards: the same inputs always make the same shards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from stance.batch.job import Found, Shard
from stance.errors import UsageError
from stance.reading import Access, Note, find_articles, find_inputs, is_address, read_article, state
from stance.records import Document, Failure
from stance.writing import FORMATS

LARGEST = 32_000_000
"""Bytes of input after which a shard is closed, however few articles it has: it has to fit into memory."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is read.

    Attributes:
        named: Files, folders, globs, as the user gave them.
        text_column: The column of tables that holds the articles' text.
        shard_size: Articles in a shard.
        access: How files and addresses are opened.
    """

    named: tuple[str, ...]
    text_column: str = "text"
    shard_size: int = 500
    access: Access = field(default_factory=Access)

    def total(self) -> int:
        """Bytes of all files, as they are stored; goes through the folders once."""
        return sum(_size(found) for found in find_inputs(self.named, lambda _: None) if isinstance(found, str))

    def refuse_within(self, folder: Path) -> None:
        """Refuse inputs among which results written to `folder` would be found again.

        Raises:
            UsageError: The folder lies in one of them.
        """
        for name in self.named:
            if _reaches(name, folder):
                raise UsageError(
                    f"expected results outside of what is read, found --output {folder} within {name}; "
                    "name a folder beside it"
                )


def _reaches(name: str, folder: Path) -> bool:
    """Whether files in a folder are among those that a name stands for."""
    named = Path(name).resolve() if Path(name).exists() else Path(name).absolute()
    parts = named.parts[: named.parts.index("**")] if "**" in named.parts else named.parts
    files = [folder.resolve() / Shard(0, (), 0, "").name(form) for form in FORMATS]
    return any(len(parts) <= len(file.parts) and all(map(fnmatch, file.parts, parts)) for file in files)


def shards(inputs: Inputs, note: Note) -> Iterator[Shard]:
    """The articles, `shard_size` at a time or fewer where they are long; read as they are asked for."""
    articles: list[Found] = []
    size, index, digest = 0, 0, hashlib.blake2b(digest_size=16)
    for source in find_articles(inputs.named, note=note, text_column=inputs.text_column, access=inputs.access):
        found = _read_here(source.found, note, inputs.access)
        articles.append(found)
        size += source.size
        digest.update(_fingerprint(found))
        if len(articles) == inputs.shard_size or size >= LARGEST:
            yield Shard(index, tuple(articles), size, digest.hexdigest())
            articles, size, index, digest = [], 0, index + 1, hashlib.blake2b(digest_size=16)
    if articles:
        yield Shard(index, tuple(articles), size, digest.hexdigest())


def _read_here(found: Found, note: Note, access: Access) -> Found:
    """The article itself where only this process should read it.

    Standard input is its own, and several processes that fetch pages at once would be rude to the site.
    """
    return read_article(found, note, access) if isinstance(found, str) and _is_only_ours(found) else found


def _is_only_ours(name: str) -> bool:
    return name == "-" or is_address(name)


def _fingerprint(found: Found) -> bytes:
    """Bytes that change when the article does: its content, or for a file size and time of change."""
    if isinstance(found, Document | Failure):
        return json.dumps(astuple(found)).encode()
    return json.dumps([found, state(found)]).encode()


def _size(name: str) -> int:
    seen = state(name)
    return seen[0] if seen else 0
