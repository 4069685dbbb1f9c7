"""Dates told by the day of printing: weekdays, yesterday, last month. Owns that; guesses no day it lacks."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from qa.values.text import word_list

_WEEKDAYS = word_list("monday tuesday wednesday thursday friday saturday sunday")
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_COUNTS = dict(zip(word_list("one two three four five six seven eight nine ten"), range(1, 11), strict=True)) | {
    "a": 1,
    "an": 1,
}
_MONTHS = word_list("january february march april may june july august september october november december")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}

_WEEKDAY = re.compile(
    r"(?:\b(?P<which>last|next|this|this past|this coming|the following|the previous)\s+)?"
    rf"(?<![\w-])(?P<day>{'|'.join(_WEEKDAYS)}|(?:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)\.?)(?:'s)?(?![\w-])"
    r"(?:\s+(?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:(?P<day>today|yesterday|tomorrow|tonight|the day before yesterday|the day after tomorrow)"
    r"|(?:(?:earlier|later|early|late)\s+)?(?P<which>last|this|next|the past|the previous)\s+"
    rf"(?P<unit>week(?:end)?|month|year|{'|'.join(_MONTHS)}|{'|'.join(_SEASONS)})"
    r"|(?:earlier|later)\s+(?P<day2>today)"
    rf"|(?P<count>[0-9]{{1,3}}|{'|'.join(_COUNTS)})\s+(?P<ago>day|week|month|year)s?\s+ago)\b",
    re.IGNORECASE,
)
_NAMED_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
_STEPS = {"last": -1, "the past": -1, "the previous": -1, "this": 0, "next": 1}


def find_relative(text: str, published: date | None) -> Iterator[tuple[int, int, str]]:
    """Start, end and canonical form of each; in an undated text a weekday is a weekday, and nothing else counts."""
    for match in _WEEKDAY.finditer(text):
        if match["day"][0].isupper() or match["day"].lower() in _WEEKDAYS:
            yield match.start(), match.end(), _weekday(match, published)
    if published is None:
        return
    for match in _NEAR.finditer(text):
        normal = _near(match, published)
        if normal is not None:
            yield match.start(), match.end(), normal


def _weekday(match: re.Match[str], published: date | None) -> str:
    name = match["day"].lower().rstrip(".")
    wanted = _SHORT[name] if name in _SHORT else _WEEKDAYS.index(name)
    if published is None:
        return f"-W-{wanted + 1}"
    back = (published.weekday() - wanted) % 7
    if (match["which"] or "").lower() in {"next", "this coming"}:
        return _day(published, (wanted - published.weekday() - 1) % 7 + 1)
    return _day(published, -back)


def _near(match: re.Match[str], published: date) -> str | None:
    named = match["day"] or match["day2"]
    if named:
        return _day(published, _NAMED_DAYS[named.lower()])
    if match["ago"]:
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        return _ago(published, count, match["ago"].lower())
    return _period(published, _STEPS[match["which"].lower()], match["unit"].lower())


def _ago(published: date, count: int, unit: str) -> str | None:
    if unit == "day":
        return _day(published, -count)
    if unit == "week":
        return _day(published, -7 * count).replace("?", "~")
    if unit == "month":
        return _month(published, -count) + "~"
    return f"{published.year - count:04d}~" if published.year > count else None


def _period(published: date, step: int, unit: str) -> str | None:
    if unit == "year":
        return f"{published.year + step:04d}"
    if unit == "month":
        return _month(published, step)
    if unit in {"week", "weekend"}:
        monday = published + timedelta(days=7 * step - published.weekday())
        first = monday + timedelta(days=5 if unit == "weekend" else 0)
        return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}~"
    if unit in _SEASONS:
        return _season(published, step, *_SEASONS[unit])
    wanted = _MONTHS.index(unit) + 1
    year = published.year - (step < 0 and wanted >= published.month) + (step > 0 and wanted <= published.month)
    return f"{year:04d}-{wanted:02d}"


def _season(published: date, step: int, first: int, last: int) -> str:
    """``last summer`` is the latest that is over, ``this summer`` this year's, ``next summer`` next year's."""
    is_over = published.month > last and first < last
    year = published.year + (step if step >= 0 else 0 if is_over else -1)
    return f"{year:04d}-{first:02d}/{year + (last < first):04d}-{last:02d}~"


def _day(published: date, offset: int) -> str:
    """A day worked out from the publication: the dateline, time zone or week may differ, hence the question mark."""
    return (published + timedelta(days=offset)).isoformat() + "?"


def _month(published: date, step: int) -> str:
    months = published.year * 12 + published.month - 1 + step
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
