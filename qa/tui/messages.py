"""What happened, in the past tense. Workers and widgets post these; the screen that handles them owns the widgets.

A ``ticket`` numbers a question, so that news of one that was given up is recognised and dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from index.types import Document, DocumentInfo, Hit
    from qa.tui.ports import AnswererHandle
    from qa.types import Answer, Evidence


@dataclass
class Loaded(Message):
    """The index is open and the models are in memory."""

    answerer: AnswererHandle
    documents: tuple[DocumentInfo, ...]


@dataclass
class LoadFailed(Message):
    """There is nothing to ask; ``problem`` says why, and what mends it."""

    problem: str


@dataclass
class QuestionAsked(Message):
    """Enter was pressed on a question."""

    question: str


@dataclass
class HitsFound(Message):
    """Search is done, reading begins."""

    ticket: int
    hits: tuple[Hit, ...]


@dataclass
class PassagesRead(Message):
    """``done`` of ``total`` hits are read."""

    ticket: int
    done: int
    total: int


@dataclass
class QuestionAnswered(Message):
    """The answer is there; an honest no is one too."""

    ticket: int
    answer: Answer


@dataclass
class ReadingCancelled(Message):
    """The answerer stopped because it was asked to."""

    ticket: int


@dataclass
class ReadingFailed(Message):
    """The question could not be answered; ``problem`` says why, and what mends it."""

    ticket: int
    problem: str


@dataclass
class EvidenceOpened(Message):
    """Enter was pressed on a passage."""

    evidence: Evidence


@dataclass
class ArticleFetched(Message):
    """The article's verified text is there."""

    document: Document


@dataclass
class ArticleFailed(Message):
    """The article can't be shown; ``problem`` says why, and what mends it."""

    problem: str


@dataclass
class EarlierChosen(Message):
    """An earlier question was chosen from the history, by its position in the session."""

    position: int
