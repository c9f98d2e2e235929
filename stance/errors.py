"""The one family of errors that stance raises on purpose.

Every message says what was expected, what was found and what to do; the command line prints it as one line.
"""

from __future__ import annotations

from collections.abc import Iterable


class StanceError(Exception):
    """Base class: catch this to catch everything that stance raises on purpose."""


class InputError(StanceError):
    """An article, table or row that cannot be read as what it should be."""


class MissingColumnError(InputError):
    """A row without columns that it needs.

    Attributes:
        columns: Their names.
    """

    def __init__(self, message: str, columns: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.columns = frozenset(columns)


class DatasetError(StanceError):
    """A labelled data set that is unknown, not here, or not what was published."""


class ModelFileError(StanceError):
    """A model file that is missing, damaged, or of another format or version."""


class EncoderError(StanceError):
    """A sentence encoder that is not installed, or cannot be loaded."""


class OutputError(StanceError):
    """A result that cannot be written where it was asked for."""


class WorkerError(StanceError):
    """Worker processes that end again and again, whatever they are given."""


class UsageError(StanceError):
    """A request that makes no sense as put: an unknown name, or options that contradict each other."""
