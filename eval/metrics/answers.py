"""Does a short answer say what the gold says? Owns SQuAD's measures and Quoth's own ``is_right``.

Exact match and F1 follow SQuAD's evaluation script, version 2.0 (Rajpurkar et al. 2018,
https://rajpurkar.github.io/SQuAD-explorer/), to the letter; a property test holds them to it.
"""

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b", re.UNICODE)
_PUNCTUATION = frozenset(string.punctuation)
_TYPOGRAPHIC = str.maketrans("‘’‚‛“”„‟–—‐‑…", "''''\"\"\"\"----.")
_RIGHT_F1 = 0.7


def normalise(text: str) -> str:
    """Lower case, without ASCII punctuation, English articles and extra whitespace (SQuAD)."""
    bare = "".join(character for character in text.lower() if character not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(prediction: str, gold: str) -> float:
    """1 if both are the same after SQuAD's normalisation, else 0."""
    return float(normalise(prediction) == normalise(gold))


def f1(prediction: str, gold: str) -> float:
    """Harmonic mean of the precision and recall of normalised tokens, with repetitions (SQuAD)."""
    predicted, expected = normalise(prediction).split(), normalise(gold).split()
    if not predicted or not expected:
        return float(predicted == expected)
    same = sum((Counter(predicted) & Counter(expected)).values())
    if same == 0:
        return 0.0
    # In the script's own order of operations, so that not even the last bit differs.
    precision, recall = same / len(predicted), same / len(expected)
    return 2 * precision * recall / (precision + recall)


def contains(prediction: str, gold: str) -> float:
    """1 if the gold's normalised tokens stand in the prediction's, in a row, else 0.

    The measure for answers that are whole sentences; typographic quotes and dashes count as their ASCII forms.
    """
    tokens, wanted = _plain_tokens(prediction), _plain_tokens(gold)
    return float(bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(tokens)} ")


def best(measure: Callable[[str, str], float], prediction: str | None, answers: Sequence[str]) -> float:
    """The highest of ``measure`` over the acceptable answers; 0 where nothing was answered (SQuAD)."""
    if prediction is None:
        return 0.0
    return max((measure(prediction, gold) for gold in answers), default=0.0)


def is_right(prediction: str | None, answers: Sequence[str]) -> bool:
    """Would a person accept it? It contains a gold answer, or shares F1 ≥ 0.7 and every number with one.

    Numbers must be the same because "October 16, 2025" shares two thirds of its words with "October 19, 2025".
    """
    return any(_accepts(prediction, gold) for gold in answers) if prediction else False


def _accepts(prediction: str, gold: str) -> bool:
    if contains(prediction, gold):
        return True
    near = f1(_plain(prediction), _plain(gold)) >= _RIGHT_F1
    return near and _numbers(prediction) == _numbers(gold)


def _plain(text: str) -> str:
    return text.translate(_TYPOGRAPHIC)


def _plain_tokens(text: str) -> list[str]:
    # A dash between words joins them in SQuAD's normalisation; here "two-day" holds "two" and "day".
    return normalise(_plain(text).replace("-", " ")).split()


def _numbers(text: str) -> Counter[str]:
    return Counter(token for token in _plain_tokens(text) if any(character.isdigit() for character in token))
