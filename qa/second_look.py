"""The best-read spans, read once more in their sentence alone. Owns which are read again, and what comes of it.

A reader is led by the passage: where the matter is right, any name of the right kind looks like the one asked for. What
its own sentence does not bear out is less often right, and a question whose best spans all fall short there is less
often answered at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from index.types import Passage
from qa.claims.context import sentence_around
from qa.reader import Reader
from qa.types import Reading, Span

SENTENCES = 8
"""Read again: half of the passages that were read, each cut to a sentence, for a quarter of their time."""
UNREAD = -12.0
"""Log-odds of a span that the reader no longer sees in its sentence."""


class Place(NamedTuple):
    """Where a span stands: two articles may say the same at the same offsets."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True)
class SecondLook:
    """Log-odds of spans, each in its sentence alone."""

    scores: Mapping[Place, float] = field(default_factory=dict)

    def of(self, passage: Passage, span: Span) -> float:
        """The span's; one that was not read again counts as the lowest that was."""
        return self.scores.get(Place(passage.document_id, span.start, span.end), self._lowest)

    @cached_property
    def _lowest(self) -> float:
        return min(self.scores.values(), default=0.0)


def look_again(
    reader: Reader, question: str, passages: Sequence[Passage], readings: Sequence[Reading], *, count: int = SENTENCES
) -> SecondLook:
    """Read the ``count`` sentences of the best spans, whichever passages they are in."""
    spans = [(score, number, span) for number, reading in enumerate(readings) for span, score in reading.spans]
    held: dict[tuple[int, int, int], list[Span]] = {}
    for _, number, span in sorted(spans, key=lambda one: -one[0]):
        passage = passages[number]
        bounds = sentence_around(passage.text, span.start - passage.start, span.end - passage.start)
        if len(held) < count or (number, *bounds) in held:
            held.setdefault((number, *bounds), []).append(span)
    sentences = [_part(passages[number], start, end) for number, start, end in held]
    scores = {
        Place(sentence.document_id, span.start, span.end): _score(reading, span)
        for sentence, reading, inside in zip(sentences, reader.read(question, sentences), held.values(), strict=True)
        for span in inside
    }
    return SecondLook(scores)


def _part(passage: Passage, start: int, end: int) -> Passage:
    bounds = {"start": passage.start + start, "end": passage.start + end, "text": passage.text[start:end]}
    return passage.model_copy(update=bounds)


def _score(reading: Reading, span: Span) -> float:
    """Of what was read at the span's place, whatever its ends."""
    met = (score for one, score in reading.spans if one.start < span.end and span.start < one.end)
    return max(met, default=UNREAD)
