"""Indexes for an evaluation: built once, built again when the code or the data changes, never mixed up. Owns the reuse.

An index that the user names is built where there is none yet, and otherwise only used: it may be somebody's own.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from eval.documents import sha256_of_text, sha256_of_texts
from eval.environment import code_sha256
from eval.readings import RecallingReader, RememberingReader
from eval.workshop import Workshop
from index.build import BuildProgress, build_from_documents, build_index
from index.errors import IndexDamaged, IndexMismatch, IndexMissing, InputError
from index.progress import watched
from index.search import PassageIndex
from index.settings import IndexSettings
from index.types import Document
from qa.assemble import open_answerer
from qa.pipeline import QuestionAnswerer
from qa.settings import AnswerSettings

_Build = Callable[[Path, bool, BuildProgress], object]


def folder_index(
    folder: Path,
    texts: Mapping[str, str],
    named: Path | None,
    settings: IndexSettings,
    workshop: Workshop,
    *,
    name: str,
) -> Path:
    """The index of a folder's articles, which are ``texts``. Raises InputError where ``named`` holds others."""

    def build(directory: Path, rebuild: bool, progress: BuildProgress) -> object:
        return build_index([folder], directory, settings=settings, rebuild=rebuild, progress=progress)

    return _index(named, _key(texts.items(), settings), build, workshop, name, _hashes(texts))


def documents_index(
    documents: Sequence[Document], named: Path | None, settings: IndexSettings, workshop: Workshop, *, name: str
) -> Path:
    """The index of documents that are in no files. Raises InputError where ``named`` holds others."""

    def build(directory: Path, rebuild: bool, progress: BuildProgress) -> object:
        return build_from_documents(documents, directory, settings=settings, rebuild=rebuild, progress=progress)

    texts = {document.id: document.text for document in documents}
    return _index(named, _key(texts.items(), settings), build, workshop, name, _hashes(texts))


def opened(directory: Path, answering: AnswerSettings, search: IndexSettings) -> QuestionAnswerer:
    """The answerer over an index, as `quoth ask` opens it, with a reader that remembers."""
    answerer = open_answerer(directory, settings=answering, index_settings=search)
    answerer.reader = RememberingReader(answerer.reader)
    return answerer


def unrefusing(answerer: QuestionAnswerer) -> QuestionAnswerer:
    """The same answerer, but for its threshold: it answers whatever its confidence, without reading again."""
    settings = answerer.settings.model_copy(update={"threshold": 0.0})
    reader = RecallingReader(answerer.reader) if isinstance(answerer.reader, RememberingReader) else answerer.reader
    return QuestionAnswerer(answerer.passage_index, reader, answerer.calibration, settings=settings)


def _index(
    named: Path | None, key: str, build: _Build, workshop: Workshop, name: str, hashes: Mapping[str, str]
) -> Path:
    directory = named or workshop.indexes / f"{name}-{key}"
    stamp, code = directory.with_name(f"{directory.name}.code"), code_sha256("index")
    if named is not None and _holds(named, hashes):
        return named
    if named is None and stamp.exists() and stamp.read_text(encoding="utf-8") == code:
        return directory
    workshop.say(f"indexing {len(hashes)} documents in {directory}")
    with watched() as progress:
        if named is not None:
            build(named, False, progress)
            return named
        # Other code may read and cut otherwise; embeddings are kept by their text, so this costs little.
        _build_own(directory, build, progress, rebuild=stamp.exists())
    stamp.write_text(code, encoding="utf-8")
    return directory


def _build_own(directory: Path, build: _Build, progress: BuildProgress, *, rebuild: bool) -> None:
    """Goes on with an unfinished build, or starts anew where another version of the code began it."""
    try:
        build(directory, rebuild, progress)
    except (IndexDamaged, IndexMismatch):
        build(directory, True, progress)


def _holds(directory: Path, hashes: Mapping[str, str]) -> bool:
    """Is there an index of just these documents? False where there is none; raises InputError where it has others."""
    try:
        with PassageIndex.open(directory) as passage_index:
            held = {document.id: document.sha256 for document in passage_index.documents()}
    except IndexMissing:
        return False
    if held != hashes:
        raise InputError(f"{directory} is an index of other documents: name another folder with --index, or none")
    return True


def _hashes(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: sha256_of_text(text) for name, text in texts.items()}


def _key(texts: Iterable[tuple[str, str]], settings: IndexSettings) -> str:
    """Of the documents and of what their index is made with; how it is searched makes no difference."""
    made = f"{settings.model} {settings.passages.model_dump_json()} {sha256_of_texts(texts)}"
    return hashlib.sha256(made.encode()).hexdigest()[:12]
