"""Logistic regression over named features, by Newton's method with a ridge. Owns the fitting; knows no question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.calibration import Logistic

RIDGE = 1.0
"""Pull of the weights towards zero: some hundreds of questions can't tell apart features that go together."""

Features = dict[str, float]


def fit_logistic(
    features: Sequence[Features],
    labels: Sequence[bool],
    names: Sequence[str],
    *,
    sample_weights: NDArray[np.float64] | None = None,
) -> Logistic:
    """Weights that make the labels most probable, with an L2 penalty of ``RIDGE`` on standardised features."""
    raw = np.array([[one.get(name, 0.0) for name in names] for one in features])
    middle, spread = raw.mean(0), raw.std(0) + 1e-9
    inputs = np.hstack([(raw - middle) / spread, np.ones((len(raw), 1))])
    shares = np.ones(len(raw)) if sample_weights is None else sample_weights
    weights = _newton(inputs, np.array(labels, dtype=np.float64), shares)
    slopes = weights[:-1] / spread
    bias = weights[-1] - float(slopes @ middle)
    return Logistic(
        bias=round(float(bias), 5), weights={n: round(float(w), 5) for n, w in zip(names, slopes, strict=True)}
    )


def _newton(
    inputs: NDArray[np.float64], labels: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    weights = np.zeros(inputs.shape[1])
    penalty = RIDGE * np.eye(inputs.shape[1])
    penalty[-1, -1] = 1e-6
    for _ in range(50):
        predicted = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (shares * (predicted - labels)) + penalty @ weights
        curvature = (inputs * (shares * predicted * (1 - predicted))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights
