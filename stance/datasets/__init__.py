"""Labelled sets by name.

`load` gives any named set as it is; `load_labelled` only those whose rows carry stances, which is what
training and evaluation take. `describe` lists them.
"""

from __future__ import annotations

from stance.datasets import dse, gap, news_labels, newsmtsc, newsmtsc_others, own, persent, pstance
from stance.datasets.dse import DirectedSentiment
from stance.datasets.entry import DatasetInfo, Entry
from stance.datasets.fetch import is_here
from stance.datasets.gap import PronounCase
from stance.datasets.persent import ArticleSentiment
from stance.errors import UsageError
from stance.records import LabelledRow

__all__ = [
    "ArticleSentiment",
    "DatasetInfo",
    "DirectedSentiment",
    "PronounCase",
    "default_split",
    "describe",
    "licence",
    "load",
    "load_labelled",
    "splits",
]

_AnyEntry = Entry[LabelledRow] | Entry[DirectedSentiment] | Entry[ArticleSentiment] | Entry[PronounCase]
_AnyRows = list[LabelledRow] | list[DirectedSentiment] | list[ArticleSentiment] | list[PronounCase]

_LABELLED: dict[str, Entry[LabelledRow]] = {
    entry.name: entry
    for entry in (
        *own.ENTRIES,
        *news_labels.ENTRIES,
        *newsmtsc.ENTRIES,
        *newsmtsc_others.ENTRIES,
        *pstance.ENTRIES,
    )
}
_OTHERS: dict[str, Entry[DirectedSentiment] | Entry[ArticleSentiment] | Entry[PronounCase]] = {
    entry.name: entry for entry in (*dse.ENTRIES, *persent.ENTRIES, *gap.ENTRIES)
}
_ALL: dict[str, _AnyEntry] = {**_LABELLED, **_OTHERS}


def load(name: str, split: str) -> _AnyRows:
    """All rows of a split as published: labelled rows, or the set's own records for `dse`, `persent`, `gap`.

    Raises:
        UsageError: There is no such set or split.
        DatasetError: Its files cannot be had, or are not what was published.
    """
    entry = _known(name)
    _refuse_unoffered(entry, split)
    return entry.read(split)


def load_labelled(name: str, split: str) -> list[LabelledRow]:
    """All rows of a split for training or evaluation, as published (duplicates included).

    Raises:
        UsageError: There is no such set or split, or the set carries no stances toward persons.
        DatasetError: Its files cannot be had, or are not what was published.
    """
    _known(name)
    if name not in _LABELLED:
        raise UsageError(
            f"expected a set with stances toward persons ({', '.join(_LABELLED)}), found {name}, whose "
            f"labels say something else; read it in Python with stance.datasets.load({name!r}, {split!r})"
        )
    _refuse_unoffered(_LABELLED[name], split)
    return _LABELLED[name].read(split)


def splits(name: str) -> tuple[str, ...]:
    """The splits a set offers.

    >>> splits("newsmtsc-rw")
    ('dev', 'test')
    """
    return _known(name).splits()


def licence(name: str) -> str:
    """What a set's authors allow.

    Raises:
        UsageError: There is no such set.

    >>> licence("own")
    'CC0-1.0'
    """
    return _known(name).licence


def default_split(name: str) -> str:
    """The split to evaluate on when none is asked for: dev, or test where there is none.

    Raises:
        UsageError: There is no such set, or it has neither.

    >>> default_split("newsmtsc-mt")
    'dev'
    """
    offered = splits(name)
    for split in ("dev", "test"):
        if split in offered:
            return split
    raise UsageError(f"expected a dev or test split of {name}, found {_listed(offered)}; name a split, or another set")


def describe() -> list[DatasetInfo]:
    """All sets that can be loaded by name, those with stances first."""
    return [_info(entry) for entry in _ALL.values()]


def _info(entry: _AnyEntry) -> DatasetInfo:
    sizes = {split: entry.size(split) for split in entry.splits()}
    here = tuple(split for split in sizes if all(map(is_here, entry.files(split))))
    return DatasetInfo(entry.name, entry.source, entry.licence, sizes, here, labelled=entry.name in _LABELLED)


def _known(name: str) -> _AnyEntry:
    if name not in _ALL:
        raise UsageError(f"expected a data set ({', '.join(_ALL)}), found {name!r}; choose one of these")
    return _ALL[name]


def _refuse_unoffered(entry: _AnyEntry, split: str) -> None:
    offered = entry.splits()
    if split not in offered:
        raise UsageError(f"expected a split of {entry.name} ({_listed(offered)}), found {split!r}; choose one of these")


def _listed(offered: tuple[str, ...]) -> str:
    return ", ".join(offered) or "none is here"
