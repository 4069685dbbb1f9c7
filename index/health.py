"""Owns the answer to "can this index be trusted, and is it up to date?". Reads everything, mends nothing."""

import json
from pathlib import Path

from index import layout
from index.catalog import Catalog
from index.checksums import file_digest, verify
from index.encoder import Encoder
from index.errors import IndexDamaged, IndexMissing
from index.folder import find_files, passed_over
from index.manifest import current_generation
from index.types import Frozen, Manifest


class Health(Frozen):
    """What ``quoth status`` shows."""

    manifest: Manifest | None
    """None where it can't be read."""
    copies: int
    damage: str | None
    """The first thing that is wrong; None where all is whole."""
    new: tuple[str, ...] = ()
    """Files that came since the build, by document id."""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Does the folder hold something else than the index?"""
        return bool(self.new or self.changed or self.removed)


def inspect(directory: Path) -> Health:
    """Read the whole index and look at its files; raises IndexMissing, IndexMismatch."""
    path = layout.catalog_path(directory)
    if not path.exists():
        raise IndexMissing(f"no index in {directory} yet: run `quoth index`")
    try:
        catalog = Catalog.open(path)
    except IndexDamaged as error:
        return Health(manifest=None, copies=0, damage=str(error))
    try:
        return _inspect(directory, catalog)
    finally:
        catalog.close()


def _inspect(directory: Path, catalog: Catalog) -> Health:
    manifest, copies = None, 0
    try:
        manifest, folder = current_generation(directory, catalog)
        verify(folder, thorough=True)
        if catalog.meta("encoder") == "exported":
            encoder = layout.encoder_folder(directory, manifest.model_fingerprint)
            verify(encoder, thorough=True)
            Encoder.open(encoder)
        catalog.verify()
        copies = catalog.counts()[2]
        new, changed, removed = _differences(catalog)
    except IndexDamaged as error:
        return Health(manifest=manifest, copies=copies, damage=str(error))
    return Health(manifest=manifest, copies=copies, damage=None, new=new, changed=changed, removed=removed)


def _differences(catalog: Catalog) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ids of the documents that are new, changed and removed in the indexed folders; nothing for other documents."""
    roots = [Path(root) for root in json.loads(catalog.meta("roots") or "[]")]
    known_reasons = json.loads(catalog.meta("skipped") or "{}").items()
    there = {file.id: file.path for file in find_files([root for root in roots if root.exists()]) if not file.reason}
    indexed = {identifier: (digest, size, modified) for identifier, digest, _, size, modified in catalog.files()}
    unknown = {name: path for name, path in there.items() if name not in indexed}
    new = [name for name, path in unknown.items() if not passed_over([path]).items() <= known_reasons]
    changed = [name for name, known in indexed.items() if name in there and _is_changed(there[name], *known)]
    removed = [name for name in indexed if name not in there]
    return tuple(sorted(new)), tuple(sorted(changed)), tuple(sorted(removed))


def _is_changed(path: Path, digest: str, size: int, modified: int) -> bool:
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (size, modified):
            return False
        return status.st_size != size or file_digest(path) != digest
    except OSError:
        return True
