"""Whatever happens to a file of an index: it is noticed, or it makes no difference. And a rebuild mends it."""

import random
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.embedder import Embedder
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.health import inspect
from index.search import PassageIndex

NOTICED = (IndexDamaged, IndexMismatch, IndexMissing)
FILES = ["catalog.sqlite", "vectors.faiss", "manifest.json", "checksums.json", "meta.json", ".term", ".idx", ".fast"]


@pytest.fixture
def directory(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> Path:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    return tmp_path / "q"


def everything(directory: Path, embedder: Embedder) -> object:
    """All that an index can say."""
    with PassageIndex.open(directory, embedder=embedder) as passage_index:
        documents = [passage_index.document(info.id) for info in passage_index.documents()]
        passages = [passage for info in documents for passage in passage_index.passages_of(info.id)]
        copies = [passage_index.copies(passage.id) for passage in passages]
        hits = [passage_index.search(question, limit=50) for question in ("how much was the bridge?", "storks")]
        return passage_index.manifest, documents, passages, copies, hits


def the_file(directory: Path, ending: str) -> Path:
    return next(path for path in sorted(directory.rglob("*")) if path.name.endswith(ending))


def replace(path: Path, content: bytes | bytearray) -> None:
    """Put a new file in the place of one that may still be mapped into memory: writing into that would be fatal."""
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("ending", FILES)
def test_a_flipped_bit_is_noticed_or_makes_no_difference(
    ending: str, directory: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    expected = everything(directory, fake_embedder)
    path = the_file(directory, ending)
    content = path.read_bytes()
    noticed = 0
    for seed in range(60):
        damaged = bytearray(content)
        damaged[random.Random(seed).randrange(len(content))] ^= 1 << (seed % 8)
        replace(path, damaged)
        try:
            assert everything(directory, fake_embedder) == expected
        except NOTICED:
            noticed += 1
    assert noticed > 2


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_file_that_is_cut_short_is_noticed(
    ending: str, share: float, directory: Path, fake_embedder: Embedder
) -> None:
    path = the_file(directory, ending)
    replace(path, path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(NOTICED):
        everything(directory, fake_embedder)


@pytest.mark.parametrize("ending", FILES)
def test_a_file_that_is_gone_is_noticed_and_a_rebuild_mends_it(
    ending: str, directory: Path, tiny_corpus: Path, fake_embedder: Embedder
) -> None:
    _, documents, _, _, _ = everything(directory, fake_embedder)
    the_file(directory, ending).unlink()
    with pytest.raises(NOTICED, match="run `quoth index"):
        everything(directory, fake_embedder)
    build_index([tiny_corpus], directory, embedder=fake_embedder, rebuild=True)
    assert everything(directory, fake_embedder)[1] == documents
    assert inspect(directory).damage is None


@pytest.mark.parametrize("seed", range(25))
def test_a_build_on_a_damaged_catalog_is_refused_or_right_and_a_rebuild_mends_it(
    seed: int, directory: Path, tiny_corpus: Path, fake_embedder: Embedder
) -> None:
    _, documents, *_ = everything(directory, fake_embedder)
    path = directory / "catalog.sqlite"
    content = bytearray(path.read_bytes())
    used = [position for position, byte in enumerate(content) if byte]
    for _ in range(3):
        content[random.Random(seed).choice(used)] ^= 1 << (seed % 8)
    replace(path, content)
    try:
        build_index([tiny_corpus], directory, embedder=fake_embedder)
        assert everything(directory, fake_embedder)[1] == documents
    except NOTICED:
        pass
    build_index([tiny_corpus], directory, embedder=fake_embedder, rebuild=True)
    assert everything(directory, fake_embedder)[1] == documents
    assert inspect(directory).damage is None


def test_what_is_derived_is_mended_without_a_rebuild(
    directory: Path, tiny_corpus: Path, fake_embedder: Embedder
) -> None:
    expected = everything(directory, fake_embedder)
    shutil.rmtree(directory / "generation-000001")
    report = build_index([tiny_corpus], directory, embedder=fake_embedder)
    assert report.embedded == 0
    _, *rest = everything(directory, fake_embedder)
    assert rest == list(expected[1:])


def test_a_damaged_embedding_is_made_again(directory: Path, tiny_corpus: Path, fake_embedder: Embedder) -> None:
    with sqlite3.connect(directory / "catalog.sqlite") as connection:
        connection.execute("UPDATE embeddings SET vector = zeroblob(length(vector)) WHERE rowid = 1")
        connection.execute("UPDATE embeddings SET vector = x'00' WHERE rowid = 2")
    connection.close()
    report = build_index([tiny_corpus], directory, embedder=fake_embedder, rebuild=True)
    assert report.embedded == 2
    with PassageIndex.open(directory, embedder=fake_embedder) as passage_index:
        ids = [hit.passage.id for hit in passage_index.search("bridge", limit=50)]
        lengths = np.linalg.norm(passage_index.vectors(ids), axis=1)
    assert lengths == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("change", ["start = start + 1", "end = end - 1", "document = document + 1"])
def test_a_passage_that_moved_is_not_shown(change: str, directory: Path, fake_embedder: Embedder) -> None:
    with sqlite3.connect(directory / "catalog.sqlite") as connection:
        connection.execute(f"UPDATE passages SET {change}")
    connection.close()
    with PassageIndex.open(directory, embedder=fake_embedder) as passage_index, pytest.raises(IndexDamaged):
        passage_index.search("storks", limit=5)


def test_another_format_is_refused_and_a_rebuild_replaces_it(
    directory: Path, tiny_corpus: Path, fake_embedder: Embedder
) -> None:
    with sqlite3.connect(directory / "catalog.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexMismatch, match="has format 99, this Quoth reads 1: run `quoth index --rebuild`"):
        PassageIndex.open(directory, embedder=fake_embedder)
    with pytest.raises(IndexMismatch, match="format 99"):
        build_index([tiny_corpus], directory, embedder=fake_embedder)
    build_index([tiny_corpus], directory, embedder=fake_embedder, rebuild=True)
    assert everything(directory, fake_embedder)
