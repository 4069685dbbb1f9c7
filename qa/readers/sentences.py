"""The fallback reader: no trained reader, only the embedding model and shared words. Takes a sentence as the span.

Its score is the cosine of question and sentence plus the share of the question's content words that the sentence holds.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.sentences import sentence_spans
from index.types import Passage
from qa.types import Reading, Span

_WORD = re.compile(r"\w+")
_GRAMMAR = frozenset(
    _WORD.findall(
        "a an and are as at be been by did do does for from had has have how in is it of on or that the their there "
        "this to was were what when where which who whom whose why will with"
    )
)
_WORD_WEIGHT = 0.5
_SLOPE, _MIDDLE = 10.0, 0.62
"""Log-odds = slope · (score − middle): fitted by hand on the shipped cases, where the threshold refuses most of what
is not said."""


class SentenceReader:
    """Scores each sentence of a passage against the question."""

    def __init__(self, embed: Callable[[Sequence[str]], NDArray[np.float32]], *, model: str) -> None:
        """``embed`` gives one L2-normalised row a text, from the model named ``model``."""
        self._embed = embed
        self._model = model

    @property
    def name(self) -> str:
        """The embedding model behind it."""
        return f"sentences@{self._model}"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order: its best sentence, and the next ones as alternatives."""
        spans = [sentence_spans(passage.text) for passage in passages]
        texts = [passage.text[start:end] for passage, own in zip(passages, spans, strict=True) for start, end in own]
        if not texts:
            return [Reading(relevance=-100.0, span=None, score=-100.0) for _ in passages]
        vectors = self._embed([question, *texts])
        words = _content_words(question)
        scores = vectors[1:] @ vectors[0] + [_WORD_WEIGHT * _shared(words, text) for text in texts]
        readings, position = [], 0
        for passage, own in zip(passages, spans, strict=True):
            readings.append(_reading(passage, own, scores[position : position + len(own)]))
            position += len(own)
        return readings


def _content_words(text: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(text.lower()))
    return words - _GRAMMAR or words


def _shared(words: frozenset[str], text: str) -> float:
    return len(words & frozenset(_WORD.findall(text.lower()))) / max(1, len(words))


def _reading(passage: Passage, spans: Sequence[tuple[int, int]], scores: NDArray[np.float64]) -> Reading:
    if not len(spans):
        return Reading(relevance=-100.0, span=None, score=-100.0)
    found = []
    for place in np.argsort(-scores, kind="stable"):
        start, end = spans[place]
        span = Span(start=passage.start + start, end=passage.start + end, text=passage.text[start:end])
        found.append((span, float(_SLOPE * (scores[place] - _MIDDLE))))
    return Reading(relevance=found[0][1], span=found[0][0], score=found[0][1], alternatives=tuple(found[1:3]))
