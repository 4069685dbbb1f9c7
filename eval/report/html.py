"""The report as one page that opens offline. Owns filling the template; the only file with jinja2.

The page loads nothing: its style and its charts are inside. Every text is escaped.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.report.plots import plots_of
from eval.report.rows import blame_table, metric_rows, provenance, type_table, verdict
from eval.types import Outcome, Report

_TEMPLATES = Path(__file__).parent.parent / "templates"


def as_html(report: Report) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        report=report,
        verdict=verdict(report.gate),
        provenance=provenance(report),
        metrics=metric_rows(report),
        types=type_table(report),
        blame=blame_table(report),
        plots=plots_of(report),
        lost=_by_stage(report),
        passed=[outcome for outcome in report.cases if outcome.blame is None],
    )


def _by_stage(report: Report) -> dict[str, list[Outcome]]:
    return {stage: [outcome for outcome in report.cases if outcome.blame == stage] for stage in report.blame}
