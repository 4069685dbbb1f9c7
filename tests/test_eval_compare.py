"""The paired comparison: exact where it can be counted, honest where there is nothing to see."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from eval.compare import compare
from eval.resampling import bootstrap_differences, bootstrap_intervals, holm, randomisation_p, ratios
from eval.types import Curves, DataInfo, Gate, Outcome, Part, Report, Timings
from index.errors import InputError

VALUES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=9)


def means(values):
    return np.array([[value, 1.0] for value in values])


@settings(deadline=None)
@given(VALUES)
def test_few_cases_are_tested_exactly(pairs):
    a, b = means([x for x, _ in pairs]), means([y for _, y in pairs])
    observed = abs(sum(y - x for x, y in pairs))
    swaps = list(product((1, -1), repeat=len(pairs)))
    extreme = sum(
        abs(sum(sign * (y - x) for sign, (x, y) in zip(signs, pairs, strict=True))) >= observed for signs in swaps
    )
    assert randomisation_p(a, b, seed=0) == pytest.approx(extreme / len(swaps))


def test_many_cases_agree_with_scipys_permutation_test():
    generator = np.random.default_rng(5)
    x = generator.random(60)
    y = x + generator.normal(0.05, 0.2, 60)
    theirs = permutation_test(
        (x, y),
        lambda p, q, axis: np.mean(q - p, axis=axis),
        vectorized=True,
        permutation_type="samples",
        n_resamples=100_000,
        rng=generator,
    )
    assert randomisation_p(means(x), means(y), seed=0, resamples=100_000) == pytest.approx(theirs.pvalue, abs=0.01)


def test_a_ratio_swaps_numerator_and_denominator_together():
    # Precision: A calls 4, 1 of them right; B calls 2, both right, in two cases: 4 swaps, |difference| below.
    a, b = np.array([[1.0, 3.0], [0.0, 1.0]]), np.array([[1.0, 1.0], [1.0, 1.0]])
    observed = 2 / 2 - 1 / 4
    swapped_one = abs((1 + 0) / (1 + 1) - (1 + 1) / (3 + 1))
    assert swapped_one < observed
    assert randomisation_p(a, b, seed=0) == 2 / 4


def test_no_change_is_no_difference():
    same = means([0, 1, 1])
    assert randomisation_p(same, same, seed=0) == 1
    assert ratios(same) == pytest.approx(2 / 3)


def test_an_interval_holds_the_value_and_shrinks_with_cases():
    few, many = (np.tile([[[1.0, 1.0]], [[0.0, 1.0]]], (n, 1, 1)) for n in (10, 1000))
    (low, high), (low_many, high_many) = (bootstrap_intervals(x, seed=0)[0] for x in (few, many))
    assert low < low_many < 0.5 < high_many < high
    # Normal approximation of a share of 1/2 over 2,000 cases.
    assert high_many - low_many == pytest.approx(2 * 1.96 * 0.5 / 2000**0.5, rel=0.05)


def test_a_paired_interval_is_narrow_where_cases_move_together():
    generator = np.random.default_rng(0)
    x = generator.random(100)
    a, b = means(x)[:, None], means(x + 0.1)[:, None]
    assert bootstrap_differences(a, b, seed=0)[0] == pytest.approx([0.1, 0.1])


def test_holm_worked_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def report(right, *, suite="seeds", name="cases.passed", ids=None, question="q"):
    cases = tuple(
        Outcome(id=f"{ids or 'case'}-{n}", question=question, type="who", got=str(x), scores={name: Part(float(x), 1)})
        for n, x in enumerate(right)
    )
    return Report(
        suite=suite, command="quoth eval", quoth="0", commit=None, options={}, settings={}, metrics=(), by_type={},
        data=DataInfo(name="d", sha256="0" * 64, cases=len(cases)), blame={}, curves=Curves(), gate=Gate(), cases=cases,
        timings=Timings(machine="m", started="now", seconds=1),
    )  # fmt: skip


def test_a_clear_gain_is_called_better_and_lists_what_flipped():
    found = compare(report([0] * 20 + [1] * 20), report([1] * 38 + [0] * 2))
    (difference,) = found.differences
    assert difference.verdict == "better"
    assert difference.difference == pytest.approx(0.45)
    assert difference.low < 0.45 < difference.high
    assert [flip.change for flip in found.flips] == [-1, -1] + [1] * 20
    assert found.verdict == "B is better: cases.passed"


def test_a_loss_is_called_worse_and_lower_may_be_better():
    a, b = [1] * 30, [0] * 30
    assert compare(report(a), report(b)).verdict == "B is worse: cases.passed"
    name = "answers.misled"
    assert compare(report(a, name=name), report(b, name=name)).verdict == "B is better: answers.misled"


def test_chance_is_called_no_difference():
    found = compare(report([0, 1] * 20), report([1, 0] * 20))
    assert found.verdict == "no difference shown"
    assert compare(report([0] * 30), report([0] * 28 + [1] * 2)).verdict == "no difference shown"


def test_only_cases_of_both_are_compared():
    found = compare(report([1] * 5), report([1] * 3))
    assert (found.cases, found.only_in_one) == (3, 2)


def test_reports_that_can_not_be_compared_are_refused():
    with pytest.raises(InputError, match="different suites"):
        compare(report([1]), report([1], suite="open"))
    with pytest.raises(InputError, match="share no cases"):
        compare(report([1]), report([1], ids="other"))
    with pytest.raises(InputError, match="share no cases"):
        compare(report([1]), report([1], question="another"))
