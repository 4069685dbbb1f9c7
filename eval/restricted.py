"""A question's own documents as the whole corpus. Owns the small indexes, made by the product's own build.

All documents are indexed together once; what a small index needs embedded is taken from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eval.indexing import documents_index
from eval.readings import RememberingReader
from eval.types import Setting
from eval.workshop import Workshop
from index.build import build_from_documents
from index.search import PassageIndex
from index.settings import IndexSettings
from index.types import Document
from qa.assemble import open_reader
from qa.pipeline import QuestionAnswerer
from qa.settings import AnswerSettings

if TYPE_CHECKING:
    from qa.calibration import Calibration
    from qa.reader import Reader

Vectors = npt.NDArray[np.float32]


class KnownTexts:
    """An embedder that takes the vectors of texts it has seen from an index, and embeds others as questions are."""

    def __init__(self, passage_index: PassageIndex) -> None:
        """The open index of all documents."""
        self._passage_index = passage_index
        self._known: dict[str, Vectors] = {}
        self._seen: set[str] = set()

    @property
    def name(self) -> str:
        """Which model."""
        return self._passage_index.manifest.model_name

    @property
    def fingerprint(self) -> str:
        """sha256 of its weights."""
        return self._passage_index.manifest.model_fingerprint

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return self._passage_index.manifest.dimension

    def learn(self, document_ids: Sequence[str]) -> None:
        """Remember the vectors of these documents' passages."""
        for document_id in document_ids:
            if document_id not in self._seen:
                self._seen.add(document_id)
                passages = self._passage_index.passages_of(document_id)
                vectors = self._passage_index.vectors([passage.id for passage in passages])
                self._known.update(zip((passage.text for passage in passages), vectors, strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32 [n, dimension], each row of unit length."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        if unknown:
            self._known.update(zip(unknown, self._passage_index.embed_question(unknown), strict=True))
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])


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
