"""Documents of public data sets and of folders, as an evaluation holds them. Owns their making; indexes nothing."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from eval.files import load_models, read_text
from index.errors import InputError
from index.types import Document


class _Article(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    text: str


_SUFFIXES = frozenset({".txt", ".md"})


def document_of(
    document_id: str, text: str, *, title: str = "", published: str | None = None, url: str | None = None
) -> Document:
    """A document that is in no file of its own; its publisher is the host of its address."""
    return Document(
        id=document_id,
        path=document_id,
        text=text,
        title=title or document_id,
        source=_publisher(url),
        published=published,
        url=url,
        sha256=sha256_of_text(text),
    )


def texts_of_folder(folder: Path) -> dict[str, str]:
    """The texts below a folder by id, read without the index under test; raises InputError where there are none."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the documents' folder with --data PATH")
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    texts = {path.relative_to(folder).as_posix(): read_text(path) for path in paths}
    if not texts:
        raise InputError(f"{folder}: holds no .txt or .md files")
    return texts


def texts_of_articles(path: Path) -> dict[str, str]:
    """Texts by id from a JSONL file of articles; raises InputError, with file and line, for what is malformed."""
    return {article.id: article.text for _, article in load_models(path, _Article, key=lambda article: article.id)}


def sha256_of_text(text: str) -> str:
    """Of its UTF-8 encoding, as an index holds it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sha256_of_texts(texts: Iterable[tuple[str, str]]) -> str:
    """sha256 over ids and texts, in their order."""
    digest = hashlib.sha256()
    for name, text in texts:
        for part in (name, text):
            encoded = part.encode("utf-8", "surrogatepass")
            # The length goes in, or moving a word from one part to the next would make no difference.
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()


def _publisher(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
