"""One date as far as it is told, and the parts of months and years. Owns their canonical form; reads no prose."""

from dataclasses import dataclass
from datetime import date

from qa.values.text import word_list

_PARTS = {"early": (1, 10), "beginning of": (1, 10), "start of": (1, 10), "mid": (10, 20), "middle of": (10, 20)}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True, slots=True)
class Point:
    """A date as far as it is told; ``normal`` where that is not year, month, day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    special: str = ""

    @property
    def normal(self) -> str:
        """EDTF."""
        if self.special:
            return self.special
        year = f"{self.year:04d}" if self.year is not None else "-"
        month = f"-{self.month:02d}" if self.month is not None else ("-" if self.day is not None else "")
        return year + month + (f"-{self.day:02d}" if self.day is not None else "")


def exists(year: int | None, month: int, day: int) -> bool:
    """Is there such a day? February 29 counts where the year is not told."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def part_of(part: str, point: Point) -> str:
    """The first, middle or last third of a month, in canonical form."""
    first, last = _PARTS.get(part, (20, 31))
    last = last if exists(point.year, point.month or 1, last) else 30 if point.month != 2 else 28
    return f"{Point(point.year, point.month, first).normal}/{Point(point.year, point.month, last).normal}~"


def part_of_year(part: str, year: int) -> str:
    """The first, middle or last months of a year, in canonical form."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(
        part.split()[0].replace("beginning", "early"), (1, 12)
    )
    return f"{year:04d}-{first:02d}/{year:04d}-{last:02d}~"


def months_of(groups: dict[str, str | None], year: int) -> str:
    """A quarter or a season of a year, in canonical form."""
    if groups.get("quarter"):
        first = 3 * word_list("first second third fourth").index((groups["quarter"] or "").lower()) + 1
        return f"{year:04d}-{first:02d}/{year:04d}-{first + 2:02d}"
    first, last = _SEASONS[(groups["season"] or "").lower()]
    return f"{year:04d}-{first:02d}/{year + (last < first):04d}-{last:02d}~"
