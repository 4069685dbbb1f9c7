"""Probabilities from log-odds, and the file they come from."""

from pathlib import Path

import pytest

from index.errors import ModelError
from qa.calibration import Calibration, Logistic, load_calibration, probability


def test_log_odds_are_a_weighted_sum_and_a_missing_feature_is_zero() -> None:
    model = Logistic(bias=-1, weights={"span": 2.0, "dense": 3.0})
    assert model.log_odds({"span": 0.5, "unknown": 9.0}) == 0.0


@pytest.mark.parametrize(
    ("log_odds", "expected"), [(0.0, 0.5), (1000.0, 1.0), (-1000.0, 0.0), (1.0, 0.7310585786300049)]
)
def test_probability(log_odds: float, expected: float) -> None:
    assert probability(log_odds) == pytest.approx(expected)


def test_a_calibration_survives_its_file(tmp_path: Path) -> None:
    model = Logistic(bias=0.5, weights={"span": 1.0})
    calibration = Calibration(reading=model, passage=model, answer=model, threshold=0.3, fitted_on="nothing")
    (tmp_path / "calibration.json").write_text(calibration.model_dump_json())
    assert load_calibration(tmp_path) == calibration


@pytest.mark.parametrize("content", [None, "{", '{"threshold": 2}'])
def test_a_missing_or_damaged_file_is_one_line_with_the_remedy(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "calibration.json").write_text(content)
    with pytest.raises(ModelError, match="reinstall"):
        load_calibration(tmp_path)
