"""Retrieval metrics: numbers worked by hand, and agreement with trec_eval on random runs."""

from math import log2

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.retrieval import holding_scores, retrieval_scores

TREC_NAMES = {
    "recall@1": "recall_1",
    "recall@5": "recall_5",
    "recall@10": "recall_10",
    "recall@100": "recall_100",
    "success@3": "success_3",
    "ndcg@10": "ndcg_cut_10",
    "map": "map",
}
TREC_MEASURES = {"recall.1,5,10,100", "success.3", "ndcg_cut.10", "map", "recip_rank"}
IDS = st.integers(0, 60).map(str)


@given(
    st.lists(IDS, unique=True, max_size=50),
    st.dictionaries(IDS, st.integers(1, 3), min_size=1, max_size=12),
)
def test_agrees_with_pytrec_eval_on_random_runs(ranked, grades):
    ours = retrieval_scores(ranked, grades, of="x")
    evaluator = pytrec_eval.RelevanceEvaluator({"q": grades}, TREC_MEASURES)
    run = {"q": {name: 1000.0 - position for position, name in enumerate(ranked)}}
    theirs = evaluator.evaluate(run)["q"] if ranked else dict.fromkeys([*TREC_NAMES.values(), "recip_rank"], 0.0)
    for name, trec_name in TREC_NAMES.items():
        assert ours[f"x.{name}"].got == pytest.approx(theirs[trec_name]), name
    # trec_eval has no cut-off on the reciprocal rank: beyond rank 10 ours is 0.
    whole = theirs["recip_rank"]
    assert ours["x.mrr@10"].got == pytest.approx(whole if whole >= 0.1 else 0.0)


def test_worked_by_hand():
    scores = retrieval_scores(["a", "b", "c", "d"], {"b", "d", "unfound"}, of="passages")
    assert scores["passages.recall@1"].got == 0
    assert scores["passages.recall@5"].got == pytest.approx(2 / 3)
    assert scores["passages.success@3"].got == 1
    assert scores["passages.mrr@10"].got == 1 / 2
    assert scores["passages.map"].got == pytest.approx((1 / 2 + 2 / 4) / 3)
    gain, ideal = 1 / log2(3) + 1 / log2(5), 1 + 1 / log2(3) + 1 / log2(4)
    assert scores["passages.ndcg@10"].got == pytest.approx(gain / ideal)
    assert all(part.of == 1 for part in scores.values())


def test_the_order_given_counts_and_not_the_names():
    assert retrieval_scores(["b", "a"], {"b"}, of="x")["x.mrr@10"].got == 1
    assert retrieval_scores(["a", "b"], {"b"}, of="x")["x.mrr@10"].got == 0.5
    assert retrieval_scores(["a", "b"], {"a"}, of="x")["x.mrr@10"].got == 1


def test_nothing_found_is_zero_everywhere():
    assert {part.got for part in retrieval_scores([], {"a"}, of="x").values()} == {0.0}


@pytest.mark.parametrize(
    ("holds", "first"),
    [([True], 1), ([False, True], 5), ([False] * 30 + [True], 32), ([False] * 200, 1000), ([], 1000)],
)
def test_top_k_accuracy_begins_where_the_first_passage_holds_the_words(holds, first):
    scores = holding_scores(holds, of="passages")
    assert {name for name, part in scores.items() if part.got} == {
        name for name in scores if int(name.rpartition("@")[2]) >= first
    }
