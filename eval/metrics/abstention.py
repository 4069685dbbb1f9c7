"""Does Quoth refuse when it should, and is it surer where it is right? Owns abstention, risk and coverage.

Refusing is the positive class: precision is the share of refusals that were due, recall the share of unanswerable
questions that were refused (as SQuAD 2.0's NoAns and haiku.rag's table count them).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.types import Forecast, Part


def abstention_scores(forecast: Forecast) -> dict[str, Part]:
    """One case's part in precision, recall and F1 of refusing; F1 is 2·TP over 2·TP + FP + FN."""
    unanswerable = not forecast.answerable
    due = forecast.refused and unanswerable
    scores: dict[str, Part] = {}
    if forecast.refused:
        scores["abstention.precision"] = Part(float(due), 1)
    if unanswerable:
        scores["abstention.recall"] = Part(float(due), 1)
    if forecast.refused or unanswerable:
        scores["abstention.f1"] = Part(2.0, 2.0) if due else Part(0.0, 1.0)
    return scores


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Probability that a positive scores above a negative, ties counting half (Hanley & McNeil 1982).

    None where either is empty.
    """
    if not positive or not negative:
        return None
    ordered = np.sort(np.asarray(negative))
    below = np.searchsorted(ordered, positive, side="left")
    not_above = np.searchsorted(ordered, positive, side="right")
    return float((below + not_above).mean() / 2 / len(negative))


def risk_coverage(forecasts: Sequence[Forecast]) -> list[tuple[float, float]]:
    """(coverage, risk) with 1, 2, … n of the surest cases answered (El-Yaniv & Wiener 2010).

    Risk is the share of wrong answers among those; an answer to an unanswerable question is wrong. Cases of the same
    confidence share their errors evenly, so that the order of the file makes no difference.
    """
    if not forecasts:
        return []
    errors = np.cumsum(_shared_errors(forecasts))
    answered = np.arange(1, len(forecasts) + 1)
    return [(float(n / len(forecasts)), float(e / n)) for n, e in zip(answered, errors, strict=True)]


def aurc(forecasts: Sequence[Forecast]) -> float | None:
    """Area under the risk-coverage curve: the mean risk over the n coverages (Geifman & El-Yaniv 2017).

    Lower is better. None without cases.
    """
    curve = risk_coverage(forecasts)
    return float(np.mean([risk for _, risk in curve])) if curve else None


def coverage_at_risk(forecasts: Sequence[Forecast], risk: float) -> float | None:
    """The largest share of cases that a threshold can answer with at most ``risk`` errors among them.

    Only thresholds between two confidences count: cases of the same confidence are answered together or not at all.
    None without cases; 0 where no threshold keeps the risk.
    """
    if not forecasts:
        return None
    confidences = sorted((forecast.confidence for forecast in forecasts), reverse=True)
    curve = risk_coverage(forecasts)
    possible = [n for n in range(1, len(curve) + 1) if n == len(curve) or confidences[n] < confidences[n - 1]]
    return max((curve[n - 1][0] for n in possible if curve[n - 1][1] <= risk), default=0.0)


def _shared_errors(forecasts: Sequence[Forecast]) -> NDArray[np.float64]:
    confidences = np.array([forecast.confidence for forecast in forecasts])
    errors = np.array([not forecast.right for forecast in forecasts], dtype=np.float64)
    _, group, count = np.unique(-confidences, return_inverse=True, return_counts=True)
    mean = np.bincount(group, weights=errors) / count
    return np.repeat(mean, count)
