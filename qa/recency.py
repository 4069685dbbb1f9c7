"""How old an article is beside the newest that was found, and whether the question asks for news.

"Who won this year's prize?" has another answer every year, and last year's articles give theirs as plainly. What is new
is told by the articles themselves, not by the clock: a folder of 2019 has its own "this week".
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FORTNIGHT = 14
"""Days. An event is written about for some two weeks; from then on an article's age counts by its logarithm."""


@dataclass(frozen=True)
class Recency:
    """The age of each article that was found, by document id."""

    ages: Mapping[str, float] = field(default_factory=dict)
    """Logarithms, 0 for the newest; articles without a date are held to be new."""
    asks_for_news: bool = False

    def features(self, document_id: str) -> dict[str, float]:
        """What is known of an article: its age, and the same only where the question asks for news."""
        age = self.ages.get(document_id, 0.0)
        return {"age": age, "age_of_news": age if self.asks_for_news else 0.0}


def recency(question: str, published: Mapping[str, date]) -> Recency:
    """Of the articles that were found, by the days on which they were published; undated ones are left out."""
    newest = max(published.values(), default=None)
    ages = {name: math.log1p((newest - day).days / FORTNIGHT) for name, day in published.items()} if newest else {}
    return Recency(ages, bool(_NEWS.search(question)))


_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NEWS = re.compile(
    rf"\b(?:this|last|past) (?:week|weekend|month|year|{_DAYS})\b"
    r"|\b(?:recent|recently|now|new|newly|newest|latest|current|currently|today|tonight|yesterday|just)\b",
    re.IGNORECASE,
)
