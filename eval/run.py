"""Runs a suite case by case, and keeps what is done. Owns the loop and the report's making; prints nothing."""

import hashlib
import json
import random
import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from eval.aggregate import blame_of, curves_of, latency_metrics, metrics_by_type, metrics_of
from eval.baseline import Baseline
from eval.bench import Bench
from eval.environment import code_sha256, commit, machine, quoth_version
from eval.gate import gate_for
from eval.journal import Journal
from eval.settings import RunSettings
from eval.types import Metric, Outcome, Report, Setting, Timings

JOURNAL = "unfinished.jsonl"
_NOT_RESULTS = frozenset({"data", "questions", "articles", "directory"})
"""Settings that say where things are; what they hold is known by the data's hash."""

_FLAGS = {"directory": "--index", "copies": "--no-copies", "mend": "--no-mending"}

Progress = Callable[[int, int], None]
Value = TypeVar("Value")


def run_bench(
    suite: str,
    bench: Bench,
    *,
    settings: RunSettings,
    baselines: Sequence[Baseline],
    out: Path,
    progress: Progress,
) -> Report:
    """The report of a suite. ``progress(done, total)`` is told as cases end.

    An exception, Ctrl-C too, leaves the outcomes so far in ``out``; the same run goes on from there.
    """
    started, began = datetime.now(UTC), perf_counter()
    journal = Journal(out / JOURNAL, fingerprint=_fingerprint(suite, bench, settings))
    try:
        outcomes = _outcomes(bench.tasks, journal, progress)
        report = _report(suite, bench, outcomes, settings, baselines, started, began)
    except BaseException:
        journal.close()
        raise
    journal.finish()
    return report


def sample(items: Mapping[str, Value], *, limit: int | None, seed: int) -> dict[str, Value]:
    """``limit`` of the items at random, in their own order; all of them without a limit."""
    if limit is None or limit >= len(items):
        return dict(items)
    chosen = set(random.Random(seed).sample(sorted(items), limit))
    return {name: value for name, value in items.items() if name in chosen}


def options_of(settings: RunSettings) -> dict[str, Setting]:
    """The options other than the defaults that change what is measured."""
    return {
        name: value for name, value in settings.model_dump(exclude_defaults=True).items() if name not in _NOT_RESULTS
    }


def command_of(suite: str, settings: RunSettings) -> str:
    """The command that asks for such a run, with the names of files in the place of their paths."""
    words = ["quoth", "eval", suite]
    for name, value in settings.model_dump(exclude_defaults=True).items():
        flag = _FLAGS.get(name, f"--{name.replace('_', '-')}")
        words += [flag] if isinstance(value, bool) else [flag, value.name if isinstance(value, Path) else str(value)]
    return shlex.join(words)


def _outcomes(tasks: Mapping[str, Callable[[], Outcome]], journal: Journal, progress: Progress) -> list[Outcome]:
    outcomes = []
    for number, (name, task) in enumerate(tasks.items()):
        progress(number, len(tasks))
        if name not in journal.done:
            journal.add(task())
        outcomes.append(journal.done[name])
    progress(len(tasks), len(tasks))
    return outcomes


def _report(
    suite: str,
    bench: Bench,
    outcomes: Sequence[Outcome],
    settings: RunSettings,
    baselines: Sequence[Baseline],
    started: datetime,
    began: float,
) -> Report:
    metrics = (*metrics_of(outcomes, seed=settings.seed), *bench.extra(outcomes))
    timed = (*latency_metrics(outcomes), *bench.extra_timings(outcomes))
    by_name: dict[str, Metric] = {metric.name: metric for metric in (*metrics, *timed)}
    options = options_of(settings)
    return Report(
        suite=suite,
        command=command_of(suite, settings),
        quoth=quoth_version(),
        commit=commit(),
        options=options,
        settings=bench.settings,
        data=bench.data,
        metrics=metrics,
        by_type=metrics_by_type(outcomes),
        blame=blame_of(outcomes),
        curves=curves_of(outcomes),
        gate=gate_for(by_name.get, baselines, suite=suite, data=bench.data, options=options),
        cases=tuple(outcome.model_copy(update={"timings_ms": {}}) for outcome in outcomes),
        timings=Timings(
            machine=machine(),
            started=started.isoformat(timespec="seconds"),
            seconds=round(perf_counter() - began, 3),
            metrics=timed,
            cases={outcome.id: outcome.timings_ms for outcome in outcomes if outcome.timings_ms},
        ),
    )


def _fingerprint(suite: str, bench: Bench, settings: RunSettings) -> str:
    parts = [suite, bench.data.sha256, bench.settings, options_of(settings), code_sha256()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
