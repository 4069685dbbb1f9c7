"""What runs in worker threads: loading, answering, fetching an article.

Owns the step from calls to messages; never touches a widget, since all that it is given is a way to post.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from typing import TYPE_CHECKING

from textual.message import Message

from index.errors import QuothError
from qa.tui.messages import (
    ArticleFailed,
    ArticleFetched,
    HitsFound,
    Loaded,
    LoadFailed,
    PassagesRead,
    QuestionAnswered,
    ReadingCancelled,
    ReadingFailed,
)
from qa.watcher import Cancelled

if TYPE_CHECKING:
    from index.types import Hit
    from qa.tui.ports import AnswererHandle, Loader

Post = Callable[[Message], object]


class Request:
    """One question on its way: it watches the answerer, posts what it hears, and knows whether it was given up."""

    def __init__(self, ticket: int, question: str, post: Post) -> None:
        """``ticket`` numbers the question; ``post`` is how it is heard of."""
        self.ticket = ticket
        self.question = question
        self.post = post
        self._stopped = Event()

    def stop(self) -> None:
        """Asks the answerer to stop at its next chance."""
        self._stopped.set()

    def found(self, hits: tuple[Hit, ...]) -> None:
        """Posts the hits."""
        self.post(HitsFound(self.ticket, hits))

    def read(self, done: int, total: int) -> None:
        """Posts the progress."""
        self.post(PassagesRead(self.ticket, done, total))

    def cancelled(self) -> bool:
        """True once it was given up."""
        return self._stopped.is_set()


def load(loader: Loader, post: Post, turn: Lock, *, instead_of: AnswererHandle | None) -> None:
    """Opens the index and posts ``Loaded``, or ``LoadFailed`` with the remedy; closes what it replaces first."""
    if instead_of is not None:
        with turn:
            instead_of.close()
    try:
        answerer = loader()
        documents = answerer.documents()
    except Exception as error:  # a thread's last frame: what is not said here is never seen
        post(LoadFailed(problem(error)))
    else:
        post(Loaded(answerer, documents))


def answer(answerer: AnswererHandle, request: Request, turn: Lock) -> None:
    """Answers one question, alone: one that was given up may still be finishing its batch, and holds the turn."""
    with turn:
        try:
            if request.cancelled():
                raise Cancelled
            request.post(QuestionAnswered(request.ticket, answerer.answer(request.question, watcher=request)))
        except Cancelled:
            request.post(ReadingCancelled(request.ticket))
        except Exception as error:  # as above
            request.post(ReadingFailed(request.ticket, problem(error)))


def fetch(answerer: AnswererHandle, document_id: str, post: Post) -> None:
    """Posts the article, or why it can't be shown."""
    try:
        document = answerer.document(document_id)
    except Exception as error:  # as above
        post(ArticleFailed(problem(error)))
    else:
        post(ArticleFetched(document))


def problem(error: Exception) -> str:
    """One line: the message as it is where it names its remedy, else a request to report it."""
    if isinstance(error, QuothError):
        return str(error)
    return f"Quoth failed in a way that it should not ({type(error).__name__}: {error}). Please report this."
