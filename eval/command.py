"""What the commands of `quoth eval` do. Owns output and exit codes; measures nothing itself.

stdout is data, stderr is talk.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval import baseline, run, update
from eval.compare import compare, load_report
from eval.gate import exit_code
from eval.report import write_report
from eval.report.comparison import print_comparison
from eval.report.terminal import print_report
from eval.settings import RunSettings
from eval.suites import SUITES, open_suite
from eval.types import Report
from eval.workshop import Workshop
from index.errors import InputError

REPORTS = Path("report")


def print_suites() -> None:
    """The suites with what they measure and the data that they need, on stdout."""
    width = max(map(len, SUITES))
    for name, suite in SUITES.items():
        print(f"{name:<{width}}  {suite.about}{f'; needs {suite.needs}' if suite.needs else ''}")  # noqa: T201 - stdout is data


def run_suite(suite: str, told: Mapping[str, object], *, out: Path | None, as_json: bool, update: bool) -> int:
    """Runs a suite, prints and writes its report, gives the exit code.

    ``told`` holds fields of RunSettings; raises InputError where they don't go together.
    """
    folder = out or REPORTS / suite
    settings = _settings(told)
    baselines = baseline.load_baselines()
    bench = open_suite(suite, settings, Workshop(indexes=folder.parent / "indexes", say=_say))
    try:
        with _progress(suite) as progress:
            report = run.run_bench(suite, bench, settings=settings, baselines=baselines, out=folder, progress=progress)
    finally:
        bench.close()
    written = write_report(report, folder)
    if update:
        _update(report)
    _show(report, as_json=as_json)
    _say(f"written: {', '.join(str(path) for path in written)}")
    return exit_code(report.gate)


def compare_reports(a: Path, b: Path, *, as_json: bool, seed: int) -> None:
    """Prints the comparison of two report.json files."""
    comparison = compare(load_report(a), load_report(b), seed=seed)
    if as_json:
        print(comparison.model_dump_json(indent=1))  # noqa: T201 - stdout is data
    else:
        print_comparison(comparison, _stdout())


def write_cases(directory: Path, out: Path, *, seed: int | None) -> None:
    """The dialogue of `quoth eval new`."""
    from eval.new import Dialogue
    from index.search import PassageIndex

    passage_index = PassageIndex.open(directory)
    try:
        Dialogue(passage_index, out, seed=seed).run()
    finally:
        passage_index.close()


def _settings(told: Mapping[str, object]) -> RunSettings:
    try:
        return RunSettings.model_validate(told)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        option = str(first["loc"][0]).replace("_", "-")
        raise InputError(f"--{option}: {first['msg']}; see `quoth eval --help`") from error


def _update(report: Report) -> None:
    change = update.updated(report, baseline.load_baselines(), baseline.load_record())
    baseline.save_baselines(change.baselines)
    baseline.save_record(change.record)
    for raised in change.raised:
        _say(f"floor raised: {raised.before.metric} {raised.before.at_least} → {raised.after.at_least}")
    if change.recorded_first:
        _say("recorded this run for later comparisons; there was none before, so the floors stay")
    elif not change.raised:
        _say("the paired test shows no floor's metric better: the floors stay")


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        print(report.model_dump_json())  # noqa: T201 - stdout is data
    else:
        print_report(report, _stdout())


def _stdout() -> Console:
    # A pipe has no width: without one, tables would be cut at 80 columns.
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - stderr is talk


@contextmanager
def _progress(suite: str) -> Iterator[run.Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(suite, total=None)

        def advanced(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advanced
