"""What kind of answer a question asks for, by its words. Owns the guess that public data sets need for their tables."""

import re
from typing import get_args

from eval.types import QuestionType

TYPES: tuple[QuestionType, ...] = get_args(QuestionType)
_OPENINGS: tuple[tuple[str, QuestionType], ...] = (
    (r".*\bhow (long|old)\b", "how-long"),
    (r".*\bhow (many|much)\b", "how-many"),
    (r".*\bwhat (did|does|do|has|had) .*\b(say|said)\b", "said"),
    (r".*\b(who|whom|whose)\b", "who"),
    (r"(.*\bwhen\b|.*\b(what|which) (year|day|date|month|time|century|decade)\b)", "when"),
    (r"(.*\bwhere\b|.*\b(what|which) (country|city|state|place|town|continent)\b)", "where"),
    (r".*\bwhy\b", "why"),
)


def guessed_type(question: str) -> QuestionType:
    """The type that the question's words suggest; ``what`` where they suggest none."""
    lowered = question.strip().lower()
    return next((name for pattern, name in _OPENINGS if re.match(pattern, lowered)), "what")
