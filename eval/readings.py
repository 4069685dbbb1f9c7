"""A reader that remembers what it read of the last question. Owns that memory; reads nothing itself.

What a refusal withheld is asked for after the refusal: the passages are the same, and reading is what costs time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Passage
    from qa.reader import Reader
    from qa.types import Reading

Key = tuple[tuple[int, int, int], ...]
"""Of passages or parts of them: the id and where it stands."""


class RememberingReader:
    """Reads anew whatever it is given, and keeps it until another question comes."""

    def __init__(self, reader: Reader) -> None:
        """The reader that reads."""
        self._reader = reader
        self._question = ""
        self._known: dict[Key, list[Reading]] = {}

    @property
    def name(self) -> str:
        """The reader's own."""
        return self._reader.name

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """The reader's own readings."""
        readings = self._reader.read(question, passages)
        if question != self._question:
            self._question, self._known = question, {}
        self._known[_key(passages)] = readings
        return readings

    def recall(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What was read of the last question; anything else is read."""
        known = self._known.get(_key(passages)) if question == self._question else None
        return self.read(question, passages) if known is None else known


class RecallingReader:
    """Recalls, and reads only what its source has not read."""

    def __init__(self, source: RememberingReader) -> None:
        """The reader whose memory it uses."""
        self._source = source

    @property
    def name(self) -> str:
        """The source's own."""
        return self._source.name

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Readings as the source gave them."""
        return self._source.recall(question, passages)


def _key(passages: Sequence[Passage]) -> Key:
    return tuple((passage.id, passage.start, passage.end) for passage in passages)
