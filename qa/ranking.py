"""Hits and their readings → passages in the order in which they answer. Owns what confidence is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from index.types import Hit
from qa.calibration import Calibration, Logistic, clip, probability
from qa.claims.lexicon import content
from qa.claims.mismatch import Asked
from qa.recency import ages, asks_for_what_is_new
from qa.second_look import SecondLook
from qa.types import Reading, Span

NOTHING = 100.0
"""Log-odds against a passage in which nothing was read."""
PLENTY = 3
"""Words of content from which on a question says what it is about; "who mediated?" has one."""


@dataclass(frozen=True)
class Found:
    """All that a question brought to light, hit by hit, before it is put in order."""

    question: str
    hits: Sequence[Hit]
    readings: Sequence[Reading]
    """One for each hit."""
    again: SecondLook = field(default_factory=SecondLook)
    published: Mapping[str, date] = field(default_factory=dict)
    """The day of each hit's article that says it, by document id."""

    @cached_property
    def span_features(self) -> list[list[tuple[Span, dict[str, float]]]]:
        """What is known of each span that was read, hit by hit in their order, each hit's best-read span first."""
        asked = Asked(self.question, [hit.passage.text for hit in self.hits])
        age = ages(self.question, self.published)
        is_new_asked = asks_for_what_is_new(self.question)
        best_words = max((hit.lexical_score or 0.0 for hit in self.hits), default=0.0) or 1.0
        nearest = max((hit.dense_score or 0.0 for hit in self.hits), default=0.0)
        return [
            _read_in(hit, reading, _of_hit(hit, age, best_words, nearest, is_new_asked=is_new_asked), self.again, asked)
            for hit, reading in zip(self.hits, self.readings, strict=True)
        ]


@dataclass(frozen=True)
class RankedPassage:
    """A hit that was read, with what its spans are worth."""

    hit: Hit
    spans: tuple[tuple[Span, float], ...]
    """Its spans with the log-odds that each is right, best first; empty where the reader saw none."""
    alone: float = 0.0
    """Log-odds of the best of them in its sentence alone."""

    @property
    def log_odds(self) -> float:
        """That its best span is right."""
        return self.spans[0][1] if self.spans else -NOTHING

    @property
    def probability(self) -> float:
        """That this passage holds the answer."""
        return probability(self.log_odds)


def rank_passages(found: Found, calibration: Calibration) -> list[RankedPassage]:
    """The passages, most probable first; equal ones in the order of the hits."""
    ranked = [
        _ranked(hit, spans, calibration.passage) for hit, spans in zip(found.hits, found.span_features, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.log_odds, one.hit.rank))


def answer_features(question: str, best: RankedPassage, *, claims: int) -> dict[str, float]:
    """What is known of a whole answer, by the best passage that says it.

    ``claims`` counts the distinct answers that were read: the more there are, the less any of them is worth. ``terse``
    is what a question lacks of ``PLENTY``: what leans on its folder is read less surely, and no less rightly.
    """
    return {
        "log_odds": clip(best.log_odds),
        "alone": best.alone,
        "claims": float(claims),
        "terse": float(max(0, PLENTY - len(content(question)))),
    }


def _of_hit(
    hit: Hit, age: Mapping[str, float], best_words: float, nearest: float, *, is_new_asked: bool
) -> dict[str, float]:
    # An article without a date is held to be new.
    away = age.get(hit.passage.document_id, 0.0)
    return {
        # Behind the nearest hit: how near that one is tells of the question's length, not of its answer.
        "dense": (hit.dense_score or 0.0) - nearest,
        "lexical": (hit.lexical_score or 0.0) / best_words,
        "age": away,
        "age_where_new": away * is_new_asked,
    }


def _read_in(
    hit: Hit, reading: Reading, of_hit: dict[str, float], again: SecondLook, asked: Asked
) -> list[tuple[Span, dict[str, float]]]:
    return [
        (
            span,
            of_hit
            | {
                # Log-odds are clipped: beyond 12 they say nothing more.
                "span": clip(score),
                "alone": clip(again.of(hit.passage, span)),
                "other_kind": float(asked.is_of_another_kind(hit.passage, span)),
                "other_one": float(asked.is_another_one(hit.passage, span)),
            },
        )
        for span, score in reading.spans
    ]


def _ranked(hit: Hit, spans: Sequence[tuple[Span, dict[str, float]]], model: Logistic) -> RankedPassage:
    weighed = sorted(((span, model.log_odds(one), one["alone"]) for span, one in spans), key=lambda one: -one[1])
    return RankedPassage(
        hit, tuple((span, log_odds) for span, log_odds, _ in weighed), weighed[0][2] if weighed else 0.0
    )
