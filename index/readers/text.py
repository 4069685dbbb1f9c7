"""Owns how a plain-text or Markdown file becomes a Document. Never changes, adds or leaves out a character of it."""

import codecs
import hashlib

from index.lines import lines_of
from index.metadata import read_metadata
from index.types import Document

SUFFIXES = {".txt": "text/plain", ".md": "text/markdown"}
"""The suffixes that are read, in lower case, with their media type."""


class UnreadableText(ValueError):
    """The content is not an article; the message is the reason, without the file's name."""


def read_text(content: bytes, *, document_id: str, path: str, media_type: str = "text/plain") -> Document:
    """The document whose text is the content decoded as UTF-8 and nothing else; raises UnreadableText."""
    return text_document(_decode(content), document_id=document_id, path=path, media_type=media_type)


def text_document(text: str, *, document_id: str, path: str, media_type: str = "text/plain") -> Document:
    """A document with what its text says of itself; the last part of its path stands in for a missing title."""
    metadata = read_metadata(lines_of(text))
    return Document(
        id=document_id,
        path=path,
        title=metadata.title or path.rpartition("/")[2],
        source=metadata.source,
        published=metadata.published,
        url=metadata.url,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type=media_type,
        text=text,
    )


def _decode(content: bytes) -> str:
    if not content:
        raise UnreadableText("empty")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableText("UTF-16: save it as UTF-8")
    if b"\0" in content:
        raise UnreadableText("binary: it holds zero bytes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableText(f"not UTF-8 text: byte {error.start} can't be decoded") from error
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u00a0"):
        raise UnreadableText("empty: nothing but white space")
    return text
