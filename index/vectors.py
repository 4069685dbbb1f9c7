"""Owns the dense side of an index: vectors in, cosine hits by id out. The only file that knows FAISS.

A flat index compares with every vector, exactly: on one core 100,000 passages take about ten milliseconds.
"""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged

Vectors = npt.NDArray[np.float32]

_MANY = 100_000
"""Vectors that one thread goes through in ten milliseconds; more threads would only wait for each other, and spin."""
_MOST_THREADS = 4


class VectorIndex:
    """Cosine similarity between L2-normalised vectors, each known by an id that stays its own."""

    def __init__(self, faiss_index: faiss.IndexIDMap2) -> None:
        """Wrap a FAISS index; use ``create`` or ``open``."""
        self._index = faiss_index

    @classmethod
    def create(cls, dimension: int) -> "VectorIndex":
        """A new, empty index in memory."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def open(cls, path: Path) -> "VectorIndex":
        """Read what ``save`` wrote; raises IndexDamaged where it can't be read."""
        try:
            loaded = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexDamaged(f"{path} can't be read: run `quoth index --rebuild`") from error
        if not isinstance(loaded, faiss.IndexIDMap2):
            raise IndexDamaged(f"{path} is not a vector index of Quoth: run `quoth index --rebuild`")
        return cls(loaded)

    def save(self, path: Path) -> None:
        """Write the whole index to one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        """Vectors in the index."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._index.d)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors [n, dimension] of unit length under new ids."""
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors by id; unknown ids are ignored."""
        self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(ids, dtype=np.int64)))

    def search(self, vector: npt.ArrayLike, *, limit: int) -> list[tuple[int, float]]:
        """Up to ``limit`` (id, cosine) pairs, best first, equal ones by id."""
        limit = min(limit, len(self))
        if limit < 1:
            return []
        faiss.omp_set_num_threads(1 if len(self) < _MANY else _MOST_THREADS)
        scores, ids = self._index.search(np.asarray(vector, dtype=np.float32).reshape(1, -1), limit)
        pairs = [(int(identifier), float(score)) for identifier, score in zip(ids[0], scores[0], strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The vectors of the given ids, one row each; raises KeyError for an unknown id."""
        rows = np.empty((len(ids), self.dimension), dtype=np.float32)
        for row, identifier in enumerate(ids):
            try:
                rows[row] = self._index.reconstruct(int(identifier))
            except RuntimeError as error:
                raise KeyError(identifier) from error
        return rows
