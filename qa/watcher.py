"""What the online flow tells while it goes on, and how it is stopped. Owns the port; light enough for a first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.types import Hit


class Cancelled(Exception):
    """The watcher asked to stop."""


class Watcher(Protocol):
    """Told what is known as soon as it is known; asked between batches whether to go on."""

    def found(self, hits: tuple[Hit, ...]) -> None:
        """Search is done, reading begins."""

    def read(self, done: int, total: int) -> None:
        """``done`` of ``total`` hits are read."""

    def cancelled(self) -> bool:
        """True stops the answer with ``Cancelled``."""
