"""Owns which paragraphs are copies: what recurs is indexed where it first stands and only addressed elsewhere.

The outcome depends on the set of documents alone, not on the order in which they arrived: "first" is the first document
by id. Paragraphs are compared without regard to case and white space, yet each address is of the document's own text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.lines import word_spans
from index.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place at which a paragraph stands."""

    key: bytes
    document: int
    ordinal: int
    start: int
    body: int
    end: int
    heading: bytes
    following: bytes | None
    """Key of the paragraph right below; None where something lies between or there is none that could recur."""


@dataclass(slots=True)
class Repeat:
    """A paragraph that stands in several places."""

    places: dict[tuple[int, int], Occurrence] = field(default_factory=dict)
    """By document and ordinal, the first one first."""
    same_heading: bool = True
    """Do the same headings, or none, stand above it everywhere?"""
    following: bytes | None = None
    """Key of the paragraph that stands below it everywhere and nowhere else, if there is one."""

    def is_first(self, document: int, ordinal: int) -> bool:
        """Is this the place at which it is indexed?"""
        return next(iter(self.places)) == (document, ordinal)


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, its headings or both, to be indexed at this place."""

    ordinal: int
    start: int
    end: int
    repeat: Repeat | None
    """None where it stands nowhere else."""


Run = tuple[Item, ...]
"""Neighbouring items that may share a passage, since they recur together or not at all."""


def find_repeats(occurrences: Iterable[Occurrence]) -> dict[bytes, Repeat]:
    """Group occurrences, which come in the order of their documents' ids, by paragraph; single ones are left out."""
    grouped: dict[bytes, Repeat] = {}
    for occurrence in occurrences:
        repeat = grouped.setdefault(occurrence.key, Repeat())
        repeat.places[occurrence.document, occurrence.ordinal] = occurrence
    repeats = {key: repeat for key, repeat in grouped.items() if len(repeat.places) > 1}
    for repeat in repeats.values():
        repeat.same_heading = len({place.heading for place in repeat.places.values()}) == 1
    for repeat in repeats.values():
        repeat.following = _following(repeat, repeats)
    return repeats


def _following(repeat: Repeat, repeats: Mapping[bytes, Repeat]) -> bytes | None:
    keys = {place.following for place in repeat.places.values()}
    key = keys.pop()
    if keys or key is None or key not in repeats:
        return None
    below = repeats[key]
    return key if len(below.places) == len(repeat.places) and below.same_heading else None


def runs(document: int, paragraphs: Sequence[Paragraph], repeats: Mapping[bytes, Repeat]) -> list[Run]:
    """What of a document is to be indexed, without the paragraphs that are copies of an earlier place."""
    found: list[list[Item]] = []
    for item in _items(document, paragraphs, repeats):
        if found and _joins(found[-1][-1], item, paragraphs):
            found[-1].append(item)
        else:
            found.append([item])
    return [tuple(run) for run in found]


def _items(document: int, paragraphs: Sequence[Paragraph], repeats: Mapping[bytes, Repeat]) -> Iterator[Item]:
    for ordinal, paragraph in enumerate(paragraphs):
        repeat = repeats.get(paragraph.key) if paragraph.key else None
        start = paragraph.start
        if repeat and not repeat.same_heading:
            start = paragraph.body
            if paragraph.start < paragraph.body:
                yield Item(ordinal, paragraph.start, paragraph.body, None)
        if repeat is None or repeat.is_first(document, ordinal):
            yield Item(ordinal, start, paragraph.end, repeat)


def _joins(above: Item, below: Item, paragraphs: Sequence[Paragraph]) -> bool:
    """May the two share a passage?"""
    paragraph = paragraphs[below.ordinal]
    touches = above.ordinal + 1 == below.ordinal and above.end == paragraphs[above.ordinal].end
    if not touches or not paragraph.follows or below.start != paragraph.start:
        return False
    if above.repeat is None or below.repeat is None:
        return above.repeat is below.repeat
    return above.repeat.following == paragraph.key


def copies(passage: tuple[int, int], run: Run, text: str, text_of: Callable[[int], str]) -> list[tuple[int, int, int]]:
    """Document, start and end of each copy of a passage that was cut from ``run``; ``text_of`` reads a document."""
    start, end = passage
    first = next(item for item in run if start < item.end)
    last = next(item for item in run if end <= item.end)
    if first.repeat is None or last.repeat is None:
        return []
    found = []
    for document, ordinal in list(first.repeat.places)[1:]:
        head = first.repeat.places[document, ordinal]
        tail = last.repeat.places[document, ordinal + last.ordinal - first.ordinal]
        copy_start = _start(head, first.repeat)
        if start != first.start:
            copy_start = _same_place(start, (text, first.start), (text_of(document), copy_start, head.end))
        copy_end = tail.end
        if end != last.end:
            copy_end = _same_place(end, (text, last.start), (text_of(document), _start(tail, last.repeat), tail.end))
        found.append((document, copy_start, copy_end))
    return found


def _start(place: Occurrence, repeat: Repeat) -> int:
    return place.start if repeat.same_heading else place.body


def _same_place(position: int, here: tuple[str, int], there: tuple[str, int, int]) -> int:
    """Where a place is in a copy that may differ in white space: after as many words, and letters of one more."""
    text, origin = here
    words = list(word_spans(text, origin, position))
    other_words = list(word_spans(*there))
    if text[position - 1].isspace():
        return other_words[len(words)][0]
    start, end = other_words[len(words) - 1]
    if position == len(text) or text[position].isspace():
        return end
    return min(start + position - words[-1][0], end)
