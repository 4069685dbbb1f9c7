"""How far an article is in time from what a question asks for: the year that it names, or else what is new.

"Who won the prize?" has another answer every year, and last year's articles give theirs as plainly. What is new is told
by the articles themselves, not by the clock: a folder of 2019 has its own "this week".
"""

import math
import re
from collections.abc import Mapping
from datetime import date

FORTNIGHT = 14
"""Days. An event is written about for some two weeks; from then on an article's age counts by its logarithm."""


def ages(question: str, published: Mapping[str, date]) -> dict[str, float]:
    """The logarithm of each article's days from a year that the question names, or else from the newest article.

    0 for an article of such a year, or for the newest.
    """
    if not published:
        return {}
    years = [int(year) for year in _YEAR.findall(question)]
    newest = max(published.values())
    away = {
        name: min((_days_from(day, year) for year in years), default=(newest - day).days)
        for name, day in published.items()
    }
    return {name: math.log1p(days / FORTNIGHT) for name, days in away.items()}


def _days_from(day: date, year: int) -> int:
    """How many days before or after the year."""
    return max((date(year, 1, 1) - day).days, (day - date(year, 12, 31)).days, 0)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
