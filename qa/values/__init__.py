"""Dates, times, durations, numbers, money, shares and names: from a source's words to values that can be compared.

Owns what an answer means, never who says it or whether it is true. Every function is pure and raises nothing: words
that mean nothing comparable are None.
"""

from qa.values.compare import compare
from qa.values.comparison import Comparison, mirrored
from qa.values.parse import parse_span, parse_value

__all__ = ["Comparison", "compare", "mirrored", "parse_span", "parse_value"]
