"""Finds numbers, money, percentages and durations with their bounds. Owns that grammar; compares nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from qa.values.numerals import NUMERAL, ORDINALS, Amount, read_numeral
from qa.values.units import CURRENCY_AFTER, CURRENCY_BEFORE, DURATION, DURATION_UNITS, OTHERS, counted, currency

Kind = Literal["number", "money", "percent", "duration"]
Bound = Literal["", "~", ">=", ">", "<=", "<"]

_BOUNDS: tuple[tuple[Bound, str], ...] = (
    (">=", r"at least|no (?:fewer|less) than|a minimum of|not less than|as little as"),
    (
        ">",
        r"(?:a little |slightly |well |far |just )?(?:more than|over|above)|upwards of|in excess of|exceeding",
    ),
    ("<=", r"up to|as (?:many|much) as|no more than|at most|a maximum of|at maximum"),
    ("<", r"(?:less|fewer) than|below|under"),
    (
        "~",
        r"about|around|roughly|approximately|approx\.?|some|an? estimated|estimated|nearly|almost|close to|circa|"
        r"just (?:under|shy of)|just over|an average of|~|≈",
    ),
)
_SUFFIXES: tuple[tuple[Bound, str], ...] = (
    (">=", r"\+|\s+or more|\s+or longer|\s+plus\b|-plus\b"),
    ("<=", r"\s+or (?:fewer|less)"),
    ("~", r"\s+or so"),
)
_PREFIX = "|".join(pattern for _, pattern in _BOUNDS)
_CORE = re.compile(
    rf"(?:(?P<bound>(?<!\w)(?:{_PREFIX}))\s*)?(?P<between>\bbetween\s+|\bfrom\s+)?"
    rf"(?:(?P<before>{CURRENCY_BEFORE})\s?)?(?P<low>{NUMERAL})(?P<plus>\+)?"
    rf"(?:(?P<joint>\s?-\s?|\s+(?:to|or|and)\s+)(?:(?P<before2>{CURRENCY_BEFORE})\s?)?(?P<high>{NUMERAL}))?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|(?:per ?cent(?:age)?|pct)\b\.?)(?!-?\s?points?)|\s?-\s?percent\b", re.IGNORECASE)
_POINTS = re.compile(r"\s?(?:%|(?:per ?cent(?:age)?|pct))[\s-]?points?\b", re.IGNORECASE)
_SUFFIX = [(bound, re.compile(pattern, re.IGNORECASE)) for bound, pattern in _SUFFIXES]
_HALF = re.compile(r"\s+and an? half\b", re.IGNORECASE)
_OLD = re.compile(r"[\s-](?:old|of age|long)\b|-long\b", re.IGNORECASE)
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_FRACTION = re.compile(
    rf"(?:(?P<bound>(?<!\w)(?:{_PREFIX}))\s*)?\b(?:(?P<share>an?|one|two|three|four|five|seven|nine)[\s-]"
    rf"(?:(?P<part>{'|'.join(_PARTS)})\b(?=\s+of\b|\s*$|[.,;)])|(?P<parts>{'|'.join(_PARTS)})s\b)|"
    r"(?P<half>(?:one[\s-])?half)\b(?!\s+an?\b)(?=\s+(?:of|the)\b|\s*$)|"
    r"(?P<of>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out of(?: every)?)\s+"
    r"(?P<all>[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:(?P<word>{'|'.join(ORDINALS)})|(?P<digits>[0-9]{{1,4}})(?:st|nd|rd|th))\b", re.IGNORECASE)
_SCORE = re.compile(r"(?<![\w.,-])([0-9]{1,3})\s?(?:-|\bto\b)\s?([0-9]{1,3})(?![\w-]|[.,][0-9])", re.IGNORECASE)
_BARE = re.compile(r"\b(?P<unit>hour|day|week|month|year|decade)s\b", re.IGNORECASE)
_AGED = re.compile(r"\bage[d]?\s+([0-9]{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was found at ``text[start:end]``; ``unit`` is an ISO currency, a duration letter, a noun or empty."""

    start: int
    end: int
    kind: Kind
    low: float
    high: float
    bound: Bound = ""
    unit: str = ""

    @property
    def normal(self) -> str:
        """The canonical form, which ``magnitudes.read`` understands."""
        low, high = self._written(self.low), self._written(self.high)
        return self.bound + (low if low == high else f"{low}..{high}")

    def _written(self, number: float) -> str:
        """One number with its unit: ``37``, ``12 soldier``, ``#4``, ``59-41``, ``80%``, ``5 USD``, ``P4D``."""
        plain = f"{number:.15g}"
        if self.kind == "duration":
            return f"PT{plain}{self.unit[1:]}" if self.unit.startswith("T") else f"P{plain}{self.unit}"
        if self.kind == "percent":
            return f"{plain}%{self.unit}"
        if self.unit == "#":
            return f"#{plain}"
        return plain + self.unit if self.unit.startswith("-") else f"{plain} {self.unit}".rstrip()


def find_quantities(text: str) -> Iterator[Quantity]:
    """Every number, sum, share and duration of a text, left to right, none overlapping another."""
    found = [*_special(text), *_cores(text)]
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    last: Quantity | None = None
    for quantity in found:
        if last is not None and quantity.start < last.end:
            continue
        joined = _compound(text, last, quantity) if last is not None else None
        if last is not None and joined is None:
            yield last
        last = joined or quantity
    if last is not None:
        yield last


def _cores(text: str) -> Iterator[Quantity]:
    position = 0
    while match := _CORE.search(text, position):
        quantity = _read_core(text, match)
        position = max(match.end("low") if quantity is None else quantity.end, match.start() + 1)
        if quantity is not None:
            yield quantity


def _read_core(text: str, match: re.Match[str]) -> Quantity | None:
    low = read_numeral(match["low"])
    if low is None:
        return None
    high, end = _upper(match, low)
    low, high = _inherit(match, low, high)
    if match["plus"]:
        end = max(end, match.end("plus"))
    typed = _with_unit(text, end, match)
    if typed is None:
        return None
    kind, unit, typed_end = typed
    has_others = kind == "number" and OTHERS.match(text, end) is not None
    end = typed_end
    bound = _bound(match["bound"]) or (">=" if match["plus"] else ">" if has_others else "")
    extra, size = 0.0, 1.0
    if kind == "duration":
        half = _HALF.match(text, end)
        extra, end = (0.5, half.end()) if half else (0.0, end)
        unit, size = DURATION_UNITS[unit]
    suffix = next(((bound, m.end()) for bound, pattern in _SUFFIX if (m := pattern.match(text, end))), None)
    if suffix and not bound:
        bound, end = suffix
    return Quantity(match.start(), end, kind, (low.low + extra) * size, (high.high + extra) * size, bound, unit)


def _upper(match: re.Match[str], low: Amount) -> tuple[Amount, int]:
    """The range's end where there is one; ``and`` makes a range only after ``between``."""
    if match["high"] is None:
        return low, match.end("low")
    high = read_numeral(match["high"])
    joint = match["joint"].strip().lower()
    is_range = joint in {"-", "to", "or"} or (joint == "and" and match["between"] is not None)
    if high is None or not is_range or match["high"].lower() in {"a", "an", "no", "both"}:
        return low, match.end("low")
    return high, match.end()


def _inherit(match: re.Match[str], low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """``5-10 million`` is from five million: a bare lower end takes the scale of the upper one."""
    if high is low or not (low.is_exact and high.is_exact) or low.low <= 0:
        return low, high
    scale = re.search(r"(hundred|thousand|million|billion|trillion|bn|mn|tn|k|m|b)$", match["high"].strip().lower())
    if scale and high.low > low.low * 100 and re.fullmatch(r"[0-9.,]+|[a-z]+", match["low"].strip().lower()):
        factor = read_numeral(f"1 {scale[1]}") or Amount(1.0, 1.0)
        low = Amount(low.low * factor.low, low.low * factor.low)
    return (low, high) if low.low <= high.low else (high, low)


def _with_unit(text: str, end: int, match: re.Match[str]) -> tuple[Kind, str, int] | None:
    """What the number counts, from what stands before and after it; None where it is no quantity at all."""
    article = match["low"].lower() in {"a", "an", "half", "half a", "half an"}
    money = currency(match["before"] or match["before2"], None)
    if money:
        after = CURRENCY_AFTER.match(text, end)
        return "money", money, after.end() if after else end
    if points := _POINTS.match(text, end):
        return "percent", "p", points.end()
    if percent := _PERCENT.match(text, end):
        return "percent", "", percent.end()
    if unit := DURATION.match(text, end):
        old = _OLD.match(text, unit.end())
        return "duration", unit["unit"].lower(), old.end() if old else unit.end()
    if after := CURRENCY_AFTER.match(text, end):
        return "money", currency(None, after["name"]), after.end()
    return _plain_number(text, end, article)


def _plain_number(text: str, end: int, article: bool) -> tuple[Kind, str, int] | None:
    if article:
        return None
    noun, end = counted(text, end)
    return "number", noun, end


def _special(text: str) -> Iterator[Quantity]:
    """Shares in words, ages, scores and ordinals: numbers that are not a numeral and a unit."""
    for match in _FRACTION.finditer(text):
        share = _share(match)
        if share is not None:
            yield Quantity(match.start(), match.end(), "percent", share, share, _bound(match["bound"]) or "~")
    for match in _AGED.finditer(text):
        yield Quantity(match.start(), match.end(), "duration", float(match[1]), float(match[1]), "", "Y")
    for match in _BARE.finditer(text):
        unit, size = DURATION_UNITS[match["unit"].lower()]
        yield Quantity(match.start(), match.end(), "duration", 2.0 * size, 20.0 * size, "", unit)
    for match in _SCORE.finditer(text):
        if int(match[1]) > int(match[2]):
            yield Quantity(
                match.start(), match.end(), "number", float(match[1]), float(match[1]), "", f"-{int(match[2])}"
            )
    for match in _ORDINAL.finditer(text):
        position = float(ORDINALS[match["word"].lower()] if match["word"] else match["digits"])
        yield Quantity(match.start(), match.end(), "number", position, position, "", "#")


def _share(match: re.Match[str]) -> float | None:
    if match["half"]:
        return 50.0
    if part := match["part"] or match["parts"]:
        count = read_numeral(match["share"]) or Amount(1.0, 1.0)
        return round(100.0 * count.low / _PARTS[part.lower()], 1)
    some, whole = read_numeral(match["of"]), read_numeral(match["all"])
    if some is None or whole is None or not 0 < some.low <= whole.low:
        return None
    return round(100.0 * some.low / whole.low, 1)


_LADDER = {"Y": ("M", 12.0), "W": ("D", 7.0), "D": ("TH", 24.0), "TH": ("TM", 60.0), "TM": ("TS", 60.0)}


def _compound(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """``two hours and 30 minutes`` is one duration, told in the smaller unit."""
    step = _LADDER.get(first.unit)
    between = text[first.end : second.start].strip().lower()
    if first.kind != "duration" or second.kind != "duration" or step is None or step[0] != second.unit:
        return None
    if between not in {"", ",", "and", ", and"} or not (first.low == first.high and second.low == second.high):
        return None
    total = first.low * step[1] + second.low
    return replace(first, end=second.end, low=total, high=total, unit=second.unit)


def _bound(words: str | None) -> Bound:
    if not words:
        return ""
    return next(bound for bound, pattern in _BOUNDS[::-1] if re.fullmatch(pattern, words, re.IGNORECASE))
