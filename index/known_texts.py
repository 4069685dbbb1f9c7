"""Vectors that an open index already has, for building another index of some of its documents in no time."""

from collections.abc import Sequence

import numpy as np

from index.search import PassageIndex, Vectors


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
