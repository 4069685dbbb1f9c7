"""The offline flow on one screen: documents → paragraphs → passages → embeddings → an index that can be searched.

Work is committed to the catalog as it is done, and one last commit makes it the index that everybody sees. So a build
that is cut short, in whatever way, leaves the last good index in use, and the next build embeds nothing twice.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TypeVar

from index.arrivals import Arrival, read_files
from index.duplicates import copies, find_repeats, runs
from index.embedder import Embedder
from index.errors import InputError
from index.folder import find_files, passed_over
from index.generation import DamagedVectors, is_whole, remove_outdated, write_encoder, write_generation
from index.manifest import stored_generation
from index.paragraphs import paragraphs
from index.passages import CUT_VERSION, cut
from index.settings import IndexSettings, PassageSettings
from index.types import BuildReport, Document, DocumentInfo, SkippedFile
from index.workplace import Build, BuildProgress, opened

__all__ = ["BuildProgress", "build_from_documents", "build_index"]

_COMMIT_EVERY = 200
"""Documents a transaction while they are read and cut; that is cheap to do again, so it may be rare."""


@dataclass
class Tally:
    """What has been read so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    seen: set[str] = field(default_factory=set)
    skipped: list[SkippedFile] = field(default_factory=list)


def build_index(
    paths: Sequence[Path],
    directory: Path,
    *,
    settings: IndexSettings | None = None,
    rebuild: bool = False,
    progress: BuildProgress | None = None,
    embedder: Embedder | None = None,
) -> BuildReport:
    """Make ``directory`` the index of exactly the articles under ``paths``; what is unchanged is not embedded again.

    ``rebuild`` reads, cuts and derives everything anew and starts from nothing where the index is damaged or of another
    format. Raises InputError, IndexMismatch, IndexDamaged or ModelError, and then leaves the last index as it was.
    """
    settings = settings or IndexSettings()
    files = find_files(paths)
    if not files:
        names = " ".join(str(path) for path in paths)
        raise InputError(f"no .txt or .md file under {names}: run `quoth index FOLDER` on the folder with the articles")
    arrivals = read_files(files, max_file_bytes=settings.max_file_bytes)
    with opened(directory, settings, rebuild=rebuild, progress=progress, embedder=embedder) as build:
        report = _run(build, arrivals, total=len(files), anew=rebuild)
        build.catalog.set_meta("roots", json.dumps([str(path.resolve()) for path in paths]))
        build.catalog.set_meta("skipped", json.dumps(passed_over([Path(skipped.path) for skipped in report.skipped])))
    return report


def build_from_documents(
    documents: Iterable[Document],
    directory: Path,
    *,
    settings: IndexSettings | None = None,
    rebuild: bool = False,
    progress: BuildProgress | None = None,
    embedder: Embedder | None = None,
) -> BuildReport:
    """Make ``directory`` the index of exactly these documents, which needn't be files; else as ``build_index``."""
    arrivals = [Arrival(document) for document in documents]
    with opened(directory, settings, rebuild=rebuild, progress=progress, embedder=embedder) as build:
        return _run(build, arrivals, total=len(arrivals), anew=rebuild)


def _run(build: Build, arrivals: Iterable[Arrival | SkippedFile], *, total: int, anew: bool) -> BuildReport:
    started = monotonic()
    tally = _read(build, arrivals, total=total, anew=anew)
    _cut(build)
    embedded = _embed(build)
    if anew or build.catalog.has_changes() or not is_whole(build.directory, build.catalog, build.model_files):
        embedded += _publish(build)
    documents, passages, copied = build.catalog.next_counts()
    return BuildReport(
        documents=documents,
        passages=passages,
        copies=copied,
        added=tally.added,
        changed=tally.changed,
        removed=tally.removed,
        unchanged=tally.unchanged,
        embedded=embedded,
        seconds=monotonic() - started,
        skipped=tuple(tally.skipped),
    )


def _read(build: Build, arrivals: Iterable[Arrival | SkippedFile], *, total: int, anew: bool) -> Tally:
    """Put new and changed documents into the catalog and take out those that are gone."""
    build.progress.stage("reading")
    anew = anew or build.catalog.meta("cut") != _cut_digest(build.settings.passages)
    tally = Tally()
    done = 0
    for batch in _batches(arrivals, _COMMIT_EVERY):
        with build.catalog.transaction():
            for arrival in batch:
                _read_one(build, arrival, tally, anew=anew)
        build.progress.advance(done := done + len(batch), total)
    if not tally.seen:
        raise InputError(_nothing_readable(tally))
    gone = build.catalog.document_ids() - tally.seen
    tally.removed = len(gone)
    with build.catalog.transaction():
        build.catalog.leave(sorted(gone))
    return tally


def _read_one(build: Build, arrival: Arrival | SkippedFile, tally: Tally, *, anew: bool) -> None:
    if isinstance(arrival, SkippedFile):
        tally.skipped.append(arrival)
        return
    document = arrival.document
    if document.id in tally.seen:
        raise InputError(f"two documents have the id {document.id!r}: give each its own")
    tally.seen.add(document.id)
    known = build.catalog.known(document.id)
    same_text = known is not None and known.sha256 == document.sha256
    tally.added += known is None
    tally.unchanged += same_text
    tally.changed += known is not None and not same_text
    if same_text and not anew and known == DocumentInfo(**document.model_dump(exclude={"text"})):
        build.catalog.touch(document.id, arrival.source)
    else:
        content = paragraphs(document.text, copied_words=build.settings.passages.copied_words)
        build.catalog.arrive(document, content, arrival.source)


def _cut(build: Build) -> None:
    """Cut what arrived, and what shares a paragraph with something that arrived or left."""
    build.progress.stage("cutting")
    numbers = build.catalog.prepare_cut()
    repeats = find_repeats(build.catalog.occurrences(numbers))
    text_of = lru_cache(maxsize=64)(build.catalog.text)
    done = 0
    for batch in _batches(numbers, _COMMIT_EVERY):
        with build.catalog.transaction():
            for number in batch:
                text = text_of(number)
                places: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
                for run in runs(number, build.catalog.paragraphs(number), repeats):
                    for place in cut(text, [(item.start, item.end) for item in run], build.settings.passages):
                        places[place] = copies(place, run, text, text_of)
                build.catalog.cut(number, text, places)
        build.progress.advance(done := done + len(batch), len(numbers))


def _embed(build: Build) -> int:
    """Embed each text that the model has not seen; what is committed survives whatever comes."""
    model = build.embedder.fingerprint
    total = build.catalog.unembedded_count(model)
    if not total:
        return 0
    build.progress.stage("embedding")
    done = 0
    for batch in build.catalog.unembedded(model, batch=build.settings.commit_every):
        vectors = build.embedder.embed([entry.text for entry in batch])
        build.catalog.add_embeddings(model, [entry.key for entry in batch], vectors)
        build.progress.advance(done := done + len(batch), total)
    return total


def _publish(build: Build) -> int:
    """Derive a generation and make it everybody's; returns how many damaged embeddings had to be made again."""
    build.progress.stage("writing")
    stored = stored_generation(build.directory, build.catalog)
    generation = stored[0] + 1 if stored else 1
    mended = 0
    while True:
        try:
            manifest = write_generation(
                build.directory, generation, build.catalog, build.embedder, advance=build.progress.advance
            )
            break
        except DamagedVectors as damage:
            build.catalog.drop_embeddings(build.embedder.fingerprint, damage.keys)
            mended += _embed(build)
    if build.model_files:
        write_encoder(build.directory, build.model_files)
    build.catalog.finish(
        {
            "generation": str(generation),
            "manifest": manifest.model_dump_json(),
            "cut": _cut_digest(build.settings.passages),
            "encoder": "exported" if build.model_files else "none",
        }
    )
    remove_outdated(build.directory, generation=generation, fingerprint=build.embedder.fingerprint)
    return mended


def _cut_digest(settings: PassageSettings) -> str:
    """Changes with everything that decides where a document is cut."""
    return sha256(f"{CUT_VERSION} {settings.model_dump_json()}".encode()).hexdigest()


def _nothing_readable(tally: Tally) -> str:
    if not tally.skipped:
        return "no documents to index"
    first = tally.skipped[0]
    return f"no readable article: {len(tally.skipped)} skipped, {first.path} because it is {first.reason}"


Thing = TypeVar("Thing")


def _batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
