"""A question's own documents as the whole corpus. Owns the small indexes, made by the product's own build.

All documents are indexed together once; what a small index needs embedded is taken from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from eval.indexing import documents_index
from eval.readings import RememberingReader
from eval.types import Setting
from eval.workshop import Workshop
from index.build import build_from_documents
from index.known_texts import KnownTexts
from index.search import PassageIndex
from index.settings import IndexSettings
from index.types import Document
from qa.assemble import open_reader
from qa.pipeline import QuestionAnswerer
from qa.settings import AnswerSettings

if TYPE_CHECKING:
    from qa.calibration import Calibration
    from qa.reader import Reader


class Restricted:
    """Answers from some of the documents only; the reader is loaded once."""

    def __init__(
        self,
        union: PassageIndex,
        reader: Reader,
        calibration: Calibration,
        *,
        answering: AnswerSettings,
        search: IndexSettings,
    ) -> None:
        """Takes over ``union``, the index of all documents: ``close`` closes it."""
        self._union, self._reader, self._calibration = union, reader, calibration
        self._answering, self._search = answering, search
        self._embedder = KnownTexts(union)

    @contextmanager
    def to(self, documents: Sequence[Document]) -> Iterator[QuestionAnswerer]:
        """An answerer over these documents, for as long as the context lasts."""
        self._embedder.learn([document.id for document in documents])
        with TemporaryDirectory(prefix="quoth-eval-") as folder:
            build_from_documents(documents, Path(folder), settings=self._search, embedder=self._embedder)
            passage_index = PassageIndex.open(Path(folder), settings=self._search, embedder=self._embedder)
            with QuestionAnswerer(passage_index, self._reader, self._calibration, settings=self._answering) as answerer:
                yield answerer

    def described(self) -> dict[str, Setting]:
        """What it answers with, for the report."""
        threshold = self._answering.threshold
        return {
            "reader": self._reader.name,
            "threshold": self._calibration.threshold if threshold is None else threshold,
        }

    def close(self) -> None:
        """Close the index of all documents."""
        self._union.close()


def open_restricted(
    documents: Sequence[Document],
    named: Path | None,
    answering: AnswerSettings,
    search: IndexSettings,
    workshop: Workshop,
    *,
    name: str,
) -> Restricted:
    """Indexes all documents together, the first time, and loads the reader."""
    directory = documents_index(documents, named, search, workshop, name=name)
    union = PassageIndex.open(directory, settings=search)
    reader, calibration = open_reader(answering, union)
    return Restricted(union, RememberingReader(reader), calibration, answering=answering, search=search)
