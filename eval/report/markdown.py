"""The report as Markdown, fit to be pasted into RESULTS.md. Owns the layout; its rows come from ``rows.py``."""

from collections.abc import Sequence

from eval.report.rows import Table, blame_table, lost_cases, metric_rows, provenance, type_table, verdict
from eval.types import Outcome, Report


def as_markdown(report: Report) -> str:
    """Headings, tables and the cases that were lost."""
    parts = [
        f"# quoth eval {report.suite}",
        "\n".join(f"- {name}: {_code(value)}" for name, value in provenance(report)),
        f"**{_plain(verdict(report.gate)).capitalize()}.**",
        markdown_table(_metrics(report)),
        "## By type of question",
        markdown_table(type_table(report)),
    ]
    if report.blame:
        parts += ["## Where cases were lost", markdown_table(blame_table(report)), _lost(lost_cases(report))]
    return "\n\n".join(parts) + "\n"


def markdown_table(table: Table) -> str:
    """A pipe table; text of articles in it stays text."""
    lines = [table.header, ["---"] * len(table.header), *table.rows]
    return "\n".join(f"| {' | '.join(_plain(cell) for cell in line)} |" for line in lines)


def _metrics(report: Report) -> Table:
    rows = [
        (row.name, row.value, row.interval, row.cases, row.floor, "" if row.met is None else "yes" if row.met else "NO")
        for row in metric_rows(report)
    ]
    return Table(header=("metric", "value", "95 % interval", "cases", "floor", "met"), rows=tuple(rows))


def _lost(outcomes: Sequence[Outcome]) -> str:
    rows = [
        (outcome.blame or "", outcome.id, outcome.question, " / ".join(outcome.expected) or "–", outcome.got or "–")
        for outcome in outcomes
    ]
    return markdown_table(Table(header=("lost at", "case", "question", "expected", "answered"), rows=tuple(rows)))


def _plain(text: str) -> str:
    one_line = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#" else character for character in one_line)


def _code(text: str) -> str:
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"
