"""Public data → one file of training groups. Owns the mix: which source, how much of it, with how many negatives."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from index.types import Frozen
from qa.reader import Reader
from qa.training.examples import Group
from qa.training.mine import LATEST_TRAINING_DATE, PassagePool, news_groups, news_passages, read_lines, with_negatives
from qa.training.squad import context_passages, squad_groups


class Source(Frozen):
    """How much of a file to take."""

    file: str
    share: float = Field(gt=0, le=1)
    """Of its questions, at random."""
    negative_share: float = Field(ge=0, le=1)
    """Of the taken questions that get one passage of the same document that doesn't answer."""


SOURCES = (
    # Encyclopaedic prose and people's own questions: nearest to what is asked of news.
    Source(file="squad2-dev-half", share=1.0, negative_share=0.35),
    Source(file="squadshifts-new_wiki", share=1.0, negative_share=0.4),
    # Chat and reviews: many questions, prose far from news.
    Source(file="squadshifts-reddit", share=0.55, negative_share=0.2),
    Source(file="squadshifts-amazon_reviews", share=0.5, negative_share=0.1),
    # Answers of whole sentences: a little teaches "why" and "how", much teaches to copy too long.
    Source(file="covidqa", share=0.5, negative_share=0.5),
    Source(file="policyqa", share=0.08, negative_share=0.3),
)


class MixSettings(Frozen):
    """Knobs of the mix."""

    max_words: int = Field(default=140, ge=20)
    """Of a window; a passage of the index has 60 to 120."""
    negative_depth: int = Field(default=8, ge=1)
    """Negatives come from this many best matches: near enough to be hard."""
    news_positives: int = Field(default=2, ge=1)
    news_negatives: int = Field(default=3, ge=0)
    seed: int = 20251019


def prepare(data: Path, settings: MixSettings, *, first_reader: Reader | None = None) -> Iterator[Group]:
    """All groups of all sources under ``data``; a ``first_reader`` filters the weak labels of the news."""
    generator = random.Random(settings.seed)
    for source in SOURCES:
        yield from _reading(data / "reading" / f"{source.file}.json.gz", source, settings, generator)
    yield from _news(data, settings, generator, first_reader)


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
        if generator.random() >= source.negative_share or not group.passages[0].spans:
            yield group
            continue
        key = "" if everything else document
        if key not in pools:
            pools[key] = PassagePool(
                everything or [part for text in contexts[document] for part in news_passages(text)]
            )
        yield with_negatives(
            group,
            pools[key],
            count=1,
            depth=settings.negative_depth,
            max_words=settings.max_words,
            generator=generator,
        )


def _news(data: Path, settings: MixSettings, generator: random.Random, first_reader: Reader | None) -> Iterator[Group]:
    questions = read_lines(data / "realtimeqa" / "questions-2020-2023.jsonl.gz")
    dates = {question["id"]: question["date"] for question in questions}
    articles = {
        article["id"]: article["text"] for article in read_lines(data / "realtimeqa" / "articles-2022-2023.jsonl.gz")
    }
    yield from news_groups(
        questions,
        articles,
        positives=settings.news_positives,
        negatives=settings.news_negatives,
        generator=generator,
        first_reader=first_reader,
    )
    pool = PassagePool(part for text in articles.values() for part in news_passages(text))
    path = data / "reading" / "realtimeqa-evidence-2020-2023.json.gz"
    for group, _ in squad_groups(path, "evidence", share=1.0, max_words=settings.max_words, generator=generator):
        later = dates.get(group.id.removeprefix("evidence/"), "") > LATEST_TRAINING_DATE
        dated = group.model_copy(update={"validation": later})
        yield with_negatives(dated, pool, count=2, depth=6, max_words=settings.max_words, generator=generator)
