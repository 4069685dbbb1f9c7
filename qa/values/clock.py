"""Times of day: finds and compares them. Owns the clock; a day beside the time is read by ``dates``.

The canonical form is ``T02:00`` (24 hours), ``~`` for about, the zone behind where it is told (``T14:30 GMT``) and the
day before where it is told (``--10-19T02:00``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.values.comparison import Comparison

_ZONES = {
    "gmt": 0,
    "utc": 0,
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "ist": 330,
    "pkt": 300,
    "jst": 540,
    "msk": 180,
}
_LOCAL = ("et", "ct", "mt", "pt", "local time", "eastern", "eastern time", "pacific time")
_TIME = re.compile(
    r"(?:(?P<about>\b(?:around|about|approximately|roughly|(?:just|shortly) (?:after|before)|nearly|circa)|~)\s+)?"
    r"(?:(?<![\w:.,$-])(?P<hour>[01]?[0-9]|2[0-3])(?:(?P<mark>[:.])(?P<minute>[0-5][0-9]))?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|(?P<clock>\s?o'?clock|\s?h(?:rs|ours)?\b))?(?![\w%:]|[.,][0-9])"
    r"|\b(?P<word>noon|midday|midnight)\b)"
    rf"(?:\s+\(?(?P<zone>{'|'.join(_ZONES)}|{'|'.join(_LOCAL)}|[a-z]{{4,}} time)\b\)?)?",
    re.IGNORECASE,
)
_NORMAL = re.compile(r"(?P<day>[^T]*)T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?P<about>~)?(?: (?P<zone>[A-Z ]+))?")
_ROUNDED = 30
"""Minutes: ``2 a.m.`` and ``2:10`` agree, and so do ``about 2`` and ``2:30``; a full hour apart is another time."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time of day at ``text[start:end]`` in canonical form, without its day."""

    start: int
    end: int
    normal: str


def find_times(text: str) -> Iterator[Found]:
    """Every time of day of a text; a bare number is none."""
    for match in _TIME.finditer(text):
        clock = _clock(match)
        if clock is None:
            continue
        zone = f" {match['zone'].upper()}" if match["zone"] else ""
        yield Found(match.start(), match.end(), f"T{clock[0]:02d}:{clock[1]:02d}{'~' if match['about'] else ''}{zone}")


def day_of(normal: str) -> str:
    """The day beside a time, in the canonical form of ``dates``; empty where none is told."""
    return normal.partition("T")[0]


def compare_times(first: str, second: str) -> Comparison:
    """What the first time of day is to the second, their days left aside."""
    a, b = _NORMAL.fullmatch(first), _NORMAL.fullmatch(second)
    if a is None or b is None:
        return "unrelated"
    here, there = _minutes(a), _minutes(b)
    if here is None or there is None or not _share_a_clock(a["zone"], b["zone"]):
        return "unrelated"
    apart = abs(here - there)
    apart = min(apart, 24 * 60 - apart)
    if apart == 0:
        return "same"
    rounded_a, rounded_b = _is_rounded(a), _is_rounded(b)
    if apart > _ROUNDED or not (rounded_a or rounded_b):
        return "incompatible"
    if rounded_a == rounded_b:
        return "unrelated"
    return "coarser" if rounded_a else "finer"


_ZONES_UPPER = frozenset(zone.upper() for zone in _ZONES)


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    if match["word"]:
        return (0, 0) if match["word"].lower() == "midnight" else (12, 0)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        return hour % 12 + (12 if match["half"].lower() == "p" else 0), minute
    if match["clock"] or (match["mark"] == ":" and match["minute"]):
        return hour, minute
    return None


def _minutes(match: re.Match[str]) -> int | None:
    """Since midnight; of Greenwich where a zone with a fixed offset is told."""
    minutes = int(match["hour"]) * 60 + int(match["minute"])
    offset = _ZONES.get((match["zone"] or "").lower())
    return minutes if offset is None else (minutes - offset) % (24 * 60)


def _share_a_clock(first: str | None, second: str | None) -> bool:
    """No zone is that of the place; two names of zones compare only where their offsets are known."""
    known = [zone in _ZONES_UPPER for zone in (first, second)]
    return not (first and second) or first == second or all(known)


def _is_rounded(match: re.Match[str]) -> bool:
    return bool(match["about"]) or match["minute"] in {"00", "30"}
