"""The teacher as a torch module: an MPNet encoder with the reader's heads. Owns its weights' file and its inputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Encoding
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetModel

from qa.training.network import MASKED, load_weights

PADDING = 1
"""Id of MPNet's padding token."""
ROUND_TO = 32
"""Lengths are padded to multiples of it: for every new shape the kernels are made anew, which takes seconds."""
FILES = ("config.json", "tokenizer.json")


class TeacherNetwork(nn.Module):
    """(question, passage) → start and end logits [batch, length] and a relevance logit [batch], in float32."""

    def __init__(self, config: MPNetConfig) -> None:
        """With random weights; see ``from_folder``."""
        super().__init__()
        self.bert = MPNetModel(config, add_pooling_layer=False)
        self.qa_outputs = nn.Linear(config.hidden_size, 2)
        self.relevance = nn.Linear(config.hidden_size, 1)

    @classmethod
    def from_folder(cls, folder: Path) -> "TeacherNetwork":
        """With the weights of a folder: an encoder alone, or one of these; raises ValueError for another kind."""
        # What these heads read is trained without dropout outside of attention, as the student is.
        network = cls(MPNetConfig.from_pretrained(folder, hidden_dropout_prob=0.0))
        load_weights(network, folder)
        return network

    def save(self, start_folder: Path, folder: Path) -> Path:
        """Write the weights in half precision beside the configuration and tokenizer of ``start_folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file(
            {name: value.half().contiguous() for name, value in self.state_dict().items()}, folder / "model.safetensors"
        )
        for name in FILES:
            (folder / name).write_bytes((start_folder / name).read_bytes())
        return folder

    def forward(self, inputs: "TeacherInputs") -> tuple[Tensor, Tensor, Tensor]:
        """Logits of starts, ends [batch, length] and relevance [batch]; all but passage and first token masked."""
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.bert(input_ids=inputs.ids, attention_mask=inputs.mask).last_hidden_state
        hidden = hidden.float()
        logits = self.qa_outputs(hidden).masked_fill(~inputs.allowed.unsqueeze(-1), MASKED)
        return logits[..., 0], logits[..., 1], self.relevance(hidden[:, 0]).squeeze(-1)


@dataclass(frozen=True)
class TeacherInputs:
    """Tensors [rows, length]. ``allowed`` tells the tokens that may begin or end a span: passage and first."""

    ids: Tensor
    mask: Tensor
    allowed: Tensor


def teacher_inputs(encodings: Sequence[Encoding], *, rows: int) -> TeacherInputs:
    """Padded to ``rows`` sequences and a length that is a multiple of ``ROUND_TO``."""
    shape = (rows, rounded(max(len(one.ids) for one in encodings)))
    ids = torch.full(shape, PADDING, dtype=torch.long)
    mask, allowed = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    # A row of padding alone would attend to nothing, which is not a number.
    mask[:, 0], allowed[:, 0] = 1, True
    for row, one in enumerate(encodings):
        size = len(one.ids)
        ids[row, :size], mask[row, :size] = torch.tensor(one.ids), 1
        allowed[row, :size] |= torch.tensor([part == 1 for part in one.sequence_ids])
    return TeacherInputs(ids, mask, allowed)


def rounded(length: int) -> int:
    """The next multiple of ``ROUND_TO``."""
    return -(-length // ROUND_TO) * ROUND_TO
