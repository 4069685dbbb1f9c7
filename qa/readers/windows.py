"""Cuts a tokenised (question, passage) pair into overlapping windows that a model can read. Knows no weights."""

from collections.abc import Iterator
from dataclasses import dataclass

QUESTION_HEAD, QUESTION_TAIL = 32, 64
"""Tokens kept of a question that is too long: news questions set the scene first and ask at the end."""

MAX_TITLE_WORDS = 24


@dataclass(frozen=True)
class Pair:
    """One window: ``[CLS] question [SEP] passage part [SEP]``, with ``title [SEP]`` before the part if there is one."""

    passage: int
    """Position of the passage in the reader's input."""
    input_ids: list[int]
    first: int
    """Position of the first passage token in ``input_ids``."""
    offsets: list[tuple[int, int]]
    """Character range in the passage of each passage token of this window."""


def shorten_question(ids: list[int]) -> list[int]:
    """The question's tokens, the middle left out where there are too many."""
    if len(ids) <= QUESTION_HEAD + QUESTION_TAIL:
        return ids
    return ids[:QUESTION_HEAD] + ids[-QUESTION_TAIL:]


def shorten_title(title: str) -> str:
    """The title's first words: what an article is about stands there."""
    return " ".join(title.split()[:MAX_TITLE_WORDS])


def pairs(
    passage: int,
    head: list[int],
    passage_ids: list[int],
    offsets: list[tuple[int, int]],
    *,
    end: int,
    max_tokens: int,
    overlap: int,
) -> Iterator[Pair]:
    """The windows of one passage; a passage that fits is one window, an empty one is none.

    ``head`` is all that stands before the passage, with its separators; ``end`` is the separator after it.
    """
    room = max_tokens - len(head) - 1
    step = max(1, room - overlap)
    start = 0
    while start < len(passage_ids):
        part = passage_ids[start : start + room]
        yield Pair(passage, [*head, *part, end], len(head), offsets[start : start + room])
        if start + room >= len(passage_ids):
            return
        start += step
