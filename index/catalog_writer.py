"""Owns how a build changes the catalog: in small commits that nobody sees, and a last one that everybody sees at once.

What a build that was cut short left behind is undone by the next one, apart from its embeddings, which are kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index.catalog import (
    ARRIVING,
    FORMAT_VERSION,
    LEAVING,
    LIVE,
    SCHEMA,
    Catalog,
    check_version,
    connect,
    info_digest,
    reported,
    text_key,
)
from index.duplicates import Occurrence
from index.paragraphs import Paragraph
from index.types import Document, DocumentInfo

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was read from, as far as it can tell whether it changed since."""

    location: Path
    bytes: int
    modified: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A passage's text that the model has not seen yet."""

    key: bytes
    text: str


class CatalogWriter(Catalog):
    """The catalog as the running build leaves it: what is arriving counts, what is leaving doesn't."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create for a build and undo an unfinished one; raises IndexMismatch, IndexDamaged."""
        with reported(path):
            connection = connect(path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT_VERSION}; COMMIT;")
            check_version(connection, path)
        writer = cls(connection, path)
        writer._undo()
        return writer

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes within are committed together or not at all."""
        with self._lock, reported(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def set_meta(self, key: str, value: str) -> None:
        """Note a fact about the build."""
        self._write("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def known(self, document_id: str) -> DocumentInfo | None:
        """A document of the last finished build, or None."""
        row = self._row("SELECT info, digest FROM documents WHERE id = ? AND state != ?", document_id, ARRIVING)
        return self._info(document_id, *row) if row else None

    def arrive(self, document: Document, paragraphs: Sequence[Paragraph], source: Source | None) -> None:
        """Put in a document that is new or changed; an older one of the same id leaves."""
        self.leave([document.id])
        info = document.model_dump_json(exclude={"text"})
        content = document.text.encode("utf-8", "surrogatepass")
        place = (str(source.location), source.bytes, source.modified) if source else (None, None, None)
        number = self._write(
            "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(document.id, info, info_digest(document.id, info), content, *place, ARRIVING),
        )
        self._connection.executemany(
            "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _paragraph_rows(number, paragraphs)
        )

    def touch(self, document_id: str, source: Source | None) -> None:
        """Note that the file of an unchanged document was written again."""
        if source:
            query = "UPDATE documents SET location = ?, bytes = ?, modified = ? WHERE id = ? AND state = ?"
            self._write(query, str(source.location), source.bytes, source.modified, document_id, LIVE)

    def leave(self, document_ids: Iterable[str]) -> None:
        """Take documents out, with their passages and the copies that these are known by."""
        for document_id in document_ids:
            self._write("UPDATE documents SET state = ? WHERE id = ? AND state = ?", LEAVING, document_id, LIVE)

    def document_ids(self) -> set[str]:
        """Ids of the documents of the last finished build."""
        return {row[0] for row in self._rows("SELECT id FROM documents WHERE state != ?", ARRIVING)}

    def prepare_cut(self) -> list[int]:
        """Retire the passages of leaving documents; return the numbers of the documents that have to be cut.

        Those are the arriving ones and each that shares a paragraph with one that arrives or leaves.
        """
        with self.transaction():
            gone = "SELECT number FROM documents WHERE state = ?"
            self._write(f"UPDATE passages SET state = ? WHERE document IN ({gone})", LEAVING, LEAVING)
            self._write(
                "UPDATE copies SET state = ? WHERE passage IN (SELECT id FROM passages WHERE state = ?)",
                LEAVING,
                LEAVING,
            )
        query = f"""
            SELECT number FROM documents WHERE state = {ARRIVING}
            UNION SELECT p.document FROM paragraphs p JOIN documents d ON d.number = p.document AND d.state = {LIVE}
            WHERE p.key IN (SELECT key FROM paragraphs q JOIN documents e ON e.number = q.document
                            WHERE e.state != {LIVE} AND q.key IS NOT NULL)"""
        return sorted(row[0] for row in self._rows(query))

    def occurrences(self, numbers: Sequence[int]) -> Iterator[Occurrence]:
        """Every place, in any document, of the given documents' repeated paragraphs; by paragraph and document id."""
        with self._lock, reported(self._path):
            self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (number INTEGER PRIMARY KEY)")
            self._connection.execute("DELETE FROM wanted")
            self._connection.executemany("INSERT INTO wanted VALUES (?)", ((number,) for number in numbers))
        query = f"""
            WITH repeated AS (SELECT key FROM paragraphs p JOIN documents d ON d.number = p.document
                WHERE d.state != {LEAVING} AND key IS NOT NULL GROUP BY key
                HAVING count(*) > 1 AND max(p.document IN (SELECT number FROM wanted)))
            SELECT p.key, p.document, p.ordinal, p.start, p.body, p.end, p.heading, p.following
            FROM paragraphs p JOIN documents d ON d.number = p.document
            WHERE d.state != {LEAVING} AND p.key IN repeated ORDER BY p.key, d.id, p.ordinal"""
        return (Occurrence(*row) for row in self._rows(query))

    def text(self, number: int) -> str:
        """The verified text of the document with this number."""
        return self._numbered(number)[1]

    def paragraphs(self, number: int) -> list[Paragraph]:
        """What of a document is content, as it was stored with it."""
        query = "SELECT start, body, end, key, heading, follows FROM paragraphs WHERE document = ? ORDER BY ordinal"
        return [Paragraph(*row) for row in self._rows(query, number)]

    def cut(self, number: int, text: str, places: Mapping[tuple[int, int], Sequence[tuple[int, int, int]]]) -> None:
        """Make the given ranges, each with its copies, the passages of a document; what stays keeps its id."""
        query = "SELECT start, end, text_key, id FROM passages WHERE document = ? AND state = ?"
        existing = {(start, end, key): identifier for start, end, key, identifier in self._rows(query, number, LIVE)}
        for (start, end), copies in places.items():
            key = text_key(text[start:end])
            identifier = existing.pop((start, end, key), None)
            if identifier is None:
                insert = "INSERT INTO passages (document, start, end, text_key, state) VALUES (?, ?, ?, ?, ?)"
                identifier = self._write(insert, number, start, end, key, ARRIVING)
            self._set_copies(identifier, copies)
        for identifier in existing.values():
            self._write("UPDATE passages SET state = ? WHERE id = ?", LEAVING, identifier)
            self._set_copies(identifier, ())

    def _set_copies(self, passage: int, copies: Sequence[tuple[int, int, int]]) -> None:
        query = "SELECT document, start, end, rowid FROM copies WHERE passage = ? AND state = ?"
        existing = {tuple(row[:3]): row[3] for row in self._rows(query, passage, LIVE)}
        for copy in copies:
            if existing.pop(copy, None) is None:
                self._write("INSERT INTO copies VALUES (?, ?, ?, ?, ?)", passage, *copy, ARRIVING)
        for row in existing.values():
            self._write("UPDATE copies SET state = ? WHERE rowid = ?", LEAVING, row)

    def has_changes(self) -> bool:
        """Is there anything that ``finish`` would swap?"""
        tables = ("documents", "passages", "copies")
        return any(self._row(f"SELECT 1 FROM {table} WHERE state != ? LIMIT 1", LIVE) for table in tables)

    def unembedded_count(self, model: str) -> int:
        """Distinct texts of passages that have no embedding by this model."""
        return int(self._row(f"SELECT count(DISTINCT text_key) FROM ({_UNEMBEDDED})", LEAVING, model)[0])

    def unembedded(self, model: str, *, batch: int) -> Iterator[list[Unembedded]]:
        """Those texts in batches, the longest first so that each batch is of one length and memory runs out at once."""
        query = f"""SELECT text_key, document, start, end FROM ({_UNEMBEDDED})
                    GROUP BY text_key ORDER BY end - start DESC, text_key"""
        rows = iter(self._rows(query, LEAVING, model))
        while part := list(islice(rows, batch)):
            yield [Unembedded(key, self.text(number)[start:end]) for key, number, start, end in part]

    def add_embeddings(self, model: str, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Store one vector a text key, for good."""
        with self.transaction():
            rows = ((model, key, vector.astype("<f4").tobytes()) for key, vector in zip(keys, vectors, strict=True))
            self._connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)

    def drop_embeddings(self, model: str, keys: Iterable[bytes]) -> None:
        """Forget vectors that turned out to be damaged."""
        with self.transaction():
            rows = ((model, key) for key in keys)
            self._connection.executemany("DELETE FROM embeddings WHERE model = ? AND text_key = ?", rows)

    def searchable(self, model: str, *, batch: int) -> Iterator[list[tuple[int, str, bytes, bytes]]]:
        """Id, text, text key and vector (float32, little-endian) of every passage, in batches by document and place."""
        query = f"""SELECT p.id, p.document, p.start, p.end, p.text_key, e.vector FROM passages p
                    JOIN documents d ON d.number = p.document
                    JOIN embeddings e ON e.model = ? AND e.text_key = p.text_key
                    WHERE p.state != {LEAVING} ORDER BY d.id, p.start"""
        with self._lock, reported(self._path):
            cursor = self._connection.execute(query, (model,))
            number, text = -1, ""
            while rows := cursor.fetchmany(batch):
                found = []
                for identifier, document, start, end, key, vector in rows:
                    if document != number:
                        number, text = document, self.text(document)
                    found.append((identifier, text[start:end], key, vector))
                yield found

    def next_counts(self) -> tuple[int, int, int]:
        """Documents, passages and copies after ``finish``."""
        documents, passages, copies = (
            self._row(f"SELECT count(*) FROM {table} WHERE state != ?", LEAVING)
            for table in ("documents", "passages", "copies")
        )
        return int(documents[0]), int(passages[0]), int(copies[0])

    def finish(self, facts: Mapping[str, str]) -> None:
        """Swap what leaves for what arrives and note the facts, in one transaction."""
        with self.transaction():
            for table in ("copies", "passages"):
                self._write(f"DELETE FROM {table} WHERE state = ?", LEAVING)
            self._write(
                "DELETE FROM paragraphs WHERE document IN (SELECT number FROM documents WHERE state = ?)", LEAVING
            )
            self._write("DELETE FROM documents WHERE state = ?", LEAVING)
            for table in ("documents", "passages", "copies"):
                self._write(f"UPDATE {table} SET state = ? WHERE state = ?", LIVE, ARRIVING)
            self._write("DELETE FROM embeddings WHERE text_key NOT IN (SELECT text_key FROM passages)")
            for key, value in facts.items():
                self.set_meta(key, value)
        # Where somebody still reads an older view, the log stays for the next build to fold in.
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _undo(self) -> None:
        with self.transaction():
            arriving = f"SELECT number FROM documents WHERE state = {ARRIVING}"
            self._write(f"DELETE FROM paragraphs WHERE document IN ({arriving})")
            for table in ("copies", "passages", "documents"):
                self._write(f"DELETE FROM {table} WHERE state = ?", ARRIVING)
                self._write(f"UPDATE {table} SET state = ? WHERE state = ?", LIVE, LEAVING)

    def _write(self, statement: str, *values: object) -> int:
        with self._lock, reported(self._path):
            return self._connection.execute(statement, values).lastrowid or 0


_UNEMBEDDED = """
    SELECT p.text_key, p.document, p.start, p.end FROM passages p
    WHERE p.state != ? AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.model = ? AND e.text_key = p.text_key)
"""


def _paragraph_rows(number: int, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[object, ...]]:
    for ordinal, paragraph in enumerate(paragraphs):
        below = paragraphs[ordinal + 1] if ordinal + 1 < len(paragraphs) else None
        following = below.key if below and below.follows else None
        yield (
            *(number, ordinal, paragraph.start, paragraph.body, paragraph.end),
            *(paragraph.key, paragraph.heading, int(paragraph.follows), following),
        )
