"""What the reader's scores mean as probabilities. Owns the fitted weights' file; fits nothing (see ``qa.training``)."""

import json
import math
from pathlib import Path

from pydantic import Field, ValidationError

from index.errors import ModelError
from index.types import Frozen
from qa.types import Reading

FILE = "calibration.json"


class Logistic(Frozen):
    """A logistic regression over named features."""

    bias: float
    weights: dict[str, float]

    def log_odds(self, features: dict[str, float]) -> float:
        """Weighted sum; a feature without a weight is ignored, one that is missing counts as 0."""
        return self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())


class Calibration(Frozen):
    """Fitted on validation data, stored beside the reader's weights."""

    reading: Logistic
    """Of a reading alone: does the passage answer, in the words that were read? For tasks without a search."""
    passage: Logistic
    """Of a hit that was read: is the span that was read here right?"""
    answer: Logistic
    """Of a whole answer: is the leading claim right?"""
    threshold: float = Field(ge=0, le=1)
    """Confidence below which the files don't say."""
    fitted_on: str
    """Which data and which reader; for the model card."""

    @property
    def needs_second_look(self) -> bool:
        """Was it fitted on spans that were read again in their sentence alone? See ``qa.second_look``."""
        return "alone" in self.passage.weights or "alone" in self.answer.weights


def reading_probability(reading: Reading, calibration: Calibration) -> float:
    """That the passage answers in the words that were read, where nothing is known of a search."""
    if reading.span is None:
        return 0.0
    return probability(
        calibration.reading.log_odds({"relevance": clip(reading.relevance), "span": clip(reading.score)})
    )


def clip(log_odds: float, *, bound: float = 12.0) -> float:
    """Log-odds within bounds beyond which they say nothing more."""
    return max(-bound, min(bound, log_odds))


def probability(log_odds: float) -> float:
    """The logistic function, safe at both ends."""
    if log_odds < -60:
        return 0.0
    return 1 / (1 + math.exp(-log_odds)) if log_odds < 60 else 1.0


def load_calibration(folder: Path) -> Calibration:
    """The calibration of a reader's folder; raises ModelError where it is missing or unusable."""
    path = folder / FILE
    try:
        return Calibration.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        raise ModelError(
            f"{path} is missing or damaged: reinstall Quoth (`pip install --force-reinstall .`) "
            "or make it again with `python -m qa.training calibrate`"
        ) from None
