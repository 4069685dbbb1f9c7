"""The whole mix, from files in small: what is taken of each source, and what a training on stories sees of it again."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from qa.training.examples import Group
from qa.training.prepare import REPLAYED, SOURCES, MixSettings, prepare
from qa.training.stories import Story, StoryArticle, StoryQuestion

ARTICLES = 80


def squad(source: str) -> dict[str, object]:
    """Each article one paragraph, with a question that it answers and one that it does not."""
    return {
        "data": [
            {
                "title": f"{source} {number}",
                "paragraphs": [{"context": f"Place {number} was there.", "qas": asked(number)}],
            }
            for number in range(ARTICLES)
        ]
    }


def asked(number: int) -> list[dict[str, object]]:
    answer = {"text": "there", "answer_start": len(f"Place {number} was ")}
    return [
        {"id": f"{number}a", "question": "Where was it?", "answers": [answer]},
        {"id": f"{number}b", "question": "When was it?", "answers": [], "is_impossible": True},
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "reading").mkdir()
    (tmp_path / "realtimeqa").mkdir()
    for source in [*(one.file for one in SOURCES), "realtimeqa-evidence-2020-2023"]:
        with gzip.open(tmp_path / "reading" / f"{source}.json.gz", "wt") as file:
            json.dump(squad(source), file)
    news = [
        {
            "id": f"q{number}",
            "date": "2023/01/01",
            "question": "Who mediated?",
            "answers": ["Qatar"],
            "gcs_articles": [f"n{number}"],
            "articles_with_answer_string": [f"n{number}"],
        }
        for number in range(ARTICLES)
    ]
    articles = [
        {"id": f"n{number}", "title": "Talks", "text": "Qatar mediated the talks."} for number in range(ARTICLES)
    ]
    for name, records in (("questions-2020-2023", news), ("articles-2022-2023", articles)):
        with gzip.open(tmp_path / "realtimeqa" / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(f"{json.dumps(record)}\n" for record in records)
    return tmp_path


STORIES = [
    Story(
        articles=(StoryArticle(id=f"n{number}", length=25),),
        questions=(StoryQuestion(question="who mediated?", evidence=((0, 0, 5),)),),
    )
    for number in range(ARTICLES)
]


def test_stories_come_whole_and_of_the_rest_a_share_with_all_that_validates(data: Path) -> None:
    whole, replayed = (list(prepare(data, MixSettings(is_replay=again), STORIES)) for again in (False, True))
    assert {group.source for group in whole} == {*REPLAYED, "stories"}
    assert counted(replayed, validation=True) == counted(whole, validation=True)
    before, after = counted(whole, validation=False), counted(replayed, validation=False)
    assert after["stories"] == before["stories"] > 0
    for source in ("realtimeqa", "evidence", "squad2-dev-half", "squadshifts-new_wiki"):
        assert after[source] / before[source] == pytest.approx(REPLAYED[source], abs=0.2), source
    assert sum(after.values()) < sum(before.values())
    seen = {(group.id, group.question) for group in whole}
    assert {(group.id, group.question) for group in replayed} <= seen


def counted(groups: list[Group], *, validation: bool) -> Counter[str]:
    return Counter(group.source for group in groups if group.validation == validation)
