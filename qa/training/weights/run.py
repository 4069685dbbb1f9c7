"""What every training run has: an optimiser, a log, and checkpoints that it goes on from."""

import json
from pathlib import Path

import torch
from torch import Tensor, nn

CHECKPOINT = "checkpoint.pt"


def optimizer_of(network: nn.Module, *, learning_rate: float, weight_decay: float) -> torch.optim.Optimizer:
    """AdamW over what is learned; biases and layer norms keep their size."""
    decayed: list[nn.Parameter] = []
    free: list[nn.Parameter] = []
    for name, parameter in learned(network).items():
        (free if name.endswith("bias") or "LayerNorm" in name else decayed).append(parameter)
    parts = [{"params": decayed, "weight_decay": weight_decay}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.AdamW(parts, lr=learning_rate, fused=True)


def learned(network: nn.Module) -> dict[str, nn.Parameter]:
    """The parameters that aren't frozen, by name."""
    return {name: one for name, one in network.named_parameters() if one.requires_grad}


def update(network: nn.Module, optimizer: torch.optim.Optimizer, *, rate: float) -> None:
    """One step along the gradients that are there, no longer than 1; then there are none."""
    for part in optimizer.param_groups:
        part["lr"] = rate
    nn.utils.clip_grad_norm_(learned(network).values(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def save(
    folder: Path, network: nn.Module, optimizer: torch.optim.Optimizer, step: int, mean: dict[str, Tensor] | None = None
) -> None:
    """Write the folder's checkpoint; an earlier one is there until it is whole."""
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "mean": mean or {}}
    partial = (folder / CHECKPOINT).with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(folder / CHECKPOINT)


def resume(
    folder: Path, network: nn.Module, optimizer: torch.optim.Optimizer, mean: dict[str, Tensor] | None = None
) -> int:
    """Load the folder's checkpoint where there is one; returns the step that it was made after, or 0."""
    if not (folder / CHECKPOINT).exists():
        return 0
    state = torch.load(folder / CHECKPOINT, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    if mean is not None:
        mean.update(state["mean"])
    return int(state["step"])


def log(folder: Path, **values: float) -> None:
    """Add a line to the run's ``log.jsonl``."""
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(values) + "\n")
