"""Signs that a span answers another question than the one asked. Owns these signs; weighs none (see ``qa.ranking``).

A date, a figure or a name is asked for, and the span is none; or it is a name, but a city where a country is asked for,
the holder of another office than the one asked for, told of the second meeting where the first is meant, or no words
that the abbreviation asked about can stand for.
"""

from collections.abc import Sequence

from index.types import Passage
from qa.claims.abbreviations import asked_abbreviation, may_stand_for
from qa.claims.context import clause_around, sentence_around
from qa.claims.offices import are_different, asked_office, office_at, offices_of
from qa.claims.questions import Expectation
from qa.claims.support import is_of_another_kind
from qa.claims.topics import is_one_of_order, order_in, topic_of
from qa.types import Span
from qa.values.names import read_names, split_names
from qa.values.places import places_named
from qa.values.text import tidy


class Asked:
    """A question, read once for all spans that may answer it."""

    def __init__(self, question: str, texts: Sequence[str]) -> None:
        """``texts`` are the passages found for it: they tell its names from its other words."""
        self._topic = topic_of(question, texts)
        self._office = asked_office(question)
        self._texts = texts
        self._abbreviation = asked_abbreviation(question)

    def is_of_another_kind(self, passage: Passage, span: Span) -> bool:
        """Is it no date, figure or name where one is asked for?"""
        return is_of_another_kind(self._topic.expectation, passage, span)

    def is_another_one(self, passage: Passage, span: Span) -> bool:
        """Is it another place, holder of office, round or name in full than the one asked for?"""
        start, end = span.start - passage.start, span.end - passage.start
        return (
            self._is_another_holder(passage.text, start, end)
            or _is_place_of_another_level(self._topic.expectation, span.text)
            or self._is_of_another_round(passage.text, start, end)
            or (self._abbreviation is not None and not may_stand_for(self._abbreviation, span.text))
        )

    def _is_another_holder(self, text: str, start: int, end: int) -> bool:
        """By the office that stands at the name, or where none does, by those that the other passages tell of it."""
        if not self._office.words and not self._office.countries:
            return False
        here = office_at(text, start, end)
        told = [here] if here.words else offices_of(text[start:end], self._texts)
        return bool(told) and all(are_different(self._office, one) for one in told)

    def _is_of_another_round(self, text: str, start: int, end: int) -> bool:
        if self._topic.order is None:
            return False
        first, last = sentence_around(text, start, end)
        begin, finish = clause_around(text[first:last], start - first, end - first)
        told = order_in(text[first + begin : first + finish], self._topic.events)
        return told is not None and not is_one_of_order(told, self._topic.order)


def _is_place_of_another_level(expectation: Expectation, text: str) -> bool:
    """``Istanbul`` for ``which country``, a country for ``who is the``; what is not known to be a place passes."""
    if expectation.levels is None and not expectation.is_role:
        return False
    names = split_names(read_names(tidy(text), loosely=True) or "")
    known = [levels for name in names if (levels := {place.level for place in places_named(name)})]
    if expectation.levels is None:
        return any("country" in levels for levels in known)
    return any(not levels & expectation.levels for levels in known)
