"""Reads SQuAD-format files (1.1 and 2.0, gzipped or not) into training groups. Mines nothing; see ``mine``."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.training.examples import Group, TrainingPassage, is_validation, window_around


def read_json(path: Path) -> Any:
    """The parsed file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def squad_groups(
    path: Path, source: str, *, share: float, max_words: int, generator: random.Random
) -> Iterator[tuple[Group, str]]:
    """A random ``share`` of a file's questions, one passage each, with the document each is from."""
    for number, article in enumerate(read_json(path)["data"]):
        title = article.get("title")
        for position, paragraph in enumerate(article["paragraphs"]):
            # One "article" of thousands of unrelated posts is no document; there each paragraph is its own.
            document = f"{source}/{title or number}" if len(article["paragraphs"]) < 300 else f"{source}/{position}"
            for question in paragraph["qas"]:
                group = _group(question, paragraph["context"], source, document, max_words, generator)
                if group is not None and (group.validation or generator.random() < share):
                    yield group, document


def _group(
    question: dict[str, Any], context: str, source: str, document: str, max_words: int, generator: random.Random
) -> Group | None:
    spans = tuple(span for answer in question["answers"] if (span := _span(answer, context)) is not None)
    if not spans and not question.get("is_impossible"):
        return None
    if not question["question"].strip() or not context.strip():
        return None
    passage = window_around(context, spans, max_words=max_words, generator=generator)
    return Group(
        id=f"{source}/{question['id']}",
        source=source,
        question=question["question"].strip(),
        validation=is_validation(document),
        passages=(passage,),
    )


def _span(answer: dict[str, Any], context: str) -> tuple[int, int] | None:
    text, start = answer["text"], answer["answer_start"]
    if context[start : start + len(text)] != text:
        return None
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    return (start, start + len(stripped)) if stripped else None


def context_passages(path: Path, source: str) -> Iterator[tuple[str, str]]:
    """(document, context) of every paragraph, for mining passages that don't answer."""
    for number, article in enumerate(read_json(path)["data"]):
        title = article.get("title")
        for position, paragraph in enumerate(article["paragraphs"]):
            whole = len(article["paragraphs"]) < 300
            yield (f"{source}/{title or number}" if whole else f"{source}/{position}"), paragraph["context"]


def without_answers(passage: str, answers: set[str]) -> TrainingPassage | None:
    """The passage as one that doesn't answer, or None where an answer's words stand in it."""
    lowered = passage.lower()
    if any(answer.lower() in lowered for answer in answers):
        return None
    return TrainingPassage(text=passage)
