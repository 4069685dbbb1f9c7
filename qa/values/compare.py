"""Compares two typed values. Owns which types meet; how each compares is its own module's business."""

from qa.types import Value
from qa.values.calendar import compare_dates
from qa.values.clock import compare_times, day_of
from qa.values.comparison import Comparison, mirrored
from qa.values.magnitudes import compare_magnitudes
from qa.values.namesakes import compare_names


def compare(a: Value, b: Value) -> Comparison:
    """What ``a`` is to ``b``: the same, finer, coarser, incompatible, or unrelated where nothing can be said."""
    if a == b:
        return "same"
    if a.type != b.type:
        return _across(a, b)
    if a.type == "date":
        return compare_dates(a.normal, b.normal)
    if a.type == "time":
        return _times(a.normal, b.normal)
    if a.type == "name":
        return compare_names(a.normal, b.normal)
    return compare_magnitudes(a.normal, b.normal)


def _across(a: Value, b: Value) -> Comparison:
    """A time that names its day says more than the day; other types do not meet."""
    if {a.type, b.type} != {"date", "time"}:
        return "unrelated"
    if a.type == "date":
        return mirrored(_across(b, a))
    day = day_of(a.normal)
    return "finer" if day and compare_dates(day, b.normal) in {"same", "finer"} else "unrelated"


def _times(a: str, b: str) -> Comparison:
    """The hour and, where both tell it, the day."""
    hours = compare_times(a[len(day_of(a)) :], b[len(day_of(b)) :])
    day_a, day_b = day_of(a), day_of(b)
    if bool(day_a) != bool(day_b):
        return hours if hours != "same" else "finer" if day_a else "coarser"
    days = compare_dates(day_a, day_b) if day_a else "same"
    if "incompatible" in {hours, days}:
        return "incompatible" if "unrelated" not in {hours, days} else "unrelated"
    if days == "same" or hours == days:
        return hours
    return days if hours == "same" else "unrelated"
