"""Owns what is derived from the catalog: vectors, words and the manifest of one generation, and the question's encoder.

A generation is written whole before the catalog names it, so that there is no moment without one that can be searched.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index import layout
from index.catalog import FORMAT_VERSION
from index.catalog_writer import CatalogWriter
from index.checksums import verify, written_whole
from index.embedder import Embedder, Vectors
from index.errors import IndexDamaged, IndexMissing
from index.lexical import LexicalIndex
from index.manifest import current_generation
from index.model_files import ModelFiles
from index.types import Manifest
from index.vectors import VectorIndex

_BATCH = 1024
_UNIT = 1e-3
"""How far from one a vector's length may be; a damaged vector is off by more, rounding by far less."""


class DamagedVectors(Exception):
    """Stored embeddings that are not of unit length; ``keys`` are their texts'."""

    def __init__(self, keys: list[bytes]) -> None:
        """Carry the text keys."""
        super().__init__(f"{len(keys)} damaged embeddings")
        self.keys = keys


def is_whole(directory: Path, catalog: CatalogWriter, files: ModelFiles | None) -> bool:
    """Can the last finished build's files be used as they are?"""
    try:
        _, folder = current_generation(directory, catalog)
        verify(folder)
        if files:
            verify(layout.encoder_folder(directory, files.fingerprint))
    except (IndexMissing, IndexDamaged):
        return False
    return True


def write_generation(
    directory: Path, generation: int, catalog: CatalogWriter, embedder: Embedder, *, advance: Callable[[int, int], None]
) -> Manifest:
    """Derive vectors, words and manifest from the catalog; raises DamagedVectors where it holds some."""
    with written_whole(layout.generation_folder(directory, generation)) as folder:
        count = _write_searches(folder, catalog, embedder, advance=advance)
        manifest = _manifest(catalog, embedder)
        if count != manifest.passages:
            raise IndexDamaged(f"{directory} lacks {manifest.passages - count} embeddings: run `quoth index --rebuild`")
        (folder / layout.MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    return manifest


def write_encoder(directory: Path, files: ModelFiles) -> None:
    """Export the model unless a whole copy of it is there."""
    from index.encoder_export import export_encoder

    folder = layout.encoder_folder(directory, files.fingerprint)
    try:
        verify(folder)
    except IndexDamaged:
        with written_whole(folder) as draft:
            export_encoder(files, draft)


def remove_outdated(directory: Path, *, generation: int, fingerprint: str) -> None:
    """Delete what no catalog names any more; what another process still holds open is left for the next build."""
    for folder in layout.outdated(directory, generation=generation, fingerprint=fingerprint):
        shutil.rmtree(folder, ignore_errors=True)


def _write_searches(
    folder: Path, catalog: CatalogWriter, embedder: Embedder, *, advance: Callable[[int, int], None]
) -> int:
    vector_index = VectorIndex.create(embedder.dimension)
    (folder / layout.WORDS).mkdir()
    lexical_index = LexicalIndex.create(folder / layout.WORDS)
    total = catalog.next_counts()[1]
    for batch in catalog.searchable(embedder.fingerprint, batch=_BATCH):
        ids, texts, keys, blobs = zip(*batch, strict=True)
        vector_index.add(ids, _vectors(keys, blobs, embedder.dimension))
        lexical_index.add(zip(ids, texts, strict=True))
        advance(len(vector_index), total)
    vector_index.save(folder / layout.VECTORS)
    lexical_index.commit()
    return len(vector_index)


def _vectors(keys: tuple[bytes, ...], blobs: tuple[bytes, ...], dimension: int) -> Vectors:
    damaged = [key for key, blob in zip(keys, blobs, strict=True) if len(blob) != 4 * dimension]
    if not damaged:
        vectors = np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), dimension)
        with np.errstate(all="ignore"):
            whole = np.abs(np.linalg.norm(vectors, axis=1) - 1) < _UNIT
        damaged = [key for key, is_unit in zip(keys, whole, strict=True) if not is_unit]
    if damaged:
        raise DamagedVectors(damaged)
    return vectors


def _manifest(catalog: CatalogWriter, embedder: Embedder) -> Manifest:
    documents, passages, _ = catalog.next_counts()
    return Manifest(
        format_version=FORMAT_VERSION,
        model_name=embedder.name,
        model_fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        documents=documents,
        passages=passages,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
