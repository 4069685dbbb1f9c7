"""The frozen values of an evaluation: cases and what came of them. Owns no behaviour and touches no file.

Every offset is a half-open range of Unicode code points in ``Document.text``.
"""

from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from index.types import Frozen

QuestionType = Literal["who", "when", "where", "how-many", "how-long", "why", "what", "said"]
Setting = str | int | float | bool | None
PairRelation = Literal["same", "finer", "update", "conflicts", "other"]
Stage = Literal[
    "not indexed",
    "cut badly",
    "not retrieved",
    "ranked away",
    "misread",
    "wrongly grouped",
    "wrongly refused",
    "wrongly answered",
]
"""Where an answer was lost, in the order of the pipeline; ``blame.py`` defines each."""

NonEmpty = Field(min_length=1)


class Gold(Frozen):
    """A place that answers: ``quote`` stands in the document word for word."""

    document: str = NonEmpty
    quote: str = NonEmpty


class Side(Frozen):
    """One of several answers that documents disagree on."""

    answers: tuple[str, ...] = NonEmpty
    """Acceptable wordings of this side."""
    documents: tuple[str, ...] = NonEmpty
    """Ids of the documents that say so."""


class Conflict(Frozen):
    """Answers that can't all be true."""

    sides: tuple[Side, ...] = Field(min_length=2)


class Case(Frozen):
    """A question with its gold, and what it tests."""

    id: str = NonEmpty
    question: str = NonEmpty
    type: QuestionType
    tests: str = NonEmpty
    """What this case is there to catch, for a person."""
    answerable: bool
    answers: tuple[str, ...] = ()
    """Acceptable short answers; empty where the documents do not answer."""
    gold: tuple[Gold, ...] = ()
    """Every place that answers; empty where the documents do not answer."""
    near: bool | None = None
    """Of an unanswerable question: is it close to the topic? None where it is answerable."""
    conflict: Conflict | None = None
    """None where the documents agree."""

    @model_validator(mode="after")
    def _gold_goes_with_answerable(self) -> "Case":
        if self.answerable and not (self.answers and self.gold):
            raise ValueError("an answerable case needs answers and gold")
        if self.answerable and self.near is not None:
            raise ValueError("near is only for cases that are not answerable")
        if not self.answerable and (self.answers or self.gold or self.conflict):
            raise ValueError("a case that is not answerable has no answers, gold or conflict")
        if not self.answerable and self.near is None:
            raise ValueError("a case that is not answerable says whether it is near the topic")
        return self


class PairClaim(Frozen):
    """One of two claims whose relation is known."""

    text: str = NonEmpty
    """The answer's words."""
    quote: str = NonEmpty
    """The words around it, short."""
    document: str = NonEmpty
    """A document of ``seeds/`` or the id of an article in a public data set."""
    published: str | None = None
    """ISO 8601; None where it is not known."""
    source: str | None = None
    """The publisher; None where it is not known."""


class PairCase(Frozen):
    """Two claims that answer one question, and how the second stands to the first."""

    id: str = NonEmpty
    question: str = NonEmpty
    type: QuestionType
    claims: tuple[PairClaim, PairClaim]
    relation: PairRelation
    note: str = NonEmpty
    """Why, for a person."""


class Part(NamedTuple):
    """What one case adds to a metric. The metric's value is the sum of ``got`` over the sum of ``of``.

    A mean over cases has ``of`` = 1; a precision has the case's predictions there.
    """

    got: float
    of: float


class Forecast(Frozen):
    """How sure the answer was, and whether that was right."""

    confidence: float = Field(ge=0, le=1)
    right: bool
    """Would the leading words be right, whether they were shown or withheld?"""
    answerable: bool
    refused: bool


class Outcome(Frozen):
    """What came of one case."""

    id: str
    question: str
    type: str
    """The question's type, or the part of a public data set it belongs to."""
    expected: tuple[str, ...] = ()
    """Acceptable answers; empty where nothing should be answered."""
    got: str | None = None
    """The words that were answered; None where it refused or where the suite asks for no words."""
    status: str = ""
    """Of the answer; empty where the suite asks for none."""
    scores: dict[str, Part] = Field(default_factory=dict)
    """By the metric's name."""
    forecast: Forecast | None = None
    """None where the suite has no confidence to judge."""
    blame: Stage | None = None
    """The first stage that lost the answer; None where it is right or the suite cannot tell."""
    timings_ms: dict[str, float] = Field(default_factory=dict)


class Metric(Frozen):
    """A measured number with its 95 % bootstrap interval over cases."""

    name: str
    value: float
    cases: int = Field(ge=0)
    """How many cases it rests on."""
    low: float | None = None
    """None where resampling cases is no way to its uncertainty."""
    high: float | None = None
    """None as ``low``."""


class Floor(Frozen):
    """What a metric must reach: exactly one of the two bounds is set."""

    metric: str
    at_least: float | None = None
    """None where lower is better."""
    at_most: float | None = None
    """None where higher is better."""

    @model_validator(mode="after")
    def _one_bound(self) -> "Floor":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a floor has either at_least or at_most")
        return self


class Check(Frozen):
    """Whether a floor was met. The measured value stands under the metric's name, not here."""

    floor: Floor
    met: bool
    measured: bool
    """False where the run has no such metric: then the floor is missed."""


class Gate(Frozen):
    """The verdict that the exit code, the table and the JUnit file show."""

    checks: tuple[Check, ...] = ()
    applies: bool = True
    """False for a run whose options are not those the floors were set for."""

    @property
    def met(self) -> bool:
        """Is every floor met?"""
        return all(check.met for check in self.checks)


class DataInfo(Frozen):
    """What was measured on."""

    name: str
    sha256: str
    """Over cases and documents; reports are comparable where it is the same."""
    cases: int
    shipped: bool = False
    """Are the cases part of Quoth, so that floors hold although they change?"""


class Reliability(Frozen):
    """A bin of the reliability diagram; see ``metrics/calibration.py``."""

    low: float
    high: float
    cases: int
    confidence: float
    right: float


class Curves(Frozen):
    """The points behind the plots."""

    reliability: tuple[Reliability, ...] = ()
    risk_coverage: tuple[tuple[float, float], ...] = ()


class Timings(Frozen):
    """All of a report that may differ between two runs of the same code on the same data."""

    machine: str
    started: str
    """ISO 8601, UTC."""
    seconds: float
    metrics: tuple[Metric, ...] = ()
    cases: dict[str, dict[str, float]] = Field(default_factory=dict)
    """Milliseconds a stage, by the case's id."""


class Report(Frozen):
    """What a run measured; the same bytes each time apart from ``timings`` and checks on them."""

    suite: str
    command: str
    """That made it, with the names of files in the place of their paths."""
    quoth: str
    commit: str | None
    """None outside of a git checkout."""
    options: dict[str, Setting]
    """Options other than the defaults."""
    settings: dict[str, Setting]
    """What they came to: models, depths and thresholds."""
    data: DataInfo
    metrics: tuple[Metric, ...]
    by_type: dict[str, tuple[Metric, ...]]
    blame: dict[str, dict[str, tuple[str, ...]]]
    """Ids of cases, by stage and by the question's type."""
    curves: Curves
    gate: Gate
    cases: tuple[Outcome, ...]
    """Without their timings, which stand under ``timings``."""
    timings: Timings

    def measured(self, name: str) -> Metric | None:
        """The metric of that name, of answers or of time; None where it was not measured."""
        return next((metric for metric in (*self.metrics, *self.timings.metrics) if metric.name == name), None)
