"""Days from the newest article, or from the year that is asked for, worked by hand."""

import math
from datetime import date

import pytest

from qa.recency import ages

PUBLISHED = {"new": date(2023, 10, 15), "old": date(2023, 10, 1), "older": date(2023, 9, 3)}


def test_the_age_is_a_logarithm_of_fortnights_beside_the_newest() -> None:
    assert ages("who won?", PUBLISHED) == {"new": 0.0, "old": math.log(2), "older": math.log(4)}
    assert ages("who won?", {}) == {}


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("who won the 2022 prize?", {"new": 288, "old": 274, "older": 246}),
        ("who won in 2022 and 2023", {"new": 0, "old": 0, "older": 0}),
        ("who will host in 2024?", {"new": 78, "old": 92, "older": 120}),
        ("who won 2000000 dollars?", {"new": 0, "old": 14, "older": 42}),
    ],
)
def test_a_year_that_the_question_names_goes_before_the_newest(question: str, age: dict[str, int]) -> None:
    assert ages(question, PUBLISHED) == {name: math.log1p(days / 14) for name, days in age.items()}
