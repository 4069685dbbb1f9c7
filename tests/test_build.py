import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import build_from_documents, build_index
from index.embedder import Embedder
from index.errors import IndexMismatch, InputError
from index.readers.text import text_document
from index.search import PassageIndex
from index.settings import IndexSettings, PassageSettings
from index.types import BuildReport

Content = dict[str, list[tuple[str, list[tuple[str, int, int]]]]]


class CountingEmbedder:
    """Remembers what it was asked to embed."""

    def __init__(self, embedder: Embedder, *, fingerprint: str | None = None, stop_after: int = 10**9) -> None:
        self.embedder = embedder
        self.name = "counting"
        self.fingerprint = fingerprint or embedder.fingerprint
        self.dimension = embedder.dimension
        self.texts: list[str] = []
        self.stop_after = stop_after

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        if len(self.texts) + len(texts) > self.stop_after:
            raise KeyboardInterrupt
        self.texts += texts
        return self.embedder.embed(texts)


@pytest.fixture
def counting(fake_embedder: Embedder) -> CountingEmbedder:
    return CountingEmbedder(fake_embedder)


def content(directory: Path, embedder: Embedder) -> Content:
    """What can be found in an index, without the ids of passages."""
    with PassageIndex.open(directory, embedder=embedder) as passage_index:
        return {
            info.id: [
                (passage.text, [(copy.document_id, copy.start, copy.end) for copy in passage_index.copies(passage.id)])
                for passage in passage_index.passages_of(info.id)
            ]
            for info in passage_index.documents()
        }


def kinds(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_build_reports_what_it_did(tiny_corpus: Path, tmp_path: Path, counting: CountingEmbedder) -> None:
    report = build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    assert kinds(report) == (4, 0, 0, 0)
    assert (report.documents, report.copies) == (4, 1)
    assert report.passages == report.embedded == len(counting.texts)
    assert report.skipped == ()


def test_nothing_is_embedded_twice(tiny_corpus: Path, tmp_path: Path, counting: CountingEmbedder) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    before = len(counting.texts)
    report = build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    assert kinds(report) == (0, 0, 0, 4)
    assert (report.embedded, len(counting.texts)) == (0, before)
    build_index([tiny_corpus], tmp_path / "q", embedder=counting, rebuild=True)
    assert len(counting.texts) == before


def test_changed_files_are_replaced_and_removed_ones_dropped(
    tiny_corpus: Path, tmp_path: Path, counting: CountingEmbedder
) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    (tiny_corpus / "ferry.txt").unlink()
    storks = tiny_corpus / "storks.txt"
    storks.write_text(storks.read_text().replace("two hundred", "three hundred"))
    before = len(counting.texts)
    report = build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    assert kinds(report) == (0, 1, 1, 2)
    assert ["three hundred" in text for text in counting.texts[before:]] == [True]
    found = content(tmp_path / "q", counting)
    assert "ferry.txt" not in found
    assert "three hundred" in found["storks.txt"][0][0]


def test_embeddings_of_what_is_gone_are_forgotten(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    (tiny_corpus / "harbour.txt").unlink()
    report = build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    with closing(sqlite3.connect(tmp_path / "q" / "catalog.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM embeddings").fetchone() == (report.passages,)


def test_a_copy_is_indexed_when_the_original_goes(
    tiny_corpus: Path, tmp_path: Path, counting: CountingEmbedder
) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    before = len(counting.texts)
    (tiny_corpus / "harbour.txt").unlink()
    build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    found = content(tmp_path / "q", counting)
    assert any("joins two halves" in text for text, _ in found["wire/agency.md"])
    assert len(counting.texts) <= before + 1


def test_ids_of_what_stays_stay(tiny_corpus: Path, tmp_path: Path, counting: CountingEmbedder) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    with PassageIndex.open(tmp_path / "q", embedder=counting) as passage_index:
        before = passage_index.passages_of("storks.txt")
    (tiny_corpus / "a.txt").write_text("A new article of its own, on nothing that the others are about.")
    build_index([tiny_corpus], tmp_path / "q", embedder=counting)
    with PassageIndex.open(tmp_path / "q", embedder=counting) as passage_index:
        assert passage_index.passages_of("storks.txt") == before


PARAGRAPHS = [
    "Talks in Istanbul ended on Tuesday without any result at all, and nobody knows what is next now.",
    "Qatar and Turkey had mediated for four long days. Nobody gave in. Both sides blame each other.",
    "Trucks are waiting at the border for two weeks now, and fruit is rotting in the sun beside the road.",
    "A short title",
    "ALSO READ: Something else",
]
ARTICLE = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6).map("\n".join)
STATE = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), ARTICLE, min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(STATE, min_size=2, max_size=3))
def test_an_updated_index_equals_one_that_is_built_anew(
    states: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory, fake_embedder: Embedder
) -> None:
    folder = tmp_path_factory.mktemp("q")
    for state in states:
        documents = [text_document(text, document_id=name, path=name) for name, text in state.items()]
        build_from_documents(documents, folder / "updated", embedder=fake_embedder)
    build_from_documents(documents, folder / "anew", embedder=fake_embedder)
    assert content(folder / "updated", fake_embedder) == content(folder / "anew", fake_embedder)


def test_what_is_embedded_survives_an_interruption(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    knobs = IndexSettings(commit_every=2)
    stopped = CountingEmbedder(fake_embedder, stop_after=3)
    with pytest.raises(KeyboardInterrupt):
        build_index([tiny_corpus], tmp_path / "q", embedder=stopped, settings=knobs)
    going_on = CountingEmbedder(fake_embedder)
    report = build_index([tiny_corpus], tmp_path / "q", embedder=going_on, settings=knobs)
    assert len(stopped.texts) == 2
    assert not set(stopped.texts) & set(going_on.texts)
    assert len(stopped.texts) + len(going_on.texts) == report.passages


def test_an_interrupted_update_leaves_the_last_index_in_use(
    tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    before = content(tmp_path / "q", fake_embedder)
    (tiny_corpus / "harbour.txt").write_text(
        "Quite another story about quite another harbour in quite another country."
    )
    (tiny_corpus / "ferry.txt").unlink()
    with pytest.raises(KeyboardInterrupt):
        build_index([tiny_corpus], tmp_path / "q", embedder=CountingEmbedder(fake_embedder, stop_after=0))
    assert content(tmp_path / "q", fake_embedder) == before


def test_an_open_index_does_not_see_a_later_build(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    with PassageIndex.open(tmp_path / "q", embedder=fake_embedder) as passage_index:
        before = passage_index.search("storks in the delta", limit=5)
        (tiny_corpus / "storks.txt").unlink()
        build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
        assert passage_index.search("storks in the delta", limit=5) == before
        assert "storks" in passage_index.document("storks.txt").text
    assert "storks.txt" not in content(tmp_path / "q", fake_embedder)


def test_another_model_is_refused_until_it_is_asked_for(
    tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    other = CountingEmbedder(fake_embedder, fingerprint="other")
    with pytest.raises(IndexMismatch, match="made with fake, not with counting: run `quoth index --rebuild`"):
        build_index([tiny_corpus], tmp_path / "q", embedder=other)
    build_index([tiny_corpus], tmp_path / "q", embedder=other, rebuild=True)
    assert content(tmp_path / "q", other)
    with pytest.raises(IndexMismatch, match="counting, not fake"):
        PassageIndex.open(tmp_path / "q", embedder=fake_embedder)


def test_other_settings_cut_anew_without_being_told(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    short = IndexSettings(passages=PassageSettings(min_words=5, max_words=20))
    report = build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder, settings=short)
    assert report.unchanged == 4
    texts = [text for passages in content(tmp_path / "q", fake_embedder).values() for text, _ in passages]
    assert max(len(text.split()) for text in texts) < 30


def test_unreadable_files_are_skipped_with_reasons_and_the_rest_is_indexed(
    tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    (tiny_corpus / "empty.txt").write_bytes(b"")
    (tiny_corpus / "binary.txt").write_bytes(b"a\0b")
    (tiny_corpus / "latin.txt").write_bytes(b"caf\xe9")
    (tiny_corpus / "large.txt").write_text("word " * 1000)
    (tmp_path / "outside.txt").write_text("Not of this folder.")
    (tiny_corpus / "link.txt").symlink_to(tmp_path / "outside.txt")
    (tiny_corpus / "broken.txt").symlink_to(tiny_corpus / "nothing.txt")
    os.mkfifo(tiny_corpus / "pipe.txt")
    report = build_index(
        [tiny_corpus], tmp_path / "q", embedder=fake_embedder, settings=IndexSettings(max_file_bytes=2000)
    )
    assert report.documents == 4
    reasons = {Path(skipped.path).name: skipped.reason for skipped in report.skipped}
    assert reasons.pop("latin.txt").startswith("not UTF-8")
    assert reasons == {
        "empty.txt": "empty",
        "binary.txt": "binary: it holds zero bytes",
        "large.txt": "larger than 2,000 bytes",
        "link.txt": "a symbolic link that leaves the folder",
        "broken.txt": "a broken symbolic link",
        "pipe.txt": "not a regular file",
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_skipped(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    (tiny_corpus / "ferry.txt").chmod(0)
    report = build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    assert [skipped.reason for skipped in report.skipped] == ["unreadable: Permission denied"]


@pytest.mark.parametrize("name", ["nothing-here", "empty"])
def test_no_article_is_an_error_and_the_last_index_stays(
    name: str, tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    (tmp_path / "empty").mkdir()
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    before = content(tmp_path / "q", fake_embedder)
    with pytest.raises(InputError, match="run `quoth index FOLDER`"):
        build_index([tmp_path / name], tmp_path / "q", embedder=fake_embedder)
    assert content(tmp_path / "q", fake_embedder) == before


def test_a_folder_of_nothing_readable_is_an_error_and_the_last_index_stays(
    tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    before = content(tmp_path / "q", fake_embedder)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.txt").write_bytes(b"\0")
    with pytest.raises(InputError, match="no readable article: 1 skipped, "):
        build_index([tmp_path / "bad"], tmp_path / "q", embedder=fake_embedder)
    assert content(tmp_path / "q", fake_embedder) == before


def test_two_builds_at_once_don_t_collide(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    class Nested(CountingEmbedder):
        def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            with pytest.raises(InputError, match="another build of"):
                build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
            return super().embed(texts)

    nested = Nested(fake_embedder)
    build_index([tiny_corpus], tmp_path / "q", embedder=nested)
    assert nested.texts


def test_a_place_that_can_t_be_written_is_an_error(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="can't be written"):
        build_index([tiny_corpus], tmp_path / "file", embedder=fake_embedder)


def test_documents_needn_t_be_files(tmp_path: Path, fake_embedder: Embedder) -> None:
    documents = [
        text_document(f"Document number {n} is about subject {n}.", document_id=f"c#{n}", path="c") for n in range(3)
    ]
    report = build_from_documents(documents, tmp_path / "q", embedder=fake_embedder)
    assert (report.documents, report.passages) == (3, 3)
    with pytest.raises(InputError, match="two documents have the id 'c#0'"):
        build_from_documents([documents[0], documents[0]], tmp_path / "q", embedder=fake_embedder)
    with pytest.raises(InputError, match="no documents"):
        build_from_documents([], tmp_path / "q", embedder=fake_embedder)
