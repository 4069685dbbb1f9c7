"""Owns the one truth: documents with their texts, where they are cut, copies and embeddings, in one SQLite file.

Each row has a state, so that a build can commit its work as it goes while everybody else still sees the last finished
build: a reader skips what is arriving and keeps what is leaving, until ``CatalogWriter.finish`` swaps all at once. This
module is the reader's side; it never writes.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, Self

from index.errors import IndexDamaged, IndexMismatch, InputError
from index.types import Address, Document, DocumentInfo, Passage

FORMAT_VERSION = 1
"""Of the whole index folder. Raised when one version of Quoth could not read what another wrote."""

LIVE, ARRIVING, LEAVING = 0, 1, 2

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, info TEXT NOT NULL, digest BLOB NOT NULL, text BLOB NOT NULL,
    location TEXT, bytes INTEGER, modified INTEGER, state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
    UNIQUE (id, state));
CREATE TABLE paragraphs (
    document INTEGER NOT NULL REFERENCES documents, ordinal INTEGER NOT NULL, start INTEGER NOT NULL,
    body INTEGER NOT NULL, end INTEGER NOT NULL, key BLOB, heading BLOB NOT NULL, follows INTEGER NOT NULL,
    following BLOB, PRIMARY KEY (document, ordinal)) WITHOUT ROWID;
CREATE INDEX paragraphs_by_key ON paragraphs (key) WHERE key IS NOT NULL;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text_key BLOB NOT NULL, state INTEGER NOT NULL CHECK (state IN (0, 1, 2)));
CREATE INDEX passages_by_document ON passages (document);
CREATE INDEX passages_by_text ON passages (text_key);
CREATE TABLE copies (
    passage INTEGER NOT NULL REFERENCES passages, document INTEGER NOT NULL REFERENCES documents,
    start INTEGER NOT NULL, end INTEGER NOT NULL, state INTEGER NOT NULL CHECK (state IN (0, 1, 2)));
CREATE INDEX copies_by_passage ON copies (passage);
CREATE TABLE embeddings (model TEXT NOT NULL, text_key BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (model, text_key));
"""

_TABLES = "SELECT name, sql FROM sqlite_master ORDER BY name"
_ROW_LIMIT = 500
"""Values in one statement; SQLite allows a thousand everywhere."""


class Catalog:
    """One consistent view of a finished build. Safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Wrap a connection; use ``open``."""
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open for reading; later builds don't change what this view shows. Raises IndexMismatch, IndexDamaged."""
        with reported(path):
            _check_length(path)
            connection = _connect_read_only(path)
            connection.execute("BEGIN")
            check_version(connection, path)
        return cls(connection, path)

    def close(self) -> None:
        """Let go of the file and of the view."""
        with self._lock:
            self._connection.close()

    def meta(self, key: str) -> str | None:
        """A fact that the last finished build left about itself."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else None

    def document_infos(self) -> tuple[DocumentInfo, ...]:
        """All documents without their texts, by id."""
        rows = self._rows("SELECT id, info, digest FROM documents WHERE state != ? ORDER BY id", ARRIVING)
        return tuple(self._info(*row) for row in rows)

    def document_info(self, document_id: str) -> DocumentInfo:
        """One document without its text; raises InputError where there is no such document."""
        return self._info(*self._document_row("id, info, digest", document_id))

    def document(self, document_id: str) -> Document:
        """One document; raises InputError, or IndexDamaged where the text isn't the one that was indexed."""
        *info, content = self._document_row("id, info, digest, text", document_id)
        known = self._info(*info)
        return Document(**known.model_dump(), text=self._verified(known, content))

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id, each cut out of its document's verified text; unknown ids are left out."""
        found: dict[int, Passage] = {}
        texts: dict[int, tuple[str, str]] = {}
        for batch in _batches(ids):
            marks = ",".join("?" * len(batch))
            query = (
                f"SELECT id, document, start, end, text_key FROM passages WHERE id IN ({marks}) AND state != {ARRIVING}"
            )
            for identifier, number, start, end, key in self._rows(query, *batch):
                if number not in texts:
                    texts[number] = self._numbered(number)
                found[identifier] = self._passage(*texts[number], identifier, start, end, key)
        return found

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in their order, without those that are copies of another's or an earlier one."""
        document = self.document(document_id)
        query = """SELECT p.id, p.start, p.end, p.text_key FROM passages p JOIN documents d ON d.number = p.document
                   WHERE d.id = ? AND d.state != ? AND p.state != ? ORDER BY p.start"""
        return tuple(
            self._passage(document.id, document.text, *row)
            for row in self._rows(query, document_id, ARRIVING, ARRIVING)
        )

    def copies(self, passage_id: int) -> tuple[Address, ...]:
        """Where else the words of a passage stand, by document and place."""
        query = """SELECT d.id, c.start, c.end FROM copies c JOIN documents d ON d.number = c.document
                   WHERE c.passage = ? AND c.state != ? AND d.state != ? ORDER BY d.id, c.start"""
        rows = self._rows(query, passage_id, ARRIVING, ARRIVING)
        return tuple(Address(document_id=identifier, start=start, end=end) for identifier, start, end in rows)

    def counts(self) -> tuple[int, int, int]:
        """Documents, passages and copies."""
        documents, passages, copies = (
            self._row(f"SELECT count(*) FROM {table} WHERE state != ?", ARRIVING)
            for table in ("documents", "passages", "copies")
        )
        return int(documents[0]), int(passages[0]), int(copies[0])

    def files(self) -> Iterator[tuple[str, str, Path, int, int]]:
        """Id, sha256, location, bytes and time of change (ns) of each document that was read from a file of its own."""
        query = (
            "SELECT id, info, digest, location, bytes, modified FROM documents WHERE state != ? AND bytes IS NOT NULL"
        )
        for identifier, info, digest, location, size, modified in self._rows(query, ARRIVING):
            yield identifier, self._info(identifier, info, digest).sha256, Path(location), size, modified

    def verify(self) -> None:
        """Read everything and compare it with its digests; raises IndexDamaged at the first difference."""
        with self._lock, reported(self._path):
            answer = self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if answer != "ok":
            raise damaged(self._path, answer)
        for info in self.document_infos():
            self.passages_of(info.id)

    def _row(self, query: str, *values: object) -> Any:
        rows = self._rows(query, *values)
        return rows[0] if rows else None

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock, reported(self._path):
            return self._connection.execute(query, values).fetchall()

    def _document_row(self, columns: str, document_id: str) -> Any:
        row = self._row(f"SELECT {columns} FROM documents WHERE id = ? AND state != ?", document_id, ARRIVING)
        if row is None:
            raise InputError(f"no document {document_id!r} in this index: `quoth status` lists what is in it")
        return row

    def _numbered(self, number: int) -> tuple[str, str]:
        """Id and verified text of the document with this number."""
        row = self._row("SELECT id, info, digest, text FROM documents WHERE number = ?", number)
        if row is None:
            raise damaged(self._path, "a passage belongs to no document")
        *info, content = row
        known = self._info(*info)
        return known.id, self._verified(known, content)

    def _info(self, document_id: str, info: str, digest: bytes) -> DocumentInfo:
        if info_digest(document_id, info) != digest:
            raise damaged(self._path, "what it says of a document was altered")
        return DocumentInfo.model_validate_json(info)

    def _verified(self, known: DocumentInfo, content: bytes) -> str:
        if sha256(content).hexdigest() != known.sha256:
            raise damaged(self._path, f"the text of {known.id} was altered")
        return content.decode("utf-8", "surrogatepass")

    def _passage(self, document_id: str, text: str, identifier: int, start: int, end: int, key: bytes) -> Passage:
        words = text[start:end]
        if text_key(words) != key:
            raise damaged(self._path, f"a passage of {document_id} was altered")
        return Passage(id=identifier, document_id=document_id, start=start, end=end, text=words)


def text_key(text: str) -> bytes:
    """By which a text's embedding is found again."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def info_digest(document_id: str, info: str) -> bytes:
    """Detects a damaged row: SQLite itself would notice only a damaged page."""
    return blake2b(f"{document_id}\0{info}".encode(), digest_size=16).digest()


def damaged(path: Path, what: str) -> IndexDamaged:
    """The error for a catalog that can't be trusted."""
    return IndexDamaged(f"{path} is damaged ({what}): run `quoth index --rebuild`")


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one that names the file and the remedy."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY):
            raise InputError(f"{path}: {error}; free the disk or choose another folder with `--index DIR`") from error
        raise damaged(path, str(error)) from error
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}): check its permissions") from error


def connect(path: Path, options: str = "") -> sqlite3.Connection:
    """A connection that any thread may use and that begins no transaction by itself."""
    uri = f"{path.absolute().as_uri()}{options}"
    return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Raise IndexMismatch where another version of Quoth wrote the file, IndexDamaged where its tables are altered."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute(_TABLES).fetchall()
    if version != FORMAT_VERSION:
        raise IndexMismatch(
            f"{path.parent} has format {version}, this Quoth reads {FORMAT_VERSION}: run `quoth index --rebuild`"
        )
    if tables != _expected_tables():
        raise damaged(path, "its tables are altered")


@cache
def _expected_tables() -> list[Any]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        return connection.execute(_TABLES).fetchall()


def _check_length(path: Path) -> None:
    """Compare the file with what its own header says: SQLite would notice a missing page only when it needs it."""
    with path.open("rb") as stream:
        header = stream.read(100)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if len(header) < 100 or path.stat().st_size < pages * (page_size if page_size > 1 else 65536):
        raise damaged(path, "cut short")


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Read-only; on a medium that can't be written, as if it never changed."""
    for mode in ("mode=ro", "immutable=1"):
        connection = connect(path, f"?{mode}")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
        else:
            return connection
    raise sqlite3.DatabaseError("it can't be read")


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _ROW_LIMIT):
        yield ids[start : start + _ROW_LIMIT]
