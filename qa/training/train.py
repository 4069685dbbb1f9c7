"""Trains the reader. Owns the optimiser, the schedule and checkpoints; reads groups, writes a folder of weights.

The learning rate warms up, holds, and decays linearly over the last part (warm-up, stable, decay), so that a run can be
stopped, given more data, and resumed before it decays.
"""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from pydantic import Field
from safetensors.torch import save_file
from tokenizers import Tokenizer

from index.types import Frozen
from qa.training.encode import Batch, batches, load_tokenizer
from qa.training.examples import Group, read_groups
from qa.training.network import ReaderNetwork, reader_loss


class TrainingSettings(Frozen):
    """Knobs of a run."""

    steps: int = Field(default=2500, ge=1)
    """Optimiser steps of the whole run, a resumed part counted in."""
    warmup_steps: int = Field(default=100, ge=0)
    decay_steps: int = Field(default=1200, ge=1)
    """The last steps, over which the rate goes to zero; about 40 % is the usual optimum."""
    learning_rate: float = Field(default=1.2e-4, gt=0)
    """Small encoders want more than the 2e-5 of BERT-base."""
    weight_decay: float = Field(default=0.01, ge=0)
    sequences: int = Field(default=20, ge=1)
    """(question, passage) pairs a step."""
    max_tokens: int = Field(default=224, ge=32, le=512)
    """Longer pairs are rare once contexts are windows, and cost the most."""
    threads: int = Field(default=2, ge=1)
    seed: int = 20251019
    save_every: int = Field(default=100, ge=1)
    train_embeddings: bool = False
    """Half of the weights are word vectors; training them costs time and forgets rare names."""


def train(groups_path: Path, start_folder: Path, work_folder: Path, settings: TrainingSettings) -> Path:
    """Train from ``start_folder``, or resume from ``work_folder``'s checkpoint; returns the folder of weights."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    work_folder.mkdir(parents=True, exist_ok=True)
    network = ReaderNetwork.from_folder(start_folder)
    network.bert.embeddings.requires_grad_(settings.train_embeddings)
    optimizer = optimizer_of(network, learning_rate=settings.learning_rate, weight_decay=settings.weight_decay)
    checkpoint = work_folder / "checkpoint.pt"
    step = _resume(checkpoint, network, optimizer)
    groups = [group for group in read_groups(groups_path) if not group.validation]
    tokenizer = load_tokenizer(start_folder, max_tokens=settings.max_tokens)
    stream = _endless(groups, tokenizer, settings, random.Random(settings.seed + step))
    network.train()
    began, losses = time.monotonic(), 0.0
    while step < settings.steps:
        batch = next(stream)
        _set_rate(optimizer, settings, step)
        losses += _update(network, optimizer, batch)
        step += 1
        if step % 20 == 0:
            log(work_folder, step=step, loss=losses / 20, seconds=time.monotonic() - began)
            losses = 0.0
        if step % settings.save_every == 0 or step == settings.steps:
            _save(checkpoint, network, optimizer, step)
    return save_weights(network, start_folder, work_folder / "weights")


def rate_at(step: int, settings: TrainingSettings) -> float:
    """The learning rate of a step."""
    rising = min(1.0, (step + 1) / max(1, settings.warmup_steps))
    falling = min(1.0, (settings.steps - step) / settings.decay_steps)
    return settings.learning_rate * min(rising, falling)


def save_weights(network: ReaderNetwork, start_folder: Path, folder: Path) -> Path:
    """Write the weights in half precision beside the configuration and tokenizer that they need."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: value.half().contiguous() for name, value in network.state_dict().items()}, folder / "model.safetensors"
    )
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((start_folder / name).read_bytes())
    return folder


def optimizer_of(network: torch.nn.Module, *, learning_rate: float, weight_decay: float) -> torch.optim.Optimizer:
    """AdamW over what is learned; biases and layer norms keep their size."""
    decayed: list[torch.nn.Parameter] = []
    free: list[torch.nn.Parameter] = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (free if name.endswith("bias") or "LayerNorm" in name else decayed).append(parameter)
    parts = [{"params": decayed, "weight_decay": weight_decay}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.AdamW(parts, lr=learning_rate, fused=True)


def _endless(
    groups: list[Group], tokenizer: Tokenizer, settings: TrainingSettings, generator: random.Random
) -> Iterator[Batch]:
    while True:
        yield from batches(groups, tokenizer, sequences=settings.sequences, generator=generator)


def _set_rate(optimizer: torch.optim.Optimizer, settings: TrainingSettings, step: int) -> None:
    for part in optimizer.param_groups:
        part["lr"] = rate_at(step, settings)


def _update(network: ReaderNetwork, optimizer: torch.optim.Optimizer, batch: Batch) -> float:
    starts, ends, relevance = network(batch.input_ids, batch.token_type_ids, batch.attention_mask)
    loss = reader_loss(starts, ends, relevance, batch.targets)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _resume(checkpoint: Path, network: ReaderNetwork, optimizer: torch.optim.Optimizer) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _save(checkpoint: Path, network: ReaderNetwork, optimizer: torch.optim.Optimizer, step: int) -> None:
    partial = checkpoint.with_suffix(".partial")
    torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, partial)
    partial.replace(checkpoint)


def log(folder: Path, **values: float) -> None:
    """Add a line to the run's ``log.jsonl``."""
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(values) + "\n")
