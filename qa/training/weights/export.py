"""Trained weights → the folder that ships: an ONNX graph, its matrices, the tokenizer and a manifest of all."""

from hashlib import sha256
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer

from qa.readers.onnx import FILES, GRAPH, MATRICES, TOKENIZER, ReaderManifest
from qa.readers.weights import write_weights
from qa.training.weights.graph import ReaderGraph
from qa.training.weights.network import ReaderNetwork


def export(folder: Path, target: Path, *, name: str) -> Path:
    """Write a reader's four files to ``target``; raises ValueError where the weights can't be rounded in blocks."""
    target.mkdir(parents=True, exist_ok=True)
    network = ReaderNetwork.from_folder(folder)
    _forget_unused(network, folder)
    graph = ReaderGraph(network)
    onnx.save(graph.model(), target / GRAPH)
    write_weights(target / MATRICES, graph.matrices)
    (target / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes())
    digests = {file: sha256((target / file).read_bytes()).hexdigest() for file in FILES}
    manifest = ReaderManifest(name=name, sha256=digests)
    (target / "reader.json").write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return target


def _forget_unused(network: ReaderNetwork, folder: Path) -> None:
    """Zero the vectors of a thousand word pieces that BERT's vocabulary holds in reserve: no text has them."""
    pieces = Tokenizer.from_file(str(folder / TOKENIZER)).get_vocab()
    unused = [number for piece, number in pieces.items() if piece.startswith("[unused")]
    with torch.no_grad():
        network.bert.embeddings.word_embeddings.weight[unused] = 0.0
