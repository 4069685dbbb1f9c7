"""Makes the reader that ships of a teacher's lowest layers. Owns the distillation's loss and schedule.

The student learns the teacher's distributions (Hinton et al. 2015), over each passage and, so that scores compare
across passages, over all passages of a question together. Its word vectors are rounded from the start and not learned;
its matrices, and what they multiply, are rounded over the last part of the run, while they still learn.
"""

import random
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import torch
from pydantic import Field
from torch import Tensor
from torch.nn import functional

from index.types import Frozen
from qa.training.examples import read_groups
from qa.training.weights.encode import Asked, asked_lessons, load_tokenizer, targets_of
from qa.training.weights.lessons import LessonSettings
from qa.training.weights.loss import reader_loss
from qa.training.weights.network import ReaderNetwork, inputs_of
from qa.training.weights.rounding import WORD_LEVELS, Rounding, grid_of
from qa.training.weights.run import log, optimizer_of, resume, save, update

SHARES = {
    "realtimeqa": 3.0,
    "evidence": 2.0,
    "stories-hard": 3.0,
    "squad2-dev-half": 0.6,
    "stories": 0.5,
    "squadshifts-new_wiki": 0.35,
    "squadshifts-reddit": 0.2,
    "squadshifts-amazon_reviews": 0.2,
    "covidqa": 0.2,
    "policyqa": 0.2,
}


class DistilSettings(Frozen):
    """Knobs of a run."""

    steps: int = Field(default=7200, ge=1)
    """Optimiser steps of the whole run, a resumed part counted in; of three seconds each on two cores."""
    layers: int = Field(default=6, ge=1)
    """Of the teacher, from the lowest up: as many as can be shipped."""
    rounded_share: float = Field(default=0.3, ge=0, le=1)
    """Of the steps, the last, in which the matrices and what they multiply are rounded."""
    decay_share: float = Field(default=0.3, gt=0, le=1)
    """Of the steps, the last, over which the rate falls to zero."""
    fit_every: int = Field(default=60, ge=1)
    """Steps after which the grids are chosen anew."""
    learning_rate: float = Field(default=8e-5, gt=0)
    weight_decay: float = Field(default=0.01, ge=0)
    warmup_steps: int = Field(default=40, ge=1)
    temperature: float = Field(default=2.0, gt=0)
    marked_share: float = Field(default=0.2, ge=0)
    """Weight of what people marked, beside what the teacher says."""
    max_tokens: int = Field(default=224, ge=32, le=512)
    threads: int = Field(default=2, ge=1)
    seed: int = 20251019
    save_every: int = Field(default=100, ge=1)
    lessons: LessonSettings = LessonSettings(shares=SHARES, words=(30, 125), sentence_share=0.25, sequences=30)


def distil(groups_path: Path, teacher_folder: Path, work_folder: Path, settings: DistilSettings) -> Path:
    """Train the teacher's lowest layers, or resume from ``work_folder``'s checkpoint; returns the folder of weights."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    work_folder.mkdir(parents=True, exist_ok=True)
    teacher = ReaderNetwork.from_folder(teacher_folder).eval()
    student = started(teacher, settings)
    optimizer = optimizer_of(student, learning_rate=settings.learning_rate, weight_decay=settings.weight_decay)
    step = resume(work_folder, student, optimizer)
    groups = [one for one in read_groups(groups_path) if not one.validation]
    tokenizer = load_tokenizer(teacher_folder, max_tokens=settings.max_tokens)
    stream = asked_lessons(groups, settings.lessons, tokenizer, random.Random(settings.seed + step))
    student.train()
    rounding: Rounding | None = None
    began, losses = time.monotonic(), 0.0
    while step < settings.steps:
        is_rounded = step >= settings.steps * (1 - settings.rounded_share)
        if is_rounded and (rounding is None or step % settings.fit_every == 0):
            rounding = Rounding(student.matrices())
        with rounding.applied() if rounding else nullcontext():
            losses += _learn(student, teacher, next(stream), settings)
        update(student, optimizer, rate=rate_at(step, settings))
        step += 1
        if step % 20 == 0:
            log(work_folder, step=step, loss=losses / 20, seconds=time.monotonic() - began)
            losses = 0.0
        if step % settings.save_every == 0 or step == settings.steps:
            save(work_folder, student, optimizer, step)
    return student.save(teacher_folder, work_folder / "weights")


def started(teacher: ReaderNetwork, settings: DistilSettings) -> ReaderNetwork:
    """The teacher's lowest layers behind rounded word vectors."""
    student = teacher.lowest(settings.layers)
    words = student.bert.embeddings.word_embeddings.weight
    with torch.no_grad():
        words.copy_(grid_of(words, levels=WORD_LEVELS).rounded(words))
    student.bert.embeddings.requires_grad_(False)
    return student


def rate_at(step: int, settings: DistilSettings) -> float:
    """The learning rate of a step."""
    left = 1 - step / settings.steps
    return settings.learning_rate * min(1.0, (step + 1) / settings.warmup_steps, left / settings.decay_share)


def _learn(student: ReaderNetwork, teacher: ReaderNetwork, rows: Sequence[Asked], settings: DistilSettings) -> float:
    """Leave the loss's gradients; returns the loss.

    The loss is the divergence from the teacher in each passage and over each question's, and a share of what people
    marked.
    """
    inputs = inputs_of([one.encoding for one in rows], rows=settings.lessons.sequences)
    with torch.no_grad():
        theirs = [one[: len(rows)] for one in teacher(inputs)]
    ours = [one[: len(rows)] for one in student(inputs)]
    targets = targets_of(rows, length=inputs.ids.shape[1])
    within = sum(
        _divergence(mine, other, settings.temperature).mean() for mine, other in zip(ours[:2], theirs[:2], strict=True)
    )
    binary = functional.binary_cross_entropy_with_logits(ours[2], torch.sigmoid(theirs[2]))
    marked = reader_loss(ours[0], ours[1], ours[2], targets)
    loss = within / 2 + binary + _across(ours, theirs, targets.group) + settings.marked_share * marked
    loss.backward()  # type: ignore[no-untyped-call]
    return float(loss.detach())


def _across(ours: Sequence[Tensor], theirs: Sequence[Tensor], groups: Tensor) -> Tensor:
    """Divergence over all tokens of a question's passages but "not here", and over the passages; mean of questions."""
    losses = []
    for group in set(groups.tolist()):
        members = groups == group
        if members.sum() > 1:
            tokens = [
                _divergence(mine[members][:, 1:].flatten(), other[members][:, 1:].flatten(), 1.0) / 2
                for mine, other in zip(ours[:2], theirs[:2], strict=True)
            ]
            losses.append(tokens[0] + tokens[1] + _divergence(ours[2][members], theirs[2][members], 1.0))
    return torch.stack(losses).mean() if losses else ours[2].sum() * 0


def _divergence(ours: Tensor, theirs: Tensor, temperature: float) -> Tensor:
    """Kullback-Leibler, of softened distributions; scaled so that the temperature leaves gradients as they are."""
    wanted = functional.softmax(theirs / temperature, dim=-1)
    logs = functional.log_softmax(theirs / temperature, dim=-1) - functional.log_softmax(ours / temperature, dim=-1)
    return (wanted * logs).sum(-1) * temperature**2
