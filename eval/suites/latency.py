"""How long answers take: by stage when warm, from the shell when cold, and how much memory. Owns the clock outside."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from pydantic import BaseModel, ConfigDict, Field

from eval.ablations import answer_settings, described, index_settings
from eval.bench import Bench
from eval.corpus import Answerer
from eval.documents import sha256_of_texts, texts_of_folder
from eval.environment import peak_memory_mb
from eval.files import json_lines, read_text, validated
from eval.indexing import folder_index, opened
from eval.run import sample
from eval.scoring import outcome_of
from eval.settings import RunSettings
from eval.suites.seeds import SEED_CASES, seeds_folder
from eval.types import DataInfo, Metric, Outcome
from eval.workshop import Workshop
from index.errors import InputError
from index.search import PassageIndex

COLD_STARTS = 5
WARM_UP = 3
"""Questions before the clock counts: the first ones load models and fill caches."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="ignore")

    question: str = Field(min_length=1)


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """Times the seeds' questions on the seeds, or ``questions`` on the index that ``directory`` names."""
    path = settings.questions or SEED_CASES
    questions = sample(_questions(path), limit=settings.limit, seed=settings.seed)
    search, answering = index_settings(settings), answer_settings(settings)
    directory, content = _directory(settings, workshop)
    answerer = opened(directory, answering, search)
    for question in list(questions.values())[:WARM_UP]:
        answerer.answer(question)
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_timed, name, question, answerer) for name, question in questions.items()
    }
    counts = answerer.passage_index.manifest
    return Bench(
        data=DataInfo(
            name=path.name,
            sha256=sha256_of_texts([("questions", read_text(path)), ("index", content)]),
            cases=len(questions),
        ),
        settings=described(search, answering)
        | {"reader": answerer.reader.name, "documents": counts.documents, "passages": counts.passages},
        tasks=tasks,
        extra_timings=partial(_cold, next(iter(questions.values())), directory),
        close=answerer.close,
    )


def _directory(settings: RunSettings, workshop: Workshop) -> tuple[Path, str]:
    """The index to time, and what stands for its content."""
    if settings.directory is not None and settings.data is None:
        with PassageIndex.open(settings.directory) as passage_index:
            return settings.directory, " ".join(document.sha256 for document in passage_index.documents())
    folder = settings.data or seeds_folder()
    texts = texts_of_folder(folder)
    directory = folder_index(
        folder, texts, settings.directory, index_settings(settings), workshop, name=SEED_CASES.stem
    )
    return directory, sha256_of_texts(texts.items())


def _questions(path: Path) -> dict[str, str]:
    asked = [validated(_Asked, record, where).question for where, record in json_lines(path)]
    if not asked:
        raise InputError(f"{path}:1: holds no questions")
    return {f"{number:05d}": question for number, question in enumerate(asked, start=1)}


def _timed(name: str, question: str, answerer: Answerer) -> Outcome:
    return outcome_of(name, "question", answerer.answer(question), (), {})


def _cold(question: str, directory: Path, _: Sequence[Outcome]) -> list[Metric]:
    warm_peak = peak_memory_mb()
    times = sorted(_cold_start(question, directory) for _ in range(COLD_STARTS))
    cold_peak = peak_memory_mb(children=True)
    metrics = [
        Metric(name="cold_start_ms.p50", value=round(times[len(times) // 2], 1), cases=COLD_STARTS),
        Metric(name="cold_start_ms.max", value=round(times[-1], 1), cases=COLD_STARTS),
    ]
    peaks = {"peak_memory_mb": cold_peak, "peak_memory_mb.warm": warm_peak}
    return metrics + [Metric(name=name, value=peak, cases=1) for name, peak in peaks.items() if peak is not None]


def _cold_start(question: str, directory: Path) -> float:
    ask = [sys.executable, "-c", "from qa.cli import main; main()", "ask", question, "--index", str(directory)]
    began = perf_counter()
    done = subprocess.run(ask, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise InputError(f"`quoth ask` ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return (perf_counter() - began) * 1000
