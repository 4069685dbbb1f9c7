"""Owns how a build is watched on stderr: a bar with rate and time left on a terminal, plain lines anywhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

_NAMES = {
    "reading": "reading articles",
    "cutting": "cutting passages",
    "embedding": "embedding passages",
    "writing": "writing the index",
}


@contextmanager
def watched() -> Iterator["BarProgress | LineProgress"]:
    """Progress on stderr, in the way that fits it."""
    console = Console(stderr=True)
    with BarProgress(console) if console.is_terminal else LineProgress(console) as progress:
        yield progress


class BarProgress:
    """A bar for the stage that is running."""

    def __init__(self, console: Console) -> None:
        """Draw on a terminal."""
        columns = (
            TextColumn("{task.description:18}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._progress.stop()

    def stage(self, name: str) -> None:
        """A new stage, of a length that is not known yet."""
        self._progress.reset(self._task, description=_NAMES.get(name, name), total=None)

    def advance(self, done: int, total: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=done, total=total)


class LineProgress:
    """One line a stage, and one at each tenth of it."""

    def __init__(self, console: Console) -> None:
        """Write to a file or pipe."""
        self._console = console
        self._stage = ""
        self._tenth = 0

    def __enter__(self) -> Self:
        """Nothing to show yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to take away."""

    def stage(self, name: str) -> None:
        """Name the stage."""
        self._stage = _NAMES.get(name, name)
        self._tenth = 0
        self._console.print(self._stage, markup=False, highlight=False)

    def advance(self, done: int, total: int) -> None:
        """Say how far it is, ten times at most."""
        tenth = 10 * done // max(total, 1)
        if tenth > self._tenth:
            self._tenth = tenth
            self._console.print(f"{self._stage}: {done} of {total}", markup=False, highlight=False)


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.1f}/s" if speed else "", style="progress.data.speed")
