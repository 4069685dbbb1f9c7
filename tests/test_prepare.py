"""The whole mix, from files in small: what is taken of each source, and what a training on stories sees of it again."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from qa.training.prepare import SOURCES, MixSettings, prepare
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


def test_every_source_is_mixed_and_the_same_again(data: Path) -> None:
    whole = list(prepare(data, MixSettings(), STORIES))
    counts = Counter(group.source for group in whole if not group.validation)
    assert counts.keys() == {source.file for source in SOURCES} | {"realtimeqa", "evidence", "stories"}
    assert counts["squad2-dev-half"] > counts["squadshifts-amazon_reviews"] > counts["policyqa"]
    assert list(prepare(data, MixSettings(), STORIES)) == whole
