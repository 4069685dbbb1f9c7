"""Owns how found files become documents. A file that can't be read becomes a reason, never an error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.catalog_writer import Source
from index.folder import FoundFile
from index.readers.text import UnreadableText, read_text
from index.types import Document, SkippedFile


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document at the door, with the file that it is from if it is from one."""

    document: Document
    source: Source | None = None


def read_files(files: Sequence[FoundFile], *, max_file_bytes: int) -> Iterator[Arrival | SkippedFile]:
    """Read each file; what can't be read is reported with its reason."""
    for file in files:
        reason = file.reason
        if reason is None:
            try:
                yield _read_file(file, max_file_bytes=max_file_bytes)
                continue
            except UnreadableText as error:
                reason = str(error)
            except OSError as error:
                reason = f"unreadable: {error.strerror}"
        yield SkippedFile(path=_printable(file.path), reason=reason)


def _read_file(file: FoundFile, *, max_file_bytes: int) -> Arrival:
    with file.path.open("rb") as stream:
        content = stream.read(max_file_bytes + 1)
    if len(content) > max_file_bytes:
        raise UnreadableText(f"larger than {max_file_bytes:,} bytes")
    status = file.path.stat()
    document = read_text(content, document_id=file.id, path=file.path.as_posix(), media_type=file.media_type)
    return Arrival(document, Source(file.path.resolve(), status.st_size, status.st_mtime_ns))


def _printable(path: Path) -> str:
    """The path, with a mark for what of its name is no character."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")
