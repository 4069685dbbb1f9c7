"""Compares numbers, sums, shares and durations in canonical form. Owns what counts as rounding; reads no prose."""

import re
from dataclasses import dataclass

from qa.values.comparison import Comparison

_WRITTEN = r"#?P?T?[0-9]+(?:\.[0-9]+)?(?:e\+?[0-9]+)?(?:-[0-9]+|%p?|[HMSDWY])?(?: [^\s.]+)?"
_NORMAL = re.compile(rf"(?P<bound>>=|<=|>|<|~)?(?P<low>{_WRITTEN})(?:\.\.(?P<high>{_WRITTEN}))?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e\+?[0-9]+)?")
_STATES = frozenset({"dead", "injured", "arrested", "missing"})
_SECONDS = {"TS": 1.0, "TM": 60.0, "TH": 3600.0, "D": 86400.0, "W": 604800.0, "M": 2629746.0, "Y": 31556952.0}

_APPROXIMATE = 0.05
"""Of the number, at least: ``some 3,300`` and ``some 3,500`` are two counts."""
_APPROXIMATE_ROUND = 0.1
"""Of a round number, at most: ``about 80`` may be 76 or 85, ``nearly 200,000`` may be 180,000."""
_ROUNDED = 0.05
"""Of the number, at most: ``5,000`` may be 4,900, but 4,411 is another count."""
_ROUNDED_LARGE = 0.1
"""Of a number from a million on, at most: ``$5 billion`` is how papers write 5.2."""
_LARGE = 1e6
_WITH_DECIMALS = 100
"""Below it a decimal is meant: 3.5 is not 3.6, and 1,234.5 may be 1,234.9."""
_SMALLEST_ROUNDED = 1000
"""Below it people count, unless it is whole hundreds: 148 and 150 aboard are two counts, 400 and 410 may be one."""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """What is claimed (``low`` to ``high``), and ``slack``: how far off rounding may put it."""

    low: float
    high: float
    slack: float
    unit: str
    is_rounded: bool

    @property
    def size(self) -> float:
        """How much is left open; infinite for a bound."""
        return self.high - self.low


def compare_magnitudes(first: str, second: str) -> Comparison:
    """What the first canonical quantity is to the second."""
    a, b = _read(first), _read(second)
    if a is None or b is None:
        return "unrelated"
    if _family(a.unit) != _family(b.unit):
        return "incompatible" if _is_part_beyond_whole(a, b) or _is_part_beyond_whole(b, a) else "unrelated"
    if a.unit != b.unit and a.unit in _SECONDS:
        a, b = _in_seconds(a, b)
    if a.unit.startswith(("#", "-")):
        return "same" if first == second else "incompatible"
    return _compare(a, b)


def is_smaller(first: str, second: str) -> bool:
    """Does the first canonical quantity lie below the second? False where they cannot be compared."""
    a, b = _read(first), _read(second)
    return a is not None and b is not None and _family(a.unit) == _family(b.unit) and a.low < b.low


def _compare(a: Magnitude, b: Magnitude) -> Comparison:
    if (a.low, a.high) == (b.low, b.high):
        return "same"
    if a.low >= b.low and a.high <= b.high:
        return "finer"
    if b.low >= a.low and b.high <= a.high:
        return "coarser"
    if a.low <= b.high and b.low <= a.high:
        return "unrelated"
    gap = max(a.low - b.high, b.low - a.high)
    if gap > max(a.slack, b.slack):
        return "incompatible"
    if a.is_rounded == b.is_rounded and a.slack == b.slack:
        return "same" if a.slack == 0 else "unrelated"
    return "coarser" if a.slack > b.slack else "finer"


def _is_part_beyond_whole(part: Magnitude, whole: Magnitude) -> bool:
    """Of 77 dead no 100 can be protesters: what is counted by name is at most what is counted without."""
    is_part = part.unit.isalpha() and part.unit.islower() and part.unit not in _STATES and not whole.unit
    return is_part and part.low - part.slack > whole.high + whole.slack


def _read(normal: str) -> Magnitude | None:
    match = _NORMAL.fullmatch(normal)
    if match is None:
        return None
    low, unit = _number(match["low"])
    high = _number(match["high"])[0] if match["high"] else low
    bound = match["bound"] or ""
    slack = 0.0 if unit.startswith(("#", "-")) else _slack(low, high, bound, unit)
    if bound in {">=", ">"}:
        return Magnitude(low, float("inf"), slack, unit, is_rounded=True)
    if bound in {"<=", "<"}:
        return Magnitude(float("-inf"), high, slack, unit, is_rounded=True)
    return Magnitude(low, high, slack, unit, is_rounded=bound == "~" or low != high)


def _number(written: str) -> tuple[float, str]:
    number = _NUMBER.search(written)
    if number is None:
        return 0.0, ""
    unit = written[: number.start()] + written[number.end() :].strip()
    if unit.startswith("P"):
        unit = unit[1:]
    return float(number[0]), unit


def _slack(low: float, high: float, bound: str, unit: str) -> float:
    size = max(abs(low), abs(high))
    if bound == "~":
        return min(_APPROXIMATE_ROUND * size, max(_APPROXIMATE * size, _last_place(size) / 2))
    if low != high:
        return 0.0
    if unit.startswith("%"):
        return 0.5 if size == int(size) else 0.05
    if size != int(size):
        return 0.05 if size < _WITH_DECIMALS else 0.5
    if size < _SMALLEST_ROUNDED and size % 100:
        return 0.0
    return min(_last_place(size) / 2, (_ROUNDED_LARGE if size >= _LARGE else _ROUNDED) * size)


def _last_place(number: float) -> float:
    """The place of the last digit that is not a zero; 0 where the number has no zeros at its end."""
    digits = f"{int(number)}"
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10**zeros) if zeros else 0.0


def _family(unit: str) -> str:
    """Units that measure the same thing: all durations do, and an unnamed count counts people."""
    if unit in _SECONDS:
        return "duration"
    return "-" if unit.startswith("-") else unit


def _in_seconds(a: Magnitude, b: Magnitude) -> tuple[Magnitude, Magnitude]:
    """Both in seconds; the one told in the longer unit may be off by half of that unit."""
    coarse = max(_SECONDS[a.unit], _SECONDS[b.unit])

    def converted(magnitude: Magnitude) -> Magnitude:
        seconds = _SECONDS[magnitude.unit]
        slack = max(magnitude.slack * seconds, seconds / 2 if seconds == coarse else 0.0)
        return Magnitude(magnitude.low * seconds, magnitude.high * seconds, slack, "TS", magnitude.is_rounded)

    return converted(a), converted(b)
