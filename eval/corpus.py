"""The documents under test and the answerer over them. Owns what scoring needs to know; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from eval.places import PassageSource, Places
from index.types import Hit
from qa.types import Answer

if TYPE_CHECKING:
    from qa.watcher import Watcher


class SearchablePassages(PassageSource, Protocol):
    """A passage index, as far as an evaluation uses it."""

    def search(self, question: str, *, limit: int) -> tuple[Hit, ...]:
        """The best hits, best first."""


class Answerer(Protocol):
    """``QuestionAnswerer``, as far as an evaluation uses it; tests stand their own in its place."""

    @property
    def passage_index(self) -> SearchablePassages:
        """What it searches."""

    def answer(self, question: str, *, watcher: Watcher | None = None) -> Answer:
        """The answer to a question."""


@dataclass(frozen=True)
class Corpus:
    """The documents' texts, read without the index under test, and where the index has cut them."""

    texts: Mapping[str, str]
    places: Places


@dataclass(frozen=True)
class Asked:
    """An answer, and what was behind it."""

    answer: Answer
    hits: tuple[Hit, ...]
    """That it was read from."""
    unrefused: Answer
    """What it would have been if it had to be one: the same where it was not refused."""


class _HitsKept:
    """A watcher that keeps the hits and never stops anything."""

    def __init__(self) -> None:
        self.hits: tuple[Hit, ...] = ()

    def found(self, hits: tuple[Hit, ...]) -> None:
        self.hits = hits

    def read(self, done: int, total: int) -> None:
        """Of no interest here."""

    def cancelled(self) -> bool:
        return False


def ask(answerer: Answerer, question: str, *, unrefusing: Answerer) -> Asked:
    """Ask as the screen does, and see what search found on the way.

    ``unrefusing`` is the same but for its threshold: it is asked what a refusal withheld.
    """
    watcher = _HitsKept()
    answer = answerer.answer(question, watcher=watcher)
    refused = answer.status == "unanswered"
    return Asked(answer, watcher.hits, unrefusing.answer(question) if refused else answer)
