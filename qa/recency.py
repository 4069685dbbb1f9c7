"""How old an article is beside the newest that was found.

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
    """The logarithm of each article's age, 0 for the newest, by the days on which they were published.

    Empty where the question names a year: no article is too old for it.
    """
    if not published or _YEAR.search(question):
        return {}
    newest = max(published.values())
    return {name: math.log1p((newest - day).days / FORTNIGHT) for name, day in published.items()}


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
