"""A run's options become settings of the index and of the answerer. Owns that translation; has no defaults itself."""

from typing import Any

from eval.settings import Fusion, RunSettings
from eval.types import Setting
from index.settings import IndexSettings
from qa.settings import AnswerSettings

_ALWAYS_A_PASSAGE = 1000
"""No paragraph has so many words: with this bound none counts as a copy."""
_SEARCH: dict[Fusion, dict[str, Any]] = {
    "dense": {"fusion": "convex", "dense_weight": 1.0},
    "lexical": {"fusion": "convex", "dense_weight": 0.0},
    "rrf": {"fusion": "reciprocal"},
    "convex": {"fusion": "convex"},
}


def index_settings(settings: RunSettings) -> IndexSettings:
    """How the index is built and searched, with the run's ablations."""
    base = IndexSettings()
    changes: dict[str, Any] = dict(_SEARCH[settings.fusion]) if settings.fusion else {}
    if settings.weight is not None:
        changes["dense_weight"] = settings.weight
    passages: dict[str, Any] = {} if settings.copies else {"copied_words": _ALWAYS_A_PASSAGE}
    if settings.passage_words is not None:
        # The product's proportion of the two bounds, so that only the length is varied.
        shortest = settings.passage_words * base.passages.min_words // base.passages.max_words
        passages |= {"min_words": max(1, shortest), "max_words": settings.passage_words}
    merged = base.model_dump() | changes | {"passages": base.passages.model_dump() | passages}
    return IndexSettings.model_validate(merged)


def answer_settings(settings: RunSettings) -> AnswerSettings:
    """How questions are answered, with the run's ablations."""
    told = {
        "reader": settings.reader,
        "read_depth": settings.depth,
        "threshold": settings.threshold,
        "mend_slips": settings.mend,
    }
    return AnswerSettings.model_validate({name: value for name, value in told.items() if value is not None})


def described(search: IndexSettings, answers: AnswerSettings | None = None) -> dict[str, Setting]:
    """What the settings came to, for the report."""
    told: dict[str, Setting] = {
        "model": search.model,
        "passage words": f"{search.passages.min_words}–{search.passages.max_words}",
        "copies": search.passages.copied_words < _ALWAYS_A_PASSAGE,
        "fusion": search.fusion,
        "dense weight": search.dense_weight,
        "candidates": search.candidate_depth,
    }
    return told | ({"depth": answers.read_depth, "shown": answers.top_k} if answers else {})
