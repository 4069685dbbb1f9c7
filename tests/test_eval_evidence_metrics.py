"""Offsets and citations: addresses are held to the files, and numbers worked by hand."""

import pytest

from eval.metrics.citations import citation_scores
from eval.metrics.latency import latency
from eval.metrics.offsets import cuts_a_word, offset_scores, span_is_exact
from eval.types import Outcome
from index.types import Address, DocumentInfo, Passage
from qa.types import Answer, Claim, Evidence, Span

TEXT = "Information Minister Attaullah Tarar spoke. Turkey and Qatar mediated."
TEXTS = {"a.txt": TEXT, "b.txt": f"A copy.\n{TEXT.lower()}"}


def place(words, *, document="a.txt", shift=0):
    start = TEXTS[document].find(words)
    return Address(document_id=document, start=start + shift, end=start + shift + len(words))


def evidence(rank, words, *, copies=(), shift=0, passage=(0, None)):
    at = place(words)
    start, end = passage[0], passage[1] or len(TEXT)
    return Evidence(
        rank=rank,
        passage=Passage(id=rank, document_id="a.txt", start=start, end=end, text=TEXT[start:end]),
        document=DocumentInfo(id="a.txt", path="a.txt", title="A", sha256="0" * 64),
        answer=Span(start=at.start + shift, end=at.end + shift, text=words),
        relevance=0.5,
        copies=copies,
    )


def answer(*shown, cited=None):
    ranks = tuple(one.rank for one in shown) if cited is None else cited
    claims = (Claim(text="x", value=None, score=0.5, voices=1, evidence=ranks, relation="leading"),) if ranks else ()
    return Answer(
        question="q", status="answered" if claims else "unanswered", confidence=0.5, claims=claims, evidence=shown,
        timings_ms={},
    )  # fmt: skip


COPY = Address(document_id="b.txt", start=8, end=8 + len(TEXT))


def test_what_stands_in_the_file_is_exact():
    shown = answer(evidence(1, "Turkey and Qatar", copies=(COPY,)), evidence(2, "Tarar"))
    # Two passages, two spans, one copy in another case.
    assert offset_scores(shown, TEXTS) == {"offsets.exact": (5, 5)}


@pytest.mark.parametrize(
    ("wrong", "exact"),
    [
        (evidence(1, "Turkey and Qatar", shift=1), 1),
        (evidence(1, "Turkey and Qatar", passage=(0, 20)), 1),
        (evidence(1, "Tarar", copies=(Address(document_id="b.txt", start=9, end=9 + len(TEXT)),)), 2),
        (evidence(1, "Tarar", copies=(Address(document_id="gone.txt", start=0, end=9),)), 2),
    ],
    ids=["a span moved", "a span outside its passage", "a copy moved", "a copy nowhere"],
)
def test_what_does_not_is_counted(wrong, exact):
    checks = 3 if wrong.copies else 2
    assert offset_scores(answer(wrong), TEXTS)["offsets.exact"] == (exact, checks)


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("Minister Attaullah Tarar", True),
        ("nister Attaullah Tarar", False),
        ("Minister Attaullah Tar", False),
        ("Tarar spoke.", True),
        (TEXT, True),
    ],
)
def test_a_span_that_cuts_a_word_is_not_exact(words, exact):
    at = place(words)
    assert cuts_a_word(TEXT, at.start, at.end) is not exact
    assert span_is_exact(Span(start=at.start, end=at.end, text=words), "a.txt", TEXTS) is exact


def test_citations_worked_by_hand():
    shown = answer(evidence(1, "Turkey and Qatar"), evidence(2, "spoke"), evidence(3, "Tarar"))
    gold = [[place("Qatar mediated")], [place("Information Minister")], [place("Attaullah Tarar")]]
    # The first and the third span touch a gold quote each; the second gold quote is touched by none.
    assert citation_scores(shown, gold) == {"citations.precision": (2, 3), "citations.recall": (2, 3)}


def test_spans_that_only_meet_a_quote_do_not_touch_it():
    assert citation_scores(answer(evidence(1, "Turkey")), [[place(" and Qatar")]])["citations.recall"] == (0, 1)


def test_only_evidence_of_claims_is_cited():
    shown = answer(evidence(1, "Turkey and Qatar"), evidence(2, "spoke"), cited=(1,))
    assert citation_scores(shown, [[place("Turkey and Qatar")]])["citations.precision"] == (1, 1)
    assert citation_scores(answer(evidence(1, "spoke"), cited=()), [[place("spoke")]]) == {"citations.recall": (0, 1)}


def test_a_copy_carries_the_span_to_its_own_place():
    shown = answer(evidence(1, "Turkey and Qatar", copies=(COPY,)))
    assert citation_scores(shown, [[place("turkey and qatar", document="b.txt")]])["citations.recall"] == (1, 1)
    assert citation_scores(shown, [[place("spoke.", document="b.txt")]])["citations.recall"] == (0, 1)


def test_percentiles_worked_by_hand():
    outcomes = [
        Outcome(id=str(n), question="q", type="who", timings_ms={"read": float(n)} | ({"slow": 7.0} if n == 3 else {}))
        for n in range(101)
    ]
    found = latency(outcomes)
    assert (found["latency.read.p50"], found["latency.read.p95"], found["latency.read.p99"]) == (50, 95, 99)
    assert found["latency.slow.p99"] == 7
