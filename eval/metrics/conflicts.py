"""Are the documents that disagree shown against each other, and no others? Owns the measures of disagreement."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

from eval.metrics.answers import is_right
from eval.types import Conflict, Part
from qa.types import Answer, Claim

Pair = tuple[str, str]
"""Ids of two documents in order; the same twice where a document contradicts itself."""


def pair_scores(shown: set[Pair], gold: set[Pair]) -> dict[str, Part]:
    """Precision, recall and F1 of conflicting pairs of documents, summed over cases (micro-average)."""
    both = float(len(shown & gold))
    scores: dict[str, Part] = {}
    if shown:
        scores["conflicts.precision"] = Part(both, len(shown))
    if gold:
        scores["conflicts.recall"] = Part(both, len(gold))
    if shown or gold:
        scores["conflicts.f1"] = Part(2 * both, len(shown) + len(gold))
    return scores


def status_scores(disputed: bool, conflict: bool) -> dict[str, Part]:
    """Precision and recall of calling an answer disputed."""
    scores: dict[str, Part] = {}
    if disputed:
        scores["disputed.precision"] = Part(float(conflict), 1)
    if conflict:
        scores["disputed.recall"] = Part(float(disputed), 1)
    return scores


def shown_pairs(answer: Answer) -> set[Pair]:
    """Every pair of documents that stand behind two different sides: the leading claim and those that conflict."""
    sides = [claim for claim in answer.claims if claim.relation in ("leading", "conflicts")]
    return pairs_between([documents_of(claim, answer) for claim in sides])


def gold_pairs(conflict: Conflict) -> set[Pair]:
    """Every pair of documents of two different sides."""
    return pairs_between([set(side.documents) for side in conflict.sides])


def pairs_between(sides: Sequence[Iterable[str]]) -> set[Pair]:
    """Pairs of one element each of two different sides, in order."""
    return {(min(a, b), max(a, b)) for one, other in combinations(sides, 2) for a, b in product(set(one), set(other))}


def documents_of(claim: Claim, answer: Answer) -> set[str]:
    """Ids of the documents that say it, those of copies too."""
    ranks = set(claim.evidence)
    return {
        document_id
        for evidence in answer.evidence
        if evidence.rank in ranks
        for document_id in (evidence.passage.document_id, *(copy.document_id for copy in evidence.copies))
    }


def answer_set_scores(claims: Sequence[str], gold: Sequence[str], wrong: Sequence[str]) -> dict[str, Part]:
    """How well claims cover several right answers at once (RAMDocs; Wang et al. 2025, arXiv 2504.13079).

    - ``answers.recall``: share of the gold answers that some claim gives
    - ``answers.precision``: share of the claims that give a gold answer
    - ``answers.all``: 1 if every gold answer is given and no wrong one, the paper's exact match
    - ``answers.misled``: 1 if the leading claim gives a wrong answer and no gold one; lower is better
    """
    given = [any(is_right(claim, [answer]) for claim in claims) for answer in gold]
    misinformed = any(is_right(claim, wrong) for claim in claims)
    scores = {"answers.all": Part(float(all(given) and not misinformed), 1)}
    if gold:
        scores["answers.recall"] = Part(float(sum(given)), len(gold))
    if claims:
        scores["answers.precision"] = Part(float(sum(is_right(claim, gold) for claim in claims)), len(claims))
    if wrong:
        misled = bool(claims) and is_right(claims[0], wrong) and not is_right(claims[0], gold)
        scores["answers.misled"] = Part(float(misled), 1)
    return scores
