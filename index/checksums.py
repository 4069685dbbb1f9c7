"""Owns how a folder is written whole or not at all, and how a damaged file in it is noticed."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexDamaged

_LIST = "checksums.json"
_LARGE = 256 * 1024 * 1024
"""Bytes of a file that takes a fifth of a second to read; of a larger one only the length is compared unless asked."""


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes the place of ``folder`` with its checksums only if nothing was raised."""
    draft = folder.with_name(f".{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        _write_list(draft)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    _flush(folder.parent)


def verify(folder: Path, *, thorough: bool = False) -> None:
    """Compare the files of a folder with its checksums; raises IndexDamaged naming the first that differs."""
    try:
        listed = json.loads((folder / _LIST).read_text(encoding="utf-8"))
        entries = [(folder / name, int(size), str(digest)) for name, (size, digest) in listed.items()]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise _damaged(folder / _LIST) from error
    for path, size, digest in entries:
        try:
            whole = path.stat().st_size == size and ((size > _LARGE and not thorough) or file_digest(path) == digest)
        except OSError as error:
            raise _damaged(path) from error
        if not whole:
            raise _damaged(path)


def file_digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _damaged(path: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} is missing or damaged: run `quoth index --rebuild`")


def _write_list(folder: Path) -> None:
    """Each file's bytes and digest by its name; all is on the disk when this returns."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    listed = {path.relative_to(folder).as_posix(): (path.stat().st_size, file_digest(path)) for path in files}
    (folder / _LIST).write_text(json.dumps(listed, indent=1), encoding="utf-8")
    for path in (*files, folder / _LIST, folder):
        _flush(path)


def _flush(path: Path) -> None:
    """Have a file or folder on the disk before anything else refers to it; Windows can't do so for a folder."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
