"""What a passage says around a span, as far as it tells one event from another. Owns those marks; judges nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from index.types import DocumentInfo, Passage
from qa.claims.context import clause_around, sentence_around
from qa.claims.lexicon import content, stem
from qa.claims.support import read_as_asked
from qa.claims.topics import Topic, capitals, order_in, topic_of
from qa.types import Span, Value
from qa.values.dates import find_dates
from qa.values.places import gazetteer, places_named
from qa.values.text import fold, level, tidy, trim, word_list
from qa.values.titles import is_office


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer, with who says it."""

    rank: int
    """Of the evidence it stands in."""
    document: DocumentInfo
    passage: Passage
    span: Span
    probability: float
    """That the span answers, in [0, 1]."""
    voice: str
    """The independent source, from ``qa.claims.voices``."""


@dataclass(frozen=True)
class Scene:
    """A candidate with its value and the words around it, read once; everything else is worked out when asked for."""

    candidate: Candidate
    topic: Topic

    @cached_property
    def published(self) -> date | None:
        """The day of publication; None where the document does not say."""
        return self.candidate.document.published_on

    @cached_property
    def value(self) -> Value | None:
        """What the span means; None where it cannot be compared."""
        candidate = self.candidate
        return read_as_asked(self.topic.expectation, candidate.passage, candidate.span, published=self.published)

    @cached_property
    def plain(self) -> str:
        """The span's words for comparing: one case, one kind of dash and quote, nothing hanging on the edges."""
        return fold(trim(tidy(self.candidate.span.text)))

    @cached_property
    def holds_office(self) -> bool:
        """Does an office stand at the name, as in ``Information Minister Attaullah Tarar``? Then it is a person's."""
        start, end = self._inside
        words = [*self.text[:start].split()[-2:], *self.text[start:end].split()[:2]]
        return any(is_office(fold(word).strip(".,")) for word in words)

    @property
    def text(self) -> str:
        """The passage."""
        return self.candidate.passage.text

    @cached_property
    def sentence_bounds(self) -> tuple[int, int]:
        """In the passage."""
        return sentence_around(self.text, *self._inside)

    @cached_property
    def sentence(self) -> str:
        """The sentence or sentences that the span stands in."""
        first, last = self.sentence_bounds
        return self.text[first:last]

    @cached_property
    def clause_bounds(self) -> tuple[int, int]:
        """In the passage."""
        first, _ = self.sentence_bounds
        start, end = self._inside
        bounds = clause_around(self.sentence, start - first, end - first)
        return bounds[0] + first, bounds[1] + first

    @cached_property
    def clause(self) -> str:
        """The part of the sentence that speaks of the span, dashes and quotes made plain."""
        first, last = self.clause_bounds
        return level(self.text[first:last])

    @cached_property
    def clause_stems(self) -> frozenset[str]:
        """Of its words that mean something."""
        return content(self.clause)

    @cached_property
    def spoken_stems(self) -> frozenset[str]:
        """Of the clause and, where it opens the sentence with ``It`` or ``They``, of the one that says who that is."""
        first, _ = self.sentence_bounds
        is_opening = self.clause_bounds[0] == first and _POINTS_BACK.match(self.text, first)
        if first < _SHORTEST_SENTENCE or not is_opening:
            return self.clause_stems
        before = sentence_around(self.text, first - 3, first - 2)
        return self.clause_stems | content(self.text[slice(*before)])

    @cached_property
    def anchoring_stems(self) -> frozenset[str]:
        """Of the clause; of the whole sentence where the span is its only figure, or a name."""
        if self.value is None or self.value.type == "name" or self._is_alone:
            return self.spoken_stems | self.sentence_stems
        return self.spoken_stems

    @cached_property
    def sentence_stems(self) -> frozenset[str]:
        """Of its words that mean something."""
        return content(self.sentence)

    @cached_property
    def told_stems(self) -> frozenset[str]:
        """Of sentence and title: what a reader of the sentence knows it to be about."""
        return self.sentence_stems | self.spoken_stems | content(self.candidate.document.title)

    @cached_property
    def passage_stems(self) -> frozenset[str]:
        """Of passage and title."""
        return content(f"{self.candidate.document.title}\n{self.text}")

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of words with a capital in passage and title, the span's own and those that begin sentences aside."""
        start, end = self._inside
        around = f"{self.candidate.document.title}\n{self.text[:start]} {self.text[end:]}"
        return frozenset(stem(word) for word in capitals(around))

    @cached_property
    def order(self) -> str | None:
        """Which of several such events the clause says it is; where talks began is where their first round was."""
        told = order_in(self.clause, self.topic.events)
        is_series = self.topic.order is not None or bool(_SERIES & self.topic.events)
        is_begun = is_series and "begin" in self.clause_stems and bool(self.topic.events & self.clause_stems)
        return told or ("first" if is_begun else None)

    @cached_property
    def aspect(self) -> str | None:
        """The stage of the event that the clause tells; None where it tells none or several."""
        stages = [stage for stage, stems in _ASPECTS.items() if stems & self.clause_stems]
        return stages[0] if len(stages) == 1 else None

    @cached_property
    def is_unreal(self) -> bool:
        """Is it planned, expected, demanded or denied, in the words before the span, and not told as done?"""
        first, start = self.clause_bounds[0], self._inside[0]
        before = self.clause[max(0, start - first - _UNREAL_REACH) : start - first]
        return any(stem(match[0]) not in self.topic.events for match in _UNREAL.finditer(before))

    @cached_property
    def locations(self) -> tuple[str, ...]:
        """Places that the clause puts the event in, the span's own aside."""
        found = [match for match in _LOCATION.finditer(self.clause) if self._is_beside(match.start(1), match.end(1))]
        folded = [fold(match[1]) for match in found]
        usual = [gazetteer().canonical.get(name, name) for name in folded]
        return tuple(name for name in usual if places_named(name))

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """Dates that the clause puts the event on, the span's own aside, in canonical form."""
        found = find_dates(self.clause, self.published)
        dated = (one for one in found if not one.normal.startswith("-W-"))
        return tuple(one.normal for one in dated if self._is_beside(one.start, one.end))

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """Names of several words in passage and title, folded, without titles of office."""
        around = level(f"{self.candidate.document.title}\n{self.text}")
        words = ([fold(word).strip(".") for word in match[0].split()] for match in _RUN.finditer(around))
        kept = ([word for word in run if not is_office(word)] for run in words)
        return tuple(dict.fromkeys(" ".join(run) for run in kept if len(run) > 1))

    @cached_property
    def is_whole_name(self) -> bool:
        """Does the name end where the span ends, and is it no part of a list?"""
        start, end = self._inside
        before, after = level(self.text[max(0, start - 40) : start]), level(self.text[end : end + 40])
        return not (_RUNS_ON.match(after) or _LISTED_AFTER.match(after) or _LISTED_BEFORE.search(before))

    @cached_property
    def _is_alone(self) -> bool:
        """Is it a figure, and no other in its sentence? A date belongs to its clause: signed on the 19th after war."""
        if self.value is not None and self.value.type in {"date", "time"}:
            return False
        first, last = self.sentence_bounds
        start, end = self._inside
        around = level(f"{self.text[first:start]} {self.text[end:last]}")
        dates = [(one.start, one.end) for one in find_dates(around, self.published)]
        figures = [match.start() for match in _FIGURE.finditer(around)]
        return all(any(begin <= figure < finish for begin, finish in dates) for figure in figures)

    @property
    def _inside(self) -> tuple[int, int]:
        """The span in the coordinates of the passage."""
        first = self.candidate.passage.start
        return self.candidate.span.start - first, self.candidate.span.end - first

    def _is_beside(self, start: int, end: int) -> bool:
        """Does ``clause[start:end]`` leave the span alone?"""
        first, (span_start, span_end) = self.clause_bounds[0], self._inside
        return end + first <= span_start or span_end <= start + first


def scenes_of(question: str, candidates: Sequence[Candidate]) -> list[Scene]:
    """Each candidate in its scene, in the order given, all on the one topic of the question."""
    topic = topic_of(question, [candidate.passage.text for candidate in candidates])
    return [Scene(candidate, topic) for candidate in candidates]


_ASPECTS = {
    "announced": frozenset(map(stem, word_list("announced proposed declared unveiled"))),
    "signed": frozenset(map(stem, word_list("signed ratified"))),
    "begun": frozenset(map(stem, word_list("began effect force"))),
    "ended": frozenset(map(stem, word_list("ended lifted revoked"))),
    "born": frozenset(map(stem, word_list("born"))),
    "dead": frozenset(map(stem, word_list("died"))),
}
"""Stages at which one event has different days."""
_SERIES = frozenset({"talks"})
"""Events that come in rounds."""
_UNREAL_REACH = 60
"""Characters before a span in which its verb stands."""
_UNREAL = re.compile(
    r"\b(?:will|would|could|might|should|expected|expects?|plans?|planned|scheduled|proposed|proposes|if|hopes?|hoped|"
    r"due to|set to|threaten\w*|demand\w*|deadline|not|never|denie[sd]|falsely|rumou?r\w*|n't|unless|wants?|urged)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"(?:It|They|This|That|These|Those|He|She|Both|The two)\b")
_SHORTEST_SENTENCE = 8
"""Characters before which no sentence can stand."""
_LOCATION = re.compile(r"\b(?:in|at|near|outside)\s+((?:[A-Z][\w'-]+)(?:\s[A-Z][\w'-]+){0,2})")
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?)\b"
)
_RUN = re.compile(r"\b[A-Z][\w'-]*\.?(?:\s(?:(?:of|bin|al|de|van|von)\s)?[A-Z][\w'-]*\.?)+")
_RUNS_ON = re.compile(r"\s[A-Z][a-z]|-[A-Z]|'s\s[A-Z]")
_LISTED_AFTER = re.compile(r",?\s(?:and|&)\s(?:the\s)?[A-Z]")
_LISTED_BEFORE = re.compile(r"[A-Z][\w'-]+,?\s(?:and|&)\s(?:the\s)?$")
