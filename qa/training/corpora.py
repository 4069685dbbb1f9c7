"""The corpora on which confidence is fitted: the held-out articles in one index, the seeds in another."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import track

from index.build import build_from_documents, build_index
from index.search import PassageIndex
from index.settings import IndexSettings
from qa.pipeline import QuestionAnswerer
from qa.reader import Reader
from qa.settings import AnswerSettings
from qa.training.calibrate import UNFITTED, Gathered, gather
from qa.training.held_out import HeldOutQuestion, HeldOutSettings, held_out


@contextmanager
def gather_all(reader: Reader, data: Path, cases: Path, work: Path) -> Iterator[list[Gathered]]:
    """Every question searched and read; the indexes stay open as long as the context, since judging needs them."""
    documents, questions = held_out(data, HeldOutSettings())
    build_from_documents(documents, work / "held-out-index", settings=IndexSettings())
    build_index([Path("seeds")], work / "seeds-index", settings=IndexSettings())
    asked = {"held-out-index": questions, "seeds-index": seed_questions(cases)}
    with ExitStack() as stack:
        gathered: list[Gathered] = []
        for name, own in asked.items():
            passage_index = PassageIndex.open(work / name)
            answerer = stack.enter_context(QuestionAnswerer(passage_index, reader, UNFITTED, settings=AnswerSettings()))
            gathered += gather(answerer, track(own, description=f"reading {name}", console=Console(stderr=True)))
        yield gathered


def seed_questions(cases: Path) -> list[HeldOutQuestion]:
    """The shipped cases: short questions on a handful of articles, which the other sources have none of."""
    records = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [HeldOutQuestion(question=one["question"], answers=tuple(one["answers"]), source="seeds") for one in records]
