"""Owns how a sentence-transformers model becomes the encoder of questions: BERT, pooling, unit length.

Runs when an index is built, never for a question, and needs no torch.
"""

import json
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.bert_onnx import BertShape, GraphBuilder, add_bert_encoder
from index.encoder import FACTS, MODEL, TOKENIZER
from index.errors import ModelError
from index.model_files import ModelFiles

_KNOWN_MODULES = ("Transformer", "Pooling", "Normalize")


def export_encoder(files: ModelFiles, folder: Path) -> None:
    """Write a sentence-transformers model of BERT's kind to an existing folder; raises ModelError for another kind."""
    try:
        model = _encoder_model(files)
        tokenizer = (files.folder / TOKENIZER).read_bytes()
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise ModelError(
            f"{files.folder} can't be used ({error}): name a BERT model with mean or CLS pooling"
        ) from error
    (folder / MODEL).write_bytes(model)
    (folder / TOKENIZER).write_bytes(tokenizer)
    (folder / FACTS).write_text(json.dumps(_facts(files), indent=1), encoding="utf-8")


def _facts(files: ModelFiles) -> dict[str, object]:
    """What else than weights and words decides on a vector."""
    longest = files.config("config.json").get("max_position_embeddings", 512)
    prompts = files.config("config_sentence_transformers.json").get("prompts") or {}
    return {
        "name": files.name,
        "fingerprint": files.fingerprint,
        "dimension": files.dimension,
        "max_length": min(longest, files.config("sentence_bert_config.json").get("max_seq_length") or longest),
        "question_prompt": prompts.get("query", ""),
    }


def _encoder_model(files: ModelFiles) -> bytes:
    """A serialised ONNX model from tokens [batch, length] to ``embedding`` [batch, dimension].

    Raises ValueError for a model of another kind, KeyError for missing weights, SafetensorError for damaged ones.
    """
    config = files.config("config.json")
    graph = GraphBuilder()
    hidden, mask = add_bert_encoder(graph, load_file(files.weights), config)
    pooled = _cls(graph, hidden) if _pools_cls(files) else _mean(graph, hidden, mask)
    graph.output(_unit(graph, pooled), "embedding", ("batch", BertShape.from_config(config).hidden_size))
    return bytes(graph.model("encoder").SerializeToString())


def _pools_cls(files: ModelFiles) -> bool:
    """Is it the first token that stands for the text, or the mean of all?"""
    modules = files.config("modules.json").get("modules", [])
    kinds = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    unknown = [kind for kind in kinds if kind not in _KNOWN_MODULES]
    if unknown:
        raise ValueError(f"its module {unknown[0]} isn't known here")
    folder = next(
        (module["path"] for module, kind in zip(modules, kinds, strict=True) if kind == "Pooling"), "1_Pooling"
    )
    modes = {
        mode
        for mode, chosen in files.config(f"{folder}/config.json").items()
        if mode.startswith("pooling_mode_") and chosen
    }
    if modes not in ({"pooling_mode_mean_tokens"}, {"pooling_mode_cls_token"}, set()):
        raise ValueError(f"its pooling is {', '.join(sorted(modes))}")
    return modes == {"pooling_mode_cls_token"}


def _cls(graph: GraphBuilder, hidden: str) -> str:
    return graph.add("Gather", hidden, graph.weight(np.array(0, dtype=np.int64)), axis=1)


def _mean(graph: GraphBuilder, hidden: str, mask: str) -> str:
    """The mean of the tokens' states without padding."""
    last = graph.weight(np.array([2], dtype=np.int64))
    length = graph.weight(np.array([1], dtype=np.int64))
    weights = graph.add("Unsqueeze", graph.add("CastLike", mask, hidden), last)
    total = graph.add("ReduceSum", graph.add("Mul", hidden, weights), length, keepdims=0)
    return graph.add("Div", total, graph.add("ReduceSum", weights, length, keepdims=0))


def _unit(graph: GraphBuilder, pooled: str) -> str:
    axis = graph.weight(np.array([1], dtype=np.int64))
    norm = graph.add("ReduceL2", pooled, axis, keepdims=1)
    return graph.add("Div", pooled, graph.add("Max", norm, graph.weight(np.float32(1e-12))))
