"""Watches a run: reads the groups that were kept out of training with an exported reader. Fits and changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.types import Frozen, Passage
from qa.reader import Reader
from qa.training.examples import Group
from qa.training.scoring import overlap


class SourceScores(Frozen):
    """Of one source's validation groups."""

    source: str
    answerable: int
    f1: float
    """Of the best span over a group's passages, mean over the groups that have an answer."""
    span_f1: float
    """The same, reading only the passage that answers: what is lost between the two is ranking."""
    ranked_first: float
    """Share of groups of several passages whose best passage is one that answers."""
    separation: float
    """AUROC of the passages' score, those that answer against those that don't; 0.5 is chance."""


def passage_score(relevance: float, span: float) -> float:
    """A single score before anything is calibrated: both log-odds count alike."""
    return (relevance + span) / 2


def validate(reader: Reader, groups: Iterable[Group]) -> Iterator[SourceScores]:
    """Scores by source, in the order in which sources are met."""
    by_source: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.validation:
            by_source[group.source].append(group)
    for source, members in by_source.items():
        yield _scores(source, reader, members)


def _scores(source: str, reader: Reader, groups: Sequence[Group]) -> SourceScores:
    f1, span_f1, first, positive, negative = [], [], [], [], []
    for group in groups:
        passages = [
            Passage(id=number, document_id=group.id, start=0, end=len(passage.text), text=passage.text)
            for number, passage in enumerate(group.passages)
        ]
        readings = reader.read(group.question, passages)
        scores = [passage_score(reading.relevance, reading.score) for reading in readings]
        holds = [bool(passage.spans) for passage in group.passages]
        positive += [score for score, held in zip(scores, holds, strict=True) if held]
        negative += [score for score, held in zip(scores, holds, strict=True) if not held]
        if not any(holds):
            continue
        answers = {passage.text[start:end] for passage in group.passages for start, end in passage.spans}
        read = [overlap(reading.span.text if reading.span else "", answers) for reading in readings]
        best = int(np.argmax(scores))
        f1.append(read[best])
        span_f1.append(read[holds.index(True)])
        if len(holds) > 1:
            first.append(holds[best])
    return SourceScores(
        source=source,
        answerable=len(f1),
        f1=_mean(f1),
        span_f1=_mean(span_f1),
        ranked_first=_mean(first),
        separation=auroc(positive, negative),
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a positive scores above a negative, ties counted half (Mann-Whitney U); 0.5 for none."""
    if not positive or not negative:
        return 0.5
    above = np.subtract.outer(np.asarray(positive), np.asarray(negative))
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
