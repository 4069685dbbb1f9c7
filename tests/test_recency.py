"""Days from the newest article, or from the year that is asked for, worked by hand; what asks for the newest."""

import math
from datetime import date

import pytest

from index.types import Hit, Passage
from qa.recency import SHARE_OF_AGE, ages, asks_for_what_is_new, newer_hits

PUBLISHED = {"new": date(2023, 10, 15), "old": date(2023, 10, 1), "older": date(2023, 9, 3)}


def test_the_age_is_a_logarithm_of_fortnights_beside_the_newest() -> None:
    assert ages("who won?", PUBLISHED) == {"new": 0.0, "old": math.log(2), "older": math.log(4)}
    assert ages("who won?", {}) == {}


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("who won the 2022 prize?", {"new": 90, "old": 90, "older": 90}),
        ("who won in 2022 and 2023", {"new": 0, "old": 0, "older": 0}),
        ("who will host in 2024?", {"new": 78, "old": 90, "older": 90}),
        ("who won 2000000 dollars?", {"new": 0, "old": 14, "older": 42}),
    ],
)
def test_a_year_that_the_question_names_goes_before_the_newest(question: str, age: dict[str, int]) -> None:
    assert ages(question, PUBLISHED) == {name: math.log1p(days / 14) for name, days in age.items()}


@pytest.mark.parametrize(
    ("question", "is_new_asked"),
    [
        ("Which country was flooded this week?", True),
        ("who stepped down last Sunday", True),
        ("Which player has recently retired?", True),
        ("how many points does she currently have?", True),
        ("who won this week in 2019?", False),
        ("who mediated?", False),
        ("how long did it last?", False),
        ("what is known of the weekly talks?", False),
    ],
)
def test_a_time_that_is_named_by_the_moment_of_asking_asks_for_what_is_new(
    question: str, *, is_new_asked: bool
) -> None:
    assert asks_for_what_is_new(question) is is_new_asked


def _hit(rank: int, score: float, document: str) -> Hit:
    return Hit(passage=Passage(id=rank, document_id=document, start=0, end=4, text="Four"), rank=rank, score=score)


def test_a_newer_hit_goes_before_an_older_one_that_is_little_better_and_an_undated_one_loses_nothing() -> None:
    hits = [_hit(1, 0.80, "old"), _hit(2, 0.79, "new"), _hit(3, 0.79, "undated"), _hit(4, 0.1, "new")]
    newer = newer_hits(hits, {"old": 1.0, "new": 0.0}, limit=3)
    assert [hit.rank for hit in newer] == [2, 3, 1]
    # What age costs is a share of the best score, so that scores of any size will do.
    assert 0.8 * SHARE_OF_AGE > 0.01 > 0.8 * SHARE_OF_AGE * 0.1
    assert [hit.rank for hit in newer_hits(hits, {"old": 0.1}, limit=3)] == [1, 2, 3]
    assert newer_hits([], {}, limit=3) == ()
