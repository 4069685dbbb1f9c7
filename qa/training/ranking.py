"""Fits the order of a question's spans apart from how probable they are: a conditional logit over what was read.

Some questions score high everywhere and some low; a regression over all spans learns that, and weighs what tells the
spans of one question apart too little. The conditional logit (McFadden 1974; "ListNet" with one position, Cao et al.
2007) compares within a question only. Its one score is then made a probability (Platt 1999).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.calibration import Logistic
from qa.training.logistic import RIDGE

FACTORS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
"""By which a part of the order's weights may be raised; see ``raised``."""
_STEP = 0.7
"""Of a Newton step: a whole one can overshoot where few questions tell a feature's weight."""


@dataclass(frozen=True)
class Choice:
    """The spans of one question: ``features`` [spans, names], and which are right [spans]."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]

    @property
    def tells(self) -> bool:
        """Whether there is anything to choose: some right, some wrong."""
        return bool(self.right.any() and not self.right.all())


def fit_order(choices: Sequence[Choice], names: Sequence[str], shares: NDArray[np.float64]) -> dict[str, float]:
    """Weights that make the right spans of each question the likeliest choice among its spans, with an L2 penalty.

    ``shares`` [questions] weighs the questions; those that tell nothing are left out.
    """
    # Of what differs within questions: all that the weights are of.
    spread = np.vstack([one.features - one.features.mean(0) for one in choices]).std(0) + 1e-9
    told = [(one.features / spread, one.right, share) for one, share in zip(choices, shares, strict=True) if one.tells]
    weights = np.zeros(len(names))
    for _ in range(80):
        gradient, curvature = RIDGE * weights, RIDGE * np.eye(len(names))
        for inputs, right, share in told:
            chance = _softmax(inputs @ weights)
            expected, wanted = chance @ inputs, (chance * right) @ inputs / (chance @ right)
            gradient = gradient + share * (expected - wanted)
            curvature += share * ((inputs * chance[:, None]).T @ inputs - np.outer(expected, expected))
        step = np.linalg.solve(curvature, gradient)
        weights = weights - _STEP * step
        if np.abs(step).max() < 1e-8:
            break
    return {name: float(weight) for name, weight in zip(names, weights / spread, strict=True)}


def raised(
    order: Mapping[str, float],
    choices: Sequence[Choice],
    names: Sequence[str],
    shares: NDArray[np.float64],
    *,
    of: Sequence[str],
) -> dict[str, float]:
    """The order, the weights of ``of`` times the least of ``FACTORS`` that puts a right span first most often.

    The likelihood of every right span, wherever it stands, wants less of a sign by which one of many is put first.
    """
    told = [(one, share) for one, share in zip(choices, shares, strict=True) if one.tells]
    weighed: list[tuple[float, dict[str, float]]] = []
    for factor in FACTORS:
        tried = {name: weight * (factor if name in of else 1.0) for name, weight in order.items()}
        weights = np.array([tried[name] for name in names])
        first = sum(float(share) for one, share in told if one.right[int(np.argmax(one.features @ weights))])
        weighed.append((first, tried))
    # Sums in another order differ in their last digits: that is no gain.
    most = max(first for first, _ in weighed) - 1e-9
    return next(tried for first, tried in weighed if first >= most)


def scaled(order: Mapping[str, float], score: Logistic) -> Logistic:
    """The order's weights as a regression whose probability is that of ``score``, fitted on their sum as ``order``."""
    slope = score.weights["order"]
    return Logistic(bias=score.bias, weights={name: round(slope * weight, 5) for name, weight in order.items()})


def _softmax(values: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(values - values.max())
    chances: NDArray[np.float64] = raised / raised.sum()
    return chances
