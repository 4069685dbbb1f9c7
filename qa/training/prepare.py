"""Public data → one file of training groups. Owns the mix: which source, how much of it, with how many negatives."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from index.types import Frozen
from qa.reader import Reader
from qa.training.asked import about_another
from qa.training.examples import Group, TrainingPassage
from qa.training.mine import (
    LATEST_TRAINING_DATE,
    Articles,
    NewsSettings,
    PassagePool,
    article_passages,
    news_groups,
    news_passages,
    read_articles,
    read_lines,
    with_negatives,
)
from qa.training.squad import context_passages, squad_groups
from qa.training.stories import Story
from qa.training.story_groups import StorySettings, story_groups


class Source(Frozen):
    """How much of a file to take."""

    file: str
    share: float = Field(gt=0, le=1)
    """Of its questions, at random."""
    negative_share: float = Field(ge=0, le=1)
    """Of the taken questions with an answer: they get passages of the same document that don't answer."""
    negatives: int = Field(default=1, ge=1)
    swapped_share: float = Field(default=0, ge=0, le=1)
    """Of the taken questions with an answer: they are asked once more of something else that the passage names."""


SOURCES = (
    # Encyclopaedic prose and people's own questions: nearest to what is asked of news.
    Source(file="squad2-dev-half", share=1.0, negative_share=0.6, negatives=2),
    Source(file="squadshifts-new_wiki", share=1.0, negative_share=0.5, negatives=2, swapped_share=0.12),
    # Chat and reviews: many questions, prose far from news.
    Source(file="squadshifts-reddit", share=0.2, negative_share=0.2),
    Source(file="squadshifts-amazon_reviews", share=0.12, negative_share=0.1),
    # Answers of whole sentences: a little teaches "why" and "how", much teaches to copy too long.
    Source(file="covidqa", share=0.35, negative_share=0.5),
    Source(file="policyqa", share=0.02, negative_share=0.3),
)


class MixSettings(Frozen):
    """Knobs of the mix."""

    max_words: int = Field(default=120, ge=20)
    """Of a window; a passage of the index has 60 to 120."""
    negative_depth: int = Field(default=8, ge=1)
    """Negatives come from this many best matches: near enough to be hard."""
    news: NewsSettings = NewsSettings()
    stories: StorySettings = StorySettings()
    evidence_negatives: int = Field(default=3, ge=0)
    evidence_swapped_share: float = Field(default=0.2, ge=0, le=1)
    seed: int = 20251019


def prepare(
    data: Path, settings: MixSettings, stories: Sequence[Story], *, first_reader: Reader | None = None
) -> Iterator[Group]:
    """All groups of all sources under ``data``, then the stories'; a ``first_reader`` filters news' weak labels."""
    generator = random.Random(settings.seed)
    articles = read_articles(data)
    yield from _public(data, articles, settings, generator, first_reader)
    yield from story_groups(stories, articles, settings.stories, generator=generator)


def _public(
    data: Path, articles: Articles, settings: MixSettings, generator: random.Random, first_reader: Reader | None
) -> Iterator[Group]:
    for source in SOURCES:
        yield from _reading(data / "reading" / f"{source.file}.json.gz", source, settings, generator)
    yield from _news(data, articles, settings, generator, first_reader)


def _reading(path: Path, source: Source, settings: MixSettings, generator: random.Random) -> Iterator[Group]:
    contexts = defaultdict(list)
    for document, context in context_passages(path, source.file):
        contexts[document].append(context)
    # A document of one paragraph has no other to be mistaken for it: there the whole source is the pool.
    everything = [context for parts in contexts.values() for context in parts] if len(contexts) > 200 else []
    pools: dict[str, PassagePool] = {}
    for group, document in squad_groups(
        path, source.file, share=source.share, max_words=settings.max_words, generator=generator
    ):
        yield from _swapped(group, source.swapped_share, generator)
        if generator.random() >= source.negative_share or not group.passages[0].spans:
            yield group
            continue
        key = "" if everything else document
        if key not in pools:
            pools[key] = PassagePool(everything or _short_passages(contexts[document]))
        yield with_negatives(
            group,
            pools[key],
            count=source.negatives,
            depth=settings.negative_depth,
            max_words=settings.max_words,
            generator=generator,
        )


def _short_passages(contexts: list[TrainingPassage]) -> Iterator[TrainingPassage]:
    for context in contexts:
        for text in news_passages(context.text):
            yield TrainingPassage(text=text)


def _swapped(group: Group, share: float, generator: random.Random) -> Iterator[Group]:
    """The group's question asked of something else that its passage names, which then doesn't answer."""
    passage = group.passages[0]
    if group.validation or not passage.spans or generator.random() >= share:
        return
    question = about_another(group.question, passage, generator)
    if question:
        bare = passage.model_copy(update={"spans": ()})
        yield group.model_copy(update={"id": f"{group.id}/swapped", "question": question, "passages": (bare,)})


def _news(
    data: Path, articles: Articles, settings: MixSettings, generator: random.Random, first_reader: Reader | None
) -> Iterator[Group]:
    questions = read_lines(data / "realtimeqa" / "questions-2020-2023.jsonl.gz")
    dates = {question["id"]: question["date"] for question in questions}
    yield from news_groups(questions, articles, settings.news, generator=generator, first_reader=first_reader)
    pool = PassagePool(part for article in articles.values() for part in article_passages(article))
    path = data / "reading" / "realtimeqa-evidence-2020-2023.json.gz"
    for group, _ in squad_groups(path, "evidence", share=1.0, max_words=settings.max_words, generator=generator):
        later = dates.get(group.id.removeprefix("evidence/"), "") > LATEST_TRAINING_DATE
        dated = group.model_copy(update={"validation": later})
        yield from _swapped(dated, settings.evidence_swapped_share, generator)
        yield with_negatives(
            dated,
            pool,
            count=settings.evidence_negatives,
            depth=settings.negative_depth,
            max_words=settings.max_words,
            generator=generator,
        )
