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
    for document, paragraph in _paragraphs(path, source):
        for question in paragraph["qas"]:
            context = TrainingPassage(text=paragraph["context"] or " ")
            group = _group(question, context, source, document, max_words, generator)
            if group is not None and (group.validation or generator.random() < share):
                yield group, document


def _paragraphs(path: Path, source: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(document, paragraph) of every paragraph."""
    for number, article in enumerate(read_json(path)["data"]):
        title = article.get("title")
        for position, paragraph in enumerate(article["paragraphs"]):
            # One "article" of thousands of unrelated posts is no document; there each paragraph is its own.
            whole = len(article["paragraphs"]) < 300
            yield f"{source}/{(title or number) if whole else position}", paragraph


def _group(
    question: dict[str, Any],
    context: TrainingPassage,
    source: str,
    document: str,
    max_words: int,
    generator: random.Random,
) -> Group | None:
    spans = tuple(span for answer in question["answers"] if (span := _span(answer, context.text)) is not None)
    if not spans and not question.get("is_impossible"):
        return None
    if not question["question"].strip() or not context.text.strip():
        return None
    held = context.model_copy(update={"spans": spans})
    passage = window_around(held, max_words=max_words, generator=generator)
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


def context_passages(path: Path, source: str) -> Iterator[tuple[str, TrainingPassage]]:
    """(document, context) of every paragraph, for mining passages that don't answer."""
    for document, paragraph in _paragraphs(path, source):
        if paragraph["context"].strip():
            yield document, TrainingPassage(text=paragraph["context"])
