"""The reader as a torch module: a BERT encoder with start, end and relevance heads. Owns the heads and the loss.

Scores must compare across passages, so nothing is normalised within one alone: "not here" is the first token of every
sequence, and the losses over a question's group share one normaliser (Clark & Gardner 2018, "shared-norm").
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

MASKED = -1e4
"""Logit of a token that may not start or end a span: below any real one, finite in half precision."""


class ReaderNetwork(nn.Module):
    """(question, passage) → start and end logits [batch, length] and a relevance logit [batch]."""

    def __init__(self, config: BertConfig) -> None:
        """With random heads and encoder; see ``from_folder``."""
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.qa_outputs = nn.Linear(config.hidden_size, 2)
        self.relevance = nn.Linear(config.hidden_size, 1)

    @classmethod
    def from_folder(cls, folder: Path, *, dropout: float = 0.0) -> "ReaderNetwork":
        """A network with the weights of a folder: an encoder alone, one with span heads, or one of these."""
        config = BertConfig.from_pretrained(folder)
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
        network = cls(config)
        load_weights(network, folder)
        return network

    def forward(
        self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of starts, ends [batch, length] and relevance [batch]; all but passage and first token masked."""
        hidden = self.bert(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        allowed = token_type_ids.bool() & attention_mask.bool() & (input_ids != 102)
        allowed[:, 0] = True
        logits = self.qa_outputs(hidden).masked_fill(~allowed.unsqueeze(-1), MASKED)
        return logits[..., 0], logits[..., 1], self.relevance(hidden[:, 0]).squeeze(-1)


def load_weights(network: nn.Module, folder: Path) -> None:
    """A folder's weights into a network with an encoder ``bert``, which must be whole; raises ValueError where not.

    Heads that the folder lacks stay as they are.
    """
    weights = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
    if not any(name.startswith("bert.") for name in weights):
        weights = {f"bert.{name}": tensor for name, tensor in weights.items()}
    missing, _ = network.load_state_dict(weights, strict=False)
    lost = [name for name in missing if name.startswith("bert.")]
    if lost:
        raise ValueError(f"{folder} has no {lost[0]}: not the weights of this kind of encoder")


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
