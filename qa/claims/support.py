"""What the words at a span mean as an answer, and whether that is of the kind that is asked for. Weighs nothing."""

from datetime import date

from index.types import Passage
from qa.claims.questions import Expectation
from qa.types import Span, Value
from qa.values import parse_span

_ANY_DAY = date(2000, 1, 1)
"""``yesterday`` is a date whenever it was written: only the kind counts here, not which."""


def read_as_asked(
    expectation: Expectation, passage: Passage, span: Span, *, published: date | None = None
) -> Value | None:
    """The span's meaning as the best kind that the question accepts, else as what it is; None where it has none."""
    start, end = span.start - passage.start, span.end - passage.start
    values = []
    for kind in expectation.types or (None,):
        read = parse_span(passage.text, start, end, expected=kind, published=published, unit=expectation.unit)
        if read is not None and read.type == kind:
            return read
        values.append(read)
    return values[0]


def is_of_another_kind(expectation: Expectation, passage: Passage, span: Span) -> bool:
    """Is a date, a figure or a name asked for, and the span none: ``Istanbul`` for ``when``?"""
    if not expectation.types:
        return False
    value = read_as_asked(expectation, passage, span, published=_ANY_DAY)
    return value is None or value.type not in expectation.types
