"""Ages of articles beside the newest, worked by hand."""

import math
from datetime import date

import pytest

from qa.recency import ages

PUBLISHED = {"new": date(2023, 10, 15), "old": date(2023, 10, 1), "older": date(2023, 9, 3)}


def test_the_age_is_a_logarithm_of_fortnights_beside_the_newest() -> None:
    assert ages("who won?", PUBLISHED) == {"new": 0.0, "old": math.log(2), "older": math.log(4)}
    assert ages("who won?", {}) == {}


@pytest.mark.parametrize(
    ("question", "told"),
    [("who won the 2022 prize?", False), ("who won in 1987", False), ("who won 2000000 dollars?", True)],
)
def test_no_article_is_too_old_for_a_question_that_names_a_year(question: str, told: bool) -> None:
    assert bool(ages(question, PUBLISHED)) is told
