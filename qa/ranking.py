"""Hits and their readings → passages in the order in which they answer. Owns what confidence is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Hit
from qa.calibration import Calibration, Logistic, clip, probability
from qa.claims.mismatch import Asked
from qa.claims.support import shared_words
from qa.types import Reading, Span

MOST_SHARED = 3
"""Words shared with the question that count: with three of them a sentence is on the matter, however long that is."""
NOTHING = 100.0
"""Log-odds against a passage in which nothing was read."""


@dataclass(frozen=True)
class RankedPassage:
    """A hit that was read, with what its spans are worth."""

    hit: Hit
    spans: tuple[tuple[Span, float], ...]
    """Its spans with the log-odds that each is right, best first; empty where the reader saw none."""

    @property
    def log_odds(self) -> float:
        """That its best span is right."""
        return self.spans[0][1] if self.spans else -NOTHING

    @property
    def probability(self) -> float:
        """That this passage holds the answer."""
        return probability(self.log_odds)


def rank_passages(
    question: str, hits: Sequence[Hit], readings: Sequence[Reading], calibration: Calibration
) -> list[RankedPassage]:
    """The passages, most probable first; equal ones in the order of the hits."""
    ranked = [
        RankedPassage(hit, _weighed(features, calibration.passage))
        for hit, features in zip(hits, span_features(question, hits, readings), strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.log_odds, one.hit.rank))


def span_features(
    question: str, hits: Sequence[Hit], readings: Sequence[Reading]
) -> list[list[tuple[Span, dict[str, float]]]]:
    """What is known of each span that was read, hit by hit in their order, each hit's best-read span first."""
    asked = Asked(question, [hit.passage.text for hit in hits])
    best_words = max((hit.lexical_score or 0.0 for hit in hits), default=0.0) or 1.0
    return [_read_in(hit, reading, asked, best_words) for hit, reading in zip(hits, readings, strict=True)]


def answer_features(question: str, best: RankedPassage, *, claims: int) -> dict[str, float]:
    """What is known of a whole answer, by the best passage that says it.

    ``claims`` counts the distinct answers that were read: the more there are, the less any of them is worth.
    """
    shared = shared_words(question, best.hit.passage, best.spans[0][0])
    return {"log_odds": clip(best.log_odds), "shared": float(min(shared, MOST_SHARED)), "claims": float(claims)}


def _read_in(hit: Hit, reading: Reading, asked: Asked, best_words: float) -> list[tuple[Span, dict[str, float]]]:
    if reading.span is None:
        return []
    of_hit = {"dense": hit.dense_score or 0.0, "lexical": (hit.lexical_score or 0.0) / best_words}
    return [
        (
            span,
            of_hit
            | {
                # Log-odds are clipped: beyond 12 they say nothing more.
                "span": clip(score),
                "other_kind": float(asked.is_of_another_kind(hit.passage, span)),
                "other_one": float(asked.is_another_one(hit.passage, span)),
            },
        )
        for span, score in ((reading.span, reading.score), *reading.alternatives)
    ]


def _weighed(spans: Sequence[tuple[Span, dict[str, float]]], model: Logistic) -> tuple[tuple[Span, float], ...]:
    weighed = [(span, model.log_odds(features)) for span, features in spans]
    return tuple(sorted(weighed, key=lambda one: -one[1]))
