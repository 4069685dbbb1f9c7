"""Trained weights → the folder that ships: an ONNX graph with 8-bit weights, the tokenizer and a manifest of both."""

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from index.bert_onnx import GraphBuilder, add_bert_encoder
from qa.readers.onnx import ReaderManifest


def reader_model(folder: Path) -> onnx.ModelProto:
    """The float graph: ``input_ids``, ``token_type_ids``, ``attention_mask`` [batch, length] → ``starts``, ``ends``
    [batch, length] and ``relevance`` [batch].
    """
    weights = {
        name: np.asarray(value, dtype=np.float32) for name, value in load_file(folder / "model.safetensors").items()
    }
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    graph = GraphBuilder()
    hidden, _ = add_bert_encoder(graph, weights, config, prefix="bert.")
    logits = graph.linear(hidden, weights, "qa_outputs")
    last = graph.weight(np.array([-1], dtype=np.int64))
    for number, name in enumerate(("starts", "ends")):
        column = graph.add("Gather", logits, graph.weight(np.array([number], dtype=np.int64)), axis=2)
        graph.output(graph.add("Squeeze", column, last), name, ("batch", "length"))
    first = graph.add("Gather", hidden, graph.weight(np.array([0], dtype=np.int64)), axis=1)
    relevance = graph.add("Squeeze", graph.linear(first, weights, "relevance"), last)
    graph.output(graph.add("Squeeze", relevance, last), "relevance", ("batch",))
    return graph.model("reader")


def export(folder: Path, target: Path, *, name: str, quantize: bool = True) -> Path:
    """Write ``reader.onnx``, ``tokenizer.json`` and ``reader.json`` to ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    model = reader_model(folder)
    if quantize:
        _quantized(model, target / "reader.onnx")
    else:
        onnx.save(model, target / "reader.onnx")
    (target / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    digests = {file: sha256((target / file).read_bytes()).hexdigest() for file in ("reader.onnx", "tokenizer.json")}
    manifest = ReaderManifest(name=name, sha256=digests)
    (target / "reader.json").write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return target


def _quantized(model: onnx.ModelProto, path: Path) -> None:
    """Weights and word vectors in 8 bits, one scale a column; activations are measured at run time.

    The heads stay in floats: they are tiny, and a span's score is their output.
    """
    heads = [
        node.name
        for node in model.graph.node
        if any(part in node.input for part in ("qa_outputs.kernel", "relevance.kernel"))
    ]
    with TemporaryDirectory() as scratch:
        source = Path(scratch) / "float.onnx"
        onnx.save(model, source)
        quantize_dynamic(
            source,
            path,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=heads,
        )
