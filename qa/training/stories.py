"""News articles of one story with questions written for them. Owns their file, which holds no article's text.

What people ask of a folder is short and leans on its story ("who mediated?"), and no public data has such questions.
These were written by a language model that read some four articles of one story and told every place that answers, so
that every other passage of the story is a negative that looks right. An answer is told by its characters in an article.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from index.types import Frozen
from qa.training.examples import Group, TrainingPassage, is_validation
from qa.training.mine import PassagePool, news_passages, occurrences

STORIES = Path(__file__).parent / "stories.jsonl"
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


class StorySettings(Frozen):
    """How many of a story's passages make a group."""

    positives: int = Field(default=2, ge=1)
    negatives: int = Field(default=4, ge=1)
    negative_depth: int = Field(default=8, ge=1)
    """They come from this many best matches by BM25: about half of a story."""
    copies: int = Field(default=2, ge=1)
    """How often a question is taken, each time with other passages."""


def read_stories(path: Path = STORIES) -> list[Story]:
    """The stories in the file's order."""
    return [Story.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def story_groups(
    stories: Sequence[Story],
    articles: Mapping[str, Mapping[str, Any]],
    settings: StorySettings,
    *,
    generator: random.Random,
) -> Iterator[Group]:
    """Every question with passages of its own story that answer it, and some that look as if."""
    for story in stories:
        parts = [list(_passages(text)) for text in story.texts(articles)]
        pool = PassagePool(passage for part in parts for _, passage in part)
        for number, asked in enumerate(story.questions):
            answering = list(_answering(asked, parts))
            if asked.evidence and not answering:
                continue
            others = _others(asked.question, pool, answering, settings.negative_depth)
            for _ in range(1 if story.is_validation else settings.copies):
                chosen = generator.sample(answering, min(settings.positives, len(answering)))
                chosen += generator.sample(others, min(settings.negatives, len(others)))
                if chosen:
                    yield Group(
                        id=f"stories/{story.name}/{number}",
                        source="stories",
                        question=asked.question,
                        validation=story.is_validation,
                        passages=tuple(chosen),
                    )


def _others(
    question: str, pool: PassagePool, answering: Sequence[TrainingPassage], depth: int
) -> list[TrainingPassage]:
    """The ``depth`` best that neither answer nor hold an answer's words, which might answer after all."""
    answers = {one.text[start:end] for one in answering for start, end in one.spans}
    held = {one.text for one in answering}
    ranked = pool.best(question, limit=depth + len(held))
    return [one for one in ranked if one.text not in held and not occurrences(one.text, answers)][:depth]


def _passages(text: str) -> Iterator[tuple[int, TrainingPassage]]:
    """The passages of a text, each with where it starts."""
    after = 0
    for passage in news_passages(text):
        found = _find(text, passage, after)
        if found is not None:
            start, end = found
            yield start, TrainingPassage(text=text[start:end])
            after = end


def _find(text: str, passage: str, after: int) -> tuple[int, int] | None:
    """Where the passage's paragraphs stand in the text, white space between them left as it is there."""
    lines = passage.split("\n")
    start = text.find(lines[0], after)
    end = start
    for line in lines:
        place = text.find(line, end)
        if place < 0:
            return None
        end = place + len(line)
    return start, end


def _answering(
    asked: StoryQuestion, parts: Sequence[Sequence[tuple[int, TrainingPassage]]]
) -> Iterator[TrainingPassage]:
    for number, passages in enumerate(parts):
        for offset, passage in passages:
            spans = tuple(
                (start - offset, end - offset)
                for article, start, end in asked.evidence
                if article == number and offset <= start and end <= offset + len(passage.text)
            )
            if spans:
                yield passage.model_copy(update={"spans": spans})
