"""The online flow on one screen: question → hits → readings → ranked passages → evidence → claims → answer."""

from __future__ import annotations

from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from index.errors import InputError
from qa.calibration import Calibration
from qa.claims import find_claims
from qa.ranking import rank_passages
from qa.types import Answer, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search import PassageIndex

    from index.types import Document, DocumentInfo, Hit
    from qa.reader import Reader
    from qa.settings import AnswerSettings


class Cancelled(Exception):  # noqa: N818 - a request that was granted, not an error
    """The watcher asked to stop."""


class Watcher(Protocol):
    """Told what is known as soon as it is known; asked between batches whether to go on."""

    def found(self, hits: tuple[Hit, ...]) -> None:
        """Search is done, reading begins."""

    def read(self, done: int, total: int) -> None:
        """``done`` of ``total`` hits are read."""

    def cancelled(self) -> bool:
        """True stops the answer with ``Cancelled``."""


def checked_question(question: str, settings: AnswerSettings) -> str:
    """The question without white space around it; raises InputError where it is empty or too long."""
    stripped = question.strip()
    if not any(character.isalnum() for character in stripped):
        raise InputError('the question is empty: ask something, such as "who mediated?"')
    if len(stripped) > settings.max_question_characters:
        raise InputError(
            f"the question has {len(stripped):,} characters, {settings.max_question_characters:,} are read at most: shorten it"
        )
    return stripped


class QuestionAnswerer:
    """An open index and a loaded reader; what the terminal UI, ``ask`` and the evaluation all call."""

    def __init__(
        self, passage_index: PassageIndex, reader: Reader, calibration: Calibration, *, settings: AnswerSettings
    ) -> None:
        """Takes over the index: ``close`` closes it."""
        self.passage_index = passage_index
        self.reader = reader
        self.calibration = calibration
        self.settings = settings

    def __enter__(self) -> QuestionAnswerer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        self.passage_index.close()

    def document(self, document_id: str) -> Document:
        """A whole article, its text checked against its hash; raises IndexDamaged."""
        return self.passage_index.document(document_id)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is indexed."""
        return self.passage_index.documents()

    def answer(self, question: str, *, watcher: Watcher | None = None) -> Answer:
        """Answer from the sources' words. Raises InputError for an unusable question, Cancelled when the watcher asks."""
        began = perf_counter()
        question = checked_question(question, self.settings)
        hits = self.passage_index.search(question, limit=self.settings.read_depth)
        if watcher:
            watcher.found(hits)
        retrieved = perf_counter()
        ranked = rank_passages(hits, self._read(question, hits, watcher), self.calibration)
        read = perf_counter()
        evidence = self._evidence(ranked)
        claims = find_claims(question, self._candidates(ranked[: len(evidence)], evidence))
        confidence = self._confidence(ranked[: len(evidence)], claims)
        return Answer(
            question=question,
            status=self._status(claims, confidence),
            confidence=confidence,
            claims=claims if confidence >= self.threshold else (),
            evidence=evidence,
            timings_ms={
                "retrieve": _milliseconds(began, retrieved),
                "read": _milliseconds(retrieved, read),
                "total": _milliseconds(began, perf_counter()),
            },
        )

    @property
    def threshold(self) -> float:
        """Confidence below which the files don't say."""
        return self.calibration.threshold if self.settings.threshold is None else self.settings.threshold

    def _read(self, question: str, hits: Sequence[Hit], watcher: Watcher | None) -> list[Reading]:
        readings: list[Reading] = []
        passages = iter(hit.passage for hit in hits)
        while batch := list(islice(passages, self.settings.batch_size)):
            if watcher and watcher.cancelled():
                raise Cancelled
            readings += self.reader.read(question, batch)
            if watcher:
                watcher.read(len(readings), len(hits))
        return readings
