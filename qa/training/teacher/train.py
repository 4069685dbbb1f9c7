"""Trains the teacher. Owns its schedule, the mean of its weights and its checkpoints.

In bfloat16, which a processor that multiplies it does four times as fast as float32. The rate warms up and holds; what
comes out is the exponential mean of the weights (Polyak & Juditsky 1992), so that a run can end anywhere.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from pydantic import Field
from torch import Tensor, nn

from index.types import Frozen
from qa.training.encode import Asked, asked_rows, load_tokenizer, targets_of
from qa.training.examples import Group, read_groups
from qa.training.network import reader_loss
from qa.training.teacher.groups import LessonSettings, lessons
from qa.training.teacher.network import TeacherNetwork, teacher_inputs
from qa.training.train import log, optimizer_of

SHARES = {
    "stories": 1.0,
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

    steps: int = Field(default=1200, ge=1)
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


@dataclass
class _Run:
    """What a checkpoint holds."""

    network: TeacherNetwork
    optimizer: torch.optim.Optimizer
    mean: dict[str, Tensor]
    step: int = 0


def teach(groups_path: Path, start_folder: Path, work_folder: Path, settings: TeacherSettings) -> Path:
    """Train from ``start_folder``, or resume from ``work_folder``'s checkpoint; returns the folder of mean weights."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    work_folder.mkdir(parents=True, exist_ok=True)
    run = _started(start_folder, settings)
    checkpoint = work_folder / "checkpoint.pt"
    _resume(checkpoint, run)
    groups = [one for one in read_groups(groups_path) if not one.validation]
    stream = _batches(groups, start_folder, settings, random.Random(settings.seed + run.step))
    run.network.train()
    began, losses = time.monotonic(), 0.0
    while run.step < settings.steps:
        losses += _update(run, next(stream), settings)
        run.step += 1
        if run.step % 20 == 0:
            log(work_folder, step=run.step, loss=losses / 20, seconds=time.monotonic() - began)
            losses = 0.0
        if run.step % settings.save_every == 0 or run.step == settings.steps:
            _save(checkpoint, run)
    run.network.load_state_dict(run.mean, strict=False)
    return run.network.save(start_folder, work_folder / "weights")


def _started(start_folder: Path, settings: TeacherSettings) -> _Run:
    network = TeacherNetwork.from_folder(start_folder)
    network.bert.embeddings.requires_grad_(False)
    for layer in network.bert.encoder.layer[: settings.frozen_layers]:
        layer.requires_grad_(False)
    learned = _learned(network)
    optimizer = optimizer_of(network, learning_rate=settings.learning_rate, weight_decay=settings.weight_decay)
    return _Run(network, optimizer, {name: one.detach().clone() for name, one in learned.items()})


def _learned(network: nn.Module) -> dict[str, nn.Parameter]:
    return {name: one for name, one in network.named_parameters() if one.requires_grad}


def _batches(
    groups: Sequence[Group], start_folder: Path, settings: TeacherSettings, generator: random.Random
) -> Iterator[list[Asked]]:
    tokenizer = load_tokenizer(start_folder, max_tokens=settings.max_tokens)
    for members in lessons(groups, settings.lessons, generator):
        rows = asked_rows(members, tokenizer, generator=generator)[: settings.lessons.sequences]
        if rows:
            yield rows


def _update(run: _Run, rows: Sequence[Asked], settings: TeacherSettings) -> float:
    for part in run.optimizer.param_groups:
        part["lr"] = settings.learning_rate * min(1.0, (run.step + 1) / settings.warmup_steps)
    inputs = teacher_inputs([one.encoding for one in rows], rows=settings.lessons.sequences)
    logits = [one[: len(rows)] for one in run.network(inputs)]
    loss = reader_loss(logits[0], logits[1], logits[2], targets_of(rows, length=inputs.ids.shape[1]))
    run.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    learned = _learned(run.network)
    nn.utils.clip_grad_norm_(learned.values(), 1.0)
    run.optimizer.step()
    # At first the mean looks back on fewer steps than there were, or it would be of the beginning.
    kept = min(1 - 1 / settings.mean_over, (run.step + 1) / (run.step + 10))
    with torch.no_grad():
        for name, value in learned.items():
            run.mean[name].lerp_(value, 1 - kept)
    return float(loss.detach())


def _resume(checkpoint: Path, run: _Run) -> None:
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        run.network.load_state_dict(state["network"])
        run.optimizer.load_state_dict(state["optimizer"])
        run.mean, run.step = state["mean"], int(state["step"])


def _save(checkpoint: Path, run: _Run) -> None:
    partial = checkpoint.with_suffix(".partial")
    state = {
        "network": run.network.state_dict(),
        "optimizer": run.optimizer.state_dict(),
        "mean": run.mean,
        "step": run.step,
    }
    torch.save(state, partial)
    partial.replace(checkpoint)
