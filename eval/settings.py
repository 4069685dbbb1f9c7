"""What a run of a suite is told. Frozen, passed as an argument, never read from a global."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from index.types import Frozen

Fusion = Literal["dense", "lexical", "rrf", "convex"]


class RunSettings(Frozen):
    """Options of ``quoth eval``. None means that the suite's or the product's own default holds."""

    data: Path | None = None
    """The suite's data: a file or folder; None takes what is shipped."""
    questions: Path | None = None
    """Questions, where they are apart from the data; None takes what is shipped."""
    articles: Path | None = None
    """Articles of the open suite; None is an error there."""
    directory: Path | None = None
    """Where the index is or goes; None builds one below the report folder."""
    limit: int | None = Field(default=None, ge=1)
    """A random sample of this many cases; None takes all."""
    seed: int = Field(default=0, ge=0)
    """Of the sample and of all resampling."""
    per_question: bool = False
    """Answer from a question's own articles only."""
    repeat: int = Field(default=8, ge=0)
    """Cases answered twice to see that the bytes are the same: enough to notice, cheap enough for CI."""
    split: str = "test"
    """Which qrels of a BEIR folder."""
    cut: bool = False
    """Cut BEIR documents into passages as the product does; otherwise each is one passage, as BEIR is run."""
    fusion: Fusion | None = None
    """Ablation of search."""
    weight: float | None = Field(default=None, ge=0, le=1)
    """Of dense search in the convex fusion."""
    passage_words: int | None = Field(default=None, ge=10, le=1000)
    """Ablation of the passage length, in words."""
    depth: int | None = Field(default=None, ge=1, le=500)
    """Ablation of how many hits the reader reads."""
    reader: str | None = None
    """Ablation of the reader: its setting's name, a path or a hub id; ``sentences`` is the reader without a model."""
    slips: int = Field(default=0, ge=0)
    """Words of each question that are mistyped, to see what that costs."""
    mend: bool = True
    """False reads questions as they are typed."""
    copies: bool = True
    """False counts repeated passages as passages of their own."""
    threshold: float | None = Field(default=None, ge=0, le=1)
    """Confidence below which nothing is answered."""
