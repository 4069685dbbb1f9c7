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

from index.lexical import LexicalIndex
from index.types import Passage
from qa.reader import Reader
from qa.training.examples import Group, TrainingPassage, word_bounds

LATEST_TRAINING_DATE = "2023/08/31"
"""News-quiz questions after it are validation: what is asked of the reader comes later than what it learned from."""


class PassagePool:
    """Passages that can be searched by words."""

    def __init__(self, passages: Iterable[str]) -> None:
        """Index the passages in memory."""
        self._texts = list(passages)
        self._words = LexicalIndex.create(None)
        self._words.add(enumerate(self._texts))
        self._words.commit()

    def best(self, question: str, *, limit: int) -> list[str]:
        """The best passages by BM25, best first."""
        return [self._texts[number] for number, _ in self._words.search(question, limit=limit)]


def with_negatives(
    group: Group, pool: PassagePool, *, count: int, depth: int, max_words: int, generator: random.Random
) -> Group:
    """The group with up to ``count`` of the pool's ``depth`` best passages that hold none of its answers' words."""
    positive = group.passages[0]
    answers = {positive.text[start:end] for start, end in positive.spans}
    held = [text for text in pool.best(group.question, limit=depth) if not occurrences(text, answers)]
    held = [text for text in held if text != positive.text and positive.text not in text]
    chosen = generator.sample(held, min(count, len(held)))
    cut = tuple(TrainingPassage(text=window(text, max_words, generator)) for text in chosen)
    return group.model_copy(update={"passages": group.passages + cut})


def window(text: str, max_words: int, generator: random.Random) -> str:
    """At most ``max_words`` words of the text, from a random place."""
    bounds = word_bounds(text)
    first = generator.randint(0, max(0, len(bounds) - max_words))
    return text[bounds[first][0] : bounds[min(first + max_words, len(bounds)) - 1][1]]


def news_passages(text: str, *, words: int = 100) -> list[str]:
    """An article in runs of whole paragraphs of about ``words`` words, long paragraphs cut."""
    passages: list[str] = []
    current: list[str] = []
    size = 0
    for paragraph in (part.strip() for part in text.split("\n") if part.strip()):
        bounds = word_bounds(paragraph)
        for first in range(0, len(bounds), words):
            last = min(first + words, len(bounds))
            current.append(paragraph[bounds[first][0] : bounds[last - 1][1]])
            size += last - first
            if size >= words * 0.7:
                passages.append("\n".join(current))
                current, size = [], 0
    return [*passages, "\n".join(current)] if current else passages


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
    passages = [
        Passage(id=number, document_id="", start=0, end=len(one.text), text=one.text) for number, one in enumerate(held)
    ]
    kept = []
    for one, reading in zip(held, reader.read(question, passages), strict=True):
        read = [(reading.span, reading.score), *reading.alternatives[:1]] if reading.span else []
        for span, score in read:
            met = tuple(part for part in one.spans if span and part[0] < span.end and span.start < part[1])
            if met:
                kept.append((score + reading.relevance, TrainingPassage(text=one.text, spans=met)))
                break
    return [one for _, one in sorted(kept, key=lambda pair: -pair[0])]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """A JSONL file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def news_groups(
    questions: Sequence[dict[str, Any]],
    articles: dict[str, str],
    *,
    positives: int,
    negatives: int,
    generator: random.Random,
    first_reader: Reader | None = None,
) -> Iterator[Group]:
    """News-quiz questions with passages of their own articles that hold the answer's words, and some that don't.

    A ``first_reader`` chooses among the occurrences: those that it would read as the answer come first, the others of
    their passage are no target, and a question of which it agrees with none is left out unless BM25 puts one on top.
    """
    for question in questions:
        own = [articles[number] for number in question["gcs_articles"] if number in articles]
        if not question["articles_with_answer_string"] or not own:
            continue
        pool = PassagePool(passage for article in own for passage in news_passages(article))
        ranked = pool.best(question["question"], limit=40)
        answers = [answer for answer in question["answers"] if answer.strip()]
        held = [
            TrainingPassage(text=text, spans=spans) for text in ranked[:12] if (spans := occurrences(text, answers))
        ]
        if first_reader is not None:
            top = held[:1] if ranked[0] in {passage.text for passage in held} else []
            held = agreed(first_reader, question["question"], held) or top
        others = [text for text in ranked[:16] if not occurrences(text, answers)]
        if not held:
            continue
        others = generator.sample(others, min(negatives, len(others)))
        yield Group(
            id=f"realtimeqa/{question['id']}",
            source="realtimeqa",
            question=question["question"],
            validation=question["date"] > LATEST_TRAINING_DATE,
            passages=(*held[:positives], *(TrainingPassage(text=text) for text in others)),
        )
