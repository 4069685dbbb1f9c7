"""Finds passages that don't answer but look as if they did, and news passages that do (distant supervision).

A news-quiz question has articles in which its answer's words occur. That is a weak label: the words may stand there for
another reason. An occurrence counts only where the passage is among the best matches of the question by BM25.
"""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from index.lexical import LexicalIndex
from index.types import Frozen, Passage
from qa.reader import Reader
from qa.training.examples import Group, TrainingPassage, window_around, word_bounds
from qa.types import Reading

LATEST_TRAINING_DATE = "2023/08/31"
"""News-quiz questions after it are validation: what is asked of the reader comes later than what it learned from."""


Articles = dict[str, dict[str, Any]]
"""The records of news articles, by id."""


class PassagePool:
    """Passages that can be searched by words."""

    def __init__(self, passages: Iterable[TrainingPassage]) -> None:
        """Index the passages' texts in memory."""
        self._passages = list(passages)
        self._words = LexicalIndex.create(None)
        self._words.add((number, passage.text) for number, passage in enumerate(self._passages))
        self._words.commit()

    def best(self, question: str, *, limit: int) -> list[TrainingPassage]:
        """The best passages by BM25, best first."""
        return [self._passages[number] for number, _ in self._words.search(question, limit=limit)]


def with_negatives(
    group: Group, pool: PassagePool, *, count: int, depth: int, max_words: int, generator: random.Random
) -> Group:
    """The group with up to ``count`` of the pool's ``depth`` best passages that hold none of its answers' words."""
    positive = group.passages[0]
    answers = {positive.text[start:end] for start, end in positive.spans}
    held = [one for one in pool.best(group.question, limit=depth) if not occurrences(one.text, answers)]
    held = [one for one in held if positive.text not in one.text]
    chosen = generator.sample(held, min(count, len(held)))
    cut = tuple(window_around(one, max_words=max_words, generator=generator) for one in chosen)
    return group.model_copy(update={"passages": group.passages + cut})


def article_passages(article: dict[str, Any]) -> list[TrainingPassage]:
    """An article's passages."""
    return [TrainingPassage(text=text) for text in news_passages(article["text"])]


def news_passages(text: str) -> list[str]:
    """An article's text in passages."""
    return [text[start:end] for start, end in passage_bounds(text)]


def passage_bounds(text: str, *, words: int = 100) -> list[tuple[int, int]]:
    """Where an article's passages stand: runs of whole paragraphs of about ``words`` words, long paragraphs cut."""
    passages: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    offset = 0
    for paragraph in text.split("\n"):
        bounds = [(offset + start, offset + end) for start, end in word_bounds(paragraph)]
        for first in range(0, len(bounds), words):
            held += bounds[first : first + words]
            if len(held) >= words * 0.7:
                passages.append((held[0][0], held[-1][1]))
                held = []
        offset += len(paragraph) + 1
    return [*passages, (held[0][0], held[-1][1])] if held else passages


def occurrences(text: str, answers: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the answers' words stand in the text, whole words, in any case."""
    spans = set()
    for answer in answers:
        bare = answer.strip(" \"'“”‘’.,")
        if bare:
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, bare.split())) + r"(?!\w)"
            spans |= {match.span() for match in re.finditer(pattern, text, re.IGNORECASE)}
    return tuple(sorted(spans))


def agreed(reader: Reader, question: str, held: Sequence[TrainingPassage]) -> list[TrainingPassage]:
    """The passages of which the reader's own best spans meet an occurrence, the surest first, with those as targets."""
    kept = []
    for one, reading in zip(held, _read(reader, question, held), strict=True):
        for span, score in reading.spans[:2]:
            met = tuple(part for part in one.spans if part[0] < span.end and span.start < part[1])
            if met:
                kept.append((score, one.model_copy(update={"spans": met})))
                break
    return [one for _, one in sorted(kept, key=lambda pair: -pair[0])]


def misleading(reader: Reader, question: str, others: Sequence[TrainingPassage]) -> list[TrainingPassage]:
    """Passages that don't answer, those first in which the reader is surest that it reads an answer."""
    readings = _read(reader, question, others)
    order = sorted(range(len(others)), key=lambda place: -readings[place].score)
    return [others[place] for place in order]


def _read(reader: Reader, question: str, passages: Sequence[TrainingPassage]) -> list[Reading]:
    return reader.read(
        question,
        [
            Passage(id=number, document_id="", start=0, end=len(one.text), text=one.text)
            for number, one in enumerate(passages)
        ],
    )


def read_articles(data: Path) -> Articles:
    """The news articles of the data folder, by id."""
    return {one["id"]: one for one in read_lines(data / "realtimeqa" / "articles-2022-2023.jsonl.gz")}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """A JSONL file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class NewsSettings(Frozen):
    """How many passages of a question's own articles make a group."""

    positives: int = Field(default=2, ge=1)
    negatives: int = Field(default=4, ge=0)
    unanswered_share: float = Field(default=0.6, ge=0, le=1)
    """Of the questions whose articles never say the answer's words: all that was found for them is negative."""
    unanswered_passages: int = Field(default=2, ge=1)
    copies: int = Field(default=2, ge=1)
    """How often a question with an answer is taken, each time with other passages."""


def news_groups(
    questions: Sequence[dict[str, Any]],
    articles: Articles,
    settings: NewsSettings,
    *,
    generator: random.Random,
    first_reader: Reader | None = None,
) -> Iterator[Group]:
    """News-quiz questions with passages of their own articles that hold the answer's words, and some that don't.

    A ``first_reader`` chooses among the occurrences: those that it would read as the answer come first, the others of
    their passage are no target, and a question of which it agrees with none is left out unless BM25 puts one on top.
    It also chooses what misleads it most.
    """
    for question in questions:
        own = [articles[number] for number in question["gcs_articles"] if number in articles]
        answers = [answer for answer in question["answers"] if answer.strip()]
        if not own or not answers:
            continue
        pool = PassagePool(passage for article in own for passage in article_passages(article))
        ranked = pool.best(question["question"], limit=40)
        others = [one for one in ranked[:12] if not occurrences(one.text, answers)]
        if not question["articles_with_answer_string"]:
            if others and generator.random() < settings.unanswered_share:
                chosen = generator.sample(others[:8], min(settings.unanswered_passages, len(others[:8])))
                yield _news_group(question, chosen)
            continue
        held = _held(question["question"], ranked, answers, first_reader)[: settings.positives * 2]
        if not held:
            continue
        if first_reader is not None:
            others = misleading(first_reader, question["question"], others)[: settings.negatives * 2]
        for _ in range(1 if _is_later(question) else settings.copies):
            positives = generator.sample(held, min(settings.positives, len(held)))
            yield _news_group(question, [*positives, *generator.sample(others, min(settings.negatives, len(others)))])


def _held(
    question: str, ranked: Sequence[TrainingPassage], answers: Sequence[str], first_reader: Reader | None
) -> list[TrainingPassage]:
    """Of the passages, best first, those that hold the answer's words and, to the first reader, mean them."""
    held = [one.model_copy(update={"spans": spans}) for one in ranked[:12] if (spans := occurrences(one.text, answers))]
    if first_reader is None or not held:
        return held
    top = held[:1] if ranked[0].text == held[0].text else []
    return agreed(first_reader, question, held) or top


def _news_group(question: dict[str, Any], passages: Sequence[TrainingPassage]) -> Group:
    return Group(
        id=f"realtimeqa/{question['id']}",
        source="realtimeqa",
        question=question["question"],
        validation=_is_later(question),
        passages=tuple(passages),
    )


def _is_later(question: dict[str, Any]) -> bool:
    return bool(question["date"] > LATEST_TRAINING_DATE)
