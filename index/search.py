"""Owns the search side of an index: a question → hits, dense and lexical fused. Never changes what a build wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index import layout
from index.catalog import Catalog
from index.checksums import verify
from index.embedder import Embedder
from index.encoder import Encoder
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.fusion import Scored, convex, reciprocal
from index.lexical import LexicalIndex
from index.manifest import current_generation
from index.settings import IndexSettings
from index.spelling import Speller
from index.types import Address, Document, DocumentInfo, Hit, Manifest, Passage
from index.vectors import VectorIndex

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class _Parts:
    """What one finished build left."""

    catalog: Catalog
    manifest: Manifest
    vector_index: VectorIndex
    lexical_index: LexicalIndex
    embedder: Embedder


class PassageIndex:
    """An open index. Shows the build that was the last when it was opened; safe to use from several threads."""

    def __init__(self, parts: _Parts, settings: IndexSettings) -> None:
        """Wrap what is open; use ``open``."""
        self.manifest = parts.manifest
        self._parts = parts
        self._settings = settings

    @classmethod
    def open(cls, directory: Path, *, settings: IndexSettings | None = None, embedder: Embedder | None = None) -> Self:
        """Open the index in a folder; ``embedder`` stands in for the exported encoder if it made the index.

        Raises IndexMissing, IndexMismatch or IndexDamaged. Settings of the build (model, passages) are not compared.
        """
        path = layout.catalog_path(directory)
        if not path.exists():
            raise IndexMissing(f"no index in {directory} yet: run `quoth index`")
        return cls(_open_parts(directory, embedder), settings or IndexSettings())

    def __enter__(self) -> Self:
        """Nothing more to open."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the index."""
        self.close()

    def close(self) -> None:
        """Let go of the files; searching afterwards is an error."""
        self._parts.catalog.close()

    def search(self, question: str, *, limit: int) -> tuple[Hit, ...]:
        """Up to ``limit`` passages for any text at all, best first; equal scores by passage id."""
        depth = max(self._settings.candidate_depth, limit)
        vector = self.embed_question([question])[0]
        dense = self._parts.vector_index.search(vector, limit=depth)
        lexical = self._parts.lexical_index.search(question, limit=depth)
        fused = self._fuse(vector, dense, lexical)[: max(limit, 0)]
        return self._hits(fused, dense, lexical)

    def respelled(self, question: str) -> str:
        """The question with its slips of the pen as the passages spell the words; see ``index.spelling``."""
        return Speller(self._parts.lexical_index, self._parts.catalog).respelled(question)

    def document(self, document_id: str) -> Document:
        """One document with its text; raises InputError for an unknown id, IndexDamaged for an altered text."""
        return self._parts.catalog.document(document_id)

    def document_info(self, document_id: str) -> DocumentInfo:
        """One document without its text; raises InputError for an unknown id."""
        return self._parts.catalog.document_info(document_id)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents without their texts, by id."""
        return self._parts.catalog.document_infos()

    def copies(self, passage_id: int) -> tuple[Address, ...]:
        """Where else a passage's words stand; empty where nowhere or the id is unknown."""
        return self._parts.catalog.copies(passage_id)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """A document's own passages in order, without those that are copies of another's."""
        return self._parts.catalog.passages_of(document_id)

    def vectors(self, passage_ids: Sequence[int]) -> Vectors:
        """float32 [n, dimension], one row of unit length a passage; raises KeyError for an unknown id."""
        return self._parts.vector_index.vectors(passage_ids)

    def embed_question(self, texts: Sequence[str]) -> Vectors:
        """float32 [n, dimension], one row of unit length a text, in the space of ``vectors``."""
        return self._parts.embedder.embed(texts)

    def _hits(self, fused: Scored, dense: Scored, lexical: Scored) -> tuple[Hit, ...]:
        passages = self._parts.catalog.passages([identifier for identifier, _ in fused])
        if len(passages) < len(fused):
            raise IndexDamaged("a passage that was found is not in the catalog: run `quoth index --rebuild`")
        by_meaning, by_words = _by_id(dense), _by_id(lexical)
        hits = []
        for rank, (identifier, score) in enumerate(fused, start=1):
            dense_rank, dense_score = by_meaning.get(identifier, (None, None))
            lexical_rank, lexical_score = by_words.get(identifier, (None, None))
            hits.append(
                Hit(
                    passage=passages[identifier],
                    rank=rank,
                    score=score,
                    dense_rank=dense_rank,
                    lexical_rank=lexical_rank,
                    dense_score=dense_score,
                    lexical_score=lexical_score,
                )
            )
        return tuple(hits)

    def _fuse(self, vector: Vectors, dense: Scored, lexical: Scored) -> list[tuple[int, float]]:
        if self._settings.fusion == "reciprocal":
            return reciprocal(dense, lexical)
        found = {identifier for identifier, _ in dense}
        others = [identifier for identifier, _ in lexical if identifier not in found]
        cosines = self.vectors(others) @ vector
        return convex(
            dense,
            lexical,
            dense_weight=self._settings.dense_weight,
            cosines=dict(zip(others, cosines.tolist(), strict=True)),
        )


def _open_parts(directory: Path, embedder: Embedder | None) -> _Parts:
    """Open the last finished build, and the next one if that was finished in the very moment."""
    generation = None
    while True:
        catalog = Catalog.open(layout.catalog_path(directory))
        try:
            return _parts_of(directory, catalog, embedder)
        except IndexDamaged:
            found = catalog.meta("generation")
            catalog.close()
            if found == generation:
                raise
            generation = found
        except BaseException:
            catalog.close()
            raise


def _parts_of(directory: Path, catalog: Catalog, embedder: Embedder | None) -> _Parts:
    manifest, folder = current_generation(directory, catalog)
    verify(folder)
    if embedder and embedder.fingerprint != manifest.model_fingerprint:
        raise _mismatch(directory, manifest, embedder.name)
    return _Parts(
        catalog=catalog,
        manifest=manifest,
        vector_index=VectorIndex.open(folder / layout.VECTORS),
        lexical_index=LexicalIndex.open(folder / layout.WORDS),
        embedder=embedder or _encoder(directory, catalog, manifest),
    )


def _encoder(directory: Path, catalog: Catalog, manifest: Manifest) -> Encoder:
    """The encoder that was exported with the index."""
    if catalog.meta("encoder") != "exported":
        raise _mismatch(directory, manifest, "any model that Quoth can load")
    folder = layout.encoder_folder(directory, manifest.model_fingerprint)
    verify(folder)
    encoder = Encoder.open(folder)
    if encoder.fingerprint != manifest.model_fingerprint:
        raise _mismatch(directory, manifest, encoder.name)
    return encoder


def _mismatch(directory: Path, manifest: Manifest, name: str) -> IndexMismatch:
    return IndexMismatch(f"{directory} was made with {manifest.model_name}, not {name}: run `quoth index --rebuild`")


def _by_id(hits: Scored) -> dict[int, tuple[int, float]]:
    """Rank and score by id."""
    return {identifier: (rank, score) for rank, (identifier, score) in enumerate(hits, start=1)}
