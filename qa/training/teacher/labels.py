"""What the teacher says of (question, passage) pairs, in the student's tokens. Owns the labels and their files."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from qa.training.encode import asked_rows, token_spans
from qa.training.examples import Group
from qa.training.teacher.network import TeacherNetwork, teacher_inputs


@dataclass(frozen=True)
class Label:
    """One pair. Logits [1 + tokens] are of "not here" and then of every token of the passage, in half precision."""

    ids: list[int]
    """The student's input."""
    places: list[int]
    """Of the passage's tokens in it."""
    starts: Tensor
    ends: Tensor
    relevance: float
    spans: list[tuple[int, int]]
    """First and last token of the answers that people marked."""
    group: int


def labelled(
    groups: Sequence[Group],
    teacher: TeacherNetwork,
    tokenizers: tuple[Tokenizer, Tokenizer],
    *,
    rows: int,
    generator: random.Random,
) -> list[Label]:
    """The teacher's logits for at most ``rows`` pairs; ``tokenizers`` are the student's and the teacher's.

    Both cut English into the same word pieces; a pair in which they don't is left out.
    """
    student, other = tokenizers
    pairs = [
        (row, theirs, places)
        for row in asked_rows(groups, student, generator=generator)
        if (places := shared_places(row.encoding, theirs := other.encode(row.question, row.passage.text)))
    ][:rows]
    if not pairs:
        return []
    with torch.no_grad():
        starts, ends, relevance = teacher(teacher_inputs([theirs for _, theirs, _ in pairs], rows=rows))
    labels = []
    for number, (row, _, places) in enumerate(pairs):
        theirs_at = torch.tensor([0, *(there for _, there in places)])
        ours = [here for here, _ in places]
        labels.append(
            Label(
                ids=row.encoding.ids,
                places=ours,
                starts=starts[number][theirs_at].half(),
                ends=ends[number][theirs_at].half(),
                relevance=float(relevance[number]),
                spans=[span for span in token_spans(row.encoding, row.passage.spans) if set(span) <= set(ours)],
                group=row.group,
            )
        )
    return labels


def shared_places(ours: Encoding, theirs: Encoding) -> list[tuple[int, int]]:
    """Places of the passage's tokens in both encodings, as far as both go; none where they are cut differently."""
    here, there = _passage_places(ours), _passage_places(theirs)
    places = list(zip(here, there, strict=False))
    return places if all(ours.offsets[one] == theirs.offsets[other] for one, other in places) else []


def write_labels(path: Path, steps: Sequence[Sequence[Label]]) -> None:
    """Labels by the step in which they were made; a step's are of whole questions."""
    torch.save([[vars(label) for label in labels] for labels in steps], path)


def read_labels(path: Path) -> Iterator[list[Label]]:
    """The steps of a file."""
    for labels in torch.load(path, weights_only=True):
        yield [Label(**label) for label in labels]


def _passage_places(encoding: Encoding) -> list[int]:
    return [place for place, part in enumerate(encoding.sequence_ids) if part == 1]
