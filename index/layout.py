"""Owns the names in an index folder. Opens nothing.

.quoth/
  catalog.sqlite         the truth: texts, passages, copies, embeddings; says which generation is in use
  generation-000007/     what is derived from it: vectors.faiss, words/, manifest.json
  encoder-53aa51172d14/  the model that embeds questions
  build.lock             held while a build runs
"""

from pathlib import Path

MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
WORDS = "words"


def catalog_path(directory: Path) -> Path:
    """The catalog's file."""
    return directory / "catalog.sqlite"


def lock_path(directory: Path) -> Path:
    """The file that a running build locks."""
    return directory / "build.lock"


def generation_folder(directory: Path, generation: int) -> Path:
    """What one build derived from the catalog."""
    return directory / f"generation-{generation:06d}"


def encoder_folder(directory: Path, fingerprint: str) -> Path:
    """The exported model with these weights."""
    return directory / f"encoder-{fingerprint[:12]}"


def outdated(directory: Path, *, generation: int, fingerprint: str) -> list[Path]:
    """Generations and encoders that are no longer in use, and drafts that were never finished."""
    in_use = {generation_folder(directory, generation), encoder_folder(directory, fingerprint)}
    patterns = ("generation-*", "encoder-*", ".*.draft")
    return [path for pattern in patterns for path in sorted(directory.glob(pattern)) if path not in in_use]
