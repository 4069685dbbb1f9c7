"""Is an answer right? Owns the one definition that metrics, confidence and blame share.

Right words alone are not enough: their address must be exact, must not cut a word, and a dispute must be called one.
"""

from collections.abc import Mapping, Sequence

from eval.metrics.answers import is_right
from eval.metrics.offsets import span_is_exact
from eval.types import Case
from qa.types import Answer, Claim, Evidence


def passes(case: Case, answer: Answer, texts: Mapping[str, str]) -> bool:
    """Is it right in everything: refused if it must be, the right words leading, disputed exactly where it is?"""
    if not case.answerable:
        return answer.status == "unanswered"
    disputed = answer.status == "disputed"
    return leads_rightly(case, answer, texts) and disputed == (case.conflict is not None) and shows_sides(case, answer)


def leads_rightly(case: Case, answer: Answer, texts: Mapping[str, str]) -> bool:
    """Does the leading claim say what the gold says, at an exact address?"""
    if answer.text is None or not is_right(answer.text, case.answers):
        return False
    ranks = set(answer.claims[0].evidence)
    return all(_exact(evidence, texts) for evidence in answer.evidence if evidence.rank in ranks)


def shows_sides(case: Case, answer: Answer) -> bool:
    """Is every side of the case's conflict among the leading claim and those that conflict with it?"""
    sides = case.conflict.sides if case.conflict else ()
    return all(side_claim(side.answers, answer) is not None for side in sides)


def side_claim(answers: Sequence[str], answer: Answer) -> Claim | None:
    """The leading or conflicting claim that says one of ``answers``; None where none does."""
    shown = (claim for claim in answer.claims if claim.relation in ("leading", "conflicts"))
    return next((claim for claim in shown if is_right(claim.text, answers)), None)


def reads_rightly(evidence: Evidence, accepted: Sequence[str], texts: Mapping[str, str]) -> bool:
    """Does the evidence's span say one of ``accepted``, at an exact address?"""
    return evidence.answer is not None and is_right(evidence.answer.text, accepted) and _exact(evidence, texts)


def _exact(evidence: Evidence, texts: Mapping[str, str]) -> bool:
    span = evidence.answer
    return span is None or span_is_exact(span, evidence.passage.document_id, texts)
