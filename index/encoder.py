"""Owns how a question becomes a vector: an exported encoder in ONNX Runtime. Never imports torch, never exports."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged

Vectors = npt.NDArray[np.float32]

MODEL = "encoder.onnx"
TOKENIZER = "tokenizer.json"
FACTS = "encoder.json"
_BATCH = 32
_THREADS = 2
"""A question is a dozen tokens, six milliseconds of work; more threads cost more to wake than they save."""


class Encoder:
    """Embeds texts with the weights that the index was built with. Safe to use from several threads."""

    def __init__(self, session: Any, tokenizer: Any, facts: dict[str, Any]) -> None:
        """Wrap a loaded model; use ``open``."""
        self._session = session
        self._tokenizer = tokenizer
        self._facts = facts

    @classmethod
    def open(cls, folder: Path) -> "Encoder":
        """Load what ``index.encoder_export`` wrote; raises IndexDamaged where it can't be loaded."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        # Waiting threads that spin would take the processor from the reader's and from FAISS.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Optimising the graph takes longer than it saves on the few texts that a process embeds.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        try:
            facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            session = onnxruntime.InferenceSession(
                str(folder / MODEL), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # each of the three libraries has errors of its own
            raise IndexDamaged(f"{folder} can't be loaded: run `quoth index --rebuild`") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=facts["max_length"])
        return cls(session, tokenizer, facts)

    @property
    def name(self) -> str:
        """The model's hub id or folder."""
        return str(self._facts["name"])

    @property
    def fingerprint(self) -> str:
        """sha256 of the weights that were exported."""
        return str(self._facts["fingerprint"])

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._facts["dimension"])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32 [n, dimension], each row of unit length, in the order of the texts."""
        prompt = str(self._facts["question_prompt"])
        encodings = self._tokenizer.encode_batch([prompt + _encodable(text) for text in texts])
        order = sorted(range(len(texts)), key=lambda position: len(encodings[position].ids))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._session.run(None, _feed([encodings[position].ids for position in batch]))[0]
        return vectors


def _feed(ids: Sequence[Sequence[int]]) -> dict[str, npt.NDArray[np.int64]]:
    """Token ids of one batch, padded at the right to the longest."""
    shape = (len(ids), max(len(row) for row in ids))
    feed = {name: np.zeros(shape, dtype=np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
    for number, row in enumerate(ids):
        feed["input_ids"][number, : len(row)] = row
        feed["attention_mask"][number, : len(row)] = 1
    return feed


def _encodable(text: str) -> str:
    """Without lone surrogates, which no file holds but a terminal can send."""
    return text.encode("utf-8", "replace").decode("utf-8")
