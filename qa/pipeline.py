"""The online flow on one screen: question → hits → readings → ranked passages → evidence → claims → answer."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from index.errors import InputError
from qa.calibration import Calibration, probability
from qa.claims.merge import is_disputed, make_claims
from qa.claims.scenes import Candidate
from qa.claims.voices import voices
from qa.ranking import Found, RankedPassage, answer_features, rank_passages
from qa.recency import POOL, ages, asks_for_what_is_new, newer_hits
from qa.second_look import SecondLook, look_again
from qa.types import Answer, Claim, Evidence, Reading, Status
from qa.watcher import Cancelled, Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from index.search import PassageIndex
    from index.types import Document, DocumentInfo, Hit
    from qa.reader import Reader
    from qa.settings import AnswerSettings


def checked_question(question: str, settings: AnswerSettings) -> str:
    """The question without white space around it; raises InputError where it is empty or too long."""
    stripped = question.strip()
    if not any(character.isalnum() for character in stripped):
        raise InputError('the question is empty: ask something, such as "who mediated?"')
    if len(stripped) > settings.max_question_characters:
        length, most = len(stripped), settings.max_question_characters
        raise InputError(f"the question has {length:,} characters and {most:,} are read: shorten it")
    return stripped


class Resolved(NamedTuple):
    """What the ranked passages come to, before it is decided whether that is enough."""

    evidence: tuple[Evidence, ...]
    claims: tuple[Claim, ...]
    sources: int
    """Independent ones that say anything on the matter."""
    features: dict[str, float]
    """What is known of the leading claim; see ``qa.ranking.answer_features``."""


class QuestionAnswerer:
    """An open index and a loaded reader; what the terminal UI, ``ask`` and the evaluation all call."""

    def __init__(
        self, passage_index: PassageIndex, reader: Reader, calibration: Calibration, *, settings: AnswerSettings
    ) -> None:
        """Takes over the index: ``close`` closes it."""
        self.passage_index = passage_index
        self.reader = reader
        self.calibration = calibration
        self.settings = settings

    def __enter__(self) -> QuestionAnswerer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        self.passage_index.close()

    def document(self, document_id: str) -> Document:
        """A whole article, its text checked against its hash; raises IndexDamaged."""
        return self.passage_index.document(document_id)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is indexed."""
        return self.passage_index.documents()

    def answer(self, question: str, *, watcher: Watcher | None = None) -> Answer:
        """Answer from the sources' words; raises InputError for an unusable question, Cancelled when asked to."""
        began = perf_counter()
        asked = checked_question(question, self.settings)
        question = self.passage_index.respelled(asked) if self.settings.mend_slips else asked
        hits = self.find(question)
        if watcher:
            watcher.found(hits)
        retrieved = perf_counter()
        readings = self._read(question, hits, watcher)
        again = self._look_again(question, hits, readings)
        ranked = rank_passages(Found(question, hits, readings, again, self.published(hits)), self.calibration)
        read = perf_counter()
        resolved = self.resolve(question, ranked)
        confidence = probability(self.calibration.answer.log_odds(resolved.features)) if resolved.claims else 0.0
        if not resolved.claims or confidence < self.threshold:
            resolved = _refused(resolved)
        return Answer(
            question=asked,
            read_as=None if question == asked else question,
            status=_status(resolved.claims),
            confidence=confidence,
            claims=resolved.claims,
            evidence=resolved.evidence,
            sources=resolved.sources,
            timings_ms={
                "retrieve": _milliseconds(began, retrieved),
                "read": _milliseconds(retrieved, read),
                "total": _milliseconds(began, perf_counter()),
            },
        )

    def find(self, question: str) -> tuple[Hit, ...]:
        """The hits to read: the best, and where a question asks for what is new, the newer among more of them."""
        depth = self.settings.read_depth
        if not asks_for_what_is_new(question):
            return self.passage_index.search(question, limit=depth)
        hits = self.passage_index.search(question, limit=max(POOL, depth))
        return newer_hits(hits, ages(question, self.published(hits)), limit=depth)

    def resolve(self, question: str, ranked: Sequence[RankedPassage]) -> Resolved:
        """Ranked passages → evidence, claims, and what is known of the leading one."""
        shown = _shown(ranked, self.settings)
        evidence = tuple(self._evidence(rank, one) for rank, one in enumerate(shown, start=1))
        documents = [self.document(name) for name in dict.fromkeys(one.passage.document_id for one in evidence)]
        voice_of = voices(documents)
        candidates = _candidates(shown, evidence, voice_of, bar=self.settings.evidence_bar)
        claims = make_claims(question, list(candidates))
        if not claims:
            return Resolved(evidence, (), 0, {})
        features = answer_features(question, shown[claims[0].evidence[0] - 1], claims=len(claims))
        return Resolved(evidence, claims, _sources(claims, evidence, voice_of), features)

    def published(self, hits: Sequence[Hit]) -> dict[str, date]:
        """When the articles of these hits were published, by document id; undated ones are left out."""
        names = dict.fromkeys(hit.passage.document_id for hit in hits)
        days = {name: self.passage_index.document_info(name).published_on for name in names}
        return {name: day for name, day in days.items() if day}

    @property
    def threshold(self) -> float:
        """Confidence below which the files don't say."""
        return self.calibration.threshold if self.settings.threshold is None else self.settings.threshold

    def _read(self, question: str, hits: Sequence[Hit], watcher: Watcher | None) -> list[Reading]:
        readings: list[Reading] = []
        passages = [hit.passage for hit in hits]
        for start in range(0, len(passages), self.settings.batch_size):
            if watcher and watcher.cancelled():
                raise Cancelled
            readings += self.reader.read(question, passages[start : start + self.settings.batch_size])
            if watcher:
                watcher.read(len(readings), len(hits))
        return readings

    def _look_again(self, question: str, hits: Sequence[Hit], readings: Sequence[Reading]) -> SecondLook:
        """The best spans in their sentences alone, where the calibration asks for it."""
        if not self.calibration.needs_second_look:
            return SecondLook()
        return look_again(self.reader, question, [hit.passage for hit in hits], readings)

    def _evidence(self, rank: int, ranked: RankedPassage) -> Evidence:
        passage = ranked.hit.passage
        return Evidence(
            rank=rank,
            passage=passage,
            document=self.passage_index.document_info(passage.document_id),
            answer=ranked.spans[0][0] if _may_answer(rank, ranked, bar=self.settings.evidence_bar) else None,
            relevance=ranked.probability,
            copies=self.passage_index.copies(passage.id),
        )


def _status(claims: Sequence[Claim]) -> Status:
    if not claims:
        return "unanswered"
    return "disputed" if is_disputed(claims) else "answered"


def _sources(claims: Sequence[Claim], evidence: Sequence[Evidence], voice_of: Mapping[str, str]) -> int:
    """Voices on the leading claim's matter, each once; claims about another event are about another matter."""
    on_matter = [claim for claim in claims if claim.relation != "other"]
    heard = {voice_of[evidence[rank - 1].document.id] for claim in on_matter for rank in claim.evidence}
    # A coarser form of the leading claim is among its evidence, and is no voice.
    return min(len(heard), sum(claim.voices for claim in on_matter))


def _refused(resolved: Resolved) -> Resolved:
    """The passages that were read, none of which answers."""
    return Resolved(tuple(one.model_copy(update={"answer": None}) for one in resolved.evidence), (), 0, {})


def _may_answer(rank: int, ranked: RankedPassage, *, bar: float) -> bool:
    """The best passage's span is always weighed, so that a refusal has a probability too."""
    return bool(ranked.spans) and (rank == 1 or ranked.probability >= bar)


def _shown(ranked: Sequence[RankedPassage], settings: AnswerSettings) -> list[RankedPassage]:
    """The best passages, and before any second one of a document every document's first that may answer.

    A dispute is between documents: eight passages of the most talkative one would hide it.
    """
    seen: set[str] = set()
    firsts: list[RankedPassage] = []
    rest: list[RankedPassage] = []
    for one in ranked:
        new = one.hit.passage.document_id not in seen and one.probability >= settings.evidence_bar
        (firsts if new else rest).append(one)
        seen.add(one.hit.passage.document_id)
    chosen = (firsts + rest)[: settings.top_k]
    return sorted(chosen, key=lambda one: (-one.log_odds, one.hit.rank))


def _candidates(
    shown: Sequence[RankedPassage], evidence: Sequence[Evidence], voice_of: Mapping[str, str], *, bar: float
) -> Iterator[Candidate]:
    """The best span of every passage, and its further spans that may answer as well."""
    for one, ranked in zip(evidence, shown, strict=True):
        for place, (span, log_odds) in enumerate(ranked.spans):
            chance = probability(log_odds)
            if chance >= bar or (place == 0 and one.answer is not None):
                yield Candidate(
                    rank=one.rank,
                    document=one.document,
                    passage=one.passage,
                    span=span,
                    probability=chance,
                    voice=voice_of[one.document.id],
                )


def _milliseconds(start: float, end: float) -> float:
    return round((end - start) * 1000, 1)
