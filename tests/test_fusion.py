import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import convex, reciprocal


def test_convex_by_hand() -> None:
    # dense scaled by (s + 1) / (0.6 + 1): 1 and 0.75; lexical by s / 8: 1 and 0.5
    fused = dict(convex([(1, 0.6), (2, 0.2)], [(2, 8.0), (3, 4.0)], dense_weight=0.6, cosines={3: -0.2}))
    assert fused == pytest.approx({1: 0.6, 2: 0.6 * 0.75 + 0.4, 3: 0.6 * 0.5 + 0.4 * 0.5})


def test_reciprocal_by_hand() -> None:
    assert reciprocal([(1, 0.9), (2, 0.8)], [(2, 5.0)]) == [
        (2, pytest.approx(1 / 62 + 1 / 61)),
        (1, pytest.approx(1 / 61)),
    ]


SCORED = st.dictionaries(st.integers(0, 20), st.floats(-1, 1), max_size=8).map(
    lambda found: sorted(found.items(), key=lambda p: -p[1])
)


@given(SCORED, SCORED, st.floats(0, 1))
def test_every_id_is_ranked_once_with_a_score_in_the_unit_interval(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], weight: float
) -> None:
    words = [(identifier, score + 1) for identifier, score in lexical]
    fused = convex(dense, words, dense_weight=weight)
    assert sorted(identifier for identifier, _ in fused) == sorted(dict(dense) | dict(lexical))
    assert all(-1e-9 <= score <= 1 + 1e-9 for _, score in fused)
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize(("weight", "order"), [(1.0, [1, 2]), (0.0, [2, 1])])
def test_the_weight_decides(weight: float, order: list[int]) -> None:
    fused = convex([(1, 0.9), (2, 0.1)], [(2, 9.0), (1, 1.0)], dense_weight=weight)
    assert [identifier for identifier, _ in fused] == order


def test_nothing_found_is_nothing_fused() -> None:
    assert convex([], [], dense_weight=0.5) == []
    assert reciprocal([], []) == []
