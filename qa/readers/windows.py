"""Cuts a tokenised (question, passage) pair into overlapping windows that a model can read. Knows no weights."""

from collections.abc import Iterator
from dataclasses import dataclass

QUESTION_HEAD, QUESTION_TAIL = 32, 64
"""Tokens kept of a question that is too long: news questions set the scene first and ask at the end."""


@dataclass(frozen=True)
class Pair:
    """One window: ``<s> question </s></s> passage part </s>``."""

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


def pairs(
    passage: int,
    question_ids: list[int],
    passage_ids: list[int],
    offsets: list[tuple[int, int]],
    *,
    separators: tuple[int, int],
    max_tokens: int,
    overlap: int,
) -> Iterator[Pair]:
    """The windows of one passage; a passage that fits is one window, an empty one is none."""
    begin, end = separators
    head = [begin, *question_ids, end, end]
    room = max_tokens - len(head) - 1
    step = max(1, room - overlap)
    start = 0
    while start < len(passage_ids):
        part = passage_ids[start : start + room]
        yield Pair(passage, [*head, *part, end], len(head), offsets[start : start + room])
        if start + room >= len(passage_ids):
            return
        start += step
