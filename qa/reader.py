"""The port behind which passages are read. Owns the protocol; decides nothing about ranks, claims or thresholds."""

from collections.abc import Sequence
from typing import Protocol

from index.types import Passage
from qa.types import Reading


class Reader(Protocol):
    """Reads (question, passage) and says what of the passage answers."""

    @property
    def name(self) -> str:
        """Which reader and weights, for reports: the same name means the same readings."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in the passages' order."""
