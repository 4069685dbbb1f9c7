"""Owns which files of the given paths are articles, in which order, and under which ids. Opens none of them."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import InputError
from index.readers.text import SUFFIXES


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read, or the reason why it isn't."""

    id: str
    """Path relative to the folder that was given, POSIX, under the folder's name where two folders would clash."""
    path: Path
    """As a user would open it: the given path and what follows."""
    root: int
    """Which of the given paths it is from."""
    media_type: str
    reason: str | None = None


def find_files(paths: Sequence[Path]) -> list[FoundFile]:
    """All ``.txt`` and ``.md`` files under the paths by id; raises InputError for a path that isn't there.

    Names that begin with a dot are passed over. A file that two paths lead to is taken once, by the first of them.
    """
    found: list[FoundFile] = []
    seen: set[Path] = set()
    for root, path in enumerate(paths):
        for file in _under(path, root):
            location = file.path.resolve()
            if location not in seen:
                seen.add(location)
                found.append(file)
    return sorted(_with_distinct_ids(found, paths), key=lambda file: file.id)


def passed_over(paths: Sequence[Path]) -> dict[str, int]:
    """By location the time of change (ns) of files that were skipped, so that one that was mended is noticed."""
    times = {}
    for path in paths:
        try:
            times[str(path.resolve())] = path.stat().st_mtime_ns
        except OSError:
            times[str(path.resolve())] = 0
    return times


def _under(path: Path, root: int) -> Iterator[FoundFile]:
    if path.is_dir():
        yield from _walk(path, path, root)
    elif path.exists():
        if path.suffix.lower() not in SUFFIXES:
            raise InputError(f"{path} is not a folder, .txt or .md file: give the folder that holds the articles")
        yield _file(path, path.parent, root, named=True)
    else:
        raise InputError(f"no such path: {path}: check the spelling, or run `quoth index FOLDER`")


def _walk(folder: Path, top: Path, root: int) -> Iterator[FoundFile]:
    """Depth first by name. A link to a folder is not followed: within ``top`` its files are found anyway."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield replace(_file(folder, top, root), reason=f"unreadable folder: {error.strerror}")
        return
    for entry in entries:
        path = Path(folder, entry.name)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, top, root)
        elif entry.is_symlink() and path.is_dir():
            if not _is_within(path, top):
                yield replace(_file(path, top, root), reason="a symbolic link that leaves the folder")
        elif path.suffix.lower() in SUFFIXES:
            yield _file(path, top, root)


def _file(path: Path, top: Path, root: int, *, named: bool = False) -> FoundFile:
    relative = path.relative_to(top).as_posix()
    media_type = SUFFIXES.get(path.suffix.lower(), "")
    return FoundFile(id=relative, path=path, root=root, media_type=media_type, reason=_reason(path, top, named=named))


def _reason(path: Path, top: Path, *, named: bool) -> str | None:
    """Why a file can't be read, as far as its name and kind tell; a link that the user named may lead anywhere."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    try:
        kind = path.stat().st_mode
    except OSError as error:
        return "a broken symbolic link" if path.is_symlink() else f"unreadable: {error.strerror}"
    if not named and path.is_symlink() and not _is_within(path, top):
        return "a symbolic link that leaves the folder"
    return None if stat.S_ISREG(kind) else "not a regular file"


def _is_within(path: Path, top: Path) -> bool:
    return path.resolve().is_relative_to(top.resolve())


def _with_distinct_ids(found: Sequence[FoundFile], paths: Sequence[Path]) -> list[FoundFile]:
    """Put the folder's name before each id, and its parent's, as long as two files of different paths share one."""
    names = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    ids = [file.id for file in found]
    for depth in range(1, 1 + max((len(name.parts) for name in names), default=0)):
        if len(set(ids)) == len(ids):
            break
        ids = ["/".join((*names[file.root].parts[1:][-depth:], file.id)) for file in found]
    return [replace(file, id=identifier) for file, identifier in zip(found, ids, strict=True)]
