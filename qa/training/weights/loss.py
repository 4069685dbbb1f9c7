"""What a reading should have said, and how far it is from it. Owns the losses; knows no network.

Scores must compare across passages, so nothing is normalised within one alone: "not here" is the first token of every
sequence, and the losses over a question's group share one normaliser (Clark & Gardner 2018, "shared-norm").
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class Targets:
    """What a batch should have said. ``starts`` and ``ends`` [batch, length] are distributions over tokens."""

    starts: Tensor
    ends: Tensor
    relevant: Tensor
    """[batch], 1 where the passage answers."""
    group: Tensor
    """[batch], sequences of one question share a number."""


def reader_loss(starts: Tensor, ends: Tensor, relevance: Tensor, targets: Targets) -> Tensor:
    """Span loss with "not here" + binary relevance + shared normalisation over each group with a positive."""
    within = _cross_entropy(starts, targets.starts) + _cross_entropy(ends, targets.ends)
    binary = functional.binary_cross_entropy_with_logits(relevance, targets.relevant)
    return within.mean() / 2 + binary + _shared_norm(starts, ends, relevance, targets)


def _cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    return -(target * functional.log_softmax(logits, dim=-1)).sum(-1)


def _shared_norm(starts: Tensor, ends: Tensor, relevance: Tensor, targets: Targets) -> Tensor:
    losses = []
    numbers = torch.unique(targets.group)
    for number in numbers:
        members = targets.group == number
        positives = targets.relevant[members]
        if members.sum() < 2 or positives.sum() == 0:
            continue
        losses.append(_cross_entropy(relevance[members], positives / positives.sum()))
        for logits, target in ((starts, targets.starts), (ends, targets.ends)):
            # The first token is "not here": over a group that has an answer it is no candidate.
            mass = target[members][:, 1:].flatten()
            losses.append(_cross_entropy(logits[members][:, 1:].flatten(), mass / mass.sum()) / 4)
    return torch.stack(losses).sum() / len(numbers) if losses else relevance.sum() * 0
