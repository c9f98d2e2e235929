"""What stance knows about a named set before reading it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from stance.datasets.fetch import SourceFile

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Row]):
    """A set that can be loaded by name.

    Attributes:
        name: The name users give.
        source: Who published it, and where.
        licence: What its authors allow.
        splits: The splits offered.
        size: How many rows a split has, as published.
        files: The files a split needs that do not come with stance.
        read: The rows of a split.
    """

    name: str
    source: str
    licence: str
    splits: Callable[[], tuple[str, ...]]
    size: Callable[[str], int]
    files: Callable[[str], tuple[SourceFile, ...]]
    read: Callable[[str], list[Row]]


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """A line of `stance datasets`.

    Attributes:
        name, source, licence: As published.
        sizes: The splits offered and how many rows each has.
        here: The splits that load without a network.
        labelled: Whether its rows carry stances, so that `train` and `evaluate` take it.
    """

    name: str
    source: str
    licence: str
    sizes: Mapping[str, int]
    here: tuple[str, ...]
    labelled: bool
