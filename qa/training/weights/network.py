"""The reader as a torch module: an MPNet encoder with start, end and relevance heads. Owns its file and its inputs.

"Not here" is the first token of every sequence, so that scores compare across passages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Encoding
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetModel

MASKED = -1e4
"""Logit of a token that may not start or end a span: below any real one, finite in half precision."""
PADDING = 1
"""Id of MPNet's padding token."""
ROUND_TO = 32
"""Lengths are padded to multiples of it: for every new shape the kernels are made anew, which takes seconds."""
TOKENIZER = "tokenizer.json"
_WEIGHTS = "model.safetensors"


class ReaderNetwork(nn.Module):
    """(question, passage) → start and end logits [batch, length] and a relevance logit [batch], in float32."""

    def __init__(self, config: MPNetConfig) -> None:
        """With random weights; see ``from_folder`` and ``lowest``."""
        super().__init__()
        self.bert = MPNetModel(config, add_pooling_layer=False)
        self.qa_outputs = nn.Linear(config.hidden_size, 2)
        self.relevance = nn.Linear(config.hidden_size, 1)

    @classmethod
    def from_folder(cls, folder: Path) -> "ReaderNetwork":
        """With the weights of a folder: an encoder alone, or one of these; raises ValueError for another kind."""
        network = cls(MPNetConfig.from_pretrained(folder, hidden_dropout_prob=0.0))
        weights = {name: tensor.float() for name, tensor in load_file(folder / _WEIGHTS).items()}
        if not any(name.startswith("bert.") for name in weights):
            weights = {f"bert.{name}": tensor for name, tensor in weights.items()}
        missing, _ = network.load_state_dict(weights, strict=False)
        lost = [name for name in missing if name.startswith("bert.")]
        if lost:
            raise ValueError(f"{folder} has no {lost[0]}: not the weights of this kind of encoder")
        return network

    def lowest(self, layers: int) -> "ReaderNetwork":
        """A copy with the lowest layers and the same heads."""
        values = self.bert.config.to_dict() | {"num_hidden_layers": layers, "attention_probs_dropout_prob": 0.0}
        smaller = type(self)(MPNetConfig.from_dict(values))
        kept = smaller.state_dict().keys()
        smaller.load_state_dict({name: value for name, value in self.state_dict().items() if name in kept})
        return smaller

    def save(self, start_folder: Path, folder: Path) -> Path:
        """Write weights, in half precision, and configuration beside the tokenizer of ``start_folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {name: value.half().contiguous() for name, value in self.state_dict().items()}
        save_file(weights, folder / _WEIGHTS)
        self.bert.config.save_pretrained(folder)
        (folder / TOKENIZER).write_bytes((start_folder / TOKENIZER).read_bytes())
        return folder

    def matrices(self) -> Iterator[nn.Linear]:
        """Of every layer: nearly all of the weights but the word vectors."""
        for layer in self.bert.encoder.layer:
            attention = layer.attention.attn
            yield from (attention.q, attention.k, attention.v, attention.o, layer.intermediate.dense)
            yield layer.output.dense

    def forward(self, inputs: "Inputs") -> tuple[Tensor, Tensor, Tensor]:
        """Logits of starts, ends [batch, length] and relevance [batch]; all but passage and first token masked."""
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.bert(input_ids=inputs.ids, attention_mask=inputs.mask).last_hidden_state
        hidden = hidden.float()
        logits = self.qa_outputs(hidden).masked_fill(~inputs.allowed.unsqueeze(-1), MASKED)
        return logits[..., 0], logits[..., 1], self.relevance(hidden[:, 0]).squeeze(-1)


@dataclass(frozen=True)
class Inputs:
    """Tensors [rows, length]. ``allowed`` tells the tokens that may begin or end a span: passage and first."""

    ids: Tensor
    mask: Tensor
    allowed: Tensor


def inputs_of(encodings: Sequence[Encoding], *, rows: int) -> Inputs:
    """Padded to ``rows`` sequences and a length that is a multiple of ``ROUND_TO``."""
    shape = (rows, -(-max(len(one.ids) for one in encodings) // ROUND_TO) * ROUND_TO)
    ids = torch.full(shape, PADDING, dtype=torch.long)
    mask, allowed = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    # A row of padding alone would attend to nothing, which is not a number.
    mask[:, 0], allowed[:, 0] = 1, True
    for row, one in enumerate(encodings):
        size = len(one.ids)
        ids[row, :size], mask[row, :size] = torch.tensor(one.ids), 1
        allowed[row, :size] |= torch.tensor([part == 1 for part in one.sequence_ids])
    return Inputs(ids, mask, allowed)
