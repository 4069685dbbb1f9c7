"""The rows that every form of the report shows. Owns their words and numbers, so that no two forms differ."""

from collections.abc import Sequence

from eval.metrics.meanings import in_order, lower_is_better, meaning
from eval.types import Check, Gate, Metric, Outcome, Report
from index.types import Frozen

_COLUMNS = (
    "cases.passed",
    "passages.recall@5",
    "passages.ndcg@10",
    "documents.success@3",
    "documents.ndcg@10",
    "answers.right",
    "answers.em",
    "answers.f1",
    "answers.all",
    "answers.recall",
    "relations.accuracy",
    "relations.precision",
    "relations.recall",
    "citations.precision",
    "abstention.recall",
)
_MOST_COLUMNS = 6
TOTAL = "all"


class Row(Frozen):
    """One metric, as text."""

    name: str
    value: str
    interval: str
    cases: str
    floor: str
    """Empty where none was set."""
    met: bool | None
    """None where no floor was set."""
    meaning: str


class Table(Frozen):
    """A header and rows of text, all of the same length."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def metric_rows(report: Report) -> list[Row]:
    """The metrics of answers and of time, and the floors that nothing was measured for."""
    floors = {check.floor.metric: check for check in report.gate.checks}
    measured = (*report.metrics, *report.timings.metrics)
    unmeasured = [check for check in report.gate.checks if not check.measured]
    return [_row(metric, floors.get(metric.name)) for metric in measured] + [_missing(check) for check in unmeasured]


def type_table(report: Report) -> Table:
    """The leading metrics for each type of question."""
    present = {metric.name for metrics in report.by_type.values() for metric in metrics}
    names = in_order([name for name in _COLUMNS if name in present][:_MOST_COLUMNS])
    rows = [
        (question_type, str(_count(report.cases, question_type)), *_values(metrics, names))
        for question_type, metrics in report.by_type.items()
    ]
    return Table(
        header=("type", "cases", *names), rows=(*rows, (TOTAL, str(len(report.cases)), *_values(report.metrics, names)))
    )


def blame_table(report: Report) -> Table:
    """How many cases each stage lost, by type."""
    types = list(dict.fromkeys(outcome.type for outcome in report.cases if outcome.blame))
    rows = [
        (stage, *(str(len(by_type.get(name, ()))) for name in types), str(sum(map(len, by_type.values()))))
        for stage, by_type in report.blame.items()
    ]
    return Table(header=("lost at", *types, TOTAL), rows=tuple(rows))


def lost_cases(report: Report) -> list[Outcome]:
    """The cases that some stage lost, in the report's order."""
    return [outcome for outcome in report.cases if outcome.blame is not None]


def verdict(gate: Gate) -> str:
    """The gate in one line."""
    if not gate.applies:
        return "no floors are set for this data with these options"
    missed = [check.floor.metric for check in gate.checks if not check.met]
    if missed:
        return f"{len(missed)} of {len(gate.checks)} floors missed: {', '.join(missed)}"
    return f"all {len(gate.checks)} floors met"


def provenance(report: Report) -> list[tuple[str, str]]:
    """What made the numbers: command, code, data, machine."""
    settings = ", ".join(f"{name} {_setting(value)}" for name, value in report.settings.items())
    return [
        ("command", report.command),
        ("code", f"quoth {report.quoth}, commit {report.commit or 'unknown'}"),
        ("data", f"{report.data.name}, {report.data.cases} cases, sha256 {report.data.sha256[:16]}"),
        ("settings", settings or "defaults"),
        ("machine", report.timings.machine),
        ("run", f"{report.timings.started}, {report.timings.seconds:.0f} s"),
    ]


def number(name: str, value: float) -> str:
    """A metric's value as text: a share with three digits, times and memory with their unit."""
    if name.startswith("latency.") or "_ms" in name:
        return f"{value:,.1f} ms"
    if "_mb" in name:
        return f"{value:,.0f} MB"
    return f"{value:.3f}"


def _row(metric: Metric, check: Check | None) -> Row:
    bounded = metric.low is not None and metric.high is not None
    return Row(
        name=metric.name,
        value=number(metric.name, metric.value),
        interval=f"{metric.low:.3f}–{metric.high:.3f}" if bounded else "",
        cases=str(metric.cases),
        floor=_floor(check),
        met=check.met if check else None,
        meaning=meaning(metric.name) + (" (lower is better)" if lower_is_better(metric.name) else ""),
    )


def _missing(check: Check) -> Row:
    name = check.floor.metric
    return Row(
        name=name, value="not measured", interval="", cases="0", floor=_floor(check), met=False, meaning=meaning(name)
    )


def _floor(check: Check | None) -> str:
    if check is None:
        return ""
    floor = check.floor
    if floor.at_least is not None:
        return f"≥ {number(floor.metric, floor.at_least)}"
    return f"≤ {number(floor.metric, floor.at_most or 0.0)}"


def _values(metrics: Sequence[Metric], names: Sequence[str]) -> list[str]:
    by_name = {metric.name: metric.value for metric in metrics}
    return [number(name, by_name[name]) if name in by_name else "–" for name in names]


def _count(cases: Sequence[Outcome], question_type: str) -> int:
    return sum(outcome.type == question_type for outcome in cases)


def _setting(value: object) -> str:
    return "yes" if value is True else "no" if value is False else str(value)
