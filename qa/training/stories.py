"""News articles of one story with questions written for them. Owns their file, which holds no article's text.

What people ask of a folder is short and leans on its story ("who mediated?"), and no public data has such questions.
These were written by a language model that read some four articles of one story and told every place that answers, so
that every other passage of the story is a negative that looks right. An answer is told by its characters in an article.
The first questions were answered by names, dates and numbers. What a reader of these missed is asked by the later ones,
the hard ones: causes and reasons, what somebody said or wants, which of two rounds, questions of yes or no in form.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from index.types import Frozen
from qa.training.examples import is_validation

STORIES = Path(__file__).parent / "stories.jsonl"
SOURCE = "stories"
HARD_SOURCE = "stories-hard"
VALIDATION_SHARE = 0.12
"""Of the stories: confidence is fitted on them, too, since a story is a small folder with short questions."""


class StoryArticle(Frozen):
    """The beginning of an article of the news data; of the rest nobody said whether it answers."""

    id: str
    length: int = Field(gt=0)
    """Characters."""


class StoryQuestion(Frozen):
    """A question and all places that answer it: (place of the article in its story, start, end). None: not answered."""

    question: str = Field(min_length=1)
    evidence: tuple[tuple[int, int, int], ...] = ()


class Story(Frozen):
    """One line of the file."""

    articles: tuple[StoryArticle, ...] = Field(min_length=1)
    questions: tuple[StoryQuestion, ...]
    hard: tuple[StoryQuestion, ...] = ()

    @property
    def name(self) -> str:
        """By its first article: an article is of one story."""
        return self.articles[0].id

    @property
    def is_validation(self) -> bool:
        """Whether it is kept out of training."""
        return is_validation(f"stories/{self.name}", share=VALIDATION_SHARE)

    def texts(self, articles: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """What was read of each article, in the story's order; raises KeyError for an article that isn't there."""
        return [articles[one.id]["text"][: one.length] for one in self.articles]


def read_stories(path: Path = STORIES) -> list[Story]:
    """The stories in the file's order."""
    return [Story.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
