"""What a question is about: the event, the names and which of several. Owns that reading; knows no span and no value.

A question in lower case does not tell its names from its other words; the passages do, by their capitals.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.claims.lexicon import STOPS, WEAK, WORD, content, stem
from qa.claims.questions import Expectation, read_question
from qa.values.places import gazetteer, places_named
from qa.values.text import fold, word_list


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


def topic_of(question: str, texts: Sequence[str]) -> Topic:
    """What the question is about; the texts tell its names, which they write with a capital, from its other words."""
    expectation = read_question(question)
    stems = content(expectation.subject)
    capital = {stem(word) for word in capitals(question)} if question != question.title() else set()
    upper, lower = _cases(texts, stems)
    proper = frozenset(one for one in stems if upper.get(one, 0) > lower.get(one, 0) or one in capital - lower.keys())
    events = stems - proper
    strong = events - WEAK or (frozenset() if proper else events)
    places = _places_in(expectation.subject, proper)
    return Topic(expectation, strong, proper, places, order_in(expectation.subject, strong))


def order_in(text: str, events: frozenset[str]) -> str | None:
    """The word that says which of several: ``second`` in ``a second meeting``; None unless it stands at an event."""
    words = [fold(word) for word in WORD.findall(text)]
    for position, word in enumerate(words):
        if word in _ORDERS and any(stem(near) in events for near in words[position + 1 : position + 4]):
            return _ORDERS[word]
    return None


def is_one_of_order(first: str | None, second: str | None) -> bool:
    """May two marks of order mean one event? What has no mark may be the latest, never one of the others."""
    return first == second or {first, second} in ({"first", "earlier"}, {None, "latest"})


def capitals(text: str) -> list[str]:
    """Words with a capital that do not begin a sentence or a line."""
    return [match[1] for match in _CAPITAL.finditer(text) if fold(match[1]) not in STOPS]


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
_CAPITAL = re.compile(r"(?<=[^\s.!?:\"“‘(•][ ])[\"“‘(]?([A-Z][^\W_]+(?:['’-][^\W_]+)*)")
_INNER = re.compile(r"(?<=[^\s.!?:\"“‘(•][ ])[\"“‘(]?([^\W\d_][^\W_]+(?:['’-][^\W_]+)*)")
