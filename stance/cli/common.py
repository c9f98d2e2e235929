"""What several commands share: notes to the user, progress, and the tally of what failed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TextIO, TypeVar

import typer

from stance.records import Failure

SOME_FAILED, ALL_FAILED = 3, 1

Item = TypeVar("Item")


def note(message: str) -> None:
    """Say something that stops nothing, on standard error: one line, without what could steer a terminal."""
    from stance.render.printable import printable

    try:
        typer.echo(f"stance: {printable(message).strip()}", err=True)
    except OSError:  # nobody reads it, or its disk is full: no reason to stop
        forsake(sys.stderr)


def forsake(stream: TextIO | None) -> None:
    """Lead a stream that takes no more to nowhere, so that what waits in it is not tried again at exit."""
    with suppress(OSError, AttributeError):  # closed, or no file of the system
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]


@dataclass(slots=True)
class Tally:
    """Counts what was read and what failed, to name the failures and to set the exit code."""

    read: int = 0
    failed: int = 0

    def only_read(self, items: Iterable[Item | Failure]) -> Iterator[Item]:
        """The items that could be read; failures are named on standard error as they come."""
        for item in items:
            if isinstance(item, Failure):
                self.failed += 1
                note(item.message)
            else:
                self.read += 1
                yield item

    def only_read_if_any(self, items: Iterable[Item | Failure]) -> Iterator[Item]:
        """As `only_read`, but where all has failed, exit before results that are there give way to none."""
        yield from self.only_read(items)
        if not self.read:
            self.leave()

    def leave(self) -> None:
        """Exit with the contract's code where anything failed."""
        if self.failed:
            raise typer.Exit(SOME_FAILED if self.read else ALL_FAILED)


@contextmanager
def measured(label: str, total: Callable[[], int]) -> Iterator[Callable[[int, int], None]]:
    """Within the block, progress with rate and time left on standard error, where that is a terminal.

    Args:
        label: What is counted.
        total: Bytes that there are to read; asked only where it is shown.

    Yields:
        What to tell how many have been dealt with, and about how many bytes they are.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _count, _size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TextColumn(f"{{task.fields[count]:,}} {label}, {{task.fields[rate]:,.0f}} a second, {{task.percentage:.0f}} %"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    begun, first = time.monotonic(), 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total(), count=0, rate=0.0)

        def told(count: int, size: int) -> None:
            nonlocal first
            first = first or count
            bar.update(task, completed=size, count=count, rate=(count - first) / (time.monotonic() - begun))

        yield told


def progress(items: Iterable[Item], label: str) -> Iterator[Item]:
    """The items, counted on standard error while they pass, where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn(label), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        for item in items:
            yield item
            bar.advance(task)


class Terminated(BaseException):
    """SIGTERM came."""


@contextmanager
def terminable() -> Iterator[None]:
    """Within the block, SIGTERM ends it as Ctrl-C does: by an exception, so that no half-written file stays behind."""

    def stop(*_: object) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
