"""Owns which generation is in use. The catalog and the generation's folder must say the same of it."""

from pathlib import Path

from pydantic import ValidationError

from index import layout
from index.catalog import Catalog, damaged
from index.errors import IndexDamaged, IndexMissing
from index.types import Manifest


def stored_generation(directory: Path, catalog: Catalog) -> tuple[int, Manifest] | None:
    """What the catalog says of the last finished build, None before the first; raises IndexDamaged."""
    generation, stored = catalog.meta("generation"), catalog.meta("manifest")
    if generation is None or stored is None:
        return None
    try:
        return int(generation), Manifest.model_validate_json(stored)
    except (ValueError, ValidationError) as error:
        raise damaged(layout.catalog_path(directory), "its manifest was altered") from error


def current_generation(directory: Path, catalog: Catalog) -> tuple[Manifest, Path]:
    """The manifest of the last finished build and its folder; raises IndexMissing, IndexDamaged."""
    stored = stored_generation(directory, catalog)
    if stored is None:
        raise IndexMissing(f"the first build of {directory} was not finished: run `quoth index`")
    generation, manifest = stored
    folder = layout.generation_folder(directory, generation)
    try:
        written = Manifest.model_validate_json((folder / layout.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{folder / layout.MANIFEST} is missing or damaged: run `quoth index --rebuild`") from error
    if written != manifest:
        raise IndexDamaged(f"{folder} belongs to another build: run `quoth index --rebuild`")
    return manifest, folder
