"""The reader as an ONNX graph that computes in 8 bits. Owns the graph; its large matrices stay outside of it.

Activations are measured and rounded to 8 bits where they meet a matrix (dynamic quantisation); sums, norms, attention
and the heads are floats. The runtime fuses each matrix's five nodes into one.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto

from index.bert_onnx import GraphBuilder
from qa.readers.onnx import LONGEST
from qa.readers.weights import HIGHEST, Coded
from qa.training.weights.network import ReaderNetwork
from qa.training.weights.rounding import WORD_LEVELS, Grid, grid_of

Weights = Mapping[str, npt.NDArray[np.float32]]


class ReaderGraph:
    """Builds the graph of one network; ``matrices`` are what is to be given to its session, coded."""

    def __init__(self, network: ReaderNetwork) -> None:
        """Build it; raises ValueError where a matrix has a size that can't be rounded in blocks."""
        self.matrices: dict[str, Coded] = {}
        self._graph = GraphBuilder()
        self._config = network.bert.config
        self._weights: Weights = {name: value.float().numpy() for name, value in network.state_dict().items()}
        ids = self._graph.input("input_ids", (1, "length"))
        places = self._places(ids)
        hidden, bias = self._embedded(ids, places), self._position_bias(network, places)
        for number in range(self._config.num_hidden_layers):
            hidden = self._layer(hidden, bias, f"bert.encoder.layer.{number}")
        self._heads(hidden)

    def model(self) -> onnx.ModelProto:
        """``input_ids`` [1, length] → ``starts``, ``ends`` [1, length] and ``relevance`` [1]."""
        return self._graph.model("reader")

    def _places(self, ids: str) -> str:
        """[length], from 0 up."""
        zero, one = (self._graph.weight(np.int64(value)) for value in (0, 1))
        length = self._graph.add("Gather", self._graph.add("Shape", ids), one)
        return self._graph.add("Range", zero, length, one)

    def _embedded(self, ids: str, places: str) -> str:
        graph, name = self._graph, "bert.embeddings"
        words = self._rows(f"{name}.word_embeddings", self._weights[f"{name}.word_embeddings.weight"], ids, WORD_LEVELS)
        # Positions are told from behind the padding's.
        first = int(self._config.pad_token_id) + 1
        positions = self._weights[f"{name}.position_embeddings.weight"][first : first + LONGEST]
        total = graph.add("Add", words, self._rows(f"{name}.position_embeddings", positions, places, HIGHEST))
        return self._norm(total, f"{name}.LayerNorm")

    def _rows(self, name: str, table: npt.NDArray[np.float32], chosen: str, levels: int) -> str:
        """Those rows of a table that are chosen."""
        graph, matrix = self._graph, torch.from_numpy(table)
        grid = grid_of(matrix, levels=levels)
        self.matrices[name] = _coded(matrix, grid)
        codes = graph.add("Gather", graph.external_weight(name, table.shape), chosen)
        scales = graph.add("Gather", graph.weight(_scales(grid)[:, None]), chosen)
        return graph.add("Mul", graph.add("Cast", codes, to=TensorProto.FLOAT), scales)

    def _position_bias(self, network: ReaderNetwork, places: str) -> str:
        """[1, heads, length, length]: what a token's distance adds to its attention, the same in every layer."""
        graph, encoder = self._graph, network.bert.encoder
        distances = torch.arange(1 - LONGEST, LONGEST)
        buckets = encoder.relative_position_bucket(distances, num_buckets=self._config.relative_attention_num_buckets)
        table = graph.weight(encoder.relative_attention_bias.weight[buckets].detach().T[None].float().numpy())
        rows = graph.add("Unsqueeze", places, graph.weight(np.array([1], dtype=np.int64)))
        nearest = graph.weight(np.int64(LONGEST - 1))
        return graph.add("Gather", table, graph.add("Add", graph.add("Sub", places, rows), nearest), axis=2)

    def _layer(self, hidden: str, bias: str, name: str) -> str:
        graph, attention = self._graph, f"{name}.attention.attn"
        heads = int(self._config.num_attention_heads)
        size = int(self._config.hidden_size) // heads
        split = graph.weight(np.array([1, -1, heads, size], dtype=np.int64))
        join = graph.weight(np.array([1, -1, heads * size], dtype=np.int64))
        rounded = self._rounded(hidden)

        def by_head(part: str, order: tuple[int, ...]) -> str:
            return graph.add(
                "Transpose", graph.add("Reshape", self._linear(rounded, f"{attention}.{part}"), split), perm=order
            )

        scores = graph.add("MatMul", by_head("q", (0, 2, 1, 3)), by_head("k", (0, 2, 3, 1)))
        scaled = graph.add("Mul", scores, graph.weight(np.float32(size**-0.5)))
        shares = graph.add("Softmax", graph.add("Add", scaled, bias), axis=-1)
        context = graph.add("MatMul", shares, by_head("v", (0, 2, 1, 3)))
        joined = graph.add("Reshape", graph.add("Transpose", context, perm=(0, 2, 1, 3)), join)
        attended = self._linear(self._rounded(joined), f"{attention}.o")
        attended = self._norm(graph.add("Add", attended, hidden), f"{name}.attention.LayerNorm")
        inner = graph.add("Gelu", self._linear(self._rounded(attended), f"{name}.intermediate.dense"))
        outer = self._linear(self._rounded(inner), f"{name}.output.dense")
        return self._norm(graph.add("Add", outer, attended), f"{name}.output.LayerNorm")

    def _heads(self, hidden: str) -> None:
        graph, last = self._graph, self._graph.weight(np.array([-1], dtype=np.int64))
        logits = graph.linear(hidden, self._weights, "qa_outputs")
        for number, name in enumerate(("starts", "ends")):
            column = graph.add("Gather", logits, graph.weight(np.array(number, dtype=np.int64)), axis=2)
            graph.output(column, name, (1, "length"))
        first = graph.add("Gather", hidden, graph.weight(np.array(0, dtype=np.int64)), axis=1)
        graph.output(graph.add("Squeeze", graph.linear(first, self._weights, "relevance"), last), "relevance", (1,))

    def _norm(self, value: str, name: str) -> str:
        return self._graph.layer_norm(value, self._weights, name, epsilon=float(self._config.layer_norm_eps))

    def _rounded(self, value: str) -> list[str]:
        """The value in 8 bits, its scale and its zero."""
        return self._graph.add_several("DynamicQuantizeLinear", 3, value)

    def _linear(self, rounded: list[str], name: str) -> str:
        """A torch Linear of a value in 8 bits."""
        graph, matrix = self._graph, torch.from_numpy(self._weights[f"{name}.weight"])
        grid = grid_of(matrix)
        self.matrices[name] = _coded(matrix, grid).transposed()
        value, scale, zero = rounded
        kernel = graph.external_weight(name, (matrix.shape[1], matrix.shape[0]))
        product = graph.add("Cast", graph.add("MatMulInteger", value, kernel, zero), to=TensorProto.FLOAT)
        scales = graph.add("Mul", scale, graph.weight(_scales(grid), f"{name}.scales"))
        bias = graph.weight(self._weights[f"{name}.bias"], f"{name}.bias")
        return graph.add("Add", graph.add("Mul", product, scales), bias)


def _coded(matrix: torch.Tensor, grid: Grid) -> Coded:
    codes = grid.codes(matrix).reshape(matrix.shape).numpy().astype(np.int8)
    return Coded(codes, grid.steps[:, :, 0].numpy().astype(np.uint8))


def _scales(grid: Grid) -> npt.NDArray[np.float32]:
    scales: npt.NDArray[np.float32] = grid.scales[:, 0, 0].numpy()
    return scales
