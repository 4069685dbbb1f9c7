"""Searches and reads every question on which confidence is fitted, in large and small corpora."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import track

from index.build import build_from_documents
from index.known_texts import KnownTexts
from index.search import PassageIndex
from index.settings import IndexSettings
from qa.pipeline import QuestionAnswerer
from qa.reader import Reader
from qa.settings import AnswerSettings
from qa.training.calibrate import UNFITTED, Gathered, gather
from qa.training.held_out import HeldOutQuestion, HeldOutSettings, held_out
from qa.training.stories import read_stories


@contextmanager
def gather_all(reader: Reader, data: Path, work: Path) -> Iterator[list[Gathered]]:
    """Every question searched and read; the indexes stay open as long as the context, since judging needs them."""
    everything, *small = held_out(data, HeldOutSettings(), read_stories())
    build_from_documents(everything.documents, work / everything.name, settings=IndexSettings())
    with ExitStack() as stack:
        union = PassageIndex.open(work / everything.name)
        gathered = _gather(stack, union, reader, everything.questions, everything.name)
        embedder = KnownTexts(union)
        embedder.learn([document.id for document in everything.documents])
        for corpus in small:
            folder = work / "small" / corpus.name
            build_from_documents(corpus.documents, folder, settings=IndexSettings(), embedder=embedder)
            gathered += _gather(
                stack, PassageIndex.open(folder, embedder=embedder), reader, corpus.questions, corpus.name
            )
        yield gathered


def _gather(
    stack: ExitStack, passage_index: PassageIndex, reader: Reader, questions: list[HeldOutQuestion], name: str
) -> list[Gathered]:
    answerer = stack.enter_context(QuestionAnswerer(passage_index, reader, UNFITTED, settings=AnswerSettings()))
    asked = track(questions, description=f"reading {name}", console=Console(stderr=True))
    return list(gather(answerer, asked))
