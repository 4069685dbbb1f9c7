"""From words that are already marked to a typed value. Owns the order of trying types; never searches an article."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import get_args

from qa.types import Value, ValueType
from qa.values.clock import find_times
from qa.values.dates import find_dates
from qa.values.names import read_names
from qa.values.quantities import Quantity, find_quantities
from qa.values.text import LONGEST, level, tidy, trim, word_list
from qa.values.units import DURATION_UNITS, concept, is_counted_as

Cover = tuple[int, int, str]
"""Start, end and canonical form of something found in a text."""

_ORDER: tuple[ValueType, ...] = ("time", "date", "percent", "money", "duration", "number", "name")
"""From the grammar that mistakes least to the one that takes any capital letter."""
_FILLERS = frozenset(
    word_list(
        "a an the on in at by of for to from since until during over under around about between and or some only just "
        "another nearly as early late last this that these those held long every each up within after before past "
        "next total local time"
    )
)
_WINDOW = 40
"""Characters to either side of a span in which the rest of a value that was cut is looked for."""


def parse_value(
    text: str, *, expected: ValueType | None = None, published: date | None = None, unit: str | None = None
) -> Value | None:
    """The typed meaning of an answer's words, or None where they have none that can be compared.

    ``expected`` is what the question asks for: that type may stand among other words, as long as it stands there once;
    any other type must be the whole of the text. ``published`` dates words such as ``yesterday``. ``unit`` is what the
    question counts, in one word or several (``days``, ``civilians dead``): it types a bare number and is left out of
    one that names it.
    """
    if len(text) > LONGEST:
        return None
    words = trim(tidy(text))
    if not words:
        return None
    for kind in [expected, *(kind for kind in _ORDER if kind != expected)] if expected else _ORDER:
        normal = _READERS[kind](words, kind == expected, published, unit)
        if normal is not None:
            return Value(type=kind, normal=normal)
    return None


def parse_span(
    text: str,
    start: int,
    end: int,
    *,
    expected: ValueType | None = None,
    published: date | None = None,
    unit: str | None = None,
) -> Value | None:
    """As ``parse_value`` for ``text[start:end]``, completed by the words beside it that belong to the same value.

    A reader may mark ``37`` of ``at least 37 people`` or ``19`` of ``October 19``; only a match that covers what was
    marked is taken, so nothing is ever read that the span does not touch.
    """
    if end - start > LONGEST:
        return None
    value = parse_value(text[start:end], expected=expected, published=published, unit=unit)
    window_start = _word_start(text, max(0, start - _WINDOW))
    window = level(text[window_start : end + _WINDOW])
    for kind in dict.fromkeys((expected, value.type if value else None)):
        if kind is None or kind == "name":
            continue
        whole = _covering(window, start - window_start, end - window_start, kind, published)
        if whole is not None:
            words = window[whole[0] : whole[1]]
            completed = parse_value(words, expected=kind, published=published, unit=unit)
            if completed is not None and completed.type == kind and not _is_another(value, completed):
                return completed
    return value


def _is_another(marked: Value | None, completed: Value) -> bool:
    """``1841`` of ``1841 - 1905`` is a whole date already, and what follows it another one."""
    if marked is None or marked.type != "date" or completed.type != "date":
        return False
    is_whole = marked.normal[:4].isdigit()
    return is_whole and (completed.normal[0] in "{[" or "/" in completed.normal)


def _covering(window: str, start: int, end: int, kind: ValueType, published: date | None) -> tuple[int, int] | None:
    """The match in the window that holds all that the marked words hold of this kind, and more."""
    larger = [
        found
        for found in _find(kind, window, published)
        if found[0] < end and start < found[1] and (found[0] < start or end < found[1])
    ]
    if not larger:
        return None
    marked = [found[:2] for found in _find(kind, window[start:end], published)]
    first, last = (start + marked[0][0], start + marked[-1][1]) if marked else (start, end)
    return next((found[:2] for found in larger if found[0] <= first and last <= found[1]), None)


@lru_cache(maxsize=512)
def _find(kind: ValueType, text: str, published: date | None) -> tuple[Cover, ...]:
    if kind == "date":
        return tuple((found.start, found.end, found.normal) for found in find_dates(text, published))
    if kind == "time":
        return tuple((found.start, found.end, found.normal) for found in find_times(text))
    return tuple((found.start, found.end, found.normal) for found in _quantities(text) if found.kind == kind)


@lru_cache(maxsize=512)
def _quantities(text: str) -> tuple[Quantity, ...]:
    """Kept for a moment, since each type in turn asks for the same text."""
    return tuple(find_quantities(text))


def _date(words: str, is_expected: bool, published: date | None, unit: str | None) -> str | None:
    del unit
    return _only(words, _find("date", words, published), is_expected)


def _time(words: str, is_expected: bool, published: date | None, unit: str | None) -> str | None:
    del unit
    times = _find("time", words, published)
    if len(times) != 1:
        return None
    days = [found for found in _find("date", words, published) if found[1] <= times[0][0] or times[0][1] <= found[0]]
    if len(days) > 1 or not (is_expected or _is_filler(_without(words, [*times, *days]))):
        return None
    return (days[0][2] if days else "") + times[0][2]


def _quantity(kind: ValueType) -> Callable[[str, bool, date | None, str | None], str | None]:
    def read(words: str, is_expected: bool, published: date | None, unit: str | None) -> str | None:
        del published
        found = _quantities(words)
        if kind == "duration" and not any(quantity.kind == kind for quantity in found) and _counts_time(unit, found):
            return _only(f"{words} {unit}", _find("duration", f"{words} {unit}", None), is_expected=True)
        return _only(words, [_cover(quantity, unit) for quantity in found if quantity.kind == kind], is_expected)

    return read


def _number(words: str, is_expected: bool, published: date | None, unit: str | None) -> str | None:
    """Counts that the question does not ask for are passed over: the year, the hurt where it asks for the dead."""
    found = [quantity for quantity in _quantities(words) if quantity.kind == "number"]
    if is_expected and len(found) > 1:
        years = _find("date", words, published)
        found = [quantity for quantity in found if not any(first <= quantity.start < last for first, last, _ in years)]
        asked = [quantity for quantity in found if quantity.unit in _asked(unit)]
        found = asked or found
    return _only(words, [_cover(quantity, unit) for quantity in found], is_expected)


def _names(words: str, is_expected: bool, published: date | None, unit: str | None) -> str | None:
    del published, unit
    return read_names(words, loosely=is_expected)


_READERS: dict[ValueType, Callable[[str, bool, date | None, str | None], str | None]] = {
    **{kind: _quantity(kind) for kind in get_args(ValueType)},
    "date": _date,
    "time": _time,
    "number": _number,
    "name": _names,
}


def _cover(quantity: Quantity, unit: str | None) -> Cover:
    """With the noun left out that the question itself names."""
    normal = quantity.normal
    if quantity.kind == "number" and any(is_counted_as(quantity.unit, asked) for asked in _asked(unit)):
        normal = normal.replace(f" {quantity.unit}", "")
    return quantity.start, quantity.end, normal


def _asked(unit: str | None) -> frozenset[str]:
    return frozenset(concept(word) for word in (unit or "").split()) - {""}


def _counts_time(unit: str | None, found: Sequence[Quantity]) -> bool:
    return (
        unit is not None
        and unit.lower().rstrip("s") in DURATION_UNITS
        and len(found) == 1
        and found[0].kind == "number"
        and not found[0].unit
    )


def _only(words: str, found: Sequence[Cover], is_expected: bool) -> str | None:
    """The one thing found; None where there are several, or other words around what was not asked for."""
    normals = list(dict.fromkeys(normal for _, _, normal in found))
    if len(normals) != 1 or not (is_expected or _is_filler(_without(words, found))):
        return None
    return normals[0]


def _without(words: str, found: Iterable[Cover]) -> str:
    def pieces() -> Iterator[str]:
        position = 0
        for start, end, _ in sorted(found):
            yield words[position:start]
            position = max(position, end)
        yield words[position:]

    return " ".join(pieces())


def _is_filler(rest: str) -> bool:
    return all(word.strip("\"'.,;:()-").lower() in _FILLERS for word in rest.split() if word.strip("\"'.,;:()-"))


def _word_start(text: str, position: int) -> int:
    match = re.compile(r"\S*\s*").match(text, position) if position else None
    return match.end() if match else position
