"""Stories → training groups: passages of a story that answer a question of it, and some that look as if."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from index.sentences import sentence_spans
from index.types import Frozen
from qa.claims.context import sentence_around
from qa.claims.lexicon import content
from qa.training.examples import Group, TrainingPassage
from qa.training.mine import PassagePool, occurrences, passage_bounds
from qa.training.stories import HARD_SOURCE, SOURCE, Story, StoryQuestion


class StorySettings(Frozen):
    """How many of a story's passages make a group."""

    positives: int = Field(default=2, ge=1)
    negatives: int = Field(default=4, ge=1)
    negative_depth: int = Field(default=8, ge=1)
    """They come from this many best matches by BM25: about half of a story."""
    sentence_share: float = Field(default=0.25, ge=0, le=1)
    """Of the training groups: one sentence of each passage only, as the best spans are read again."""


def story_groups(
    stories: Sequence[Story],
    articles: Mapping[str, Mapping[str, Any]],
    settings: StorySettings,
    *,
    generator: random.Random,
) -> Iterator[Group]:
    """Every question with passages of its own story that answer it, and some that look as if."""
    for source in (SOURCE, HARD_SOURCE):
        for story in stories:
            questions = story.questions if source == SOURCE else story.hard
            if questions:
                yield from _groups(source, story, questions, articles, settings, generator)


def _groups(
    source: str,
    story: Story,
    questions: Sequence[StoryQuestion],
    articles: Mapping[str, Mapping[str, Any]],
    settings: StorySettings,
    generator: random.Random,
) -> Iterator[Group]:
    parts = [
        [(start, TrainingPassage(text=text[start:end])) for start, end in passage_bounds(text)]
        for text in story.texts(articles)
    ]
    pool = PassagePool(passage for part in parts for _, passage in part)
    for number, asked in enumerate(questions):
        answering = list(_answering(asked, parts))
        if asked.evidence and not answering:
            continue
        others = _others(asked.question, pool, answering, settings.negative_depth)
        chosen = generator.sample(answering, min(settings.positives, len(answering)))
        chosen += generator.sample(others, min(settings.negatives, len(others)))
        if not chosen:
            continue
        if not story.is_validation and generator.random() < settings.sentence_share:
            chosen = [sentence_of(asked.question, one) for one in chosen]
        yield Group(
            id=f"{source}/{story.name}/{number}",
            source=source,
            question=asked.question,
            validation=story.is_validation,
            passages=tuple(chosen),
        )


def sentence_of(question: str, passage: TrainingPassage) -> TrainingPassage:
    """The sentence that answers; where none does, the one with most of the question's words."""
    if passage.spans:
        start, end = sentence_around(passage.text, *passage.spans[0])
        inside = tuple((one - start, other - start) for one, other in passage.spans if start <= one and other <= end)
        return TrainingPassage(text=passage.text[start:end], spans=inside)
    words = content(question)
    sentences = [passage.text[start:end] for start, end in sentence_spans(passage.text)]
    return TrainingPassage(text=max(sentences, key=lambda one: len(words & content(one)), default=passage.text))


def _others(
    question: str, pool: PassagePool, answering: Sequence[TrainingPassage], depth: int
) -> list[TrainingPassage]:
    """The ``depth`` best that neither answer nor hold an answer's words, which might answer after all."""
    answers = {one.text[start:end] for one in answering for start, end in one.spans}
    held = {one.text for one in answering}
    ranked = pool.best(question, limit=depth + len(held))
    return [one for one in ranked if one.text not in held and not occurrences(one.text, answers)][:depth]


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
