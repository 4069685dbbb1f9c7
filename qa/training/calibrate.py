"""Fits what the reader's scores mean, as probabilities.

Three logistic regressions are fitted on questions with known answers: of a reading (does this passage answer?), of a
span that was read (is it right?) and of an answer (is the leading claim right?). Platt (1999) for one score; here with
several features, since what else was read, and in which words, tells more than one score.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import Passage
from qa.calibration import Calibration, Logistic, clip, probability
from qa.pipeline import QuestionAnswerer
from qa.ranking import Found, rank_passages
from qa.reader import Reader
from qa.second_look import look_again
from qa.training.examples import Group
from qa.training.held_out import HeldOutQuestion
from qa.training.logistic import Features, fit_logistic
from qa.training.ranking import Choice, fit_order, raised, scaled
from qa.training.scoring import overlap

RIGHT = 0.5
"""Token F1 from which a span counts as right: half of the words shared is the usual sign of the same answer."""
UNANSWERABLE = 0.25
"""Share of questions that the files don't answer, in what confidence is fitted for; half of SQuAD 2.0's are such."""
SHARES = {"stories": 0.35, "stories-hard": 0.15, "squad2": 0.25, "realtimeqa": 0.25}
"""Of each source in it. Short questions on a small folder are what Quoth is for; the quiz's right answers are told by
strings that occur, which mistakes some, and SQuAD's unanswerable questions were written to mislead."""
READING_FEATURES = ("relevance", "span")
AGE_FEATURES = ("age", "age_where_new")
PASSAGE_FEATURES = ("span", "alone", "dense", "lexical", "other_kind", "other_one", *AGE_FEATURES)
"""Without relevance: beside the span's score it made validation worse (passages on the topic that don't answer)."""
ANSWER_FEATURES = ("log_odds", "alone", "claims", "terse")


_BARE = Logistic(bias=0.0, weights={"span": 1.0})
UNFITTED = Calibration(reading=_BARE, passage=_BARE, answer=_BARE, threshold=0, fitted_on="nothing")
"""The reader's own log-odds, before anything is fitted."""


@dataclass(frozen=True)
class Gathered:
    """A question that was searched and read."""

    answerer: QuestionAnswerer
    question: HeldOutQuestion
    found: Found


@dataclass(frozen=True)
class Judged:
    """A hit or a whole answer with what is known of it, and whether it is right."""

    features: Features
    right: bool
    source: str
    is_answerable: bool


def fit_reading(reader: Reader, groups: Iterable[Group]) -> Logistic:
    """On one passage a question, with and without an answer: is it answered in the words that were read?"""
    features, labels = [], []
    for group in groups:
        passage = group.passages[0]
        whole = Passage(id=0, document_id=group.id, start=0, end=len(passage.text), text=passage.text)
        reading = reader.read(group.question, [whole])[0]
        answers = [passage.text[start:end] for start, end in passage.spans]
        if reading.span is not None:
            features.append({"relevance": clip(reading.relevance), "span": clip(reading.score)})
            labels.append(overlap(reading.span.text, answers) >= RIGHT)
    return fit_logistic(features, labels, READING_FEATURES)


def gather(answerer: QuestionAnswerer, questions: Iterable[HeldOutQuestion]) -> Iterator[Gathered]:
    """Search and read every question once; what is fitted later changes neither."""
    for one in questions:
        asked = answerer.passage_index.respelled(one.question)
        hits = answerer.find(asked)
        passages = [hit.passage for hit in hits]
        readings = answerer.reader.read(asked, passages)
        again = look_again(answerer.reader, asked, passages, readings)
        yield Gathered(answerer, one, Found(asked, hits, readings, again, answerer.published(hits)))


def fit(gathered: Sequence[Gathered], reading: Logistic, *, risk: float, fitted_on: str) -> Calibration:
    """The other two regressions, and the lowest threshold at which at most ``risk`` of the answers are wrong."""
    passage = fit_passage(gathered)
    draft = Calibration(reading=reading, passage=passage, answer=passage, threshold=0, fitted_on=fitted_on)
    judged = judge(gathered, draft)
    weights = asked_weights(judged)
    answer = fit_logistic(
        [one.features for one in judged], [one.right for one in judged], ANSWER_FEATURES, sample_weights=weights
    )
    confidences = [probability(answer.log_odds(one.features)) for one in judged]
    threshold = threshold_for(confidences, [one.right for one in judged], weights, risk=risk)
    return draft.model_copy(update={"answer": answer, "threshold": round(threshold, 4)})


def fit_passage(gathered: Sequence[Gathered]) -> Logistic:
    """Of a span that was read: its order among the question's spans first, then what the order's score means."""
    by_question = [spans for spans in map(_spans, gathered) if spans]
    choices = [
        Choice(
            np.array([[one.features[name] for name in PASSAGE_FEATURES] for one in spans]),
            np.array([one.right for one in spans]),
        )
        for spans in by_question
    ]
    shares = asked_weights([spans[0] for spans in by_question])
    order = fit_order(choices, PASSAGE_FEATURES, shares)
    order = raised(order, choices, PASSAGE_FEATURES, shares, of=AGE_FEATURES)
    judged = [one for spans in by_question for one in spans]
    score = fit_logistic(
        [{"order": sum(weight * one.features[name] for name, weight in order.items())} for one in judged],
        [one.right for one in judged],
        ("order",),
        sample_weights=asked_weights(judged),
    )
    return scaled(order, score)


def judge(gathered: Sequence[Gathered], calibration: Calibration) -> list[Judged]:
    """Every answer as the pipeline would give it with this calibration, and whether it is right."""
    judged = []
    for one in gathered:
        resolved = one.answerer.resolve(one.found.question, rank_passages(one.found, calibration))
        if resolved.claims:
            judged.append(_judged(one, resolved.features, resolved.claims[0].text))
    return judged


def threshold_for(
    confidences: Sequence[float], right: Sequence[bool], weights: NDArray[np.float64], *, risk: float
) -> float:
    """The lowest confidence from which on at most ``risk`` of the answers, by weight, are wrong; 1 where none does."""
    best, wrong, whole = 1.0, 0.0, 0.0
    for place in sorted(range(len(right)), key=lambda place: -confidences[place]):
        wrong += 0.0 if right[place] else weights[place]
        whole += weights[place]
        if wrong / whole <= risk:
            best = confidences[place]
    return best


def asked_weights(judged: Sequence[Judged]) -> NDArray[np.float64]:
    """Weights [n], mean 1, by which sources stand to one another as in ``SHARES``, each with ``UNANSWERABLE``."""
    counts = Counter((one.source, one.is_answerable) for one in judged)
    shares = [
        SHARES[one.source]
        * (1 - UNANSWERABLE if one.is_answerable else UNANSWERABLE)
        / counts[one.source, one.is_answerable]
        for one in judged
    ]
    return np.array(shares) * len(judged) / sum(shares)


def _spans(one: Gathered) -> list[Judged]:
    return [_judged(one, features, span.text) for of_hit in one.found.span_features for span, features in of_hit]


def _judged(one: Gathered, features: Features, text: str) -> Judged:
    question = one.question
    return Judged(features, overlap(text, question.answers) >= RIGHT, question.source, bool(question.answers))
