import numpy as np
import onnx
import onnxruntime
import pytest

from index.bert_onnx import BertShape, bert_model

CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 40,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 32,
    "type_vocab_size": 2,
    "vocab_size": 50,
}


def random_weights(prefix: str = "") -> dict[str, np.ndarray]:
    generator = np.random.default_rng(0)
    hidden, inner = 24, 40
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (50, hidden),
        "embeddings.position_embeddings.weight": (32, hidden),
        "embeddings.token_type_embeddings.weight": (2, hidden),
        "embeddings.LayerNorm.weight": (hidden,),
        "embeddings.LayerNorm.bias": (hidden,),
    }
    for layer in range(2):
        name = f"encoder.layer.{layer}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{name}.{part}.weight": (hidden, hidden), f"{name}.{part}.bias": (hidden,)}
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{name}.{part}.weight": (hidden,), f"{name}.{part}.bias": (hidden,)}
        shapes |= {f"{name}.intermediate.dense.weight": (inner, hidden), f"{name}.intermediate.dense.bias": (inner,)}
        shapes |= {f"{name}.output.dense.weight": (hidden, inner), f"{name}.output.dense.bias": (hidden,)}
    return {prefix + name: generator.standard_normal(shape).astype(np.float32) * 0.5 for name, shape in shapes.items()}


def run(model: onnx.ModelProto, ids: list[list[int]], mask: list[list[int]], types: list[list[int]]) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
    return np.asarray(session.run(None, {name: np.array(rows, dtype=np.int64) for name, rows in feed.items()})[0])


def test_the_graph_is_valid_onnx() -> None:
    onnx.checker.check_model(bert_model(random_weights(), CONFIG), full_check=True)


def test_padding_and_batch_make_no_difference() -> None:
    model = bert_model(random_weights(), CONFIG)
    alone = run(model, [[5, 6, 7]], [[1, 1, 1]], [[0, 0, 1]])
    both = run(
        model, [[5, 6, 7, 0, 0], [9, 9, 9, 9, 9]], [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], [[0, 0, 1, 0, 0], [0] * 5]
    )
    np.testing.assert_allclose(both[0, :3], alone[0], atol=1e-5)


def test_segments_and_positions_make_one() -> None:
    model = bert_model(random_weights(), CONFIG)
    hidden = run(model, [[5, 5]], [[1, 1]], [[0, 0]])
    assert np.abs(hidden[0, 0] - hidden[0, 1]).max() > 1e-3
    assert np.abs(hidden - run(model, [[5, 5]], [[1, 1]], [[0, 1]])).max() > 1e-3


def test_weights_under_a_prefix() -> None:
    plain = run(bert_model(random_weights(), CONFIG), [[1, 2]], [[1, 1]], [[0, 0]])
    prefixed = run(bert_model(random_weights("bert."), CONFIG, prefix="bert."), [[1, 2]], [[1, 1]], [[0, 0]])
    np.testing.assert_array_equal(plain, prefixed)


@pytest.mark.parametrize(
    "change", [{"model_type": "mpnet"}, {"hidden_act": "relu"}, {"position_embedding_type": "relative_key"}]
)
def test_another_architecture_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(change.values()))):
        BertShape.from_config({**CONFIG, **change})


def test_missing_weights_are_refused() -> None:
    weights = random_weights()
    del weights["encoder.layer.1.output.dense.bias"]
    with pytest.raises(KeyError, match=r"output\.dense\.bias"):
        bert_model(weights, CONFIG)


@pytest.mark.model
def test_it_computes_what_torch_computes() -> None:
    import torch
    from transformers import BertConfig, BertModel

    reference = BertModel(BertConfig(**CONFIG), add_pooling_layer=False).eval()
    weights = random_weights()
    reference.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()}, strict=False)
    rows = {
        "ids": [[5, 6, 7, 8], [9, 3, 0, 0]],
        "mask": [[1, 1, 1, 1], [1, 1, 0, 0]],
        "types": [[0, 0, 1, 1], [0, 0, 0, 0]],
    }
    with torch.no_grad():
        expected = reference(
            input_ids=torch.tensor(rows["ids"]),
            attention_mask=torch.tensor(rows["mask"]),
            token_type_ids=torch.tensor(rows["types"]),
        ).last_hidden_state.numpy()
    found = run(bert_model(weights, CONFIG), rows["ids"], rows["mask"], rows["types"])
    present = np.array(rows["mask"], dtype=bool)
    np.testing.assert_allclose(found[present], expected[present], atol=1e-4)
