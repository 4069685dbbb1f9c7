"""Fits what the reader's scores mean: logistic regressions over named features, by Newton's method with a ridge.

Two are fitted on questions with known answers: of a passage (is its span right?) and of an answer (is the leading claim
right?). Platt (1999) for one score; here with several features, since agreement and margin tell more than one score.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.calibration import Calibration, Logistic, probability
from qa.claims import find_claims
from qa.pipeline import QuestionAnswerer
from qa.ranking import answer_features, passage_features, rank_passages
from qa.training.scoring import overlap

RIGHT = 0.5
"""Token F1 from which a span counts as right: half of the words shared is the usual sign of the same answer."""
RIDGE = 1.0
"""Pull of the weights towards zero: some hundreds of questions can't tell apart features that go together."""

Features = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """A question with its accepted answers; none where the documents don't say."""

    question: str
    answers: tuple[str, ...]


def read_questions(path: Path) -> list[Asked]:
    """JSONL of ``{"question": …, "answers": […]}``."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Asked(record["question"], tuple(record["answers"])) for record in records]


def fit_logistic(features: Sequence[Features], labels: Sequence[bool], names: Sequence[str]) -> Logistic:
    """Weights that make the labels most probable, with an L2 penalty of ``RIDGE`` on standardised features."""
    raw = np.array([[one.get(name, 0.0) for name in names] for one in features])
    middle, spread = raw.mean(0), raw.std(0) + 1e-9
    inputs = np.hstack([(raw - middle) / spread, np.ones((len(raw), 1))])
    weights = _newton(inputs, np.array(labels, dtype=np.float64))
    slopes = weights[:-1] / spread
    bias = weights[-1] - float(slopes @ middle)
    return Logistic(bias=round(float(bias), 5), weights={n: round(float(w), 5) for n, w in zip(names, slopes, strict=True)})


def _newton(inputs: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.zeros(inputs.shape[1])
    penalty = RIDGE * np.eye(inputs.shape[1])
    penalty[-1, -1] = 1e-6
    for _ in range(50):
        predicted = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (predicted - labels) + penalty @ weights
        curvature = (inputs * (predicted * (1 - predicted))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights
