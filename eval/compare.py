"""Is B better than A? Owns the paired comparison of two reports and its verdict; prints nothing.

Every metric that is a sum over cases is compared on the cases that both reports have: the difference with its 95 %
bootstrap interval, and the p-value of a paired randomisation test, adjusted for the number of metrics (Holm).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from eval.aggregate import parts_of, score_names
from eval.files import read_json, validated
from eval.metrics.meanings import lower_is_better
from eval.resampling import bootstrap_differences, holm, randomisation_p, ratios
from eval.types import Outcome, Report
from index.errors import InputError
from index.types import Frozen

Verdict = Literal["better", "worse", "no difference shown"]
SIGNIFICANCE = 0.05
_DIGITS = 6
_TURNING = ("cases.passed", "answers.right", "answers.em", "relations.accuracy", "documents.ndcg@10")
"""What a case flips on: the first of these that both reports have."""


class Difference(Frozen):
    """One metric in both reports."""

    metric: str
    a: float
    b: float
    difference: float
    """b - a."""
    low: float
    high: float
    p: float
    """Of the paired randomisation test, two-sided."""
    adjusted_p: float
    """Holm's, over all metrics of the comparison."""
    verdict: Verdict


class Flip(Frozen):
    """A case that went the other way."""

    id: str
    question: str
    a: str
    """What A answered, or nothing."""
    b: str
    """What B answered, or nothing."""
    change: float
    """Of the metric that cases are judged by; above 0 B is better."""


class Comparison(Frozen):
    """Two runs on the same cases."""

    suite: str
    a: str
    b: str
    """What each was: its command, code and settings that differ."""
    cases: int
    only_in_one: int
    differences: tuple[Difference, ...]
    turning_on: str
    flips: tuple[Flip, ...]
    verdict: str


def compare(a: Report, b: Report, *, seed: int = 0) -> Comparison:
    """The comparison of ``b`` with ``a``; raises InputError where they share no cases."""
    if a.suite != b.suite:
        raise InputError(f"the reports are of different suites, {a.suite} and {b.suite}: compare two runs of one suite")
    ours, theirs = _shared(a.cases, b.cases)
    if not ours:
        raise InputError(f"the reports share no cases: both must be runs of {a.suite} on the same data")
    differences = differences_of(ours, theirs, seed=seed)
    turning_on = next(
        name for name in (*_TURNING, *score_names(ours)) if all(name in score_names(c) for c in (ours, theirs))
    )
    return Comparison(
        suite=a.suite,
        a=_description(a, b),
        b=_description(b, a),
        cases=len(ours),
        only_in_one=len(a.cases) + len(b.cases) - 2 * len(ours),
        differences=differences,
        turning_on=turning_on,
        flips=_flips(ours, theirs, turning_on),
        verdict=_verdict(differences),
    )


def differences_of(
    a: Sequence[Outcome], b: Sequence[Outcome], *, seed: int, names: Sequence[str] | None = None
) -> tuple[Difference, ...]:
    """Each metric that both runs have, on the same cases in the same order; ``names`` restricts them."""
    shared = [name for name in score_names(a) if name in set(score_names(b)) and (names is None or name in names)]
    if not shared:
        return ()
    left, right = parts_of(a, shared), parts_of(b, shared)
    intervals = bootstrap_differences(left, right, seed=seed)
    p_values = [randomisation_p(left[:, column], right[:, column], seed=seed) for column in range(len(shared))]
    values = zip(shared, ratios(left), ratios(right), intervals, p_values, holm(p_values), strict=True)
    return tuple(_difference(name, float(x), float(y), low_high, p, q) for name, x, y, low_high, p, q in values)


def load_report(path: Path) -> Report:
    """A report.json; raises InputError where it is none."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; give two report.json files that `quoth eval` wrote")
    return validated(Report, read_json(path), str(path))


def _difference(name: str, a: float, b: float, interval: Sequence[float], p: float, adjusted: float) -> Difference:
    low, high = (round(float(bound), _DIGITS) for bound in interval)
    return Difference(
        metric=name,
        a=round(a, _DIGITS),
        b=round(b, _DIGITS),
        difference=round(b - a, _DIGITS),
        low=low,
        high=high,
        p=round(p, _DIGITS),
        adjusted_p=round(adjusted, _DIGITS),
        verdict=_judged(name, b - a, adjusted),
    )


def _judged(name: str, difference: float, p: float) -> Verdict:
    if p >= SIGNIFICANCE or difference == 0:
        return "no difference shown"
    return "better" if (difference < 0) == lower_is_better(name) else "worse"


def _shared(a: Sequence[Outcome], b: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    by_id = {outcome.id: outcome for outcome in b}
    # The same id with another question is another case.
    pairs = [(one, by_id[one.id]) for one in a if one.id in by_id and by_id[one.id].question == one.question]
    return [one for one, _ in pairs], [other for _, other in pairs]


def _flips(a: Sequence[Outcome], b: Sequence[Outcome], name: str) -> tuple[Flip, ...]:
    changes = ratios_by_case(b, name) - ratios_by_case(a, name)
    flips = [
        Flip(id=one.id, question=one.question, a=one.got or "", b=other.got or "", change=round(float(change), _DIGITS))
        for one, other, change in zip(a, b, changes, strict=True)
        if change
    ]
    return tuple(sorted(flips, key=lambda flip: flip.change))


def ratios_by_case(outcomes: Sequence[Outcome], name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Each case's own value of a metric, 0 where it has none."""
    return np.nan_to_num(ratios(parts_of(outcomes, [name])[None, :, 0]))


def _verdict(differences: Sequence[Difference]) -> str:
    groups: dict[Verdict, list[str]] = {"better": [], "worse": [], "no difference shown": []}
    for difference in differences:
        groups[difference.verdict].append(difference.metric)
    said = [f"{verdict}: {', '.join(groups[verdict])}" for verdict in ("better", "worse") if groups[verdict]]
    return f"B is {'; '.join(said)}" if said else "no difference shown"


def _description(report: Report, other: Report) -> str:
    changed = [f"{name} {value}" for name, value in report.settings.items() if other.settings.get(name, "") != value]
    return ", ".join([report.command, f"commit {report.commit or 'unknown'}", *changed])
