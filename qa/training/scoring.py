"""Whether a read span is right, for fitting and for watching a run. The published metrics live in the eval package."""

import re
import string
from collections import Counter
from collections.abc import Iterable

_DROPPED = str.maketrans("", "", string.punctuation + "“”‘’–—")


def tokens(text: str) -> list[str]:
    """Words in lower case without punctuation and articles, as SQuAD compares them."""
    return re.sub(r"\b(a|an|the)\b", " ", text.lower().translate(_DROPPED)).split()


def overlap(read: str, answers: Iterable[str]) -> float:
    """Best token F1 of what was read against any of the answers, in [0, 1]."""
    return max((_f1(tokens(read), tokens(answer)) for answer in answers), default=0.0)


def _f1(left: list[str], right: list[str]) -> float:
    shared = sum((Counter(left) & Counter(right)).values())
    return 2 * shared / (len(left) + len(right)) if shared else 0.0
