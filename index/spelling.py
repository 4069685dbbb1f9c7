"""A question's slips of the pen, as the passages spell the words. Owns which words are slips, and what each stands for.

``who mediatd betwen pakistan and afganistan`` finds and reads badly: to a model each of these words is a heap of
letters. A word that stands in no passage and is no English word either is taken for a slip of the nearest word that is
one or the other, if one is near. Whoever means a word as it stands puts it between quotation marks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.catalog import Catalog
from index.lexical import LexicalIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spellchecker import SpellChecker

SHORTEST = 4
"""Letters: a shorter word has too many neighbours, and one of four is only mended by a letter that it lost inside."""
LONGEST = 30
"""Letters: a longer run is no word."""
MOST = 8
"""Unknown words of a question that is mistyped; one with more is in another language."""
LONG = 8
"""Letters from which a word may have two slips; a letter that is lost, added, changed or swapped with the next is one.

Only words of the passages are that far away; an English word that stands in none is one slip away."""
USUAL = 10_000
"""Times that a word stands in the dictionary's 1.6 billion: ``which`` has a million, ``chafe`` two hundred."""
ENDING = 3
"""Letters by which a slip's stem and the right one's may differ beyond the slips: ``mnister`` has no ending."""
STEMS = 12
"""Nearest stems whose words are compared."""
PASSAGES = 4
"""Looked into for how the words of a stem are written."""

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]")
_UNMARKED = frozenset(
    word + ending
    for word, ending in [
        *((word, "s") for word in ("who", "what", "when", "where", "how", "there", "here", "that")),
        *((word, "nt") for word in ("did", "do", "does", "was", "were", "is", "are", "has", "have", "had")),
        *((word, "nt") for word in ("could", "would", "should", "wo", "ca")),
    ]
)
"""Left without their apostrophe on purpose."""


@dataclass(frozen=True)
class Speller:
    """Knows the words of an index, and the usual ones of English."""

    lexical_index: LexicalIndex
    catalog: Catalog

    def respelled(self, question: str) -> str:
        """The question with each slip replaced; the same text where there is none."""
        quoted = [match.span() for match in _QUOTED.finditer(question)]
        unknown = [
            match
            for match in _WORD.finditer(question)
            if not any(start < match.start() < end for start, end in quoted) and not self._is_known(match[0])
        ]
        for match in reversed(unknown if len(unknown) <= MOST else []):
            # A capital inside the question is a name's: no common word is meant.
            mended = self._nearest(match[0], is_name=match[0][0].isupper() and match.start() > 0)
            question = question[: match.start()] + mended + question[match.end() :]
        return question

    def _is_known(self, word: str) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or word.isupper() or word.casefold() in _UNMARKED:
            return True
        return any(map(self.lexical_index.holds, self.lexical_index.stems(word))) or word in _english()

    def _nearest(self, word: str, *, is_name: bool) -> str:
        """The word itself where none is near, or a form of it is; the first letter is hardly ever the wrong one."""
        typed = word.casefold()
        most = 1 if len(typed) < LONG else 2
        written = Counter(self._written_like(typed, most=most))
        near = [*_near(typed, written, most=most), *([] if is_name else _near(typed, _usual(typed), most=1))]
        if not near:
            return word

        def order(found: tuple[int, str]) -> tuple[int, bool, bool, int, int, str]:
            distance, one = found
            # A letter that was lost is the most usual slip (Pollock and Zamora 1984).
            return distance, one not in written, len(one) <= len(word), -written[one], -_english()[one], one

        best = min(near, key=order)[1]
        if self.lexical_index.stems(best) == self.lexical_index.stems(word):
            return word
        if word.islower() and best.lower() in written:
            return best.lower()
        return best[0].upper() + best[1:] if word[0].isupper() else best

    def _written_like(self, typed: str, *, most: int) -> Iterator[str]:
        """Words of passages in which a stem is near to the typed word's."""
        for stem in self.lexical_index.stems(typed):
            counts = dict(self.lexical_index.stems_with_prefix(stem[:1]))
            found = process.extract(stem, list(counts), scorer=OSA.distance, score_cutoff=most + ENDING, limit=None)
            nearest = sorted(found, key=lambda one: (one[1], -counts[one[0]], one[0]))[:STEMS]
            for near, _, _ in nearest:
                passages = self.catalog.passages(self.lexical_index.with_stem(near, limit=PASSAGES))
                for passage in passages.values():
                    yield from _WORD.findall(passage.text)


def _near(typed: str, words: Iterable[str], *, most: int) -> Iterator[tuple[int, str]]:
    """The words at most so many slips away with their distance, of those that begin alike."""
    for word in words:
        if word[:1].casefold() != typed[0]:
            continue
        distance = OSA.distance(typed, word.casefold(), score_cutoff=most)
        if distance <= most and (len(typed) > SHORTEST or _lost_inside(typed, word.casefold())):
            yield distance, word


def _lost_inside(typed: str, word: str) -> bool:
    """Has it a letter more, and not at its end? ``bake`` is no slip of ``baker``."""
    return len(word) > len(typed) and not word.startswith(typed)


def _usual(typed: str) -> set[str]:
    """English words that are one slip away; for a short one, which has many, only those that everybody uses."""
    english = _english()
    least = USUAL if len(typed) == SHORTEST else 0
    return {one for one in english.candidates(typed) or () if english[one] >= least}


@cache
def _english() -> SpellChecker:
    """Some 160,000 words with how often they are used; loaded for the first word that no passage holds."""
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)
