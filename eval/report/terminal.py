"""The report for a terminal. Owns the layout; its rows come from ``rows.py``.

Article text is printed as plain text: no markup, no control characters.
"""

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from eval.report.rows import Row, Table, blame_table, lost_cases, metric_rows, provenance, type_table, verdict
from eval.types import Report
from qa.plain import one_line

_MOST_LOST_SHOWN = 12
_MARKS = {True: ("met", "green"), False: ("MISSED", "bold red"), None: ("", "")}


def print_report(report: Report, console: Console) -> None:
    """Metrics with their floors, types, blame, and the verdict last, where the eye is."""
    console.print(_metrics(report))
    if len(report.by_type) > 1:
        console.print(_plain_table("By type of question", type_table(report)))
    if report.blame:
        console.print(_plain_table("Where cases were lost", blame_table(report)))
        _print_lost(report, console)
    for name, value in provenance(report):
        console.print(Text(f"{name:<9}{value}", style="dim"), soft_wrap=True)
    console.print(Text(verdict(report.gate), style="bold" if report.gate.met else "bold red"), soft_wrap=True)


def _metrics(report: Report) -> RichTable:
    table = RichTable(title=f"quoth eval {report.suite}", title_justify="left", title_style="bold")
    for header in ("metric", "value", "95 % interval", "cases", "floor", ""):
        table.add_column(header, justify="right" if header in ("value", "cases", "floor") else "left", no_wrap=True)
    table.add_column("meaning", style="dim")
    for row in metric_rows(report):
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> list[Text]:
    mark, style = _MARKS[row.met]
    texts = (row.name, row.value, row.interval, row.cases, row.floor)
    return [*(Text(text) for text in texts), Text(mark, style=style), Text(row.meaning)]


def _plain_table(title: str, table: Table) -> RichTable:
    rich_table = RichTable(title=title, title_justify="left", title_style="bold")
    for position, header in enumerate(table.header):
        rich_table.add_column(Text(header), justify="right" if position else "left")
    for row in table.rows:
        rich_table.add_row(*(Text(one_line(cell)) for cell in row))
    return rich_table


def _print_lost(report: Report, console: Console) -> None:
    lost = lost_cases(report)
    for outcome in lost[:_MOST_LOST_SHOWN]:
        console.print(Text(one_line(f"{outcome.blame}: {outcome.id}: {outcome.question}")), soft_wrap=True)
        expected, got = " / ".join(outcome.expected) or "no answer", outcome.got or "no answer"
        console.print(Text(one_line(f"    expected {expected}; got {got}"), style="dim"), soft_wrap=True)
    if len(lost) > _MOST_LOST_SHOWN:
        console.print(Text(f"… and {len(lost) - _MOST_LOST_SHOWN} more, all in the report's files", style="dim"))
