"""Compares dates in their canonical form. Owns how far apart two dates may be and still agree; reads no prose."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from qa.values.comparison import Comparison

_POINT = re.compile(r"(?P<year>[0-9]{4}|-)(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?")
_BLUNT = re.compile(r"(?P<head>[0-9]{2,3})(?P<open>X{1,2})")
_LEAP_YEAR = 2000
"""Stands in for a year that neither of two dates tells."""

_LEAST_APART, _MOST_APART = 2, 3
"""Days: a date worked out from ``yesterday`` or ``Tuesday`` may be off by one, by the time zone or the hour of
printing, and from four on it may be the weekday's namesake in another week."""
_WEEK_OFF = 7
"""Days: farther than that no reading of a weekday reaches."""
_ABOUT = ((31, 3), (366, 45), (10**9, 730))
"""``about`` a date that spans up to so many days, and how many days off it may be."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from first to last, both in, as ordinals."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One canonical date, read."""

    text: str
    parts: tuple[tuple[str, str], ...]
    """First and last point of each part, ``..`` for an open end."""
    is_about: bool
    is_derived: bool
    weekday: int | None

    @property
    def years(self) -> set[int | None]:
        """The years told; None among them where a part has none."""
        return {_year_of(point) for part in self.parts for point in part if point != ".."}


def compare_dates(first: str, second: str) -> Comparison:
    """What the first canonical date is to the second."""
    if first == second:
        return "same"
    a, b = _read(first), _read(second)
    if a is None or b is None:
        return "unrelated"
    if a.weekday is not None or b.weekday is not None:
        return _compare_weekday(a, b)
    verdicts = [_compare_in(a, b, year, shift) for year, shift in _common_years(a, b)]
    return (
        next((verdict for verdict in verdicts if verdict != "incompatible"), "incompatible")
        if verdicts
        else "unrelated"
    )


def are_near(first: str, second: str, *, days: int) -> bool:
    """Do two canonical dates lie within so many days of one another?"""
    a, b = _read(first), _read(second)
    if a is None or b is None or not (a.parts and b.parts):
        return False
    for year, shift in _common_years(a, b):
        here, there = _stretches(a, year), _stretches(b, year)
        if here and there and _gap(here, there, shift) <= days:
            return True
    return False


def _compare_in(a: Moment, b: Moment, year: int, shift: int) -> Comparison:
    """With yearless points read in ``year``, the first date moved by ``shift`` days."""
    here, there = _stretches(a, year), _stretches(b, year)
    if here is None or there is None:
        return "unrelated"
    return _compare(a, [Stretch(stretch.first + shift, stretch.last + shift) for stretch in here], b, there)


def _compare(a: Moment, here: list[Stretch], b: Moment, there: list[Stretch]) -> Comparison:
    covers_b = all(any(mine.first <= theirs.first and theirs.last <= mine.last for mine in here) for theirs in there)
    covers_a = all(any(theirs.first <= mine.first and mine.last <= theirs.last for theirs in there) for mine in here)
    if covers_a and covers_b:
        return "same"
    if covers_a or covers_b:
        return "finer" if covers_a else "coarser"
    gap = _gap(here, there, 0)
    if gap <= 0:
        return "unrelated"
    if a.is_derived or b.is_derived:
        least = 1 if a.is_derived and b.is_derived else _LEAST_APART
        return "incompatible" if gap > _WEEK_OFF or least <= gap <= _MOST_APART else "unrelated"
    slack_a, slack_b = _slack(a, here), _slack(b, there)
    if gap > max(slack_a, slack_b):
        return "incompatible"
    return "unrelated" if slack_a == slack_b else "coarser" if slack_a > slack_b else "finer"


def _gap(here: list[Stretch], there: list[Stretch], shift: int) -> int:
    """Days between the nearest of them; 0 or less where they meet."""
    return min(
        max(mine.first + shift - theirs.last, theirs.first - mine.last - shift) for mine in here for theirs in there
    )


def _slack(moment: Moment, stretches: list[Stretch]) -> int:
    if not moment.is_about:
        return 0
    span = max(stretch.last - stretch.first for stretch in stretches)
    return next(slack for longest, slack in _ABOUT if span < longest)


def _read(normal: str) -> Moment | None:
    if normal.startswith("-W-"):
        return Moment(normal, (), False, False, int(normal[3])) if normal[3:] in set("1234567") else None
    text = normal.rstrip("~?")
    body = text.strip("{}[]")
    parts: list[tuple[str, str]] = []
    for part in body.split(","):
        first, slash, last = part.partition("/")
        parts.append((first, last if slash else first))
    points = [point for part in parts for point in part if point != ".."]
    if not points or not all(_POINT.fullmatch(point) or _BLUNT.fullmatch(point) for point in points):
        return None
    return Moment(text, tuple(parts), "~" in normal, "?" in normal, None)


def _compare_weekday(a: Moment, b: Moment) -> Comparison:
    """A weekday of some week agrees with a dated day that falls on it, and contradicts none."""
    if a.weekday is not None and b.weekday is not None:
        return "unrelated"
    day, weekday = (b, a.weekday) if a.weekday is not None else (a, b.weekday)
    point = _POINT.fullmatch(day.text)
    if point is None or point["day"] is None or point["year"] == "-":
        return "unrelated"
    falls_on = _date(int(point["year"]), int(point["month"]), int(point["day"]))
    if falls_on is None or falls_on.isoweekday() != weekday:
        return "unrelated"
    return "coarser" if a.weekday is not None else "finer"


def _common_years(a: Moment, b: Moment) -> list[tuple[int, int]]:
    """Years to read yearless points in, with shifts in days; empty where the two cannot be laid on one calendar."""
    if None not in a.years and None not in b.years:
        return [(_LEAP_YEAR, 0)]
    if None in a.years and None in b.years:
        return [(_LEAP_YEAR, 0), (_LEAP_YEAR, 366), (_LEAP_YEAR, -366)]
    dated = b if None in a.years else a
    if any(not _month_of(point) for part in dated.parts for point in part if point != ".."):
        return []
    return [(year, 0) for year in sorted(year for year in dated.years if year is not None)]


def _stretches(moment: Moment, year: int) -> list[Stretch] | None:
    stretches = []
    for first, last in moment.parts:
        begin = _bounds(first, year)[0] if first != ".." else 0
        end = _bounds(last, year)[1] if last != ".." else date.max.toordinal()
        if begin is None or end is None:
            return None
        if end < begin and "-" in {first[:1], last[:1]}:
            end += 366
        if end < begin:
            return None
        stretches.append(Stretch(begin, end))
    return stretches


def _bounds(point: str, year: int) -> tuple[int | None, int | None]:
    """First and last day of a point, as ordinals."""
    if blunt := _BLUNT.fullmatch(point):
        width = 10 ** len(blunt["open"])
        first_year = max(1, int(blunt["head"]) * width)
        return date(first_year, 1, 1).toordinal(), date(first_year + width - 1, 12, 31).toordinal()
    match = _POINT.fullmatch(point)
    if match is None:
        return None, None
    year = year if match["year"] == "-" else int(match["year"])
    month = int(match["month"]) if match["month"] else None
    if month is None:
        return _ordinal(year, 1, 1), _ordinal(year, 12, 31)
    if match["day"]:
        day = _ordinal(year, month, int(match["day"]))
        return day, day
    following = _date(year + month // 12, month % 12 + 1, 1)
    return _ordinal(year, month, 1), (following - timedelta(days=1)).toordinal() if following else None


def _ordinal(year: int, month: int, day: int) -> int | None:
    """February 29 of a year that has none is read as the 28th: a yearless date lends its year."""
    found = _date(year, month, day) or (_date(year, 2, 28) if (month, day) == (2, 29) else None)
    return found.toordinal() if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(point: str) -> int | None:
    return None if point.startswith("-") else int(point[:4].replace("X", "0"))


def _month_of(point: str) -> str | None:
    match = _POINT.fullmatch(point)
    return match["month"] if match else None
