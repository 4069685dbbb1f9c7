"""Owns how passages become vectors: the port, and sentence-transformers behind it. The only file that loads torch.

A question is never embedded here but by ``index.encoder``, which needs no torch.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.model_files import ModelFiles

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

_MOST_THREADS = 8
"""Beyond, a small model only waits for itself."""


class Embedder(Protocol):
    """Turns texts into vectors whose inner product says how near their meanings are."""

    @property
    def name(self) -> str:
        """Which model, as its user would name it."""

    @property
    def fingerprint(self) -> str:
        """sha256 of the weights: the same fingerprint means the same vectors."""

    @property
    def dimension(self) -> int:
        """Of each vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32 [n, dimension], each row of unit length, in the order of the texts."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when the first text comes."""

    def __init__(self, files: ModelFiles, *, batch_size: int = 32) -> None:
        """Name the model's files; a build in which no text is new never loads them."""
        self._files = files
        self._batch_size = batch_size
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        """The hub id or the folder."""
        return self._files.name

    @property
    def fingerprint(self) -> str:
        """sha256 of the weights."""
        return self._files.fingerprint

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return self._files.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32 [n, dimension], each row of unit length; sentence-transformers sorts a batch by length itself."""
        if self._model is None:
            self._model = _load(self._files)
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode_document(
            list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def _load(files: ModelFiles) -> "SentenceTransformer":
    """The model from its folder and from nowhere else; raises ModelError where the folder isn't one."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    torch.set_num_threads(min(_MOST_THREADS, os.cpu_count() or 1))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        return SentenceTransformer(str(files.folder), device=device, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        first_line = str(error).partition("\n")[0]
        raise ModelError(
            f"{files.folder} can't be loaded ({first_line}): restore it, or name another `--model`"
        ) from error
