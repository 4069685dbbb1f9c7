"""Owns the translation of a BERT encoder's weights into an ONNX graph. Never runs it, and never needs torch.

The graph is built node by node from the published weights, so that exporting is a matter of numpy and a second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

_OPSET = 20
"""The first opset with Gelu; LayerNormalization came with 17."""
_IR_VERSION = 9
"""What goes with that opset; a newer one would ask for a newer runtime than pyproject.toml promises."""

Weights = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class BertShape:
    """The numbers of a BERT encoder's config.json that its graph depends on."""

    hidden_size: int
    layers: int
    heads: int
    layer_norm_eps: float

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "BertShape":
        """Read a config.json; raises ValueError where it isn't a BERT encoder of the plain kind."""
        expected = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
        for key, value in expected.items():
            if config.get(key, value) != value:
                raise ValueError(f"{key} is {config[key]!r}, not {value!r}")
        return cls(
            hidden_size=int(config["hidden_size"]),
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            layer_norm_eps=float(config["layer_norm_eps"]),
        )


class GraphBuilder:
    """Collects the nodes and weights of one graph; every method that adds a node returns its output's name."""

    def __init__(self) -> None:
        """Start with no nodes, inputs or outputs."""
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, shape: tuple[str | int, ...], *, element_type: int = TensorProto.INT64) -> str:
        """Declare an input; a string in the shape is a dynamic axis."""
        self._inputs.append(helper.make_tensor_value_info(name, element_type, shape))
        return name

    def output(self, value: str, name: str, shape: tuple[str | int, ...]) -> str:
        """Declare a float32 output that carries ``value``."""
        self._nodes.append(helper.make_node("Identity", [value], [name], name=f"output_{name}"))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def weight(self, array: npt.ArrayLike, name: str | None = None) -> str:
        """Store an array in the graph."""
        name = name or f"constant_{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def external_weight(self, name: str, shape: tuple[int, int]) -> str:
        """Declare an 8-bit matrix that isn't in the model: whoever opens a session gives it under this name."""
        tensor = TensorProto(name=name, dims=shape, data_type=TensorProto.INT8)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="given when the session is opened")
        self._weights.append(tensor)
        return name

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output."""
        return self.add_several(operator, 1, *inputs, **attributes)[0]

    def add_several(self, operator: str, outputs: int, *inputs: str, **attributes: Any) -> list[str]:
        """Add a node with some outputs."""
        name = f"{operator}_{len(self._nodes)}"
        names = [name] if outputs == 1 else [f"{name}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, name=name, **attributes))
        return names

    def linear(self, value: str, weights: Weights, name: str) -> str:
        """``value @ W.T + b`` with the ``name.weight`` [out, in] and ``name.bias`` [out] of a torch Linear."""
        kernel = self.weight(_float32(weights, f"{name}.weight").T, f"{name}.kernel")
        bias = self.weight(_float32(weights, f"{name}.bias"), f"{name}.bias")
        return self.add("Add", self.add("MatMul", value, kernel), bias)

    def layer_norm(self, value: str, weights: Weights, name: str, *, epsilon: float) -> str:
        """Normalise the last axis with the ``name.weight`` and ``name.bias`` of a torch LayerNorm."""
        scale = self.weight(_float32(weights, f"{name}.weight"), f"{name}.scale")
        bias = self.weight(_float32(weights, f"{name}.bias"), f"{name}.bias")
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=epsilon)

    def model(self, name: str) -> onnx.ModelProto:
        """The finished model."""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, initializer=self._weights)
        opset = [helper.make_opsetid("", _OPSET)]
        return helper.make_model(graph, opset_imports=opset, ir_version=_IR_VERSION, producer_name="quoth")


def bert_model(weights: Weights, config: Mapping[str, Any], *, prefix: str = "") -> onnx.ModelProto:
    """A BERT encoder: ``input_ids``, ``attention_mask``, ``token_type_ids`` [batch, length] → ``last_hidden_state``.

    Shape of the output: [batch, length, hidden]. ``prefix`` stands before each weight's name (``bert.`` in a model with
    a head). Raises KeyError for a missing weight and ValueError for a config that isn't BERT's.
    """
    graph = GraphBuilder()
    hidden, _ = add_bert_encoder(graph, weights, config, prefix=prefix)
    graph.output(hidden, "last_hidden_state", ("batch", "length", BertShape.from_config(config).hidden_size))
    return graph.model("bert")


def add_bert_encoder(
    graph: GraphBuilder, weights: Weights, config: Mapping[str, Any], *, prefix: str = ""
) -> tuple[str, str]:
    """Add inputs and encoder to a graph that will get a head; returns the names of hidden states and attention mask."""
    shape = BertShape.from_config(config)
    input_ids = graph.input("input_ids", ("batch", "length"))
    mask = graph.input("attention_mask", ("batch", "length"))
    token_types = graph.input("token_type_ids", ("batch", "length"))
    hidden = _embeddings(graph, weights, shape, input_ids, token_types, f"{prefix}embeddings")
    bias = _attention_bias(graph, mask)
    for number in range(shape.layers):
        hidden = _layer(graph, weights, shape, hidden, bias, f"{prefix}encoder.layer.{number}")
    return hidden, mask


def _embeddings(
    graph: GraphBuilder, weights: Weights, shape: BertShape, input_ids: str, token_types: str, name: str
) -> str:
    words = graph.add("Gather", _table(graph, weights, f"{name}.word_embeddings"), input_ids)
    types = graph.add("Gather", _table(graph, weights, f"{name}.token_type_embeddings"), token_types)
    axis = graph.weight(np.array([1], dtype=np.int64))
    length = graph.add("Gather", graph.add("Shape", input_ids), axis)
    start = graph.weight(np.array([0], dtype=np.int64))
    positions = graph.add("Slice", _table(graph, weights, f"{name}.position_embeddings"), start, length, start)
    total = graph.add("Add", graph.add("Add", words, types), positions)
    return graph.layer_norm(total, weights, f"{name}.LayerNorm", epsilon=shape.layer_norm_eps)


def _attention_bias(graph: GraphBuilder, mask: str) -> str:
    """[batch, 1, 1, length]: zero at a token, the lowest float at padding."""
    axes = graph.weight(np.array([1, 2], dtype=np.int64))
    present = graph.add("Cast", graph.add("Unsqueeze", mask, axes), to=TensorProto.FLOAT)
    absent = graph.add("Sub", graph.weight(np.float32(1)), present)
    return graph.add("Mul", absent, graph.weight(np.finfo(np.float32).min))


def _layer(graph: GraphBuilder, weights: Weights, shape: BertShape, hidden: str, bias: str, name: str) -> str:
    context = _attention(graph, weights, shape, hidden, bias, f"{name}.attention.self")
    attended = graph.add("Add", graph.linear(context, weights, f"{name}.attention.output.dense"), hidden)
    norm = f"{name}.attention.output.LayerNorm"
    attended = graph.layer_norm(attended, weights, norm, epsilon=shape.layer_norm_eps)
    inner = graph.add("Gelu", graph.linear(attended, weights, f"{name}.intermediate.dense"))
    outer = graph.add("Add", graph.linear(inner, weights, f"{name}.output.dense"), attended)
    return graph.layer_norm(outer, weights, f"{name}.output.LayerNorm", epsilon=shape.layer_norm_eps)


def _attention(graph: GraphBuilder, weights: Weights, shape: BertShape, hidden: str, bias: str, name: str) -> str:
    """Scaled dot-product attention of all heads (Vaswani et al. 2017, section 3.2)."""
    size = shape.hidden_size // shape.heads
    split = graph.weight(np.array([0, 0, shape.heads, size], dtype=np.int64))
    join = graph.weight(np.array([0, 0, shape.hidden_size], dtype=np.int64))

    def heads(part: str, order: tuple[int, ...]) -> str:
        projected = graph.linear(hidden, weights, f"{name}.{part}")
        return graph.add("Transpose", graph.add("Reshape", projected, split), perm=order)

    scores = graph.add("MatMul", heads("query", (0, 2, 1, 3)), heads("key", (0, 2, 3, 1)))
    scaled = graph.add("Mul", scores, graph.weight(np.float32(size**-0.5)))
    attention = graph.add("Softmax", graph.add("Add", scaled, bias), axis=-1)
    context = graph.add("MatMul", attention, heads("value", (0, 2, 1, 3)))
    return graph.add("Reshape", graph.add("Transpose", context, perm=(0, 2, 1, 3)), join)


def _table(graph: GraphBuilder, weights: Weights, name: str) -> str:
    return graph.weight(_float32(weights, f"{name}.weight"), f"{name}.table")


def _float32(weights: Weights, name: str) -> npt.NDArray[np.float32]:
    return np.asarray(weights[name], dtype=np.float32)
