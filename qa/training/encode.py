"""Groups → padded tensors. Owns tokenising, question augmentation and batching by length; never looks at a loss."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from qa.training.asked import as_asked
from qa.training.examples import Group, TrainingPassage
from qa.training.network import Targets

MAX_QUESTION_WORDS = 60


@dataclass(frozen=True)
class Batch:
    """Inputs [batch, length] and what they should give."""

    input_ids: Tensor
    token_type_ids: Tensor
    attention_mask: Tensor
    targets: Targets


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


def batches(
    groups: Sequence[Group], tokenizer: Tokenizer, *, sequences: int, generator: random.Random
) -> Iterator[Batch]:
    """Batches of about ``sequences`` sequences, groups whole and of like length together, in random order."""
    pool = list(groups)
    generator.shuffle(pool)
    for start in range(0, len(pool), sequences * 24):
        part = sorted(pool[start : start + sequences * 24], key=lambda group: max(len(p.text) for p in group.passages))
        steps = list(packed(part, sequences))
        generator.shuffle(steps)
        for members in steps:
            yield collate(members, tokenizer, generator=generator)


def packed(groups: Sequence[Group], sequences: int) -> Iterator[list[Group]]:
    """Neighbouring groups together, as many as have no more than ``sequences`` passages; one that has more is alone."""
    members: list[Group] = []
    for group in groups:
        if members and sum(len(member.passages) for member in members) + len(group.passages) > sequences:
            yield members
            members = []
        members.append(group)
    if members:
        yield members


def collate(groups: Sequence[Group], tokenizer: Tokenizer, *, generator: random.Random | None = None) -> Batch:
    """One padded batch; with a ``generator`` the questions are augmented."""
    rows = asked_rows(groups, tokenizer, generator=generator)
    length = max(len(row.encoding.ids) for row in rows)
    ids, types, mask = (torch.zeros((len(rows), length), dtype=torch.long) for _ in range(3))
    for number, row in enumerate(rows):
        size = len(row.encoding.ids)
        ids[number, :size] = torch.tensor(row.encoding.ids)
        types[number, :size] = torch.tensor(row.encoding.type_ids)
        mask[number, :size] = 1
    return Batch(ids, types, mask, targets_of(rows, length=length))


def asked_rows(groups: Sequence[Group], tokenizer: Tokenizer, *, generator: random.Random | None = None) -> list[Asked]:
    """Every passage with its group's question; with a ``generator`` the questions are augmented."""
    rows = []
    for number, group in enumerate(groups):
        question, passages = as_asked(group, generator) if generator else (group.question, group.passages)
        asked = " ".join(question.split()[:MAX_QUESTION_WORDS])
        rows += [Asked(asked, passage, number, tokenizer.encode(asked, passage.text)) for passage in passages]
    return rows


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
