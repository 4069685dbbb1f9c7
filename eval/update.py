"""Raises floors to what a run measured, where the paired test says that it is better. Owns that decision.

Floors are never lowered, and never raised by chance: the cases recorded when a floor was last raised are compared with
the run's. One case of slack is left, so that another processor's rounding does not fail the gate.
"""

from collections.abc import Sequence
from math import floor as rounded_down

from eval.baseline import Baseline, RecordedCase, check_recordable
from eval.compare import differences_of
from eval.types import Floor, Outcome, Part, Report
from index.errors import InputError
from index.types import Frozen

_DIGITS = 1_000


class Raised(Frozen):
    """A floor that goes up."""

    before: Floor
    after: Floor


class Update(Frozen):
    """What becomes of the floors and the record."""

    baselines: tuple[Baseline, ...]
    record: tuple[RecordedCase, ...]
    raised: tuple[Raised, ...]
    recorded_first: bool
    """There was no record to compare with: the run is recorded, and floors stay."""


def updated(report: Report, baselines: Sequence[Baseline], record: Sequence[RecordedCase]) -> Update:
    """The floors after this run; raises InputError where none are set for such a run."""
    position = next((n for n, one in enumerate(baselines) if _is_for(one, report)), None)
    if position is None:
        raise InputError(f"no floors are set for {report.command}: add them to eval/baseline.json by hand first")
    check_recordable(len(report.cases))
    baseline = baselines[position]
    before = [case for case in record if _same(case, baseline)]
    others = [case for case in record if not _same(case, baseline)]
    better = _better(report, baseline, before)
    floors = tuple(_raised(floor, report) if floor.metric in better else floor for floor in baseline.floors)
    pairs = zip(baseline.floors, floors, strict=True)
    changed = [*baselines[:position], baseline.model_copy(update={"floors": floors}), *baselines[position + 1 :]]
    return Update(
        baselines=tuple(changed),
        record=(*others, *_recorded(report, baseline, before, better)),
        raised=tuple(Raised(before=old, after=new) for old, new in pairs if old != new),
        recorded_first=not before,
    )


def _is_for(baseline: Baseline, report: Report) -> bool:
    return baseline.is_for(report.suite, report.data, report.options)


def _same(case: RecordedCase, baseline: Baseline) -> bool:
    return (case.suite, case.data, case.options) == (baseline.suite, baseline.data, baseline.options)


def _better(report: Report, baseline: Baseline, before: Sequence[RecordedCase]) -> set[str]:
    names = [floor.metric for floor in baseline.floors]
    recorded = {case.id: case for case in before}
    now = [outcome for outcome in report.cases if outcome.id in recorded]
    then = [outcome.model_copy(update={"scores": recorded[outcome.id].scores}) for outcome in now]
    if not now:
        return set()
    return {one.metric for one in differences_of(then, now, seed=0, names=names) if one.verdict == "better"}


def _raised(floor: Floor, report: Report) -> Floor:
    metric = report.measured(floor.metric)
    if metric is None or floor.at_least is None:
        return floor
    slack = metric.value - 1 / metric.cases
    return floor.model_copy(update={"at_least": max(floor.at_least, rounded_down(round(slack * _DIGITS, 6)) / _DIGITS)})


def _recorded(
    report: Report, baseline: Baseline, before: Sequence[RecordedCase], better: set[str]
) -> list[RecordedCase]:
    """The record afterwards: raised metrics anew, others as they were: small losses can't add up."""
    old = {case.id: case.scores for case in before}
    names = {floor.metric for floor in baseline.floors}
    renewed = better if before else names
    kept = [(outcome, old.get(outcome.id)) for outcome in report.cases]
    return [
        RecordedCase(suite=baseline.suite, data=baseline.data, options=baseline.options, id=outcome.id, scores=scores)
        for outcome, earlier in kept
        if (scores := _scores(outcome, earlier, names, renewed))
    ]


def _scores(outcome: Outcome, earlier: dict[str, Part] | None, names: set[str], renewed: set[str]) -> dict[str, Part]:
    if earlier is None:
        return {name: part for name, part in outcome.scores.items() if name in names}
    fresh = {name: part for name, part in outcome.scores.items() if name in renewed}
    return {name: part for name, part in earlier.items() if name not in renewed} | fresh
