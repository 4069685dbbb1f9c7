"""What a suite hands over to be run. Owns the shape that all suites share; runs nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from eval.types import DataInfo, Metric, Outcome, Setting

ExtraMetrics = Callable[[Sequence[Outcome]], list[Metric]]


def _no_metrics(_: Sequence[Outcome]) -> list[Metric]:
    return []


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Bench:
    """A suite made ready: what to do for each case, and on what."""

    data: DataInfo
    settings: dict[str, Setting]
    """What was measured: the resolved settings, models and fingerprints."""
    tasks: Mapping[str, Callable[[], Outcome]]
    """By the case's id, in order. Each can be called at any time, and gives an outcome with that id."""
    extra: ExtraMetrics = field(default=_no_metrics)
    """Metrics that are not sums over cases."""
    extra_timings: ExtraMetrics = field(default=_no_metrics)
    """Metrics that differ between two runs."""
    close: Callable[[], None] = field(default=_nothing)
    """Gives back what the tasks hold."""
