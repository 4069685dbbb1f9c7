"""A reader small enough to train in seconds: it learns, resumes, and reads the same in ONNX as in torch."""

import numpy as np
import pytest

from qa.calibration import Logistic
from qa.training.calibrate import SHARES, Judged, asked_weights, threshold_for
from qa.training.logistic import fit_logistic
from qa.training.ranking import Choice, fit_order, raised, scaled
from qa.training.scoring import overlap
from qa.training.validate import auroc


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
    assert shares["stories", True] == pytest.approx(SHARES["stories"] / SHARES["squad2"] * shares["squad2", True])
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
