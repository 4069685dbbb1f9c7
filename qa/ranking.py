"""Hits and their readings → passages in the order in which they answer. Owns what confidence is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Hit
from qa.calibration import Calibration, Logistic, clip, probability
from qa.types import Reading, Span


@dataclass(frozen=True)
class RankedPassage:
    """A hit that was read, with the probabilities of what was read there."""

    hit: Hit
    reading: Reading
    log_odds: float
    """That its best span is right."""
    spans: tuple[tuple[Span, float], ...]
    """Its spans with the probability of each, best first."""

    @property
    def probability(self) -> float:
        """That this passage holds the answer."""
        return probability(self.log_odds)


def rank_passages(hits: Sequence[Hit], readings: Sequence[Reading], calibration: Calibration) -> list[RankedPassage]:
    """The passages, most probable first; equal ones in the order of the hits."""
    best_words = max((hit.lexical_score or 0.0 for hit in hits), default=0.0) or 1.0
    ranked = [
        _ranked(hit, reading, best_words, calibration.passage) for hit, reading in zip(hits, readings, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.log_odds, one.hit.rank))


def passage_features(hit: Hit, reading: Reading, best_words: float, *, span_score: float) -> dict[str, float]:
    """What is known of one reading. Log-odds are clipped: beyond 12 they say nothing more."""
    return {
        "relevance": clip(reading.relevance),
        "span": clip(span_score),
        "dense": hit.dense_score or 0.0,
        "lexical": (hit.lexical_score or 0.0) / best_words,
        "fused": hit.score,
    }


def answer_features(
    ranked: Sequence[RankedPassage], leading: Sequence[int], others: Sequence[int], *, voices: int
) -> dict[str, float]:
    """What is known of a whole answer.

    ``leading`` and ``others`` are positions in ``ranked`` of the passages that say the leading claim and of those that
    say something else; ``voices`` counts the independent sources of the leading claim.
    """
    best = ranked[leading[0]]
    rival = max((ranked[position].log_odds for position in others), default=-8.0)
    return {
        "log_odds": clip(best.log_odds),
        "relevance": clip(best.reading.relevance),
        "span": clip(best.reading.score),
        "dense": best.hit.dense_score or 0.0,
        "margin": clip(best.log_odds - rival),
        "voices": float(min(voices, 4) - 1),
    }


def _ranked(hit: Hit, reading: Reading, best_words: float, model: Logistic) -> RankedPassage:
    def log_odds(score: float) -> float:
        return model.log_odds(passage_features(hit, reading, best_words, span_score=score))

    read = [(reading.span, reading.score), *reading.alternatives] if reading.span else []
    spans = tuple((span, probability(log_odds(score))) for span, score in read if span is not None)
    return RankedPassage(hit, reading, log_odds(reading.score), spans)
