"""How a question is answered. Frozen, passed as an argument, never read from a global."""

from pydantic import Field

from index.types import Frozen


class AnswerSettings(Frozen):
    """Knobs of the question's path."""

    top_k: int = Field(default=8, ge=1, le=100)
    """Evidence shown: what a person still walks through with the arrow keys."""
    read_depth: int = Field(default=16, ge=1, le=500)
    """Hits that the reader reads; eight more brought no right answer on validation data, and half as long again."""
    evidence_bar: float = Field(default=0.16, ge=0, le=1)
    """Probability from which a passage's span is shown as an answer; below, the passage was read and says nothing."""
    batch_size: int = Field(default=8, ge=1, le=128)
    """Passages read between two chances to cancel."""
    mend_slips: bool = True
    """Read a question's slips of the pen as the passages spell the words; the answer says so."""
    reader: str = "quoth"
    """``quoth`` ships, ``sentences`` is the fallback; else a path or hub id of an extractive model."""
    threshold: float | None = Field(default=None, ge=0, le=1)
    """Confidence below which Quoth says that the files don't say; None takes the one stored with the reader."""
    max_question_characters: int = Field(default=2000, ge=10)
    """A longer question is a pasted article, not a question."""
    threads: int = Field(default=0, ge=0, le=64)
    """Of the reader; 0 takes every core that this process may use, up to eight."""
