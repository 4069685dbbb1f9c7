"""A stage for the terminal UI: answers made by hand from the seed articles, and an answerer that a test can hold up."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from index.types import Address, Document, DocumentInfo, Hit, Passage
from qa.types import Answer, Claim, Evidence, Relation, Span, Status, Value
from qa.watcher import Cancelled, Watcher

SEEDS = Path(__file__).parent.parent / "seeds"
TITLES = {
    "000": ("Source:JND", "JND", "2025-10-28"),
    "001": ("Peace negotiations between Pakistan and Afghanistan have stalled", None, None),
    "002": ("NN ONLINE", "NN Online", "2025-10-29"),
    "003": ("Istanbul: The latest round of peace talks", "Indians Daily", "2025-11-08"),
    "004": ("Pakistan's efforts to broker peace talks with the Taliban government in Kabul", None, None),
}


def document(key: str) -> Document:
    """The seed article whose name begins with ``key``."""
    path = next(SEEDS.glob(f"{key}_*"))
    text = path.read_bytes().decode()
    title, source, published = TITLES[key]
    return Document(
        id=path.name,
        path=f"seeds/{path.name}",
        title=title,
        source=source,
        published=published,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )


def made_up(text: str, *, title: str = "A title", path: str = "made/up.txt", key: str = "up.txt") -> Document:
    """An article that no file holds."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id=key, path=path, title=title, sha256=digest, text=text)


def evidence(
    rank: int, source: Document, opening: str, words: str | None, *, relevance: float = 0.9, copies: int = 0
) -> Evidence:
    """The paragraph of ``source`` that holds ``opening``, with ``words`` in it as the span."""
    at = source.text.index(opening)
    start = source.text.rfind("\n", 0, at) + 1
    end = source.text.find("\n", at)
    end = len(source.text) if end < 0 else end
    span = None
    if words:
        low = source.text.index(words, at)
        span = Span(start=low, end=low + len(words), text=words)
    again = [source.text.find(source.text[start:end], end)] if copies else []
    return Evidence(
        rank=rank,
        passage=Passage(id=rank, document_id=source.id, start=start, end=end, text=source.text[start:end]),
        document=info(source),
        answer=span,
        relevance=relevance,
        copies=tuple(Address(document_id=source.id, start=low, end=low + end - start) for low in again),
    )


def info(source: Document) -> DocumentInfo:
    return DocumentInfo(**source.model_dump(exclude={"text"}))


def claim(text: str, relation: Relation, ranks: tuple[int, ...], *, voices: int, value: Value | None = None) -> Claim:
    return Claim(text=text, value=value, score=0.8, voices=voices, evidence=ranks, relation=relation)


def answer(
    question: str, status: Status, confidence: float, claims: tuple[Claim, ...], found: tuple[Evidence, ...]
) -> Answer:
    return Answer(
        question=question,
        status=status,
        confidence=confidence,
        claims=claims,
        evidence=found,
        sources=sum(claim.voices for claim in claims if claim.relation != "other"),
        timings_ms={"retrieve": 12.0, "read": 240.0, "total": 260.0},
    )


def ceasefire() -> Answer:
    found = (
        evidence(1, document("000"), "The two neighbours had", "October 19", relevance=0.95),
        evidence(2, document("002"), "The four-day negotiations", "Oct. 19", relevance=0.93),
        evidence(3, document("004"), "The talks were mediated", "October 19", relevance=0.9, copies=1),
        evidence(4, document("001"), "The latest round of talks", "October 16", relevance=0.88),
        evidence(5, document("003"), "Pakistan’s Defence Minister", None, relevance=0.04),
    )
    claims = (
        claim("October 19", "leading", (1, 2, 3), voices=3, value=Value(type="date", normal="--10-19")),
        claim("October 16", "conflicts", (4,), voices=1, value=Value(type="date", normal="--10-16")),
    )
    return answer("when was the ceasefire?", "disputed", 0.87, claims, found)


def mediators() -> Answer:
    found = (
        evidence(1, document("004"), "The talks were mediated", "Qatar and Turkey", relevance=0.97, copies=1),
        evidence(2, document("003"), "The Istanbul impasse", "Turkey and Qatar", relevance=0.95),
        evidence(3, document("000"), "Efforts to achieve", "Turkey and Qatar", relevance=0.9),
        evidence(4, document("001"), "Turkey, which hosted", "Turkey", relevance=0.71),
    )
    claims = (
        claim("Qatar and Turkey", "leading", (1, 2, 3), voices=3),
        claim("Turkey", "other", (4,), voices=1),
    )
    return answer("who mediated?", "answered", 0.96, claims, found)


def silence() -> Answer:
    found = (
        evidence(1, document("003"), "The talks, held on November", None, relevance=0.12),
        evidence(2, document("000"), "Taliban officials and", None, relevance=0.07),
    )
    return answer("who won the cricket match in Lahore?", "unanswered", 0.04, (), found)


Answers = dict[str, Callable[[], Answer]]
ANSWERS: Answers = {
    "when was the ceasefire?": ceasefire,
    "who mediated?": mediators,
}


class FakeAnswerer:
    """Answers from ``ANSWERS``, else with silence; stands still while ``go_on`` is cleared."""

    def __init__(self, documents: tuple[Document, ...] | None = None, answers: Answers = ANSWERS) -> None:
        self.library = {each.id: each for each in (tuple(map(document, TITLES)) if documents is None else documents)}
        self.answers = answers
        self.go_on = Event()
        self.go_on.set()
        self.asked: list[str] = []
        self.error: Exception | None = None
        self.closed = False
        self.deaf = False
        """Does not hear that it was given up, as in the middle of a batch."""
        self.running = self.most_at_once = 0

    def answer(self, question: str, *, watcher: Watcher | None) -> Answer:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            return self._answer(question, watcher)
        finally:
            self.running -= 1

    def _answer(self, question: str, watcher: Watcher | None) -> Answer:
        self.asked.append(question)
        if self.error:
            raise self.error
        result = self.answers.get(question, silence)()
        result = result.model_copy(update={"question": question})
        assert watcher is not None
        watcher.found(tuple(Hit(passage=each.passage, rank=each.rank, score=1.0) for each in result.evidence))
        watcher.read(1, len(result.evidence))
        deadline = time.monotonic() + 20
        while not self.go_on.wait(0.01) and time.monotonic() < deadline:
            if watcher.cancelled() and not self.deaf:
                raise Cancelled
        return result

    def document(self, document_id: str) -> Document:
        return self.library[document_id]

    def documents(self) -> tuple[DocumentInfo, ...]:
        return tuple(info(each) for each in self.library.values())

    def close(self) -> None:
        self.closed = True
