"""Mistyped questions: how many words change, and in what way."""

import pytest
from rapidfuzz.distance import DamerauLevenshtein

from eval.slips import mistyped

QUESTION = "Who was the Pakistani minister that threatened open war?"


@pytest.mark.parametrize(("slips", "changed"), [(0, 0), (1, 1), (2, 2), (9, 3)])
def test_so_many_words_of_five_letters_have_one_slip_inside(slips: int, changed: int) -> None:
    for seed in range(30):
        words = zip(QUESTION.split(), mistyped(QUESTION, slips=slips, seed=seed).split(), strict=True)
        distances = [(old, new, DamerauLevenshtein.distance(old, new)) for old, new in words]
        assert sum(distance > 0 for *_, distance in distances) == changed
        assert all(distance <= 1 and old[0] == new[0] for old, new, distance in distances)


def test_a_seed_gives_the_same_slips_and_another_seed_others() -> None:
    drawn = {mistyped(QUESTION, slips=2, seed=seed) for seed in range(10)}
    assert len(drawn) > 5
    assert mistyped(QUESTION, slips=2, seed=3) == mistyped(QUESTION, slips=2, seed=3)
