"""From readings to an order of passages, with weights made by hand."""

from datetime import date

import pytest

from index.types import Hit, Passage
from qa.calibration import Calibration, Logistic
from qa.ranking import NOTHING, Found, answer_features, rank_passages
from qa.second_look import Place, SecondLook
from qa.types import Reading, Span

WEIGHTS = {"span": 1.0, "dense": 2.0, "lexical": 0.5, "other_kind": -3.0, "other_one": -3.0}
CALIBRATION = Calibration(
    reading=Logistic(bias=0, weights={}),
    passage=Logistic(bias=-1, weights=WEIGHTS),
    answer=Logistic(bias=0, weights={}),
    threshold=0,
    fitted_on="nothing",
)
TEXT = "The talks in Istanbul began on Sunday."


def hit(rank: int, *, dense: float | None = 0.5, lexical: float | None = None) -> Hit:
    passage = Passage(id=rank, document_id=f"d{rank}", start=0, end=len(TEXT), text=TEXT)
    return Hit(passage=passage, rank=rank, score=1.0, dense_score=dense, lexical_score=lexical)


def reading(*spans: tuple[str, float]) -> Reading:
    found = [
        (Span(start=TEXT.index(text), end=TEXT.index(text) + len(text), text=text), score) for text, score in spans
    ]
    return Reading(relevance=0, span=found[0][0], score=found[0][1], alternatives=tuple(found[1:]))


NO_SPAN = Reading(relevance=-100, span=None, score=-100)


def test_a_span_of_the_kind_that_is_asked_comes_before_a_better_read_one() -> None:
    (ranked,) = rank_passages(
        Found("when did it begin?", [hit(1)], [reading(("Istanbul", 2.0), ("Sunday", 0.5))]), CALIBRATION
    )
    assert [(span.text, odds) for span, odds in ranked.spans] == [("Sunday", -0.5), ("Istanbul", -2.0)]
    assert ranked.log_odds == -0.5
    assert ranked.probability == pytest.approx(0.3775407)


def test_equal_passages_stay_in_the_order_of_the_hits_and_empty_ones_come_last() -> None:
    readings = [NO_SPAN, reading(("Sunday", 1.0)), reading(("Sunday", 1.0)), reading(("Sunday", 3.0))]
    ranked = rank_passages(Found("when?", [hit(1), hit(2), hit(3), hit(4)], readings), CALIBRATION)
    assert [one.hit.rank for one in ranked] == [4, 2, 3, 1]
    assert ranked[-1].spans == ()
    assert ranked[-1].log_odds == -NOTHING


def test_scores_are_told_beside_the_best_and_a_missing_score_is_none() -> None:
    hits = [hit(1, dense=0.25, lexical=8.0), hit(2, lexical=2.0), hit(3, dense=None)]
    found = Found("when?", hits, [reading(("Sunday", 50.0))] * 3).span_features
    assert [{name: of_hit[0][1][name] for name in ("span", "alone", "dense", "lexical")} for of_hit in found] == [
        {"span": 12.0, "alone": 0.0, "dense": -0.25, "lexical": 1.0},
        {"span": 12.0, "alone": 0.0, "dense": 0.0, "lexical": 0.25},
        {"span": 12.0, "alone": 0.0, "dense": -0.5, "lexical": 0.0},
    ]


def test_an_older_article_comes_after_a_newer_one_and_an_undated_one_is_new() -> None:
    weights = WEIGHTS | {"age": -1.0}
    calibration = CALIBRATION.model_copy(update={"passage": Logistic(bias=-1, weights=weights)})
    published = {"d1": date(2022, 10, 7), "d2": date(2023, 10, 6)}
    readings = [reading(("Sunday", 2.0)), reading(("Sunday", 1.0)), reading(("Sunday", 0.5))]
    for question, order in (("when did it begin?", [2, 3, 1]), ("when did it begin in 2022?", [1, 3, 2])):
        found = Found(question, [hit(1), hit(2), hit(3)], readings, published=published)
        assert [one.hit.rank for one in rank_passages(found, calibration)] == order


def test_an_articles_age_counts_once_more_where_the_question_asks_for_what_is_new() -> None:
    published = {"d1": date(2022, 10, 7), "d2": date(2023, 10, 6)}
    for question, is_new_asked in (("when did it begin this week?", True), ("when did it begin?", False)):
        found = Found(question, [hit(1), hit(2)], [reading(("Sunday", 2.0))] * 2, published=published)
        older, newer = (of_hit[0][1] for of_hit in found.span_features)
        assert older["age"] > 2
        assert older["age_where_new"] == older["age"] * is_new_asked
        assert newer["age"] == newer["age_where_new"] == 0


def test_a_span_that_its_sentence_alone_bears_out_comes_first() -> None:
    weights = WEIGHTS | {"alone": 1.0}
    calibration = CALIBRATION.model_copy(update={"passage": Logistic(bias=-1, weights=weights)})
    assert calibration.needs_second_look
    assert not CALIBRATION.needs_second_look
    start, end = TEXT.index("Sunday"), TEXT.index("Sunday") + len("Sunday")
    again = SecondLook({Place("d2", start, end): 40.0, Place("d1", start, end): -2.0})
    ranked = rank_passages(Found("when?", [hit(1), hit(2)], [reading(("Sunday", 1.0))] * 2, again), calibration)
    assert [(one.hit.rank, one.alone) for one in ranked] == [(2, 12.0), (1, -2.0)]


def test_that_all_hits_are_nearer_to_a_longer_question_makes_none_of_them_surer() -> None:
    far, near = (
        rank_passages(Found("when?", hits, [reading(("Sunday", 1.0)), reading(("Istanbul", 2.0))]), CALIBRATION)
        for hits in ([hit(1, dense=0.1), hit(2, dense=0.3)], [hit(1, dense=0.6), hit(2, dense=0.8)])
    )
    assert [one.log_odds for one in far] == pytest.approx([one.log_odds for one in near])


@pytest.mark.parametrize(
    ("question", "terse"),
    [
        ("when?", 3.0),
        ("who mediated?", 2.0),
        ("when was the ceasefire?", 2.0),
        ("who mediated the talks?", 1.0),
        ("who mediated the talks in Istanbul?", 0.0),
        ("who mediated the second round of talks in Istanbul on Saturday, as the ministry said?", 0.0),
    ],
)
def test_what_is_known_of_an_answer(question: str, terse: float) -> None:
    again = SecondLook({Place("d1", TEXT.index("Sunday"), TEXT.index("Sunday") + len("Sunday")): -2.5})
    (ranked,) = rank_passages(Found("when?", [hit(1)], [reading(("Sunday", 1.0))], again), CALIBRATION)
    assert answer_features(question, ranked, claims=4) == {
        "log_odds": 0.0,
        "alone": -2.5,
        "claims": 4.0,
        "terse": terse,
    }
