from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import build_from_documents
from index.embedder import Embedder
from index.errors import IndexMismatch, IndexMissing, InputError
from index.readers.text import text_document
from index.search import PassageIndex
from index.settings import IndexSettings


def test_the_passage_that_answers_comes_first(tiny_index: PassageIndex) -> None:
    best = tiny_index.search("how many storks were counted in the delta?", limit=3)[0]
    assert best.passage.document_id == "storks.txt"
    assert best.rank == best.dense_rank == best.lexical_rank == 1
    assert best.dense_score is not None
    assert best.lexical_score is not None


def test_every_hit_is_a_slice_of_its_document(tiny_index: PassageIndex) -> None:
    for hit in tiny_index.search("bridge ferry storks city", limit=50):
        passage = hit.passage
        assert tiny_index.document(passage.document_id).text[passage.start : passage.end] == passage.text


def test_hits_are_ranked_from_one_by_falling_score(tiny_index: PassageIndex) -> None:
    hits = tiny_index.search("the bridge over the harbour", limit=4)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert tiny_index.search("bridge", limit=0) == ()


def test_what_one_search_does_not_find_has_no_rank_there(tiny_index: PassageIndex) -> None:
    hits = tiny_index.search("ornithologist", limit=50)
    assert [hit.lexical_rank for hit in hits if hit.passage.document_id != "storks.txt"] == [None] * (len(hits) - 1)
    assert all(hit.dense_rank for hit in hits)


def test_copies_are_the_same_words_elsewhere(tiny_index: PassageIndex) -> None:
    hit = tiny_index.search("joins two halves", limit=1)[0]
    [copy] = tiny_index.copies(hit.passage.id)
    assert copy.document_id == "wire/agency.md"
    assert tiny_index.document(copy.document_id).text[copy.start : copy.end] == hit.passage.text


def test_furniture_is_in_the_document_and_not_in_the_index(tiny_index: PassageIndex) -> None:
    assert "ALSO READ" in tiny_index.document("harbour.txt").text
    assert not any("ALSO READ" in hit.passage.text for hit in tiny_index.search("also read ten walks", limit=50))


def test_what_a_document_says_of_itself_is_known(tiny_index: PassageIndex) -> None:
    info = tiny_index.document_info("wire/agency.md")
    assert (info.title, info.source, info.published) == ("Varna gets its bridge", "Black Sea Agency", "2024-05-14")
    assert [known.id for known in tiny_index.documents()] == [
        "ferry.txt",
        "harbour.txt",
        "storks.txt",
        "wire/agency.md",
    ]
    with pytest.raises(InputError, match="no document 'x'"):
        tiny_index.document_info("x")


def test_vectors_are_those_that_questions_are_compared_with(tiny_index: PassageIndex) -> None:
    hit = tiny_index.search("storks in the delta", limit=1)[0]
    cosine = tiny_index.vectors([hit.passage.id])[0] @ tiny_index.embed_question(["storks in the delta"])[0]
    assert cosine == pytest.approx(hit.dense_score, abs=1e-6)
    assert tiny_index.vectors([]).shape == (0, tiny_index.manifest.dimension)


def test_the_same_question_gives_the_same_hits_from_any_thread(tiny_index: PassageIndex) -> None:
    expected = tiny_index.search("bridge or ferry?", limit=5)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: tiny_index.search("bridge or ferry?", limit=5), range(40)))
    assert answers == [expected] * 40


@pytest.mark.parametrize(
    ("knobs", "best"), [({"dense_weight": 0.0}, "storks.txt"), ({"fusion": "reciprocal"}, "storks.txt")]
)
def test_other_fusions(
    tiny_index: PassageIndex, tmp_path: Path, fake_embedder: Embedder, knobs: dict[str, object], best: str
) -> None:
    with PassageIndex.open(
        tmp_path / "quoth", settings=IndexSettings(**knobs), embedder=fake_embedder
    ) as passage_index:
        assert passage_index.search("storks", limit=1)[0].passage.document_id == best


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(question=st.text(max_size=100))
def test_no_question_is_an_error(tiny_index: PassageIndex, question: str) -> None:
    tiny_index.search(question, limit=3)


@settings(max_examples=25, deadline=None)
@given(
    texts=st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300), min_size=1, max_size=3
    )
)
def test_any_text_at_all_can_be_indexed(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory, fake_embedder: Embedder
) -> None:
    documents = [text_document(text, document_id=str(number), path=str(number)) for number, text in enumerate(texts)]
    folder = tmp_path_factory.mktemp("q")
    build_from_documents(documents, folder, embedder=fake_embedder)
    with PassageIndex.open(folder, embedder=fake_embedder) as passage_index:
        for number, text in enumerate(texts):
            assert passage_index.document(str(number)).text == text
            for passage in passage_index.passages_of(str(number)):
                assert text[passage.start : passage.end] == passage.text
        passage_index.search(texts[0], limit=5)


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"no index in .* yet: run `quoth index`"):
        PassageIndex.open(tmp_path)


def test_an_index_of_a_model_from_outside_needs_that_model(tiny_index: PassageIndex, tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch, match="made with fake"):
        PassageIndex.open(tmp_path / "quoth")


def test_rows_agree_with_the_embedder(tiny_index: PassageIndex, fake_embedder: Embedder) -> None:
    passages = tiny_index.passages_of("harbour.txt")
    expected = fake_embedder.embed([passage.text for passage in passages])
    np.testing.assert_allclose(tiny_index.vectors([passage.id for passage in passages]), expected, atol=1e-6)
