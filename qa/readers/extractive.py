"""Any extractive question-answering model, loaded through transformers. Slower to start than the shipped reader.

A path or hub id of the ``AutoModelForQuestionAnswering`` kind; "not here" is the first token, as in SQuAD 2.0 models.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import ModelError
from index.types import Passage
from qa.readers.decode import candidates, merge
from qa.readers.onnx import to_reading
from qa.readers.windows import Pair
from qa.types import Reading

MAX_TOKENS, OVERLAP = 384, 128
"""The window in which such models are trained, and evaluated on SQuAD."""
BATCH = 8


class ExtractiveReader:
    """Reads with a transformers model; it has no relevance head, so a span's score stands for relevance too."""

    def __init__(self, model: str) -> None:
        """Load by path or hub id; raises ModelError where that isn't an extractive model that can be had."""
        self._tokenizer, self._model = _load(model)
        self._label = model

    @property
    def name(self) -> str:
        """The path or hub id."""
        return self._label

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order."""
        readings = []
        for passage in passages:
            found = merge(self._read_one(question, passage.text))
            readings.append(to_reading(passage, found, found[0].score if found else -100.0))
        return readings

    def _read_one(self, question: str, text: str) -> list[Any]:
        import torch

        encoded = self._tokenizer(
            " ".join(question.split()[:100]),
            text,
            truncation="only_second",
            max_length=min(MAX_TOKENS, self._tokenizer.model_max_length),
            stride=OVERLAP,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            padding=True,
            return_tensors="pt",
        )
        offsets = encoded.pop("offset_mapping").tolist()
        encoded.pop("overflow_to_sample_mapping")
        found = []
        with torch.inference_mode():
            output = self._model(**encoded)
        for row, own in enumerate(offsets):
            places = [place for place, part in enumerate(encoded.sequence_ids(row)) if part == 1]
            if places:
                inside = [tuple(own[place]) for place in places]
                pair = Pair(0, encoded["input_ids"][row].tolist(), places[0], inside)
                starts, ends = output.start_logits[row].numpy(), output.end_logits[row].numpy()
                found.append(candidates(pair, starts, ends, text))
        return found


def _load(model: str) -> tuple[Any, Any]:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    remedy = "give --reader a folder with an extractive model's config, weights and tokenizer, or 'quoth'"
    if model.startswith((".", "/")) and not Path(model).is_dir():
        raise ModelError(f"there is no reader at {model}: {remedy}")
    try:
        tokenizer = AutoTokenizer.from_pretrained(model, use_fast=True)
        network, report = AutoModelForQuestionAnswering.from_pretrained(model, output_loading_info=True)
    except Exception as error:  # transformers raises many kinds, all of them "can't be had"
        raise ModelError(f"the reader {model} can't be loaded ({_first_line(error)}): {remedy}") from None
    if any(name.startswith("qa_outputs") for name in report["missing_keys"]):
        raise ModelError(f"{model} is no extractive question-answering model (it has no span heads): {remedy}")
    if len(tokenizer) > network.config.vocab_size:
        raise ModelError(f"the tokenizer in {model} does not belong to its model (it has more words): {remedy}")
    return tokenizer, network.float().eval()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).split("\n")[0][:120]
