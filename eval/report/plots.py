"""Which charts a report has. Owns the choice; shapes are drawn by ``svg.py``, rows come from ``rows.py``."""

from collections.abc import Sequence

from markupsafe import Markup

from eval.report import svg
from eval.report.rows import blame_table, type_table
from eval.types import Metric, Report
from index.types import Frozen

_BY_TYPE_SERIES = 3


class Plot(Frozen):
    """A chart with its caption."""

    model_config = Frozen.model_config | {"arbitrary_types_allowed": True}

    title: str
    caption: str
    chart: Markup
    series: tuple[str, ...] = ()
    """What the colours stand for; empty where there is one."""


def confidence_plots(report: Report) -> dict[str, Plot]:
    """The reliability diagram and the risk-coverage curve, by name, where the report has data for them."""
    made = {"reliability": _reliability(report), "risk-coverage": _risk_coverage(report)}
    return {name: plot for name, plot in made.items() if plot is not None}


def plots_of(report: Report) -> list[Plot]:
    """The charts for which the report has data."""
    made = (_by_type(report), _blame(report), _reliability(report), _risk_coverage(report), _latency(report))
    return [plot for plot in made if plot is not None]


def _by_type(report: Report) -> Plot | None:
    table = type_table(report)
    series = table.header[2 : 2 + _BY_TYPE_SERIES]
    if len(report.by_type) < 2 or not series:
        return None
    rows = [(row[0], [_value(cell) for cell in row[2 : 2 + _BY_TYPE_SERIES]]) for row in table.rows]
    chart = svg.bar_chart(rows, label="Metrics by type of question", series=series, top=1.0)
    return Plot(title="By type of question", caption="Higher is better.", chart=chart, series=series)


def _blame(report: Report) -> Plot | None:
    if not report.blame:
        return None
    table = blame_table(report)
    series = table.header[1:-1]
    rows = [(row[0], [float(cell) for cell in row[1:-1]]) for row in table.rows]
    chart = svg.stacked_chart(rows, label="Cases lost at each stage", series=series)
    return Plot(
        title="Where cases were lost", caption="The first stage that lost each one.", chart=chart, series=series
    )


def _reliability(report: Report) -> Plot | None:
    points = [(one.confidence, one.right) for one in report.curves.reliability if one.cases]
    if not points:
        return None
    chart = svg.line_chart(
        points, label="Reliability diagram", x_label="confidence", y_label="share right", diagonal=True, dots=True
    )
    return Plot(
        title="Is its confidence deserved?",
        caption="On the dashed line, what is given with 80 % confidence is right four times in five; below, too sure.",
        chart=chart,
    )


def _risk_coverage(report: Report) -> Plot | None:
    points = report.curves.risk_coverage
    if not points:
        return None
    top = max(0.1, *(risk for _, risk in points))
    chart = svg.line_chart(
        points, label="Risk and coverage", x_label="share answered", y_label="share wrong", y_top=top
    )
    return Plot(
        title="What does refusing buy?",
        caption="The share of errors among the surest answers, from the few surest on the left to all on the right.",
        chart=chart,
    )


def _latency(report: Report) -> Plot | None:
    by_stage: dict[str, list[Metric]] = {}
    for metric in report.timings.metrics:
        if metric.name.startswith("latency."):
            by_stage.setdefault(metric.name.split(".")[1], []).append(metric)
    if not by_stage:
        return None
    series = tuple(metric.name.rsplit(".", 1)[1] for metric in next(iter(by_stage.values())))
    rows = [(stage, [metric.value for metric in metrics]) for stage, metrics in by_stage.items()]
    chart = svg.bar_chart(rows, label="Latency", series=series, top=_highest(rows))
    return Plot(
        title="How long does it take?", caption="Milliseconds a question, by stage.", chart=chart, series=series
    )


def _highest(rows: Sequence[tuple[str, Sequence[float]]]) -> float:
    return max((value for _, values in rows for value in values), default=1.0)


def _value(cell: str) -> float:
    return float(cell) if cell != "–" else 0.0
