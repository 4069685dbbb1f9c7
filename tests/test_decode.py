"""The best span of a window from its logits, and windows of one passage as one list."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.readers.decode import LONGEST_ANSWER, Candidate, candidates, merge
from qa.readers.windows import Pair, pairs, shorten_question

TEXT = "Qatar mediated in Doha"
OFFSETS = [(0, 5), (6, 14), (15, 17), (18, 22)]


def window(starts: list[float], ends: list[float]) -> list[Candidate]:
    pair = Pair(0, [101, 7, 102, 1, 2, 3, 4, 102], 3, OFFSETS)
    pad = [0.0, 0.0, 0.0]
    logits = [np.array([*pad, *values, 0.0], dtype=np.float32) for values in (starts, ends)]
    return candidates(pair, logits[0], logits[1], TEXT)


def test_the_best_start_and_end_make_the_span_scored_against_not_here() -> None:
    best = window([5, 0, 0, 1], [4, 0, 0, 1])[0]
    assert (best.start, best.end, best.score) == (0, 5, 9.0)


def test_an_end_before_its_start_is_no_span() -> None:
    assert all(one.end > one.start for one in window([0, 0, 0, 9], [9, 0, 0, 0]))


def test_alternatives_do_not_overlap() -> None:
    found = window([5, 0, 0, 4], [5, 0, 0, 4])
    assert [(one.start, one.end) for one in found[:2]] == [(0, 5), (18, 22)]


def test_overlapping_windows_keep_the_better_of_the_same_answer() -> None:
    merged = merge([[Candidate(0, 5, 3.0)], [Candidate(0, 5, 4.0), Candidate(8, 9, 1.0)]])
    assert merged == [Candidate(0, 5, 4.0), Candidate(8, 9, 1.0)]


@given(st.integers(0, 700), st.integers(1, 120))
def test_windows_cover_every_token_and_fit_the_model(tokens: int, question: int) -> None:
    offsets = [(place, place + 1) for place in range(tokens)]
    ids = shorten_question(list(range(question)))
    windows = list(pairs(0, ids, list(range(tokens)), offsets, separators=(1, 2), max_tokens=288, overlap=96))
    assert {place for one in windows for place, _ in one.offsets} == set(range(tokens))
    assert all(len(one.input_ids) <= 288 for one in windows)
    for earlier, later in pairwise(windows):
        assert earlier.offsets[-1][1] - later.offsets[0][0] >= LONGEST_ANSWER


def test_a_long_question_keeps_its_end() -> None:
    assert shorten_question(list(range(500)))[-1] == 499
