"""Ages of articles beside the newest, worked by hand, and which questions ask for news."""

import math
from datetime import date

import pytest

from qa.recency import recency


def test_the_age_is_a_logarithm_of_fortnights_beside_the_newest_and_undated_articles_are_new() -> None:
    recent = recency("who won this year?", {"new": date(2023, 10, 15), "old": date(2023, 10, 1)})
    assert recent.features("new") == {"age": 0.0, "age_of_news": 0.0}
    assert recent.features("old") == {"age": math.log(2), "age_of_news": math.log(2)}
    assert recent.features("undated") == {"age": 0.0, "age_of_news": 0.0}
    assert recency("who won this year?", {}).features("undated") == {"age": 0.0, "age_of_news": 0.0}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who won this year's Nobel Peace Prize?", True),
        ("Which automaker recalled cars This Week?", True),
        ("Which animal recently escaped?", True),
        ("who is now CEO of OpenAI", True),
        ("what did he say last Sunday", True),
        ("latest death toll", True),
        ("who mediated?", False),
        ("When was the first week of talks?", False),
        ("what is known of Newark?", False),
        ("who was last to leave?", False),
    ],
)
def test_a_question_asks_for_news(question: str, expected: bool) -> None:
    ages = {"new": date(2023, 10, 15), "old": date(2022, 10, 15)}
    assert (recency(question, ages).features("old")["age_of_news"] > 0) is expected
