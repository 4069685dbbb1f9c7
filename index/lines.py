"""Owns what a line and a word are, as ranges in a text that stays as it is."""

import re
from collections.abc import Iterator

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LETTERS_A_WORD = 24
"""A run of letters that is longer counts as several words: a text without spaces must not be one word."""


def line_spans(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of all lines, blank ones too, without what ends them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _LINE_END.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return spans


def lines_of(text: str) -> list[str]:
    """All lines, blank ones too, without what ends them."""
    return [text[start:end] for start, end in line_spans(text)]


def word_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges of what white space sets apart within ``text[start:end]``."""
    position = start
    for word in text[start:end].split():
        position = text.index(word, position)
        yield position, position + len(word)
        position += len(word)


def count_words(text: str) -> int:
    """Words between white space, with one more for every 24 letters that go on without any."""
    words = text.split()
    return len(words) + sum([(len(word) - 1) // _LETTERS_A_WORD for word in words if len(word) > _LETTERS_A_WORD])
