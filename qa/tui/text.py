"""From the words of others to styled text: the only place in the UI that makes a widget's content out of them.

Everything passes ``qa.plain`` and none of it is parsed as markup. Owns excerpts and marks; never decides what to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from textual.content import Content, Span

from qa.plain import one_line, visible

Mark = tuple[int, int, str]
"""Start, end and style, in the coordinates of the text that is marked."""

_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Ms|St))[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(]*[A-Z])|\n+")
_WORD = re.compile(r"\w+|[^\w\s]")


def quoted(text: str, marks: Iterable[Mark] = (), *, style: str = "") -> Content:
    """The text verbatim, lines kept, with marked ranges."""
    shown = visible(text)
    spans = [Span(0, len(shown), style)] if style and shown else []
    spans += [Span(max(0, start), min(len(shown), end), look) for start, end, look in marks if start < end]
    return Content(shown, [span for span in spans if span.start < span.end])


def line(text: str, style: str = "", *, limit: int = 400) -> Content:
    """The text on one line; past ``limit`` characters it is cut with an ellipsis, between words where it can be."""
    shown = one_line(text[: limit + 1])
    if len(shown) > limit:
        between = shown.rfind(" ", limit // 2, limit)
        shown = shown[: between if between > 0 else limit - 1] + "…"
    return Content.styled(shown, style)


def excerpt(text: str, start: int, end: int, *, limit: int) -> tuple[int, int]:
    """The range of the whole sentences around ``text[start:end]``, at most ``limit`` characters of it."""
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    ending = _SENTENCE_END.search(text, max(start, end - 1))
    last = len(text) if ending is None else max(end, ending.start() + len(ending.group().rstrip()))
    return window(first, last, start, end, limit=limit)


def window(first: int, last: int, start: int, end: int, *, limit: int) -> tuple[int, int]:
    """At most ``limit`` characters of ``first:last``, with ``start:end`` in the middle where there is room."""
    room = max(0, limit - (end - start))
    left = max(first, start - room // 2)
    right = min(last, left + limit)
    return max(first, min(left, right - limit)), right


def cut(text: str, start: int, end: int, marks: Iterable[Mark] = (), *, style: str = "") -> Content:
    """``text[start:end]`` with an ellipsis, not part of the quote, at each end that was cut."""
    shifted = ((mark_start - start, mark_end - start, look) for mark_start, mark_end, look in marks)
    parts: list[Content | tuple[str, str]] = [quoted(text[start:end], shifted, style=style)]
    if start > 0:
        parts.insert(0, ("… ", "$muted"))
    if end < len(text):
        parts.append((" …", "$muted"))
    return Content.assemble(*parts)


def differing(words: str, others: Iterable[str]) -> list[tuple[int, int]]:
    """Ranges of ``words`` that one of ``others`` does not share: ``19`` of "October 19" against "October 16"."""
    tokens = [(match.start(), match.end()) for match in _WORD.finditer(words)]
    own = [words[start:end].casefold() for start, end in tokens]
    differs: set[int] = set()
    for other in others:
        theirs = [match.group().casefold() for match in _WORD.finditer(other)]
        for tag, low, high, _, _ in SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes():
            if tag != "equal":
                differs.update(range(low, high))
    return [tokens[position] for position in sorted(differs)]
