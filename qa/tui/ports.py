"""What the terminal UI needs of the rest of Quoth. Owns the protocol; implements nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.types import Document, DocumentInfo
    from qa.types import Answer
    from qa.watcher import Watcher


class AnswererHandle(Protocol):
    """An index and its models, loaded.

    Calls come from worker threads, not always the same one. ``answer`` is never called twice at once, but ``document``
    may be called while it runs, from another thread and from within the watcher.
    """

    def answer(self, question: str, *, watcher: Watcher | None) -> Answer:
        """Raises ``qa.watcher.Cancelled`` when the watcher says so, ``QuothError`` for what a user can mend."""

    def document(self, document_id: str) -> Document:
        """The article, its text verified against the stored hash; raises ``QuothError``."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All that is indexed; empty where nothing is."""

    def close(self) -> None:
        """Lets go of files and models."""


Loader = Callable[[], AnswererHandle]
"""Opens the index and loads the models; slow, raises ``QuothError``. Called in a worker thread."""
