"""Owns how a build gets hold of what it works on: the lock, the catalog and the model. Knows nothing of articles."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from index import layout
from index.catalog_writer import CatalogWriter
from index.embedder import Embedder, SentenceTransformerEmbedder
from index.errors import IndexDamaged, IndexMismatch, InputError
from index.manifest import stored_generation
from index.model_files import ModelFiles, find_model
from index.settings import IndexSettings


class BuildProgress(Protocol):
    """Told what a build is doing."""

    def stage(self, name: str) -> None:
        """One of "reading", "cutting", "embedding", "writing" begins."""

    def advance(self, done: int, total: int) -> None:
        """``done`` of ``total`` things of this stage are through."""


@dataclass(frozen=True)
class Build:
    """What one build works with."""

    directory: Path
    catalog: CatalogWriter
    embedder: Embedder
    model_files: ModelFiles | None
    """None where the embedder came from outside: then it has to be given to the search as well."""
    settings: IndexSettings
    progress: BuildProgress


@contextmanager
def opened(
    directory: Path,
    settings: IndexSettings | None,
    *,
    rebuild: bool,
    progress: BuildProgress | None,
    embedder: Embedder | None,
) -> Iterator[Build]:
    """What a build needs, for as long as it runs; nobody else can build meanwhile.

    Raises InputError for a place that can't be written or is being built, ModelError, IndexMismatch and IndexDamaged.
    """
    settings = settings or IndexSettings()
    files = None
    if embedder is None:
        files = find_model(settings.model)
        embedder = SentenceTransformerEmbedder(files, batch_size=settings.embedding_batch)
    with _locked(directory), closing(_open_catalog(directory, rebuild=rebuild)) as catalog:
        if not rebuild:
            _refuse_other_model(catalog, embedder, directory)
        yield Build(directory, catalog, embedder, files, settings, progress or _Silent())


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with FileLock(layout.lock_path(directory), timeout=0):
            yield
    except Timeout as error:
        raise InputError(f"another build of {directory} is running: wait for it, or use `--index DIR`") from error
    except OSError as error:
        raise InputError(
            f"{directory} can't be written ({error.strerror}): use `--index DIR` for another folder"
        ) from error


def _open_catalog(directory: Path, *, rebuild: bool) -> CatalogWriter:
    path = layout.catalog_path(directory)
    if rebuild and path.exists() and not _is_sound(directory):
        remove_catalog(directory)
    return CatalogWriter.open(path)


def remove_catalog(directory: Path) -> None:
    """Forget everything; only for a rebuild of what can't be read."""
    path = layout.catalog_path(directory)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _is_sound(directory: Path) -> bool:
    """Can the catalog be read from end to end, so that its embeddings are worth keeping?"""
    try:
        with closing(CatalogWriter.open(layout.catalog_path(directory))) as catalog:
            catalog.verify()
            stored_generation(directory, catalog)
    except (IndexDamaged, IndexMismatch):
        return False
    return True


def _refuse_other_model(catalog: CatalogWriter, embedder: Embedder, directory: Path) -> None:
    stored = stored_generation(directory, catalog)
    if stored and stored[1].model_fingerprint != embedder.fingerprint:
        name = stored[1].model_name
        raise IndexMismatch(f"{directory} was made with {name}, not with {embedder.name}: run `quoth index --rebuild`")


class _Silent:
    """Progress that nobody watches."""

    def stage(self, name: str) -> None:
        pass

    def advance(self, done: int, total: int) -> None:
        pass
