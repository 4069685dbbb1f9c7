"""The frozen values that flow through a build and a search. Owns no behaviour and touches no file.

Every offset is a half-open range of Unicode code points in ``Document.text``.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of all values: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentInfo(Frozen):
    """What is known of a document apart from its text."""

    id: str = Field(min_length=1)
    """Path relative to the indexed folder, POSIX; ``path#record-id`` in a file of many records."""
    path: str
    """Where the file was read from, as a user would open it."""
    title: str
    """First heading or line, or the file's name where there is none."""
    source: str | None = None
    """The publisher; None where the file does not say."""
    published: str | None = None
    """ISO 8601 date of publication; None where the file does not say."""
    url: str | None = None
    """Where it was published; None where the file does not say."""
    sha256: str
    """Of the UTF-8 encoding of the document's text."""
    media_type: str = "text/plain"

    @property
    def published_on(self) -> date | None:
        """The day of publication; None where the document does not say, or not in ISO 8601."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None


class Document(DocumentInfo):
    """One article, with its text exactly as decoded."""

    text: str


class Passage(Frozen):
    """A slice of a document that is indexed: ``document.text[start:end] == text``."""

    id: int
    document_id: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)


class Address(Frozen):
    """Where the same words stand elsewhere."""

    document_id: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class Hit(Frozen):
    """A passage that search found."""

    passage: Passage
    rank: int = Field(ge=1)
    score: float
    """Fused score; higher is better."""
    dense_rank: int | None = None
    """Rank by vectors; None where that search did not find it."""
    lexical_rank: int | None = None
    """Rank by words; None where that search did not find it."""
    dense_score: float | None = None
    """Cosine similarity in [-1, 1]; None where that search did not find it."""
    lexical_score: float | None = None
    """BM25, at least 0; None where that search did not find it."""


class Manifest(Frozen):
    """What an index folder was made with; a mismatch is refused."""

    format_version: int
    model_name: str
    model_fingerprint: str
    """sha256 of the embedding model's weights."""
    dimension: int = Field(gt=0)
    documents: int = Field(ge=0)
    passages: int = Field(ge=0)
    built_at: str
    """ISO 8601, UTC."""


class SkippedFile(Frozen):
    """A file that was not indexed, and why."""

    path: str
    reason: str


class BuildReport(Frozen):
    """What a build did."""

    documents: int
    """In the index now."""
    passages: int
    """Distinct passages in the index now; copies are not counted."""
    copies: int
    """Repeated passages that were stored as addresses only."""
    added: int
    changed: int
    removed: int
    unchanged: int
    embedded: int
    """Passages that went through the model in this build."""
    seconds: float
    skipped: tuple[SkippedFile, ...] = ()
