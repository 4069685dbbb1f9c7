"""Owns what of a document is content, paragraph by paragraph. Sets furniture and metadata aside; changes no text."""

import re
from dataclasses import dataclass
from hashlib import blake2b

from index.furniture import furniture_rules
from index.lines import count_words, line_spans
from index.metadata import read_metadata

_WRAPPED = range(40, 121)
"""Characters of a line that may have been broken by hand in the middle of its paragraph."""
_SENTENCE_END = re.compile(r"""[.!?:;…。！？]["'”’)\]]*\s*$""")
_LIST_ITEM = re.compile(r"\s*(?:[-*•▪►]|\d{1,3}[.)]|#{1,6})\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of content with the headings above it."""

    start: int
    """Where its headings begin, or the paragraph itself where there are none."""
    body: int
    """Where the paragraph itself begins."""
    end: int
    key: bytes | None
    """Digest of the paragraph's words without regard to case and white space; None where it is too short to recur."""
    heading: bytes
    """Digest of the headings; empty where there are none."""
    follows: bool
    """Nothing but white space lies between this and the content before it."""


def paragraphs(text: str, *, copied_words: int) -> list[Paragraph]:
    """The content of a document in order; what has fewer than ``copied_words`` words goes with the paragraph below."""
    found: list[Paragraph] = []
    shorts: list[tuple[int, int]] = []
    follows = False
    for span in _content_runs(text):
        if span is None:
            _close(found, shorts, follows=follows)
            follows = False
        elif count_words(text[slice(*span)]) < copied_words:
            shorts.append(span)
        else:
            found.append(_paragraph(text, shorts, span, follows=follows))
            shorts = []
            follows = True
    _close(found, shorts, follows=follows)
    return found


def digest(text: str) -> bytes:
    """The same for texts that differ in nothing but case, white space and the shape of quotation marks and dashes."""
    words = "\x1f".join(text.translate(_SHAPES).casefold().split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()


_SHAPES = str.maketrans("‘’‛′“”„″–—−", "''''\"\"\"\"---")


def _paragraph(text: str, shorts: list[tuple[int, int]], span: tuple[int, int], *, follows: bool) -> Paragraph:
    start, end = span
    heading = text[shorts[0][0] : shorts[-1][1]] if shorts else ""
    return Paragraph(
        start=shorts[0][0] if shorts else start,
        body=start,
        end=end,
        key=digest(text[start:end]),
        heading=digest(heading) if heading else b"",
        follows=follows,
    )


def _close(found: list[Paragraph], shorts: list[tuple[int, int]], *, follows: bool) -> None:
    """Headings with nothing below them are content of their own."""
    if shorts:
        start, end = shorts[0][0], shorts[-1][1]
        found.append(Paragraph(start=start, body=start, end=end, key=None, heading=b"", follows=follows))
        shorts.clear()


def _content_runs(text: str) -> list[tuple[int, int] | None]:
    """Ranges of the paragraphs, without white space at their edges; None where something was set aside between two."""
    spans = line_spans(text)
    lines = [text[start:end] for start, end in spans]
    rules = furniture_rules(lines)
    metadata = read_metadata(lines).lines
    runs: list[tuple[int, int] | None] = []
    previous: int | None = None
    for number, line in enumerate(lines):
        if rules[number] or number in metadata:
            runs.append(None)
            previous = None
        elif not (stripped := line.strip()):
            previous = None
        else:
            start = spans[number][0] + line.index(stripped)
            end = start + len(stripped)
            if previous is not None and _is_wrapped(lines[previous], line) and (above := runs.pop()):
                start = above[0]
            runs.append((start, end))
            previous = number
    return runs


def _is_wrapped(line: str, following: str) -> bool:
    """Was the paragraph broken between these two lines only because the first was full?"""
    return len(line) in _WRAPPED and not _SENTENCE_END.search(line) and not _LIST_ITEM.match(following)
