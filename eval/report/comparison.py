"""A comparison for a terminal. Owns the layout; the verdicts come from ``compare.py``."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.compare import Comparison, Difference, Flip
from qa.plain import one_line

_STYLES = {"better": "green", "worse": "bold red", "no difference shown": "dim"}
_MOST_FLIPS_SHOWN = 20


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Differences, the cases that flipped, and the verdict last."""
    console.print(_differences(comparison))
    _print_flips(comparison, console)
    for name, said in (("A", comparison.a), ("B", comparison.b)):
        console.print(Text(one_line(f"{name}  {said}"), style="dim"), soft_wrap=True)
    left_out = f", {comparison.only_in_one} that only one has left out" if comparison.only_in_one else ""
    console.print(Text(f"{comparison.cases} cases in both{left_out}", style="dim"), soft_wrap=True)
    console.print(Text(comparison.verdict, style="bold"), soft_wrap=True)


def _differences(comparison: Comparison) -> Table:
    table = Table(title=f"quoth eval {comparison.suite}: B against A", title_justify="left", title_style="bold")
    for header in ("metric", "A", "B", "B - A", "95 % interval", "p", "p (Holm)", "verdict"):
        table.add_column(header, justify="left" if header in ("metric", "verdict") else "right", no_wrap=True)
    for difference in comparison.differences:
        table.add_row(*_cells(difference))
    return table


def _cells(one: Difference) -> list[Text]:
    texts = (
        one.metric,
        f"{one.a:.3f}",
        f"{one.b:.3f}",
        f"{one.difference:+.3f}",
        f"{one.low:+.3f} … {one.high:+.3f}",
        f"{one.p:.4f}",
        f"{one.adjusted_p:.4f}",
    )
    return [*(Text(text) for text in texts), Text(one.verdict, style=_STYLES[one.verdict])]


def _print_flips(comparison: Comparison, console: Console) -> None:
    won = sum(flip.change > 0 for flip in comparison.flips)
    lost = len(comparison.flips) - won
    console.print(Text(f"{won} cases won and {lost} lost, by {comparison.turning_on}"), soft_wrap=True)
    shown = sorted(comparison.flips, key=lambda flip: -abs(flip.change))[:_MOST_FLIPS_SHOWN]
    for flip in shown:
        console.print(Text(_line(flip), style="green" if flip.change > 0 else "red"), soft_wrap=True)
    if len(comparison.flips) > len(shown):
        console.print(Text(f"… and {len(comparison.flips) - len(shown)} more, all with --json", style="dim"))


def _line(flip: Flip) -> str:
    answers = f": {flip.a or 'nothing'} → {flip.b or 'nothing'}" if flip.a != flip.b else ""
    return one_line(f"  {flip.change:+.2f}  {flip.id}: {flip.question}{answers}")
