"""The command line: `quoth`, `quoth chat`, `quoth ask`, and what `index` and `eval` add. The composition root.

The only module that may import from everywhere. It does so inside functions, so that help appears at once.
stdout is data, stderr is talk. Exit codes: 0 yes, 1 an honest no, 2 an error, 130 on Ctrl-C; a closed pipe is 0.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from index.errors import QuothError

if TYPE_CHECKING:
    from qa.pipeline import QuestionAnswerer
    from qa.settings import AnswerSettings

IndexOption = Annotated[
    Path, typer.Option("--index", envvar="QUOTH_INDEX", metavar="DIR", help="The built index.", show_default=True)
]
ReaderOption = Annotated[
    str,
    typer.Option("--reader", metavar="NAME", help="'quoth', 'sentences', or a path or hub id of an extractive model."),
]
ThresholdOption = Annotated[
    float | None,
    typer.Option(
        "--threshold", min=0, max=1, help="Confidence below which the files don't say.", show_default="the reader's"
    ),
]
TopOption = Annotated[int, typer.Option("--top-k", min=1, max=100, metavar="N", help="Passages shown.")]
DEFAULT_INDEX = Path(".quoth")


class QuothGroup(TyperGroup):
    """Turns what a user can cause into one line and an exit code, for every command in one place."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; QuothError is exit code 2, a closed pipe is 0."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                # Here a closed pipe is still an exception; at the interpreter's own exit it would be a failure.
                sys.stdout.flush()
        except QuothError as error:
            from qa.plain import one_line

            print(f"quoth: {one_line(str(error))}", file=sys.stderr)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # Whoever read stdout has seen enough; the interpreter must not fail again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


app = typer.Typer(
    cls=QuothGroup,
    name="quoth",
    help="Answers a question in the words of its sources.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich costs a tenth of a second at every start
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The `quoth` command."""
    _mount()
    app()


def _mount() -> None:
    from eval.cli import mount as mount_eval
    from index.cli import mount as mount_index

    mount_index(app)
    mount_eval(app)


@app.callback()
def default(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Show it.")] = False
) -> None:
    """Answers a question in the words of its sources. Without a command: opens the terminal UI."""
    if version:
        from importlib.metadata import version as installed

        print(installed("quoth"))
        raise typer.Exit
    if context.invoked_subcommand is None:
        chat()


@app.command()
def chat(
    index_dir: IndexOption = DEFAULT_INDEX,
    reader: ReaderOption = "quoth",
    threshold: ThresholdOption = None,
    top_k: TopOption = 8,
) -> None:
    """Open the terminal UI."""
    directory = Path(os.environ.get("QUOTH_INDEX", index_dir)) if index_dir == DEFAULT_INDEX else index_dir
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        from index.errors import InputError

        raise InputError('the terminal UI needs a terminal: for a script use `quoth ask "QUESTION"`')
    from qa.tui.app import run

    def loader() -> "QuestionAnswerer":
        from qa.assemble import open_answerer

        return open_answerer(directory, settings=_settings(reader, threshold, top_k))

    raise typer.Exit(run(loader=loader, index_label=str(directory)))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.", show_default=False)] = None,
    index_dir: IndexOption = DEFAULT_INDEX,
    questions: Annotated[
        Path | None, typer.Option("--questions", metavar="FILE", help='JSONL, a {"id", "question"} a line.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Quotes and addresses as Markdown.")] = False,
    top_k: TopOption = 8,
    reader: ReaderOption = "quoth",
    threshold: ThresholdOption = None,
) -> None:
    """Answer a question, with the passages that say so. Exit code 1 where the files don't say."""
    from qa.asking import ask_all, ask_one, checked_arguments

    checked_arguments(question, questions, as_json=as_json, as_markdown=as_markdown)
    settings = _settings(reader, threshold, top_k)
    if questions is not None:
        ask_all(questions, index_dir, settings=settings)
        return
    answered = ask_one(question or "", index_dir, settings=settings, style=_style(as_json, as_markdown))
    raise typer.Exit(0 if answered else 1)


def _style(as_json: bool, as_markdown: bool) -> str:
    return "json" if as_json else "markdown" if as_markdown else "text"


def _settings(reader: str, threshold: float | None, top_k: int) -> "AnswerSettings":
    from qa.settings import AnswerSettings

    return AnswerSettings(reader=reader, threshold=threshold, top_k=top_k)
