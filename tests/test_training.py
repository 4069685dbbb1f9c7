"""A reader small enough to train in seconds: it learns, resumes, and reads the same in ONNX as in torch."""

import json
from pathlib import Path

import numpy as np
import pytest
from tiny_reader import TEXT, write_encoder, write_tiny_groups

from index.types import Passage
from qa.calibration import Logistic
from qa.training.calibrate import Judged, asked_weights, threshold_for
from qa.training.examples import read_groups
from qa.training.logistic import fit_logistic
from qa.training.ranking import Choice, fit_order, raised, scaled
from qa.training.scoring import overlap
from qa.training.validate import auroc, validate


@pytest.mark.parametrize(
    ("read", "answers", "expected"),
    [
        ("the Taliban", ["Taliban"], 1.0),
        ("October 19", ["on October 19, 2025"], 2 * 2 / 6),
        ("", ["x"], 0.0),
        ("x", [], 0),
    ],
)
def test_overlap(read: str, answers: list[str], expected: float) -> None:
    assert overlap(read, answers) == pytest.approx(expected)


def test_auroc_counts_ties_half() -> None:
    assert auroc([2, 1], [1, 0]) == pytest.approx(3.5 / 4)


def test_a_threshold_keeps_the_wrong_share_under_the_risk() -> None:
    right = [True, False, True, False]
    assert threshold_for([0.9, 0.8, 0.7, 0.6], right, np.ones(4), risk=0.34) == 0.7
    assert threshold_for([0.7, 0.6, 0.9, 0.8], right, np.ones(4), risk=0.34) == 0.7
    assert threshold_for([0.9, 0.8, 0.7, 0.6], right, np.array([1, 0.1, 1, 0.1]), risk=0.34) == 0.6
    assert threshold_for([0.9], [False], np.ones(1), risk=0.1) == 1.0


def test_sources_count_by_what_they_stand_for() -> None:
    asked = [("stories", True)] * 6 + [("stories", False)] + [("squad2", True), ("squad2", False)] * 5
    judged = [Judged({}, True, source, answerable) for source, answerable in asked]
    weights = asked_weights(judged)
    shares = {one: sum(w for w, other in zip(weights, asked, strict=True) if other == one) for one in set(asked)}
    assert weights.mean() == pytest.approx(1)
    assert shares["stories", True] == pytest.approx(2 * shares["squad2", True])
    assert shares["stories", True] == pytest.approx(3 * shares["stories", False])


def test_a_logistic_regression_finds_the_weights_that_made_the_labels() -> None:
    generator = np.random.default_rng(7)
    values = generator.normal(size=(4000, 2))
    labels = generator.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * values[:, 0])))
    model = fit_logistic([{"a": a, "b": b} for a, b in values], labels.tolist(), ("a", "b"))
    assert model.bias == pytest.approx(0.5, abs=0.15)
    assert model.weights["a"] == pytest.approx(2, abs=0.2)
    assert model.weights["b"] == pytest.approx(0, abs=0.15)


def test_an_order_is_learned_within_questions_and_not_between_them() -> None:
    generator = np.random.default_rng(7)
    choices = []
    for _ in range(600):
        features = generator.normal(size=(8, 2))
        utility = 2.0 * features[:, 0] + generator.gumbel(size=8)
        # What the whole question shifts says nothing about the order of its hits.
        features[:, 0] += generator.normal(scale=5)
        choices.append(Choice(features, np.arange(8) == utility.argmax()))
    order = fit_order(choices, ("a", "b"), np.ones(600))
    assert order["a"] == pytest.approx(2, abs=0.25)
    assert order["b"] == pytest.approx(0, abs=0.15)
    rows = [{"a": a, "b": b} for choice in choices for a, b in choice.features]
    flat = fit_logistic(rows, [bool(right) for choice in choices for right in choice.right], ("a", "b"))
    assert flat.weights["a"] < 0.5, "the regression over all hits, which this replaces, is misled by the shift"


def test_a_sign_is_raised_as_far_as_it_brings_right_spans_to_the_front_and_no_further() -> None:
    right_first, right_last = np.array([True, False]), np.array([False, True])
    near, far = np.array([[1.0, 1.0], [1.5, 0.0]]), np.array([[1.0, 1.0], [2.5, 0.0]])
    choices = [Choice(near, right_first), Choice(far, right_first), Choice(far, right_last), Choice(near, right_first)]
    order, shares = {"a": 1.0, "b": 0.4}, np.ones(4)
    assert raised(order, choices, ("a", "b"), shares, of=("b",)) == {"a": 1.0, "b": pytest.approx(0.6)}
    assert raised(order, choices, ("a", "b"), np.array([1, 9, 1, 1]), of=("b",)) == {"a": 1.0, "b": 1.6}
    assert raised(order, choices[2:3], ("a", "b"), shares[:1], of=("b",)) == order


def test_an_order_keeps_its_sense_as_a_probability() -> None:
    model = scaled({"a": 2.0, "b": -1.0}, Logistic(bias=-1.0, weights={"order": 0.5}))
    assert model == Logistic(bias=-1.0, weights={"a": 1.0, "b": -0.5})


@pytest.fixture(scope="module")
def start_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_encoder(tmp_path_factory.mktemp("start"))


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_groups(tmp_path_factory.mktemp("groups"))


@pytest.mark.model
def test_a_tiny_reader_learns_resumes_and_reads_alike_in_onnx(start_folder: Path, groups: Path, tmp_path: Path) -> None:
    import torch

    from qa.readers.onnx import OnnxReader
    from qa.training.average import average
    from qa.training.encode import collate, load_tokenizer
    from qa.training.export import export
    from qa.training.network import ReaderNetwork
    from qa.training.train import TrainingSettings, train

    settings = TrainingSettings(
        steps=30, warmup_steps=2, decay_steps=10, learning_rate=3e-3, sequences=6, save_every=10, train_embeddings=True
    )
    train(groups, start_folder, tmp_path / "work", settings)
    weights = train(groups, start_folder, tmp_path / "work", settings.model_copy(update={"steps": 60}))
    steps = [json.loads(line)["step"] for line in (tmp_path / "work" / "log.jsonl").read_text().splitlines()]
    assert steps == [20, 40, 60]

    reader = OnnxReader(export(weights, tmp_path / "reader", name="tiny", quantize=False), threads=1)
    scores = next(iter(validate(reader, read_groups(groups))))
    assert scores.ranked_first == 1.0
    assert scores.separation == 1.0

    half = average(start_folder, weights, tmp_path / "half", share=0.25)
    learned, start, mixed = (ReaderNetwork.from_folder(one).state_dict() for one in (weights, start_folder, half))
    name = "bert.encoder.layer.0.output.dense.weight"
    assert torch.allclose(mixed[name], 0.75 * start[name] + 0.25 * learned[name], atol=1e-3)
    members = [group for group in read_groups(groups) if group.validation][:1]
    batch = collate(members, load_tokenizer(weights, max_tokens=128))
    with torch.no_grad():
        network = ReaderNetwork.from_folder(weights).eval()
        _, _, relevance = network(batch.input_ids, batch.token_type_ids, batch.attention_mask)
    passage = Passage(id=1, document_id="a", start=0, end=len(TEXT), text=TEXT)
    assert reader.read(members[0].question, [passage])[0].relevance == pytest.approx(float(relevance[0]), abs=2e-2)


@pytest.mark.model
def test_a_reader_is_shown_what_it_was_trained_on() -> None:
    from qa.assemble import SHIPPED
    from qa.readers.onnx import OnnxReader
    from qa.training.encode import load_tokenizer

    reader = OnnxReader(SHIPPED, threads=1)
    passage = Passage(id=1, document_id="a", start=0, end=len(TEXT), text=TEXT)
    (window,) = reader._windows("who mediated", [passage])
    tokenizer = load_tokenizer(SHIPPED, max_tokens=224)
    encoding = tokenizer.encode("who mediated", TEXT)
    assert window.input_ids == encoding.ids
    assert [0] * window.first + [1] * (len(window.input_ids) - window.first) == encoding.type_ids
