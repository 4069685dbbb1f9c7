"""Bootstrap intervals and the paired randomisation test. Owns the statistics; knows metrics only as sums of parts.

Efron & Tibshirani 1993, *An Introduction to the Bootstrap*; Smucker, Allan & Carterette 2007 on the randomisation
test for retrieval.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

RESAMPLES = 10_000
"""At this many the error of a p-value of 0.05 is 0.002."""
_BATCH_CELLS = 2_000_000


def ratios(parts: Matrix) -> Matrix:
    """(cases, …, 2) parts ``got, of`` summed to (…,) values; nan where nothing is counted."""
    sums = parts.sum(axis=0)
    return _divided(sums[..., 0], sums[..., 1])


def bootstrap_intervals(parts: Matrix, *, seed: int, resamples: int = RESAMPLES) -> Matrix:
    """(metrics, 2): the 2.5 % and 97.5 % percentiles of each metric over cases drawn with replacement.

    ``parts`` is (cases, metrics, 2), with ``got, of`` last and zeros where a case has no part in a metric.
    """
    return _intervals(np.concatenate([_resampled(draw, parts) for draw in _draws(len(parts), resamples, seed)]))


def bootstrap_differences(a: Matrix, b: Matrix, *, seed: int, resamples: int = RESAMPLES) -> Matrix:
    """The same intervals of ``b``'s metrics minus ``a``'s, both over the same drawn cases."""
    draws = _draws(len(a), resamples, seed)
    return _intervals(np.concatenate([_resampled(draw, b) - _resampled(draw, a) for draw in draws]))


def randomisation_p(a: Matrix, b: Matrix, *, seed: int, resamples: int = RESAMPLES) -> float:
    """Two-sided p-value of the difference when each case's two results are swapped at random.

    Exact over all swaps where there are no more of them than ``resamples``; otherwise by sampling, with the observed
    arrangement counted in (Phipson & Smyth 2010).
    """
    moved = np.flatnonzero((a != b).any(axis=1))
    if len(moved) == 0:
        return 1.0
    observed = abs(ratios(b) - ratios(a))
    exact = 2 ** min(len(moved), 30) <= resamples
    swaps = _all_swaps(len(moved)) if exact else _random_swaps(len(moved), resamples, seed)
    change, total_a, total_b = (b - a)[moved], a.sum(axis=0), b.sum(axis=0)
    extreme = count = 0
    for swap in swaps:
        shifted = swap @ change
        differences = _divided(*(total_b - shifted).T) - _divided(*(total_a + shifted).T)
        # A hair of slack: the same sum in another order must count as equal.
        extreme += int(np.count_nonzero(~(np.abs(differences) < observed - 1e-9)))
        count += len(swap)
    return extreme / count if exact else (extreme + 1) / (count + 1)


def holm(p_values: list[float]) -> list[float]:
    """p-values adjusted for being several (Holm 1979), in their order."""
    adjusted, highest = [0.0] * len(p_values), 0.0
    for step, position in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[position] * (len(p_values) - step)))
        adjusted[position] = highest
    return adjusted


def _resampled(draw: Matrix, parts: Matrix) -> Matrix:
    sums = (draw @ parts.reshape(len(parts), -1)).reshape(len(draw), -1, 2)
    return _divided(sums[..., 0], sums[..., 1])


def _intervals(values: Matrix) -> Matrix:
    # A draw in which a metric counts nothing says nothing about it.
    kept = [column[~np.isnan(column)] for column in values.T]
    return np.array([np.percentile(column, (2.5, 97.5)) if len(column) else (np.nan, np.nan) for column in kept])


def _divided(got: Matrix, of: Matrix) -> Matrix:
    return np.divide(got, of, out=np.full_like(got, np.nan), where=of != 0)


def _draws(cases: int, resamples: int, seed: int) -> Iterator[Matrix]:
    generator = np.random.default_rng(seed)
    for size in _batches(cases, resamples):
        yield generator.multinomial(cases, np.full(cases, 1 / cases), size=size).astype(np.float64)


def _all_swaps(cases: int) -> Iterator[Matrix]:
    yield ((np.arange(2**cases)[:, None] >> np.arange(cases)) & 1).astype(np.float64)


def _random_swaps(cases: int, resamples: int, seed: int) -> Iterator[Matrix]:
    generator = np.random.default_rng(seed)
    for size in _batches(cases, resamples):
        yield generator.integers(0, 2, size=(size, cases)).astype(np.float64)


def _batches(cases: int, resamples: int) -> Iterator[int]:
    # Batches bound the memory; their size depends on the cases only, so that the same seed draws the same.
    size = max(1, _BATCH_CELLS // cases)
    for start in range(0, resamples, size):
        yield min(size, resamples - start)
