"""Trains the teacher. Owns its schedule, the mean of its weights and its checkpoints.

In bfloat16, which a processor that multiplies it does four times as fast as float32. The rate warms up and holds; what
comes out is the exponential mean of the weights (Polyak & Juditsky 1992), so that a run can end anywhere.
"""

import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from pydantic import Field
from torch import Tensor

from index.types import Frozen
from qa.training.examples import read_groups
from qa.training.weights.encode import Asked, asked_lessons, load_tokenizer, targets_of
from qa.training.weights.lessons import LessonSettings
from qa.training.weights.loss import reader_loss
from qa.training.weights.network import ReaderNetwork, inputs_of
from qa.training.weights.run import learned, log, optimizer_of, resume, save, update

SHARES = {
    "stories": 1.0,
    "stories-hard": 4.0,
    "squad2-dev-half": 1.0,
    "evidence": 1.0,
    "realtimeqa": 1.0,
    "squadshifts-new_wiki": 0.7,
    "squadshifts-reddit": 0.3,
    "squadshifts-amazon_reviews": 0.3,
    "covidqa": 0.3,
    "policyqa": 0.3,
}


class TeacherSettings(Frozen):
    """Knobs of a run."""

    steps: int = Field(default=3500, ge=1)
    """Optimiser steps of the whole run, a resumed part counted in."""
    learning_rate: float = Field(default=4e-5, gt=0)
    weight_decay: float = Field(default=0.01, ge=0)
    warmup_steps: int = Field(default=80, ge=1)
    frozen_layers: int = Field(default=4, ge=0)
    """The lowest, with the word vectors: a sixth less work."""
    mean_over: float = Field(default=250.0, gt=0)
    """Steps that the mean of the weights looks back on."""
    max_tokens: int = Field(default=208, ge=32, le=512)
    threads: int = Field(default=2, ge=1)
    seed: int = 20251019
    save_every: int = Field(default=100, ge=1)
    lessons: LessonSettings = LessonSettings(shares=SHARES, words=(25, 55), cut_share=0.75, sequences=27)
    """Short windows: three times as many questions an hour, and it reads long passages as well."""


def teach(groups_path: Path, start_folder: Path, work_folder: Path, settings: TeacherSettings) -> Path:
    """Train from ``start_folder``, or resume from ``work_folder``'s checkpoint; returns the folder of mean weights."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    work_folder.mkdir(parents=True, exist_ok=True)
    network = _started(start_folder, settings)
    optimizer = optimizer_of(network, learning_rate=settings.learning_rate, weight_decay=settings.weight_decay)
    mean = {name: one.detach().clone() for name, one in learned(network).items()}
    step = resume(work_folder, network, optimizer, mean)
    groups = [one for one in read_groups(groups_path) if not one.validation]
    tokenizer = load_tokenizer(start_folder, max_tokens=settings.max_tokens)
    stream = asked_lessons(groups, settings.lessons, tokenizer, random.Random(settings.seed + step))
    network.train()
    began, losses = time.monotonic(), 0.0
    while step < settings.steps:
        losses += _learn(network, next(stream), settings)
        update(network, optimizer, rate=settings.learning_rate * min(1.0, (step + 1) / settings.warmup_steps))
        # At first the mean looks back on fewer steps than there were, or it would be of the beginning.
        _average(mean, network, kept=min(1 - 1 / settings.mean_over, (step + 1) / (step + 10)))
        step += 1
        if step % 20 == 0:
            log(work_folder, step=step, loss=losses / 20, seconds=time.monotonic() - began)
            losses = 0.0
        if step % settings.save_every == 0 or step == settings.steps:
            save(work_folder, network, optimizer, step, mean)
    network.load_state_dict(mean, strict=False)
    return network.save(start_folder, work_folder / "weights")


def _started(start_folder: Path, settings: TeacherSettings) -> ReaderNetwork:
    network = ReaderNetwork.from_folder(start_folder)
    network.bert.embeddings.requires_grad_(False)
    for layer in network.bert.encoder.layer[: settings.frozen_layers]:
        layer.requires_grad_(False)
    return network


def _learn(network: ReaderNetwork, rows: Sequence[Asked], settings: TeacherSettings) -> float:
    """Leave the loss's gradients; returns the loss."""
    inputs = inputs_of([one.encoding for one in rows], rows=settings.lessons.sequences)
    logits = [one[: len(rows)] for one in network(inputs)]
    loss = reader_loss(logits[0], logits[1], logits[2], targets_of(rows, length=inputs.ids.shape[1]))
    loss.backward()  # type: ignore[no-untyped-call]
    return float(loss.detach())


def _average(mean: dict[str, Tensor], network: ReaderNetwork, *, kept: float) -> None:
    with torch.no_grad():
        for name, value in learned(network).items():
            mean[name].lerp_(value, 1 - kept)
