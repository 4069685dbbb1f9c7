"""Moves a span's ends to sensible boundaries, never leaving the passage's coordinates. Knows typography, not models."""

import re

_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»", '"': '"'}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_EDGE = re.compile(r"[\s,;:!?…\-–—/|•*]")
_STOPS = ".,;:!?…"
"""Behind which a quotation may close: 'resistance to "logical demands."' is American typography."""
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_LEADING_WORD = re.compile(r"(?:the|and|or|but|that|by)\s+")
_TRAILING_WORD = re.compile(r"\s+(?:the|a|an|and|or|but|of|by|to|in|on|at|with|for|from|that|as)$")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)*"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Ms|Dr|St|Inc|Co|Corp|Ltd|Jr|Sr|[ap]\.m)\.)$"
)
_NAME = re.compile(r"\b[A-Z]\w{0,31}(?:-[a-z]{1,4}-[A-Z]\w{0,31})+")
"""With a small word between its hyphens. Two names beside a hyphen ("India-Pakistan") are two answers, not one."""
_LONGEST_WORD = 32
"""A longer run of letters is no word (scripts without spaces, encoded blobs): there the span stays as it was read."""


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The half-open range without dangling quotes, brackets, commas and function words; None where nothing is left.

    A word that the range cuts is taken whole, and so is a name like Stratford-upon-Avon. "the" before a name goes; "a"
    stays, since "a dozen" is not "dozen".
    """
    start, end = _whole_names(text, *_whole_words(text, start, end))
    while True:
        before = (start, end)
        start, end = _edges(text, start, end)
        start, end = _other_halves(text, start, end)
        start, end = _strays(text, start, end)
        start, end = _function_words(text, start, end)
        if not any(character.isalnum() for character in text[start:end]):
            return None
        if (start, end) == before:
            return start, end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = start, end
    while 0 < left < len(text) and text[left - 1].isalnum() and text[left].isalnum() and start - left < _LONGEST_WORD:
        left -= 1
    while 0 < right < len(text) and text[right - 1].isalnum() and text[right].isalnum() and right - end < _LONGEST_WORD:
        right += 1
    return (
        start if start - left >= _LONGEST_WORD else left,
        end if right - end >= _LONGEST_WORD else right,
    )


def _whole_names(text: str, start: int, end: int) -> tuple[int, int]:
    for name in _NAME.finditer(text, max(0, start - 3 * _LONGEST_WORD), end + 3 * _LONGEST_WORD):
        if name.start() < end and start < name.end():
            start, end = min(start, name.start()), max(end, name.end())
    return start, end


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (_EDGE.match(text[start]) or text[start] == "."):
        if text[start] in "-." and start + 1 < end and text[start + 1].isdigit():
            break
        start += 1
    while start < end and _EDGE.match(text[end - 1]):
        end -= 1
    if end > start and text[end - 1] == "." and not _ABBREVIATION.search(text, start, end):
        end -= 1
    return start, end


def _other_halves(text: str, start: int, end: int) -> tuple[int, int]:
    """One bracket or quotation mark inside the range made whole, where its other half stands just outside."""
    inside = text[start:end]
    for opener, closer in _PAIRS.items():
        surplus = _surplus(inside, opener)
        unopened = surplus < 0 or (surplus > 0 and opener == closer)
        if surplus > 0 and text[end : end + 1] == closer:
            return start, end + 1
        behind_stop = text[end : end + 1] in _STOPS and text[end + 1 : end + 2] == closer
        if surplus > 0 and behind_stop and inside.rfind(opener) > 0:
            return start, end + 2
        if unopened and text[start - 1 : start] == opener and inside[0].isalnum() and inside[-1] != closer:
            return start - 1, end
    return start, end


def _strays(text: str, start: int, end: int) -> tuple[int, int]:
    """One bracket or quotation mark without its other half dropped from an end."""
    inside = text[start:end]
    last = _CLOSERS.get(inside[-1:], "")
    if _surplus(inside, last) < 0 and not _is_plural_possessive(inside):
        return start, end - 1
    if last == '"' and _surplus(inside, last) > 0:
        return start, end - 1
    if inside and _surplus(inside, inside[0]) > 0:
        return start + 1, end
    return start, end


def _is_plural_possessive(inside: str) -> bool:
    return inside[-1] == "’" and inside[-2:-1] in ("s", "z")


def _surplus(inside: str, opener: str) -> int:
    """How many of ``opener`` are not closed; negative where more are closed than opened, 0 for any other character."""
    if opener not in _PAIRS:
        return 0
    if _PAIRS[opener] == opener:
        return inside.count(opener) % 2
    return inside.count(opener) - _APOSTROPHE.sub("", inside).count(_PAIRS[opener])


def _function_words(text: str, start: int, end: int) -> tuple[int, int]:
    leading = _LEADING_WORD.match(text, start, end)
    if leading and leading.end() < end:
        start = leading.end()
    trailing = _TRAILING_WORD.search(text[start:end])
    return (start, start + trailing.start()) if trailing else (start, end)
