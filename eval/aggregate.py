"""Outcomes of cases become metrics, by type and over all. Owns the summing; the definitions are in ``metrics/``."""

from collections.abc import Sequence
from typing import get_args

import numpy as np

from eval.metrics.abstention import aurc, auroc, coverage_at_risk, risk_coverage
from eval.metrics.calibration import expected_calibration_error, reliability
from eval.metrics.latency import latency
from eval.metrics.meanings import in_order
from eval.resampling import Matrix, bootstrap_intervals
from eval.types import Curves, Forecast, Metric, Outcome, Part, Stage

_DIGITS = 6
_INTERVAL_RESAMPLES = 2_000


def metrics_of(outcomes: Sequence[Outcome], *, seed: int) -> tuple[Metric, ...]:
    """Every metric that the outcomes have a part in, with intervals, and those of confidence."""
    names = score_names(outcomes)
    parts = parts_of(outcomes, names)
    intervals = bootstrap_intervals(parts, seed=seed, resamples=_INTERVAL_RESAMPLES) if names else np.empty((0, 2))
    summed = [
        _metric(name, parts[:, column], low=float(low), high=float(high))
        for column, (name, (low, high)) in enumerate(zip(names, intervals, strict=True))
    ]
    return (*summed, *_of_confidence(_forecasts(outcomes)))


def metrics_by_type(outcomes: Sequence[Outcome]) -> dict[str, tuple[Metric, ...]]:
    """The summed metrics of each type of question, without intervals, in the order the types first come."""
    by_type: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_type.setdefault(outcome.type, []).append(outcome)
    return {
        question_type: tuple(_metric(name, parts_of(group, [name])[:, 0]) for name in score_names(group))
        for question_type, group in by_type.items()
    }


def blame_of(outcomes: Sequence[Outcome]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Ids of the cases that were lost, by stage in the pipeline's order and by type."""
    table: dict[str, dict[str, tuple[str, ...]]] = {stage: {} for stage in get_args(Stage)}
    for outcome in outcomes:
        if outcome.blame is not None:
            row = table[outcome.blame]
            row[outcome.type] = (*row.get(outcome.type, ()), outcome.id)
    return {stage: row for stage, row in table.items() if row}


def curves_of(outcomes: Sequence[Outcome]) -> Curves:
    """The points of the reliability and risk-coverage plots; empty where there is no confidence."""
    forecasts = _forecasts(outcomes)
    if not forecasts:
        return Curves()
    points = ((round(coverage, _DIGITS), round(risk, _DIGITS)) for coverage, risk in risk_coverage(forecasts))
    return Curves(reliability=reliability(forecasts), risk_coverage=tuple(points))


def latency_metrics(outcomes: Sequence[Outcome]) -> tuple[Metric, ...]:
    """Percentiles of each stage's milliseconds."""
    timed = sum(bool(outcome.timings_ms) for outcome in outcomes)
    return tuple(Metric(name=name, value=value, cases=timed) for name, value in latency(outcomes).items())


def score_names(outcomes: Sequence[Outcome]) -> list[str]:
    """Names of the metrics that any outcome has a part in, in the order of the report."""
    return in_order({name for outcome in outcomes for name in outcome.scores})


def parts_of(outcomes: Sequence[Outcome], names: Sequence[str]) -> Matrix:
    """(outcomes, names, 2): ``got, of``, zeros where a case has no part."""
    nothing = Part(0, 0)
    rows = [[outcome.scores.get(name, nothing) for name in names] for outcome in outcomes]
    return np.array(rows, dtype=np.float64).reshape(len(outcomes), len(names), 2)


def _metric(name: str, parts: Matrix, *, low: float | None = None, high: float | None = None) -> Metric:
    got, of = parts.sum(axis=0)
    counted = int(np.count_nonzero(parts[:, 1]))
    bounds = (None, None) if low is None or high is None else (round(low, _DIGITS), round(high, _DIGITS))
    return Metric(name=name, value=round(float(got / of), _DIGITS), cases=counted, low=bounds[0], high=bounds[1])


def _of_confidence(forecasts: Sequence[Forecast]) -> list[Metric]:
    if not forecasts:
        return []
    right = [forecast.confidence for forecast in forecasts if forecast.right]
    wrong = [forecast.confidence for forecast in forecasts if not forecast.right]
    answerable = [forecast.confidence for forecast in forecasts if forecast.answerable]
    unanswerable = [forecast.confidence for forecast in forecasts if not forecast.answerable]
    values = {
        "abstention.auroc": auroc(answerable, unanswerable),
        "confidence.auroc": auroc(right, wrong),
        "confidence.aurc": aurc(forecasts),
        "confidence.coverage@5%": coverage_at_risk(forecasts, 0.05),
        "confidence.coverage@10%": coverage_at_risk(forecasts, 0.10),
        "confidence.ece": expected_calibration_error(forecasts),
    }
    return [
        Metric(name=name, value=round(value, _DIGITS), cases=len(forecasts))
        for name, value in values.items()
        if value is not None
    ]


def _forecasts(outcomes: Sequence[Outcome]) -> list[Forecast]:
    return [outcome.forecast for outcome in outcomes if outcome.forecast is not None]
