"""Turns a window's logits into spans of the passage. Owns the search for the best span; knows no model and no file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.readers.trim import trim
from qa.readers.windows import Pair

LONGEST_ANSWER = 48
"""Tokens; of the human answers in the training data 99 % are shorter."""
LENGTH_PENALTY = 0.05
"""Log-odds a token: starts and ends are scored apart, and two answers side by side would be read as one long one. On
validation data it gains a point of F1."""
CANDIDATES = 24
"""Best starts and ends that are combined; more has never changed a best span on validation data."""
ALTERNATIVES = 4
"""Spans kept a passage: a passage that names two different dates is read for both."""


@dataclass(frozen=True)
class Candidate:
    """Characters ``start:end`` of the passage with their log-odds against "not here"."""

    start: int
    end: int
    score: float


def candidates(
    pair: Pair, starts: NDArray[np.float32], ends: NDArray[np.float32], text: str, *, count: int = ALTERNATIVES
) -> list[Candidate]:
    """The best spans of one window that don't overlap, best first.

    ``starts`` and ``ends`` are logits [length] of the window; position 0 is "not here".
    """
    null = float(starts[0] + ends[0])
    size = len(pair.offsets)
    own_starts, own_ends = starts[pair.first : pair.first + size], ends[pair.first : pair.first + size]
    best_starts = np.argsort(-own_starts, kind="stable")[:CANDIDATES]
    best_ends = np.argsort(-own_ends, kind="stable")[:CANDIDATES]
    length = best_ends[None, :] - best_starts[:, None]
    scores = own_starts[best_starts][:, None] + own_ends[best_ends][None, :] - null - LENGTH_PENALTY * length
    scores = np.where((length >= 0) & (length < LONGEST_ANSWER), scores, -np.inf)
    found: list[Candidate] = []
    for flat in np.argsort(-scores, axis=None, kind="stable"):
        row, column = divmod(int(flat), scores.shape[1])
        if len(found) == count or not np.isfinite(scores[row, column]):
            break
        span = trim(text, pair.offsets[best_starts[row]][0], pair.offsets[best_ends[column]][1])
        if span is not None and not any(span[0] < other.end and other.start < span[1] for other in found):
            found.append(Candidate(*span, float(scores[row, column])))
    return found


def merge(windows: list[list[Candidate]], *, count: int = ALTERNATIVES) -> list[Candidate]:
    """The spans of a passage's overlapping windows as one list: the best of those that overlap, best first."""
    merged: list[Candidate] = []
    for candidate in sorted((one for window in windows for one in window), key=lambda one: (-one.score, one.start)):
        if not any(candidate.start < other.end and other.start < candidate.end for other in merged):
            merged.append(candidate)
    return merged[:count]
