"""Where gold quotes stand in documents, and in which passages. Owns that mapping; never scores anything."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from eval.types import Gold
from index.types import Address, DocumentInfo, Passage


class PassageSource(Protocol):
    """The part of a passage index that says what was cut from which document."""

    def documents(self) -> Iterable[DocumentInfo]:
        """Every document of the index."""

    def passages_of(self, document_id: str) -> Iterable[Passage]:
        """Its passages, without those that were first seen in another document."""

    def copies(self, passage_id: int) -> Iterable[Address]:
        """Where the passage's words stand elsewhere."""


class Places:
    """Every address of every passage of an index, copies too, to look up which passages hold a quote."""

    def __init__(self, passages: PassageSource) -> None:
        """Reads the addresses once; what the index gains later is not seen."""
        self._starts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for document in passages.documents():
            for passage in passages.passages_of(document.id):
                self._starts[document.id].append((passage.start, passage.end, passage.id))
                for copy in passages.copies(passage.id):
                    self._starts[copy.document_id].append((copy.start, copy.end, passage.id))
        for addresses in self._starts.values():
            addresses.sort()

    def holding(self, places: Sequence[Address]) -> set[int]:
        """Ids of the passages in which one of the places lies whole."""
        return {
            passage_id
            for place in places
            for start, end, passage_id in self._up_to(place)
            if start <= place.start and place.end <= end
        }

    def touching(self, places: Sequence[Address]) -> set[int]:
        """Ids of the passages that share a character with one of the places."""
        return {passage_id for place in places for _, end, passage_id in self._up_to(place) if end > place.start}

    def _up_to(self, place: Address) -> list[tuple[int, int, int]]:
        addresses = self._starts.get(place.document_id, [])
        return addresses[: bisect_right(addresses, (place.end - 1, float("inf")))]


def quote_places(gold: Gold, texts: Mapping[str, str]) -> tuple[Address, ...]:
    """Everywhere that the quote stands in its document, in order; empty where it does not."""
    text, quote = texts.get(gold.document, ""), gold.quote
    found, position = [], text.find(quote)
    while position >= 0:
        found.append(Address(document_id=gold.document, start=position, end=position + len(quote)))
        position = text.find(quote, position + 1)
    return tuple(found)
