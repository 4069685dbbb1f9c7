"""Owns what a document says of itself at its head: title, publisher, date, address. Guesses nothing."""

import re
from dataclasses import dataclass, replace
from datetime import date

_HEAD_LINES = 8
"""Lines in which a publisher, a date or an address is looked for; further down they belong to the story."""
_LONGEST_TITLE = 160
_MOST_TITLE_WORDS = 24
_LONGEST_VALUE = 80
_LONGEST_LINE = 400


@dataclass(frozen=True)
class Metadata:
    """What the head of a document says; None for what it does not."""

    title: str | None = None
    source: str | None = None
    published: str | None = None
    url: str | None = None
    lines: frozenset[int] = frozenset()
    """Numbers of the lines, from 0, that are nothing but metadata. A title is content as well, labelled or not."""


def read_metadata(lines: list[str]) -> Metadata:
    """Read the head of a document from its lines."""
    metadata = _front_matter(lines)
    for number, line in _head(lines, after=max(metadata.lines, default=-1)):
        found = _labelled(line, metadata)
        if found:
            metadata = _with_line(found, metadata, number)
        elif metadata.title or not (title := _title(line)):
            return metadata
        else:
            # The date often stands below the title.
            metadata = replace(metadata, title=title)
    return metadata


def _with_line(found: Metadata, before: Metadata, number: int) -> Metadata:
    return found if found.title != before.title else replace(found, lines=before.lines | {number})


def _head(lines: list[str], *, after: int) -> list[tuple[int, str]]:
    """The first lines that aren't blank, with their numbers."""
    written = [
        (number, lines[number]) for number in range(after + 1, min(len(lines), after + 40)) if lines[number].strip()
    ]
    return written[:_HEAD_LINES]


def _front_matter(lines: list[str]) -> Metadata:
    """The block between two ``---`` lines that static site generators put at the head of a Markdown file."""
    if not lines or lines[0].strip("\ufeff \r") != "---":
        return Metadata()
    for end in range(1, min(len(lines), 60)):
        if lines[end].strip() in ("---", "..."):
            metadata = Metadata(lines=frozenset((0, end)))
            for number in range(1, end):
                metadata = _with_line(_labelled(lines[number], metadata) or metadata, metadata, number)
            return metadata
    return Metadata()


_LABELLED = re.compile(
    r"""\W*(?:(?P<title>title|headline)|(?P<source>source|publisher|publication|site_?name)
        |(?P<published>date|published|published[ _](?:on|at|time)|pubdate|posted(?:\s+on)?)
        |(?P<url>url|link|canonical(?:_?url)?))
        \s*[:=]\s*(?P<value>\S.*?)\s*$""",
    re.IGNORECASE | re.VERBOSE,
)


def _labelled(line: str, metadata: Metadata) -> Metadata | None:
    """The metadata with what a ``label: value`` line adds to it, or None where the line is something else."""
    match = _LABELLED.match(line) if len(line) <= _LONGEST_LINE else None
    if match is None:
        return None
    value = match["value"].strip("\"'").strip()
    if match["title"]:
        return replace(metadata, title=metadata.title or _title(value)) if _title(value) else None
    if match["source"]:
        return replace(metadata, source=metadata.source or value) if 0 < len(value) <= _LONGEST_VALUE else None
    if match["published"]:
        day = parse_day(value)
        return replace(metadata, published=metadata.published or day) if day else None
    return replace(metadata, url=metadata.url or value) if re.match(r"https?://\S+$", value) else None


_NOT_IN_TITLE = re.compile(r"[.:;,]\s*$")


def _title(line: str) -> str | None:
    """The line as a title, without Markdown's marks, or None where it is prose, a dateline or a label."""
    heading = re.match(r"\s{0,3}#{1,6}\s+(?P<words>.+?)[\s#]*$", line.lstrip("\ufeff"))
    words = " ".join((heading["words"] if heading else line).strip("\ufeff \t\r*_").split())
    if not any(character.isalpha() for character in words) or len(words) > _LONGEST_TITLE:
        return None
    if heading:
        return words
    is_prose = len(words.split()) > _MOST_TITLE_WORDS or _NOT_IN_TITLE.search(words)
    return None if is_prose else words


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ].*)?$")
_NAMED = re.compile(
    r"""(?:[a-z]{3,9}day,?\s+)?
        (?: (?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})
          | (?P<month2>[a-z]{3,9})\.?\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4}) ) \b""",
    re.IGNORECASE | re.VERBOSE,
)


def parse_day(words: str) -> str | None:
    """ISO 8601 of a day that is written as 2025-10-29, 29 October 2025 or Oct. 29, 2025; None for anything else.

    A day in figures with slashes is left alone: half of the world reads its month first.
    """
    if iso := _ISO.match(words):
        return _iso_day(iso["year"], iso["month"], iso["day"])
    if named := _NAMED.match(words):
        month = (named["month"] or named["month2"])[:3].lower()
        number = str(_MONTHS.index(month) + 1) if month in _MONTHS else ""
        return _iso_day(named["year"] or named["year2"], number, named["day"] or named["day2"])
    return None


def _iso_day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
