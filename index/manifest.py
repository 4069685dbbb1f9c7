"""Owns which generation is in use. The catalog and the generation's folder must say the same of it."""

from pathlib import Path

from pydantic import ValidationError

from index import layout
from index.catalog import Catalog
from index.errors import IndexDamaged, IndexMissing
from index.types import Manifest


def current_generation(directory: Path, catalog: Catalog) -> tuple[Manifest, Path]:
    """The manifest of the last finished build and its folder; raises IndexMissing, IndexDamaged."""
    generation, stored = catalog.meta("generation"), catalog.meta("manifest")
    if generation is None or stored is None:
        raise IndexMissing(f"the first build of {directory} was not finished: run `quoth index`")
    try:
        folder = layout.generation_folder(directory, int(generation))
        written = Manifest.model_validate_json((folder / layout.MANIFEST).read_text(encoding="utf-8"))
        if written == Manifest.model_validate_json(stored):
            return written, folder
    except (OSError, ValueError, ValidationError):
        pass
    raise IndexDamaged(f"the manifest of {directory} is missing or damaged: run `quoth index --rebuild`")
