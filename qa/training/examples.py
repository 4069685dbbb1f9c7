"""Training groups: one question with the passages that answer it and some that don't. Owns their file format."""

import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field

from index.types import Frozen

VALIDATION_SHARE = 0.06
"""Of each source, by document; enough for a point of F1 to be seen, small enough not to be missed in training."""


class TrainingPassage(Frozen):
    """A passage with the character ranges that answer; empty ranges mean "not here"."""

    text: str = Field(min_length=1)
    spans: tuple[tuple[int, int], ...] = ()


class Group(Frozen):
    """One question and its passages; scores are normalised over the group."""

    id: str
    source: str
    question: str
    validation: bool
    passages: tuple[TrainingPassage, ...] = Field(min_length=1)


def is_validation(document: str, *, share: float = VALIDATION_SHARE) -> bool:
    """Whether a document is kept out of training: by its name's checksum, so that every run agrees."""
    return zlib.crc32(document.encode()) % 1000 < share * 1000


def write_groups(path: Path, groups: Iterable[Group]) -> int:
    """Write one group a line; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for group in groups:
            file.write(group.model_dump_json() + "\n")
            count += 1
    return count


def read_groups(path: Path) -> Iterator[Group]:
    """Groups in the file's order."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Group.model_validate_json(line)


def first_of_each_source(groups: Iterable[Group], limit: int) -> Iterator[Group]:
    """At most ``limit`` validation groups of each source."""
    counts: Counter[str] = Counter()
    for group in groups:
        if group.validation and counts[group.source] < limit:
            counts[group.source] += 1
            yield group


def word_bounds(text: str) -> list[tuple[int, int]]:
    """Character ranges of the words that white space separates."""
    bounds, start = [], None
    for position, character in enumerate(text):
        if character.isspace():
            if start is not None:
                bounds.append((start, position))
                start = None
        elif start is None:
            start = position
    if start is not None:
        bounds.append((start, len(text)))
    return bounds


def window_around(passage: TrainingPassage, *, max_words: int, generator: random.Random) -> TrainingPassage:
    """A window of at most ``max_words`` words that holds one of the passage's spans, at a random place around it.

    Without spans the window is anywhere. Spans that the window cuts are dropped, the others moved into its coordinates.
    """
    text, spans = passage.text, passage.spans
    bounds = word_bounds(text)
    if len(bounds) <= max_words:
        return passage
    first, last = 0, len(bounds) - max_words
    if spans:
        start, end = generator.choice(spans)
        inside = [number for number, (left, right) in enumerate(bounds) if right > start and left < end]
        low, high = max(0, inside[-1] + 1 - max_words), min(inside[0], last)
        first, last = (low, high) if low <= high else (inside[0], inside[0])
    word = generator.randint(first, max(first, last))
    left, right = bounds[word][0], bounds[min(word + max_words, len(bounds)) - 1][1]
    kept = tuple((start - left, end - left) for start, end in spans if left <= start and end <= right)
    return TrainingPassage(text=text[left:right], spans=kept)
