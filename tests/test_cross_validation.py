"""Figures of a calibration on questions that were left out of its fitting."""

from qa.training.calibrate import Judged
from qa.training.cross_validation import PARTS, Fared, fared, parted


def test_a_question_is_left_out_wherever_it_was_asked() -> None:
    questions = [f"question {number % 30}?" for number in range(90)]
    parts = list(parted(questions))
    assert len(parts) == PARTS
    assert sorted(place for part in parts for place in part) == list(range(90))
    assert all(part for part in parts)
    for part in parts:
        assert {place % 30 for place in part} == {place for place in part if place < 30}


def test_figures_of_a_source() -> None:
    outcomes = [(2.0, True, True), (1.0, False, True), (0.5, True, True), (-1.0, False, False)]
    judged = [(Judged({}, right, "stories", answerable), score) for score, right, answerable in outcomes]
    assert fared("stories", judged) == Fared(
        source="stories",
        questions=4,
        right=0.667,
        auroc_right=0.75,
        auroc_answerable=1.0,
        aurc=0.333,  # the mean of 0, 1/2, 1/3 and 1/2
    )
