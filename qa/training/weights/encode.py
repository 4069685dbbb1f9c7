"""Groups → token rows and what should be said of them. Owns tokenising and augmentation; never looks at a loss."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer

from qa.training.asked import as_asked
from qa.training.examples import Group, TrainingPassage
from qa.training.weights.lessons import LessonSettings, lessons
from qa.training.weights.loss import Targets

MAX_QUESTION_WORDS = 60


@dataclass(frozen=True)
class Asked:
    """A question put to a passage."""

    question: str
    passage: TrainingPassage
    group: int
    """Passages of one question share a number."""
    encoding: Encoding


def load_tokenizer(folder: Path, *, max_tokens: int) -> Tokenizer:
    """The folder's tokenizer, cutting passages (never questions) at ``max_tokens``, without padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer


def asked_rows(groups: Sequence[Group], tokenizer: Tokenizer, *, generator: random.Random | None = None) -> list[Asked]:
    """Every passage with its group's question; with a ``generator`` the questions are augmented."""
    rows = []
    for number, group in enumerate(groups):
        question, passages = as_asked(group, generator) if generator else (group.question, group.passages)
        asked = " ".join(question.split()[:MAX_QUESTION_WORDS])
        rows += [Asked(asked, passage, number, tokenizer.encode(asked, passage.text)) for passage in passages]
    return rows


def asked_lessons(
    groups: Sequence[Group], settings: LessonSettings, tokenizer: Tokenizer, generator: random.Random
) -> Iterator[list[Asked]]:
    """Lessons without end, asked and tokenised; raises ValueError where no group is to be learned."""
    for members in lessons(groups, settings, generator):
        rows = asked_rows(members, tokenizer, generator=generator)[: settings.sequences]
        if rows:
            yield rows


def targets_of(rows: Sequence[Asked], *, length: int) -> Targets:
    """What the rows should have said, padded to ``length`` tokens."""
    spans = [token_spans(row.encoding, row.passage.spans) for row in rows]
    return targets_at(spans, [row.group for row in rows], length=length)


def targets_at(spans: Sequence[Sequence[tuple[int, int]]], groups: Sequence[int], *, length: int) -> Targets:
    """The same of rows whose answers are told by first and last token; a row without any answers "not here"."""
    starts, ends = torch.zeros((len(spans), length)), torch.zeros((len(spans), length))
    for row, answers in enumerate(spans):
        for start, end in answers or [(0, 0)]:
            starts[row, start] += 1
            ends[row, end] += 1
    relevant = (starts[:, 0] == 0).float()
    return Targets(
        starts / starts.sum(-1, keepdim=True), ends / ends.sum(-1, keepdim=True), relevant, torch.tensor(groups)
    )


def token_spans(encoding: Encoding, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last token of each character span of the passage that the encoding holds whole."""
    found = []
    for start, end in spans:
        first, last = encoding.char_to_token(start, 1), encoding.char_to_token(end - 1, 1)
        if first is not None and last is not None:
            found.append((first, last))
    return found
