"""Owns how two ranked lists become one. Knows scores and ids only."""

from collections.abc import Mapping, Sequence

Scored = Sequence[tuple[int, float]]
"""(id, score) pairs, best first."""

_RANK_CONSTANT = 60
"""Of reciprocal rank fusion, as published; it damps the first ranks."""


def convex(
    dense: Scored, lexical: Scored, *, dense_weight: float, cosines: Mapping[int, float] | None = None
) -> list[tuple[int, float]]:
    """All ids by ``w * dense + (1 - w) * lexical``, both scaled to [0, 1] by the best score and the least possible one.

    The least possible cosine is -1, the least BM25 is 0; so scaled, a score doesn't hang on what else was found
    (Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval, TOIS 2023, "TM2C2"). ``cosines`` gives
    the dense scores of ids that only the lexical search found; where they are missing the least one stands in.
    """
    dense_scores = {**(cosines or {}), **dict(dense)}
    lexical_scores = dict(lexical)
    best_dense = max(dense_scores.values(), default=0.0) + 1.0
    best_lexical = max(lexical_scores.values(), default=0.0)
    fused = {}
    for identifier in dense_scores.keys() | lexical_scores.keys():
        cosine = (dense_scores.get(identifier, -1.0) + 1.0) / best_dense if best_dense > 0 else 0.0
        words = lexical_scores.get(identifier, 0.0) / best_lexical if best_lexical > 0 else 0.0
        fused[identifier] = dense_weight * cosine + (1.0 - dense_weight) * words
    return ranked(fused)


def reciprocal(dense: Scored, lexical: Scored) -> list[tuple[int, float]]:
    """All ids by the sum of ``1 / (60 + rank)`` over both lists (Cormack, Clarke and Büttcher, SIGIR 2009)."""
    fused: dict[int, float] = {}
    for hits in (dense, lexical):
        for rank, (identifier, _) in enumerate(hits, start=1):
            fused[identifier] = fused.get(identifier, 0.0) + 1.0 / (_RANK_CONSTANT + rank)
    return ranked(fused)


def ranked(scores: Mapping[int, float]) -> list[tuple[int, float]]:
    """Best first; equal scores by id."""
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
