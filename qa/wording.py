"""Phrases that every front end says in the same way: likelihoods, counts of sources, relations, addresses, citations.

Owns wording only; decides nothing, and styles nothing.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.types import DocumentInfo
    from qa.types import Answer, Claim, Evidence

_LIKELIHOODS = ((0.95, "almost certain"), (0.90, "very likely"), (0.66, "likely"), (0.33, "as likely as not"))
"""After the IPCC's guidance note on uncertainty (2010), coarser at the ends."""
_RELATIONS = {
    "leading": "most sources",
    "conflicts": "differs",
    "finer": "more exact",
    "update": "later report",
    "other": "also said",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def likelihood(confidence: float) -> str:
    """A probability as words and a percentage: ``likely · 87 %``; never 0 or 100, which nobody can promise."""
    words = next((words for floor, words in _LIKELIHOODS if confidence >= floor), "unlikely")
    return f"{words} · {percent(confidence)}"


def read_as(answer: Answer) -> str:
    """``read as: who mediated?`` where slips of the pen were mended, else an empty string."""
    return f"read as: {answer.read_as}" if answer.read_as else ""


def percent(probability: float) -> str:
    """A probability in whole percent from 1 to 99: ``87 %``."""
    return f"{min(99, max(1, round(probability * 100)))} %"


def voices(answer: Answer) -> tuple[int, int]:
    """How many sources say the leading claim, and how many say anything on the matter; (0, 0) where unanswered."""
    return (answer.claims[0].voices, answer.sources) if answer.claims else (0, 0)


def sources(count: int, total: int | None = None) -> str:
    """``1 source``, ``3 sources`` or, with a larger total, ``3 of 4 sources``."""
    if total is not None and total > count:
        return f"{count} of {total} sources"
    return f"{count} source" if count == 1 else f"{count} sources"


def relation(claim: Claim) -> str:
    """What a claim is to the leading one, for a reader who has not read the glossary."""
    return _RELATIONS[claim.relation]


def day(published: str) -> str:
    """An ISO 8601 date or time as ``28 October 2025``; what isn't one comes back as it is."""
    try:
        parsed = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"


def provenance(document: DocumentInfo) -> str:
    """Publisher and date where the file says them, else an empty string."""
    return " · ".join(part for part in (document.source, document.published and day(document.published)) if part)


def address(path: str, start: int, end: int) -> str:
    """Where words stand: ``seeds/000.txt:385–721``."""
    return f"{path}:{start}–{end}"


def citation(evidence: Evidence) -> str:
    """Title, publisher, date and the address of the span, or of the passage where there is none."""
    span = evidence.answer or evidence.passage
    where = address(evidence.document.path, span.start, span.end)
    return ", ".join(part for part in (evidence.document.title, provenance(evidence.document)) if part) + f" ({where})"
