"""The documents under test and the answerer over them. Owns what scoring needs to know; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from eval.places import PassageSource, Places
from index.types import Hit, Passage
from qa.types import Answer, Reading

if TYPE_CHECKING:
    from qa.watcher import Watcher


class SearchablePassages(PassageSource, Protocol):
    """A passage index, as far as an evaluation uses it."""

    def search(self, question: str, *, limit: int) -> tuple[Hit, ...]:
        """The best hits, best first."""


class PassageReader(Protocol):
    """A reader, as far as an evaluation uses it."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage."""


class Answerer(Protocol):
    """``QuestionAnswerer``, as far as an evaluation uses it; tests stand their own in its place."""

    @property
    def passage_index(self) -> SearchablePassages:
        """What it searches."""

    @property
    def reader(self) -> PassageReader:
        """What it reads with."""

    def answer(self, question: str, *, watcher: Watcher | None = None) -> Answer:
        """The answer to a question."""


@dataclass(frozen=True)
class Corpus:
    """The documents' texts, read without the index under test, and where the index has cut them."""

    texts: Mapping[str, str]
    places: Places


@dataclass(frozen=True)
class Asked:
    """An answer, and the hits it was read from."""

    answer: Answer
    hits: tuple[Hit, ...]


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


def ask(answerer: Answerer, question: str) -> Asked:
    """Ask as the screen does, and see what search found on the way."""
    watcher = _HitsKept()
    answer = answerer.answer(question, watcher=watcher)
    return Asked(answer, watcher.hits)
