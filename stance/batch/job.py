"""The records of a batch run: what every worker has to know, its portion of work, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stance.analysis import Options
from stance.reading import Access
from stance.records import Document, Failure

Found = Document | Failure | str
"""An article: read, impossible to read, or the name under which `read_article` finds it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker has to know; it travels to other processes.

    Attributes:
        folder: Where shards are written.
        form: Format of the shards: jsonl, csv, csv-raw or parquet.
        options: What to predict.
        figures_file: The user's own figures, as on the command line, which each worker reads for itself; they hold
            instead of those in `options`.
        model, trust: What `stance.load` takes.
        summary: One row for each article and figure in place of one for each sentence and figure.
        with_text: Add the article's text to each row.
        access: How files are opened.
    """

    folder: str
    form: str = "jsonl"
    options: Options = field(default_factory=Options)
    figures_file: Path | None = None
    model: Path | None = None
    trust: bool = False
    summary: bool = False
    with_text: bool = False
    access: Access = field(default_factory=Access)


@dataclass(frozen=True, slots=True)
class Shard:
    """Consecutive articles whose rows make one file.

    Attributes:
        index: Position of the shard, from 0.
        articles: In reading order.
        size: About how many bytes of input they are.
        digest: Of the articles; another one means that the input has changed.
    """

    index: int
    articles: tuple[Found, ...]
    size: int
    digest: str

    def name(self, form: str) -> str:
        """The file's name: sorting gives reading order.

        >>> Shard(12, (), 0, "").name("csv")
        'part-0000012.csv'
        """
        return f"part-{self.index:07d}.{form.removesuffix('-raw')}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a shard.

    Attributes:
        read: Articles that were analysed.
        rows: Rows written.
        nameless, foreign: How many of those articles name nobody, and are not English.
        failures: Articles without result, in reading order.
        notes: What the user should know though it stopped nothing.
    """

    read: int
    rows: int
    nameless: int
    foreign: int
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]
