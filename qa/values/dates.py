"""Finds dates, whole or partial, alone, in ranges and in lists. Owns that grammar; compares nothing.

The canonical form follows EDTF (ISO 8601-2): ``2025-10-19``, ``2025-10``, ``--10-19`` without a year, ``198X`` for a
decade, ``a/b`` for a range with ``..`` where an end is open, ``{a,b}`` for a list, ``[a,b]`` for one of them, ``~`` for
about, ``?`` for worked out from the day of publication, and ``-W-2`` for a Tuesday of some week.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qa.values.points import Point, exists, months_of, part_of, part_of_year
from qa.values.relative import find_relative
from qa.values.text import word_list

_MONTHS = word_list("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w%:]|[.,][0-9])"
_YEAR = r"(?:1[0-9]|20)[0-9]{2}(?![\w%:]|[.,][0-9])"
_LEAD = rf"(?:(?:{_WEEKDAY}),?\s+(?:the\s+)?)?"
_PART = r"(?:(?P<part>early|mid|late|beginning of|end of|start of|middle of)[\s-]+(?:in\s+|the\s+)?)?"

_SHAPES = tuple(
    re.compile(rf"(?<![\w$£€.])(?<![A-Za-z]-){shape}", re.IGNORECASE)
    for shape in (
        r"(?P<y>[12][0-9]{3})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])",
        r"(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12][0-9]|3[01])/(?P<y>(?:1[0-9]|20)[0-9]{2})(?![0-9])",
        rf"{_LEAD}(?P<month>{_MONTH})\s+(?:the\s+)?(?P<d>{_DAY})(?:,?\s+(?:of\s+|in\s+)?(?P<y>{_YEAR}))?",
        rf"{_LEAD}(?:the\s+)?(?P<d>{_DAY})(?:\s+day)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?",
        rf"{_PART}(?P<month>{_MONTH})(?:,?\s+(?:of\s+)?|-)(?P<y>{_YEAR})",
        rf"{_PART}(?P<month>{_MONTH})",
        rf"{_PART}(?:the\s+)?(?P<decade>(?:1[0-9]|20)[0-9])0s\b",
        r"(?:the\s+)?(?P<century>1[0-9]|20|21)(?:th|st)[\s-]century\b",
        r"(?:(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?)\s+(?P<y>(?:1[0-9]|20)[0-9]{2})\b",
        r"(?:the\s+)?(?P<quarter>first|second|third|fourth)[\s-]quarter\s+(?:of\s+)?(?P<y>(?:1[0-9]|20)[0-9]{2})\b",
        rf"{_PART}(?P<y>{_YEAR})(?!\s?-\s?[a-z])",
    )
)
_JOINT = re.compile(
    r"\s*(?:(?P<range>-|to|through|thru|until|till|and ending)|(?P<list>,?\s*and|&|,)|(?P<any>or))\s*(?:the\s+)?",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(rf"(?P<d>{_DAY})(?!\s+(?:of\s+)?{_MONTH}|\s+[a-z]+s\b)", re.IGNORECASE)
_LEADING_DAY = re.compile(rf"(?<![\w.,$-])(?P<d>{_DAY})$", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\s?-\s?(?P<y>[0-9]{2})(?![\w-]|[.,][0-9])")
_BEFORE = re.compile(
    r"(?:\b(?P<open>before|prior to|by|no later than|until|up to)|(?P<after>\bafter|\blater than)|"
    r"(?P<about>\b(?:around|about|circa|approximately|roughly|on or about)|\bc\.|~)|(?P<both>\b(?:between|from)))\s+$",
    re.IGNORECASE,
)
_LONGEST_JOINT = 12
_VERBS = frozenset({"may", "march", "mar"})
_SHORT_OR_VERB = _VERBS | {"jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}


@dataclass(frozen=True, slots=True)
class Found:
    """A date at ``text[start:end]`` in canonical form."""

    start: int
    end: int
    normal: str


@dataclass(slots=True)
class _Run:
    """Neighbouring points that the words between them make into one date."""

    start: int
    end: int
    points: list[Point]
    kind: str = ""


def find_dates(text: str, published: date | None = None) -> Iterator[Found]:
    """Every date of a text, left to right; words such as ``yesterday`` count where the day of publication is known."""
    atoms = sorted([*_absolute(text), *find_relative_points(text, published)], key=lambda run: (run.start, -run.end))
    runs: list[_Run] = []
    for atom in atoms:
        if runs and atom.start < runs[-1].end:
            continue
        _extend(text, atom)
        if not (runs and _join(text, runs[-1], atom)):
            runs.append(atom)
    for run in runs:
        yield _finished(text, run)


def find_relative_points(text: str, published: date | None) -> Iterator[_Run]:
    """Dates told by the day of publication, as runs of one point."""
    for start, end, normal in find_relative(text, published):
        yield _Run(start, end, [Point(special=normal)])


def _absolute(text: str) -> Iterator[_Run]:
    for shape in _SHAPES:
        for match in shape.finditer(text):
            point = _point(match)
            if point is not None:
                yield _Run(match.start(), match.end(), [point])


def _point(match: re.Match[str]) -> Point | None:
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else None
    month, day = _month(groups), _number(groups.get("d"))
    if groups.get("decade"):
        return Point(special=groups["decade"] + "X")
    if groups.get("century"):
        return Point(special=f"{int(groups['century']) - 1:02d}XX")
    if groups.get("season") or groups.get("quarter"):
        return Point(special=months_of(groups, year or 0))
    if year is None and groups.get("month") and not _is_month_name(groups["month"], alone=day is None):
        return None
    if day is not None and month is not None and not exists(year, month, day):
        return None
    part = (groups.get("part") or "").lower()
    if part and month is not None and day is None:
        return Point(special=part_of(part, Point(year, month)))
    if part and year is not None and month is None:
        return Point(special=part_of_year(part, year))
    return Point(year, month, day)


def _month(groups: dict[str, str | None]) -> int | None:
    if groups.get("month"):
        return _MONTHS.index((groups["month"] or "")[:3].lower()) + 1
    return _number(groups.get("m"))


def _number(digits: str | None) -> int | None:
    return int(re.sub(r"[^0-9]", "", digits)) if digits else None


def _is_month_name(word: str | None, *, alone: bool) -> bool:
    """``may 2`` is a month only with a capital, and so is a short form such as ``dec`` that stands alone."""
    name = (word or "").rstrip(".")
    return name[:1].isupper() or name not in (_SHORT_OR_VERB if alone else _VERBS)


def _extend(text: str, run: _Run) -> None:
    """Takes in the days and short years that lean on the date: ``November 6 and 7``, ``6-7 November``, ``1914-18``."""
    point = run.points[0]
    if point.special:
        return
    if point.year and not point.month and (match := _SHORT_YEAR.match(text, run.end)):
        end_year = point.year - point.year % 100 + int(match["y"])
        if end_year > point.year:
            run.points.append(Point(end_year))
            run.end, run.kind = match.end(), "range"
        return
    if point.day is None:
        return
    _days_before(text, run)
    if point.year is None:
        _days_after(text, run)


def _days_after(text: str, run: _Run) -> None:
    while joint := _JOINT.match(text, run.end):
        match = _BARE_DAY.match(text, joint.end())
        kind = _kind(joint)
        if match is None or (run.kind and kind != run.kind) or joint.end() == run.end:
            return
        day, last = _number(match["d"]), run.points[-1]
        if day is None or not exists(None, last.month or 1, day) or (kind == "list" and day <= (last.day or 0)):
            return
        run.points.append(Point(None, last.month, day))
        run.end, run.kind = match.end(), kind
        year = re.compile(rf",?\s+(?P<y>{_YEAR})").match(text, run.end)
        if year:
            run.points = [Point(int(year["y"]), point.month, point.day) for point in run.points]
            run.end = year.end()
            return


def _days_before(text: str, run: _Run) -> None:
    """Only where the day comes first: ``6 and 7 November``."""
    if not text[run.start : run.start + 1].isdigit():
        return
    while True:
        head = text[: run.start]
        joint = re.search(
            r"\s*(?:(?P<range>-|to|through|until)|(?P<list>,?\s*and|&|,)|(?P<any>or))\s*(?:the\s+)?$",
            head,
            re.IGNORECASE,
        )
        day = _LEADING_DAY.search(head[: joint.start()]) if joint else None
        if joint is None or day is None or (run.kind and run.kind != _kind(joint)):
            return
        first = run.points[0]
        run.points.insert(0, Point(first.year, first.month, _number(day["d"])))
        run.start, run.kind = day.start(), _kind(joint)


def _kind(joint: re.Match[str]) -> str:
    return "range" if joint["range"] else "any" if joint["any"] else "list"


def _join(text: str, run: _Run, atom: _Run) -> bool:
    """Makes ``atom`` a part of the run before it where a joint and the same grain say so."""
    between = text[run.end : atom.start]
    between = re.sub(r"\s+(?:from|on|in)\s+$", " ", between) if len(between) <= _LONGEST_JOINT else between
    joint = _JOINT.fullmatch(between) if between else None
    if joint is None or (run.kind and run.kind != _kind(joint)):
        return False
    last, first = run.points[-1], atom.points[0]
    if first.special or last.special:
        return _span_over(text, run, atom, _kind(joint))
    if not _is_same_grain(last, first):
        return False
    if _kind(joint) == "list" and joint[0].strip() == "," and first.day is None:
        return False
    if first.year and not last.year and last.month:
        run.points = [Point(first.year, point.month, point.day) for point in run.points]
    run.points += [
        Point(last.year, point.month, point.day) if point.month and not point.year else point for point in atom.points
    ]
    run.end, run.kind = atom.end, _kind(joint)
    return True


def _span_over(text: str, run: _Run, atom: _Run, kind: str) -> bool:
    """``between mid-April and the end of May``: from the first's beginning to the last's end."""
    before = _BEFORE.search(text, max(0, run.start - 24), run.start)
    if kind != "range" and not (before and before["both"]):
        return False
    first, last = run.points[0].normal, atom.points[-1].normal
    if any(mark in first + last for mark in "?X.W"):
        return False
    run.points = [Point(special=f"{first.split('/')[0]}/{last.split('/')[-1].rstrip('~')}~".replace("~/", "/"))]
    run.end, run.kind = atom.end, "range"
    return True


def _is_same_grain(a: Point, b: Point) -> bool:
    return (a.month is None, a.day is None) == (b.month is None, b.day is None)


def _finished(text: str, run: _Run) -> Found:
    """The run with the words before it that bound it or make it approximate."""
    before = _BEFORE.search(text, max(0, run.start - 24), run.start)
    normals = [point.normal for point in run.points]
    start = before.start() if before else run.start
    if len(normals) > 1:
        if run.kind == "range" or (run.kind == "list" and before and before["both"] and len(normals) == 2):
            return Found(start, run.end, f"{normals[0]}/{normals[-1]}" + ("~" if before and before["about"] else ""))
        normal = ",".join(dict.fromkeys(normals))
        return Found(run.start, run.end, f"[{normal}]" if run.kind == "any" else f"{{{normal}}}")
    normal = normals[0]
    if before is None or before["both"] or "/" in normal:
        return Found(run.start, run.end, normal)
    if before["about"]:
        return Found(start, run.end, normal.rstrip("~") + "~")
    return Found(start, run.end, f"../{normal}" if before["open"] else f"{normal}/..")
