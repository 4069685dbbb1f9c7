"""Reads one numeral, in digits or English words. Owns what a numeral may look like; knows no units and no bounds."""

import re
from dataclasses import dataclass

from qa.values.text import word_list

_ONES = dict(zip(word_list("zero one two three four five six seven eight nine"), range(10), strict=True))
_TEENS_TEXT = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TEENS = dict(zip(_TEENS_TEXT.split(), range(10, 20), strict=True))
_TENS_TEXT = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = dict(zip(_TENS_TEXT.split(), range(20, 100, 10), strict=True))
_SMALL = {**_ONES, **_TEENS, **_TENS}
_LARGE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
_ALONE = {"both": 2.0, "no": 0.0, "half": 0.5, "half a": 0.5, "half an": 0.5, "a": 1.0, "an": 1.0}
_SCALES = {"hundred": 100.0, "dozen": 12.0, "mn": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9, **_LARGE}

_VAGUE = {
    "a couple": (2, 3),
    "a handful": (3, 9),
    "a few": (2, 9),
    "few": (2, 9),
    "several": (3, 15),
    "a score": (15, 25),
    "scores": (30, 199),
    "dozens": (20, 199),
    "tens": (20, 99),
    "hundreds": (100, 1999),
    "many hundreds": (300, 1999),
    "several hundred": (250, 1500),
    "a few hundred": (200, 999),
    "thousands": (1000, 19999),
    "several thousand": (2500, 15000),
    "a few thousand": (2000, 9999),
    "tens of thousands": (10000, 199999),
    "hundreds of thousands": (100000, 1999999),
    "millions": (1000000, 19999999),
    "several million": (2500000, 15000000),
    "tens of millions": (15000000, 199999999),
    "hundreds of millions": (150000000, 1999999999),
    "billions": (1500000000, 19999999999),
    "tens of billions": (15000000000, 199999999999),
}
"""Words that stand for a band and not for one number; the bands are generous, so that only clear misfits contradict."""

ORDINALS = {
    word: position
    for position, word in enumerate(
        word_list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}

_DIGITS = r"(?<![\w.,])[0-9]{1,18}(?:,[0-9]{2,3})*(?:\.[0-9]{1,9})?(?![0-9])"
_SCALE = r"(?:[\s-]?(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen|bn|mn|tn)\b|(?:k|m|b)\b)"
_NAMED = "|".join(_SMALL)
_POWER = "|".join(["hundred", "dozen", *_LARGE])
_WORD = rf"(?:(?:{_NAMED})\b|(?:{_POWER})\b(?:\s+and(?=\s+(?:{_NAMED})\b))?)"
_WORDS = rf"(?:(?:half\s+)?an?\s+)?{_WORD}(?:[\s-]+{_WORD})*"
_BANDS = "|".join(re.escape(words) for words in sorted(_VAGUE, key=len, reverse=True))
_HALF = r"(?:\s+and\s+a\s+half\b)?"

NUMERAL = rf"(?:{_DIGITS}{_SCALE}*|\b(?:{_BANDS})\b|\b(?:{_WORDS}|both\b|no\b|half(?:\s+an?)?\b|an?\b)){_HALF}"
"""A pattern for one numeral, to be compiled without regard to case; ``read_numeral`` judges what it matched."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or the band that vague words stand for."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """One number and not a band."""
        return self.low == self.high


def read_numeral(text: str) -> Amount | None:
    """The amount that a match of ``NUMERAL`` stands for; None where the words do not make one number."""
    words = re.sub(r"\s+", " ", text.strip().lower())
    half = words.endswith(" and a half")
    words = words.removesuffix(" and a half")
    if words in _VAGUE:
        low, high = _VAGUE[words]
        return Amount(float(low), float(high))
    value = _digits(words) if words[:1].isdigit() else _words(words)
    if value is None:
        return None
    value += 0.5 * _last_scale(words) if half else 0.0
    return Amount(value, value)


def _digits(words: str) -> float | None:
    match = re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)(.*)", words)
    if match is None:
        return None
    value = float(match[1].replace(",", ""))
    for scale in re.findall(r"[a-z]+", match[2]):
        value *= _SCALES[scale]
    return value


def _words(words: str) -> float | None:
    if words in _ALONE:
        return _ALONE[words]
    total, current, last = 0.0, 0.0, float("inf")
    tokens = [token for token in re.split(r"[\s-]+", words) if token != "and"]
    for token in tokens:
        if token in {"a", "an"}:
            current = (current or 1.0) if current != 0.5 else 0.5
        elif token == "half":
            current = 0.5
        elif token in _SMALL:
            size = _place(token)
            if size >= last:
                return None
            current, last = current + _SMALL[token], size
        elif token in {"hundred", "dozen"}:
            current, last = (current or 1.0) * _SCALES[token], 100.0
        else:
            total, current, last = total + (current or 1.0) * _LARGE[token], 0.0, float("inf")
    return total + current


def _place(token: str) -> float:
    """Tens before ones, never ones after ones: ``twenty-one`` is a number, ``six seven`` is two."""
    return 10.0 if token in _TENS else 1.0


def _last_scale(words: str) -> float:
    tail = re.search(r"([a-z]+)$", words)
    return _SCALES.get(tail[1], 1.0) if tail else 1.0
