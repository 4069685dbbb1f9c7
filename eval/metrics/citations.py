"""Does the evidence of an answer's claims stand where the gold says? Owns citation precision and recall."""

from collections.abc import Iterable, Sequence

from eval.types import Part
from index.types import Address
from qa.types import Answer, Evidence

GoldRanges = Sequence[Sequence[Address]]
"""For each gold quote, every place where it stands in its document."""


def citation_scores(answer: Answer, gold: GoldRanges) -> dict[str, Part]:
    """Citation precision and recall (Gao et al. 2023, *ALCE*), with spans in the place of cited passages.

    - precision: share of the evidence of the answer's claims whose span, or a copy of it, touches a gold quote
    - recall: share of the gold quotes that such a span touches
    """
    cited = [_addresses(evidence) for evidence in cited_evidence(answer)]
    scores: dict[str, Part] = {}
    if cited:
        good = sum(any(_touch(addresses, places) for places in gold) for addresses in cited)
        scores["citations.precision"] = Part(good, len(cited))
    if gold:
        found = sum(any(_touch(addresses, places) for addresses in cited) for places in gold)
        scores["citations.recall"] = Part(found, len(gold))
    return scores


def cited_evidence(answer: Answer) -> list[Evidence]:
    """The evidence with a span that any claim of the answer rests on, by rank, each once."""
    ranks = {rank for claim in answer.claims for rank in claim.evidence}
    return [evidence for evidence in answer.evidence if evidence.rank in ranks and evidence.answer is not None]


def _addresses(evidence: Evidence) -> list[Address]:
    span = evidence.answer
    assert span is not None
    here = Address(document_id=evidence.passage.document_id, start=span.start, end=span.end)
    return [here, *(_moved(here, evidence.passage.start, copy) for copy in evidence.copies)]


def _moved(here: Address, passage_start: int, copy: Address) -> Address:
    shift = copy.start - passage_start
    return Address(document_id=copy.document_id, start=here.start + shift, end=here.end + shift)


def _touch(addresses: Iterable[Address], places: Iterable[Address]) -> bool:
    return any(
        one.document_id == other.document_id and one.start < other.end and other.start < one.end
        for one in addresses
        for other in places
    )
