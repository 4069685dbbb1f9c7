from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamaged
from index.vectors import VectorIndex


@pytest.fixture
def vector_index() -> VectorIndex:
    vector_index = VectorIndex.create(2)
    vector_index.add([30, 10, 20], np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32))
    return vector_index


def test_best_first_and_equal_ones_by_id(vector_index: VectorIndex) -> None:
    assert vector_index.search([0, 1], limit=9) == [(10, 1.0), (20, 1.0), (30, 0.0)]
    assert vector_index.search([0, 1], limit=0) == []


def test_ids_stay_when_others_are_removed(vector_index: VectorIndex) -> None:
    vector_index.remove([10, 99])
    assert [identifier for identifier, _ in vector_index.search([0, 1], limit=9)] == [20, 30]
    assert vector_index.vectors([30, 20]).tolist() == [[1, 0], [0, 1]]


def test_an_unknown_id_has_no_vector(vector_index: VectorIndex) -> None:
    with pytest.raises(KeyError):
        vector_index.vectors([5])


def test_saved_and_opened_it_is_the_same(vector_index: VectorIndex, tmp_path: Path) -> None:
    vector_index.save(tmp_path / "v")
    opened = VectorIndex.open(tmp_path / "v")
    assert (len(opened), opened.dimension) == (3, 2)
    assert opened.search([1, 0], limit=1) == [(30, 1.0)]


def test_a_file_that_is_no_index_is_damage(tmp_path: Path) -> None:
    (tmp_path / "v").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        VectorIndex.open(tmp_path / "v")


def test_an_empty_index_finds_nothing() -> None:
    assert VectorIndex.create(2).search([1, 0], limit=3) == []
