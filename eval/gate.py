"""Are the floors met? Owns the one verdict that the exit code, the table and the JUnit file show."""

from collections.abc import Callable, Sequence

from eval.baseline import Baseline
from eval.types import Check, DataInfo, Floor, Gate, Metric, Setting

EXIT_MET = 0
EXIT_MISSED = 1


def gate_for(
    measured: Callable[[str], Metric | None],
    baselines: Sequence[Baseline],
    *,
    suite: str,
    data: DataInfo,
    options: dict[str, Setting],
) -> Gate:
    """The floors that were set for exactly this suite, data and options, checked.

    A run that no floors were set for (another corpus, an ablation, a sample) has nothing to meet and says so.
    """
    floors = [floor for one in baselines if one.is_for(suite, data, options) for floor in one.floors]
    return Gate(checks=tuple(_check(floor, measured(floor.metric)) for floor in floors), applies=bool(floors))


def exit_code(gate: Gate) -> int:
    """0 where every floor is met, 1 where one is missed."""
    return EXIT_MET if gate.met else EXIT_MISSED


def _check(floor: Floor, metric: Metric | None) -> Check:
    if metric is None:
        return Check(floor=floor, met=False, measured=False)
    above = floor.at_least is None or metric.value >= floor.at_least
    below = floor.at_most is None or metric.value <= floor.at_most
    return Check(floor=floor, met=above and below, measured=True)
