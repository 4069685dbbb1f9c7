"""How far an article is in time from what a question asks for: the year that it names, or else what is new.

"Who won the prize?" has another answer every year, and last year's articles give theirs as plainly. What is new is told
by the articles themselves, not by the clock: a folder of 2019 has its own "this week". A question that says "this week"
or "recently" asks for what is new outright: of its hits the newer ones are read, and an article's age weighs more.
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date

from index.types import Hit

FORTNIGHT = 14
"""Days. An event is written about for some two weeks; from then on an article's age counts by its logarithm."""
OLD = 90
"""Days from which on an article is as old as any: its age then tells that it is not about the news, and no more."""

POOL = 40
"""Hits among which the newer ones are looked for, where a question asks for what is new."""
SHARE_OF_AGE = 0.05
"""Of the best hit's score: what a hit loses for each unit of its article's age (see ``ages``). Chosen on quiz questions
of September to November 2023: one of 16 such hits holds the answer's words for 0.73 of them, and for 0.67 without."""


def asks_for_what_is_new(question: str) -> bool:
    """Does the question name a time by the moment of asking, as in ``this week`` or ``recently``?"""
    return bool(_NOW.search(question)) and not _YEAR.search(question)


def newer_hits(hits: Sequence[Hit], age: Mapping[str, float], *, limit: int) -> tuple[Hit, ...]:
    """Up to ``limit`` hits by their score less their article's age; equal ones in the order of the search."""
    best = max((hit.score for hit in hits), default=0.0)
    lost = {hit.passage.id: SHARE_OF_AGE * best * age.get(hit.passage.document_id, 0.0) for hit in hits}
    return tuple(sorted(hits, key=lambda hit: (lost[hit.passage.id] - hit.score, hit.rank))[:limit])


def ages(question: str, published: Mapping[str, date]) -> dict[str, float]:
    """The logarithm of each article's days from a year that the question names, or else from the newest article.

    0 for an article of such a year, or for the newest; the same for all that are further away than ``OLD``.
    """
    if not published:
        return {}
    years = [int(year) for year in _YEAR.findall(question)]
    newest = max(published.values())
    away = {
        name: min((_days_from(day, year) for year in years), default=(newest - day).days)
        for name, day in published.items()
    }
    return {name: math.log1p(min(days, OLD) / FORTNIGHT) for name, days in away.items()}


def _days_from(day: date, year: int) -> int:
    """How many days before or after the year."""
    return max((date(year, 1, 1) - day).days, (day - date(year, 12, 31)).days, 0)


_NOW = re.compile(
    r"\b(?:this|last|next|past|coming) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week(?:end)?|month|year|season"
    r"|spring|summer|fall|autumn|winter)\b"
    r"|\b(?:recent(?:ly)?|latest|newest|upcoming|current(?:ly)?|now|so far|today|yesterday|tonight)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
