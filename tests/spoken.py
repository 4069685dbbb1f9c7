"""Candidates for tests: a marked span ``[so]`` in a passage, said by a document of its own voice."""

import hashlib

from index.types import DocumentInfo, Passage
from qa.claims.relations import Judgement, RelationSettings, relate
from qa.claims.scenes import Candidate, scenes_of
from qa.types import Span


def said(
    marked: str,
    *,
    document: str = "",
    voice: str | None = None,
    rank: int = 1,
    probability: float = 0.9,
    published: str | None = None,
    title: str = "News",
    start: int = 0,
) -> Candidate:
    """The passage without its brackets, and the words in them as the span; documents differ unless named."""
    before, _, rest = marked.partition("[")
    span, _, after = rest.partition("]")
    text = before + span + after
    name = document or hashlib.sha256(marked.encode()).hexdigest()[:8]
    place = start + len(before)
    return Candidate(
        rank=rank,
        document=DocumentInfo(id=name, path=name, title=title, published=published, sha256=name),
        passage=Passage(id=rank, document_id=name, start=start, end=start + len(text), text=text),
        span=Span(start=place, end=place + len(span), text=span),
        probability=probability,
        voice=voice or name,
    )


def judged(question: str, first: Candidate, second: Candidate) -> Judgement:
    """What the first is to the second."""
    one, other = scenes_of(question, [first, second])
    return relate(one, other, RelationSettings())
