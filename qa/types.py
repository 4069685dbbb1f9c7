"""The frozen values between a question and its answer. Owns no behaviour beyond derived properties.

Every offset is a half-open range of Unicode code points in ``Document.text``.
"""

from typing import Literal

from pydantic import Field

from index.types import Address, DocumentInfo, Frozen, Passage

Status = Literal["answered", "disputed", "unanswered"]
Relation = Literal["leading", "finer", "update", "conflicts", "other"]
ValueType = Literal["date", "time", "duration", "number", "money", "percent", "name"]


class Span(Frozen):
    """The words that answer, in the coordinates of their document."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)


class Reading(Frozen):
    """What a reader made of one (question, passage) pair. Scores compare across passages."""

    relevance: float
    """Does this passage answer the question? A log-odds; higher is better."""
    span: Span | None
    """The best words in document coordinates; None where the reader sees none at all."""
    score: float
    """Of the span against "not here"; a log-odds, higher is better."""
    alternatives: tuple[tuple[Span, float], ...] = ()
    """Further spans of the passage with their scores, best first, none overlapping ``span``."""

    @property
    def spans(self) -> tuple[tuple[Span, float], ...]:
        """All of them with their scores, best first."""
        return ((self.span, self.score), *self.alternatives) if self.span else ()


class Evidence(Frozen):
    """A passage that was read, with the span that answers or none."""

    rank: int = Field(ge=1)
    passage: Passage
    document: DocumentInfo
    answer: Span | None
    """None where the passage was read and does not answer."""
    relevance: float = Field(ge=0, le=1)
    """Probability that this passage holds the answer."""
    copies: tuple[Address, ...] = ()


class Value(Frozen):
    """An answer's meaning, typed so that two can be compared."""

    type: ValueType
    normal: str
    """Canonical form: ISO 8601 with ``--`` for a missing year, a number with its unit, or a name in lower case."""


class Claim(Frozen):
    """One distinct answer and who says it."""

    text: str = Field(min_length=1)
    """A source's own words."""
    value: Value | None
    """None where the words are not of a type that can be compared."""
    score: float = Field(ge=0, le=1)
    voices: int = Field(ge=1)
    """Independent sources that say it."""
    evidence: tuple[int, ...]
    """Ranks of the evidence that says it."""
    relation: Relation
    """To the leading claim."""


class Answer(Frozen):
    """A question's answer, with everything that is needed to prove it."""

    question: str
    read_as: str | None = None
    """The question with its slips of the pen as the sources spell the words; None where there was nothing to mend."""
    status: Status
    confidence: float = Field(ge=0, le=1)
    """Calibrated probability that the leading claim is right."""
    claims: tuple[Claim, ...]
    """Leading first; empty where unanswered."""
    evidence: tuple[Evidence, ...]
    sources: int = Field(default=0, ge=0)
    """Independent sources that say anything on the matter; one that contradicts itself is one. 0 where unanswered."""
    timings_ms: dict[str, float]

    @property
    def text(self) -> str | None:
        """The leading claim's words, or None where the files don't say."""
        return self.claims[0].text if self.claims else None
