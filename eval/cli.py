"""`quoth eval`: its arguments and exit codes. Owns no measurement, and imports none before it is asked to.

Exit codes: 0 every floor is met, 1 one is missed, 2 an error.
"""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

_RUN = "run"


class _RunByDefault(TyperGroup):
    """`quoth eval seeds` is `quoth eval run seeds`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts ``run`` before anything that names no other command."""
        if not args or args[0] not in self.commands:
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


eval_app = typer.Typer(
    cls=_RunByDefault,
    name="eval",
    help="Measure answers against gold: run a suite, compare two runs, write cases of your own.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def mount(app: typer.Typer) -> None:
    """Adds ``eval`` to the command line."""
    app.add_typer(eval_app, name="eval")


@eval_app.command(_RUN)
def run(
    suite: Annotated[str, typer.Argument(help="Which suite; `--list` tells.")] = "seeds",
    data: Annotated[Path | None, typer.Option(metavar="PATH", help="The suite's data.")] = None,
    questions: Annotated[Path | None, typer.Option(metavar="FILE", help="Questions apart from the data.")] = None,
    articles: Annotated[Path | None, typer.Option(metavar="FILE", help="Articles to ask them of.")] = None,
    directory: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Index to use or build, instead of one in the report.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Reports go there.", show_default="report/SUITE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="A random sample of so many cases.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the sample and of resampling.")] = 0,
    per_question: Annotated[bool, typer.Option("--per-question", help="Only a question's own articles.")] = False,
    repeat: Annotated[int, typer.Option(min=0, help="Cases answered twice, to compare the bytes.")] = 8,
    split: Annotated[str, typer.Option(help="Which qrels of a BEIR folder.")] = "test",
    cut: Annotated[bool, typer.Option("--cut", help="Cut BEIR documents into passages.")] = False,
    fusion: Annotated[str | None, typer.Option(metavar="dense|lexical|rrf|convex", help="Ablation: search.")] = None,
    weight: Annotated[float | None, typer.Option(min=0, max=1, help="Ablation: of dense in convex fusion.")] = None,
    passage_words: Annotated[int | None, typer.Option(min=10, max=1000, help="Ablation: passage length.")] = None,
    depth: Annotated[int | None, typer.Option(min=1, max=500, help="Ablation: hits that are read.")] = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="Ablation: 'sentences' is without a model.")
    ] = None,
    slips: Annotated[int, typer.Option(min=0, help="Words of each question to mistype.")] = 0,
    no_mending: Annotated[bool, typer.Option("--no-mending", help="Ablation: slips are read as typed.")] = False,
    no_copies: Annotated[bool, typer.Option("--no-copies", help="Ablation: copies count as passages.")] = False,
    threshold: Annotated[float | None, typer.Option(min=0, max=1, help="Ablation: of refusing.")] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Raise floors that are shown better.")
    ] = False,
    list_suites: Annotated[bool, typer.Option("--list", help="List the suites and end.")] = False,
) -> None:
    """Run a suite: print its table and write the report. Also: `quoth eval compare A B` and `quoth eval new`."""
    from eval.command import print_suites, run_suite

    if list_suites:
        print_suites()
        return
    told = {
        "data": data,
        "questions": questions,
        "articles": articles,
        "directory": directory,
        "limit": limit,
        "seed": seed,
        "per_question": per_question,
        "repeat": repeat,
        "split": split,
        "cut": cut,
        "fusion": fusion,
        "weight": weight,
        "passage_words": passage_words,
        "depth": depth,
        "reader": reader,
        "slips": slips,
        "mend": not no_mending,
        "copies": not no_copies,
        "threshold": threshold,
    }
    raise typer.Exit(run_suite(suite, told, out=out, as_json=as_json, update=update_baseline))


@eval_app.command()
def compare(
    a: Annotated[Path, typer.Argument(metavar="A.json", help="The report of the one run.")],
    b: Annotated[Path, typer.Argument(metavar="B.json", help="The report of the other.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the resampling.")] = 0,
) -> None:
    """Is B better than A? Paired differences with intervals, and the cases that flipped."""
    from eval.command import compare_reports

    compare_reports(a, b, as_json=as_json, seed=seed)


@eval_app.command()
def new(
    directory: Annotated[
        Path, typer.Option("--index", envvar="QUOTH_INDEX", metavar="DIR", help="The index to draw from.")
    ] = Path(".quoth"),
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where cases are added.")] = Path("cases.jsonl"),
    seed: Annotated[int | None, typer.Option(min=0, help="Draw the same passages again.")] = None,
) -> None:
    """Write cases for your own corpus: it shows passages, you ask and mark what answers."""
    from eval.command import write_cases

    write_cases(directory, out, seed=seed)
