"""Were the right passages and documents found, and how high? The only file with ir_measures.

ir_measures (MacAvaney et al. 2022) computes with trec_eval; definitions in Manning, Raghavan & Schütze,
*Introduction to Information Retrieval*, chapter 8.
"""

from collections.abc import Collection, Mapping, Sequence

import ir_measures
from ir_measures import AP, RR, R, Success, nDCG

from eval.types import Part

_MEASURES = {
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "recall@100": R @ 100,
    "success@3": Success @ 3,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
    "map": AP,
}
_QUESTION = "q"
HOLDING_DEPTHS = (1, 5, 10, 16, 24, 32, 50, 100)
"""The ends of the range, and those at which a reader may be asked to stop."""


def retrieval_scores(
    ranked: Sequence[str], relevant: Collection[str] | Mapping[str, int], *, of: str
) -> dict[str, Part]:
    """One question's scores of a ranking, best first, under names such as ``passages.recall@5`` for ``of="passages"``.

    - recall@k: share of the relevant that are among the first k
    - success@k: is any relevant one among the first k?
    - mrr@10: reciprocal of the first relevant one's rank, 0 beyond 10
    - ndcg@10: discounted gain over the ideal ranking's (Järvelin & Kekäläinen 2002; linear gain, as trec_eval)
    - map: mean over the relevant ones of the precision at their ranks; unfound ones count 0

    ``relevant`` maps ids to grades above 0, or is a collection of ids that all have grade 1; it must not be empty.
    """
    grades = dict(relevant) if isinstance(relevant, Mapping) else dict.fromkeys(relevant, 1)
    # trec_eval orders by score and breaks ties by name, so each rank gets a score of its own.
    scores = {name: float(len(ranked) - position) for position, name in enumerate(dict.fromkeys(ranked))}
    values = _values(grades, scores)
    return {f"{of}.{name}": Part(values[str(measure)], 1) for name, measure in _MEASURES.items()}


def holding_scores(holds: Sequence[bool], *, of: str) -> dict[str, Part]:
    """Is a passage that holds the answer's words among the first k?

    The "top-k accuracy" of open-domain question answering (Karpukhin et al. 2020, section 3): ``holds`` says it of
    each passage, best first.
    """
    return {f"{of}.holds@{depth}": Part(float(any(holds[:depth])), 1) for depth in HOLDING_DEPTHS}


def _values(grades: dict[str, int], scores: dict[str, float]) -> dict[str, float]:
    if not scores:
        return {str(measure): 0.0 for measure in _MEASURES.values()}
    found = ir_measures.iter_calc(list(_MEASURES.values()), {_QUESTION: grades}, {_QUESTION: scores})
    return {str(metric.measure): float(metric.value) for metric in found}
