"""What a passage says around a span, as far as it tells one event from another. Owns those marks; judges nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from index.types import DocumentInfo, Passage
from qa.context import clause_around, sentence_around
from qa.lexicon import STOPS, WEAK, WORD, content, stem
from qa.questions import Expectation, read_question
from qa.types import Span, Value
from qa.values import parse_span
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
    """The independent source, from ``qa.voices``."""


@dataclass(frozen=True)
class Topic:
    """What a question is about: the event's words, the names, and which of several such events."""

    expectation: Expectation
    events: frozenset[str]
    """Stems of what happened; empty where the question only names somebody."""
    proper: frozenset[str]
    """Stems of the names."""
    places: tuple[str, ...]
    """Those of the names that are places, in full."""
    order: str | None
    """``first``, ``second``, ``earlier``, ``latest``…; None where the question does not say which."""

    @property
    def anchors(self) -> frozenset[str]:
        """What a clause must mention to speak of the topic: the event, or the names where there is none."""
        return self.events or self.proper


@dataclass(frozen=True)
class Scene:
    """A candidate with its value and the words around it, read once; everything else is worked out when asked for."""

    candidate: Candidate
    topic: Topic

    @cached_property
    def published(self) -> date | None:
        """The day of publication; None where the document does not say."""
        return published_on(self.candidate.document)

    @cached_property
    def value(self) -> Value | None:
        """What the span means; None where it cannot be compared."""
        expectation = self.topic.expectation
        start, end = self._inside
        return parse_span(
            self.text, start, end, expected=expectation.type, published=self.published, unit=expectation.unit
        )

    @cached_property
    def plain(self) -> str:
        """The span's words for comparing: one case, one kind of dash and quote, nothing hanging on the edges."""
        return fold(trim(tidy(self.candidate.span.text)))

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
    def sentence_stems(self) -> frozenset[str]:
        """Of its words that mean something."""
        return content(self.sentence)

    @cached_property
    def told_stems(self) -> frozenset[str]:
        """Of sentence and title: what a reader of the sentence knows it to be about."""
        return self.sentence_stems | content(self.candidate.document.title)

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
        """Which of several such events the clause says it is; a beginning makes it the first."""
        told = order_in(self.clause, self.topic.events)
        return told or ("first" if "begin" in self.clause_stems and self.topic.events & self.clause_stems else None)

    @cached_property
    def aspect(self) -> str | None:
        """The stage of the event that the clause tells; None where it tells none or several."""
        stages = [stage for stage, stems in _ASPECTS.items() if stems & self.clause_stems]
        return stages[0] if len(stages) == 1 else None

    @cached_property
    def is_unreal(self) -> bool:
        """Is it planned, expected, demanded or denied, and not told as done?"""
        return _UNREAL.search(self.clause) is not None

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
        return tuple(one.normal for one in found if self._is_beside(one.start, one.end))

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


def topic_of(question: str, texts: Sequence[str]) -> Topic:
    """What the question is about; the texts tell its names, which they write with a capital, from its other words."""
    expectation = read_question(question)
    stems = content(expectation.subject)
    capital = {stem(word) for word in capitals(question)} if question != question.title() else set()
    upper, lower = _cases(texts, stems)
    proper = frozenset(one for one in stems if upper.get(one, 0) > lower.get(one, 0) or one in capital - lower.keys())
    events = stems - proper
    strong = frozenset(one for one in events if one not in WEAK) or events
    places = _places_in(expectation.subject, proper)
    return Topic(expectation, strong, proper, places, order_in(expectation.subject, strong))


def order_in(text: str, events: frozenset[str]) -> str | None:
    """The word that says which of several: ``second`` in ``a second meeting``; None unless it stands at an event."""
    words = [fold(word) for word in WORD.findall(text)]
    for position, word in enumerate(words):
        if word in _ORDERS and any(stem(near) in events for near in words[position + 1 : position + 4]):
            return _ORDERS[word]
    return None


def capitals(text: str) -> list[str]:
    """Words with a capital that do not begin a sentence or a line."""
    return [match[1] for match in _CAPITAL.finditer(text) if fold(match[1]) not in STOPS]


def published_on(document: DocumentInfo) -> date | None:
    """The day of publication; None where the document does not say, or not in ISO 8601."""
    try:
        return date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None


def _places_in(subject: str, proper: frozenset[str]) -> tuple[str, ...]:
    words = [fold(word).removesuffix("'s") for word in WORD.findall(subject)]
    runs = {" ".join(words[first : first + length]) for first in range(len(words)) for length in (1, 2, 3)}
    usual = {gazetteer().canonical.get(run, run) for run in runs if stem(run.split()[-1]) in proper}
    return tuple(sorted(name for name in usual if places_named(name)))


def _cases(texts: Sequence[str], stems: frozenset[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How often each stem is written with a capital inside a sentence, and how often without."""
    upper: dict[str, int] = {}
    lower: dict[str, int] = {}
    for text in texts:
        for match in _INNER.finditer(text):
            one = stem(match[1])
            if one in stems:
                counts = upper if match[1][0].isupper() else lower
                counts[one] = counts.get(one, 0) + 1
    return upper, lower


_ORDERS = {
    **dict.fromkeys(["first", "initial", "opening", "inaugural", "1st"], "first"),
    **dict.fromkeys(["previous", "earlier", "prior"], "earlier"),
    **dict.fromkeys(["latest", "current", "recent", "ongoing"], "latest"),
    **dict.fromkeys(["next", "upcoming", "future", "possible"], "next"),
    **dict.fromkeys(["another", "separate", "additional"], "another"),
    **{word: word for word in word_list("second third fourth fifth sixth seventh eighth ninth tenth final")},
}
_ASPECTS = {
    "announced": frozenset(map(stem, word_list("announced proposed declared unveiled"))),
    "signed": frozenset(map(stem, word_list("signed ratified"))),
    "begun": frozenset(map(stem, word_list("began effect force"))),
    "ended": frozenset(map(stem, word_list("ended lifted revoked"))),
    "born": frozenset(map(stem, word_list("born"))),
    "dead": frozenset(map(stem, word_list("died"))),
}
"""Stages at which one event has different days."""
_UNREAL = re.compile(
    r"\b(?:will|would|could|might|should|expected|expects?|plans?|planned|scheduled|proposed|proposes|if|hopes?|hoped|"
    r"due to|set to|threaten\w*|demand\w*|deadline|not|never|denie[sd]|falsely|rumou?r\w*|n't|unless|wants?|urged)\b",
    re.IGNORECASE,
)
_LOCATION = re.compile(r"\b(?:in|at|near|outside)\s+((?:[A-Z][\w'-]+)(?:\s[A-Z][\w'-]+){0,2})")
_RUN = re.compile(r"\b[A-Z][\w'-]*\.?(?:\s(?:(?:of|bin|al|de|van|von)\s)?[A-Z][\w'-]*\.?)+")
_CAPITAL = re.compile(r"(?<=[^\s.!?:\"“‘(•][ ])[\"“‘(]?([A-Z][^\W_]+(?:['’-][^\W_]+)*)")
_INNER = re.compile(r"(?<=[^\s.!?:\"“‘(•][ ])[\"“‘(]?([^\W\d_][^\W_]+(?:['’-][^\W_]+)*)")
_RUNS_ON = re.compile(r"\s[A-Z][a-z]|-[A-Z]|'s\s[A-Z]")
_LISTED_AFTER = re.compile(r",?\s(?:and|&)\s(?:the\s)?[A-Z]")
_LISTED_BEFORE = re.compile(r"[A-Z][\w'-]+,?\s(?:and|&)\s(?:the\s)?$")
