"""Abstention, risk, coverage and calibration: numbers worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from eval.metrics.abstention import abstention_scores, aurc, auroc, coverage_at_risk, risk_coverage
from eval.metrics.calibration import expected_calibration_error, reliability
from eval.types import Forecast


def forecast(confidence, right, *, answerable=True, refused=False):
    return Forecast(confidence=confidence, right=right, answerable=answerable, refused=refused)


FORECASTS = st.lists(
    st.builds(forecast, st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=30
)


def summed(forecasts, name):
    parts = [scores[name] for one in forecasts if name in (scores := abstention_scores(one))]
    return sum(part.got for part in parts) / sum(part.of for part in parts)


def test_abstention_worked_by_hand():
    forecasts = [
        forecast(0.9, True),
        forecast(0.2, True, refused=True),  # not due
        forecast(0.1, False, answerable=False, refused=True),  # due
        forecast(0.1, False, answerable=False, refused=True),  # due
        forecast(0.8, False, answerable=False),  # missed
    ]
    assert summed(forecasts, "abstention.precision") == pytest.approx(2 / 3)
    assert summed(forecasts, "abstention.recall") == pytest.approx(2 / 3)
    assert summed(forecasts, "abstention.f1") == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


def test_risk_coverage_worked_by_hand():
    forecasts = [forecast(0.9, True), forecast(0.8, True), forecast(0.7, False), forecast(0.1, True)]
    assert risk_coverage(forecasts) == pytest.approx([(0.25, 0), (0.5, 0), (0.75, 1 / 3), (1.0, 1 / 4)])
    assert aurc(forecasts) == pytest.approx((1 / 3 + 1 / 4) / 4)
    assert coverage_at_risk(forecasts, 0.05) == 0.5
    assert coverage_at_risk(forecasts, 0.25) == 1.0


def test_cases_of_one_confidence_are_answered_together():
    forecasts = [forecast(0.5, True), forecast(0.5, False)]
    assert risk_coverage(forecasts) == [(0.5, 0.5), (1.0, 0.5)]
    assert coverage_at_risk(forecasts, 0.4) == 0.0


@given(FORECASTS, st.randoms())
def test_the_order_of_cases_makes_no_difference(forecasts, random):
    shuffled = random.sample(forecasts, len(forecasts))
    assert aurc(shuffled) == pytest.approx(aurc(forecasts))
    assert coverage_at_risk(shuffled, 0.1) == coverage_at_risk(forecasts, 0.1)
    assert expected_calibration_error(shuffled) == pytest.approx(expected_calibration_error(forecasts))


@given(FORECASTS)
def test_risk_at_full_coverage_is_the_share_of_errors(forecasts):
    share = sum(not one.right for one in forecasts) / len(forecasts)
    assert risk_coverage(forecasts)[-1] == pytest.approx((1.0, share))
    assert coverage_at_risk(forecasts, 1.0) == 1.0


@given(FORECASTS)
def test_auroc_agrees_with_scikit_learn(forecasts):
    positive = [one.confidence for one in forecasts if one.right]
    negative = [one.confidence for one in forecasts if not one.right]
    ours = auroc(positive, negative)
    if not positive or not negative:
        assert ours is None
        return
    assert ours == pytest.approx(roc_auc_score([one.right for one in forecasts], [one.confidence for one in forecasts]))


def test_calibration_worked_by_hand():
    forecasts = [forecast(0.95, True), forecast(0.85, True), forecast(0.81, False), forecast(0.1, False)]
    bins = reliability(forecasts)
    assert [bin_.cases for bin_ in bins] == [0, 1, 0, 0, 0, 0, 0, 0, 2, 1]
    assert bins[8].confidence == pytest.approx(0.83)
    assert bins[8].right == 0.5
    assert expected_calibration_error(forecasts) == pytest.approx((1 * 0.1 + 2 * 0.33 + 1 * 0.05) / 4)


def test_full_confidence_falls_into_the_last_bin():
    assert reliability([forecast(1.0, True)])[-1].cases == 1


def test_nothing_measured_is_no_number():
    assert aurc([]) is None
    assert coverage_at_risk([], 0.1) is None
    assert expected_calibration_error([]) is None
