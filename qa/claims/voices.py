"""Which documents speak with one voice: near-copies of one another, and articles of one publisher. Owns that count.

Compares words, never meaning: two outlets that report one event in their own words are two voices, a wire story
printed under five mastheads is one. The overlap of runs of words is counted exactly, not estimated.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from index.types import Document, Frozen
from qa.values.text import fold


class VoiceSettings(Frozen):
    """When two documents are copies; measured on real news with planted copies, see ``measure_voices``."""

    words: int = Field(default=5, ge=2, le=12)
    """Of a run: three in a row are shared by chance, eight are broken by one edit in every sentence."""
    least_containment: float = Field(default=0.4, gt=0, le=1)
    """Of the shorter document's runs that stand in the longer one: cut, extended and edited copies have more."""
    least_lead: float = Field(default=0.5, ge=0, le=1)
    """Of the runs that one of the two opens with: outlets close every article with one gallery, never open with it."""
    lead: int = Field(default=100, ge=1)
    """Runs that an article opens with: its headline and first paragraphs."""
    least_shared: int = Field(default=30, ge=1)
    """Runs shared: below it a quotation or a line of furniture, not an article."""
    most_common: int = Field(default=60, ge=2)
    """Documents that a run may stand in and still tell: an outlet's furniture stands in all of its articles."""
    is_publisher_one_voice: bool = True
    """Articles of one publisher repeat one newsroom's sources."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that share runs of words; positions in the sequence given."""

    first: int
    second: int
    shared: int
    containment: float
    """Share of the shorter one's runs that stand in the other."""
    jaccard: float
    lead: float
    """Share of one's opening runs that stand in the other; of the one that has more of them."""


def voices(documents: Sequence[Document], settings: VoiceSettings | None = None) -> dict[str, str]:
    """Each document's id to its voice, which is the id of the first document of that voice, in the order given."""
    settings = settings or VoiceSettings()
    parents = list(range(len(documents)))
    for first, second in _ties(documents, settings):
        one, other = sorted((_root(parents, first), _root(parents, second)))
        parents[other] = one
    return {document.id: documents[_root(parents, place)].id for place, document in enumerate(documents)}


def similar_pairs(texts: Sequence[str], settings: VoiceSettings | None = None) -> list[Pair]:
    """All pairs that share at least ``least_shared`` runs of words, most alike first."""
    settings = settings or VoiceSettings()
    numbers = WordNumbers()
    runs = [shingles(text, settings.words, numbers) for text in texts]
    distinct = [np.unique(one) for one in runs]
    leads = [one[: settings.lead] for one in runs]
    kept = [
        _pair(first, second, shared, distinct, leads)
        for (first, second), shared in _shared_counts(distinct, settings).items()
        if shared >= settings.least_shared
    ]
    return sorted(kept, key=lambda pair: (-pair.containment, -pair.shared, pair.first, pair.second))


def is_copy(pair: Pair, settings: VoiceSettings) -> bool:
    """Is one of the two a copy of the other, whole, cut, extended or lightly edited?"""
    is_held = pair.containment >= settings.least_containment and pair.shared >= settings.least_shared
    return is_held and pair.lead >= settings.least_lead


def shingles(text: str, words: int, numbers: "WordNumbers | None" = None) -> NDArray[np.uint64]:
    """The runs of so many words as hashes, in their order; case, accents and punctuation do not count."""
    numbers = WordNumbers() if numbers is None else numbers
    found = _WORD.findall(fold(text))
    hashes = np.fromiter(map(numbers.__getitem__, found), np.uint64, len(found))
    if len(hashes) < words:
        return hashes
    run = np.zeros(len(hashes) - words + 1, np.uint64)
    for offset in range(words):
        run = run * _PRIME + hashes[offset : len(hashes) - words + 1 + offset]
    return run * _PRIME


class WordNumbers(dict[str, int]):
    """Each word's hash, the same in every process, worked out once."""

    def __missing__(self, word: str) -> int:
        """The hash of a word met for the first time."""
        number = self[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        return number


def _ties(documents: Sequence[Document], settings: VoiceSettings) -> Iterator[tuple[int, int]]:
    for pair in similar_pairs([document.text for document in documents], settings):
        if is_copy(pair, settings):
            yield pair.first, pair.second
    if settings.is_publisher_one_voice:
        first_of: dict[str, int] = {}
        for place, document in enumerate(documents):
            publisher = _publisher(document.source)
            if publisher and first_of.setdefault(publisher, place) != place:
                yield first_of[publisher], place


def _publisher(source: str | None) -> str:
    """``The Guardian`` and ``guardian`` are one; nothing where the file names none."""
    return re.sub(r"^the\s+|\W+", "", fold(source or "").strip())


def _shared_counts(runs: Sequence[NDArray[np.uint64]], settings: VoiceSettings) -> dict[tuple[int, int], int]:
    """How many runs each pair of documents shares, through one sorted table of all runs."""
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for holders in _holders(runs):
        if len(holders) <= max(settings.most_common, 2):
            for pair in combinations(holders, 2):
                counts[pair] += 1
    return counts


def _holders(runs: Sequence[NDArray[np.uint64]]) -> Iterable[list[int]]:
    """For each run that stands in several documents, which ones."""
    if not runs:
        return
    everything = np.concatenate(runs)
    owners = np.repeat(np.arange(len(runs)), [len(one) for one in runs])
    order = np.argsort(everything, kind="stable")
    everything, owners = everything[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], everything[1:] != everything[:-1])))
    ends = np.append(starts[1:], len(everything))
    for position in np.flatnonzero(ends - starts > 1):
        yield owners[starts[position] : ends[position]].tolist()


def _pair(
    first: int, second: int, shared: int, runs: Sequence[NDArray[np.uint64]], leads: Sequence[NDArray[np.uint64]]
) -> Pair:
    sizes = len(runs[first]), len(runs[second])
    openings = _share_among(leads[first], runs[second]), _share_among(leads[second], runs[first])
    jaccard = shared / (sum(sizes) - shared)
    return Pair(first, second, shared, shared / min(sizes), jaccard, max(openings))


def _share_among(lead: NDArray[np.uint64], runs: NDArray[np.uint64]) -> float:
    """Of the runs of a lead, those that are among another text's, which are sorted."""
    places = np.minimum(np.searchsorted(runs, lead), len(runs) - 1)
    return float((runs[places] == lead).mean())


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        place = parents[place]
    return place


_WORD = re.compile(r"[^\W_]+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
