"""How a calibration fares on questions that took no part in fitting it. Owns the parting and the figures."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.types import Frozen
from qa.calibration import Logistic
from qa.training.calibrate import Gathered, Judged, fit, judge
from qa.training.validate import auroc

PARTS = 4
SEED = 20251019


class Fared(Frozen):
    """Of one source; every question in it was judged by a calibration that was fitted without it."""

    source: str
    questions: int
    right: float
    """Share of the answerable questions whose leading claim is right, if all must be answered."""
    auroc_right: float
    """Is it surer of right answers than of wrong ones?"""
    auroc_answerable: float
    """Is it surer of answerable questions than of others?"""
    aurc: float
    """Mean share of errors over all thresholds (Geifman & El-Yaniv 2017); lower is better."""


def cross_validate(gathered: Sequence[Gathered], reading: Logistic, *, risk: float) -> list[Fared]:
    """One line a source, in the order of their first questions."""
    judged: list[tuple[Judged, float]] = []
    for out in parted([one.question.question for one in gathered]):
        kept = [one for place, one in enumerate(gathered) if place not in out]
        fitted = fit(kept, reading, risk=risk, fitted_on="the other parts")
        found = judge([gathered[place] for place in sorted(out)], fitted)
        judged += [(one, fitted.answer.log_odds(one.features)) for one in found]
    sources = dict.fromkeys(one.question.source for one in gathered)
    return [fared(source, [one for one in judged if one[0].source == source]) for source in sources]


def parted(questions: Sequence[str]) -> Iterator[set[int]]:
    """Positions by part; a question that was asked of several corpora is in one part with itself."""
    distinct = sorted(set(questions))
    shuffled = np.random.default_rng(SEED).permutation(len(distinct))
    part_of = {distinct[which]: place % PARTS for place, which in enumerate(shuffled)}
    for part in range(PARTS):
        yield {place for place, question in enumerate(questions) if part_of[question] == part}


def fared(source: str, judged: Sequence[tuple[Judged, float]]) -> Fared:
    """The figures of judgements with their log-odds of being right."""
    surest_first = sorted(judged, key=lambda one: -one[1])
    wrong = np.cumsum([not one.right for one, _ in surest_first]) / np.arange(1, len(judged) + 1)
    return Fared(
        source=source,
        questions=len(judged),
        right=_rounded(np.mean([one.right for one, _ in judged if one.is_answerable])),
        auroc_right=_auroc(judged, [one.right for one, _ in judged]),
        auroc_answerable=_auroc(judged, [one.is_answerable for one, _ in judged]),
        aurc=_rounded(wrong.mean()),
    )


def _auroc(judged: Sequence[tuple[Judged, float]], holds: Sequence[bool]) -> float:
    scores = [score for _, score in judged]
    return _rounded(
        auroc(
            [score for score, held in zip(scores, holds, strict=True) if held],
            [score for score, held in zip(scores, holds, strict=True) if not held],
        )
    )


def _rounded(figure: float | np.floating) -> float:
    return round(float(figure), 3)
