"""The first stage that lost an answer. Owns the definition of each stage's fault.

In the order of the pipeline, a case that is not right was

- **not indexed**: no passage, nor a copy of one, touches a gold quote
- **cut badly**: passages touch gold quotes, but none holds one whole
- **not retrieved**: none of the passages that hold one is among the first ``WIDE`` hits
- **ranked away**: one was found but lies beyond what is read, is not shown, or is shown behind other words
- **misread**: one was read and shown, but not with the right words at an exact address
- **wrongly grouped**: the right words come first in the evidence, but don't lead the claims, or a dispute is called
  where there is none, or not where there is one
- **wrongly refused**: the answer that was withheld is right
- **wrongly answered**: nothing answers the question, and something was shown

With several gold quotes, the one that came farthest counts; with a conflict, the side that was lost first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from eval.corpus import Answerer, Asked, Corpus
from eval.places import quote_places
from eval.types import Case, Gold, Stage
from eval.verdict import leads_rightly, passes, reads_rightly, side_claim
from qa.types import Answer, Evidence

WIDE = 100
_ORDER: tuple[Stage, ...] = get_args(Stage)


def blame_for(case: Case, asked: Asked, corpus: Corpus, answerer: Answerer) -> Stage | None:
    """The first stage that lost the case; None where it passes. Searches again, wider, only for lost cases."""
    if passes(case, asked.answer, corpus.texts):
        return None
    if not case.answerable:
        return "wrongly answered"
    scene = _Scene(asked.answer.read_as or case.question, asked, corpus, answerer)
    lost = [scene.lost_at(wanted) for wanted in _wanted(case, asked.unrefused, corpus)]
    if lost:
        return min(lost, key=_ORDER.index)
    return "wrongly refused" if passes(case, asked.unrefused, corpus.texts) else "wrongly grouped"


@dataclass(frozen=True)
class _Wanted:
    """Words that had to be shown and were not, and where they stand."""

    gold: Sequence[Gold]
    accepted: Sequence[str]
    leading: bool
    """Had they to come first? Of several sides, only one can."""


def _wanted(case: Case, answer: Answer, corpus: Corpus) -> list[_Wanted]:
    if case.conflict is None:
        lead = leads_rightly(case, answer, corpus.texts)
        return [] if lead else [_Wanted(case.gold, case.answers, leading=True)]
    return [
        _Wanted([gold for gold in case.gold if gold.document in side.documents], side.answers, leading=False)
        for side in case.conflict.sides
        if side_claim(side.answers, answer) is None
    ]


@dataclass(frozen=True)
class _Scene:
    """One answered question, with what is needed to search and read it again."""

    question: str
    asked: Asked
    corpus: Corpus
    answerer: Answerer

    def lost_at(self, wanted: _Wanted) -> Stage:
        places = [place for quote in wanted.gold for place in quote_places(quote, self.corpus.texts)]
        held = self.corpus.places.holding(places)
        if not held:
            return "cut badly" if self.corpus.places.touching(places) else "not indexed"
        if not any(hit.passage.id in held for hit in self.asked.hits):
            wide = self.answerer.passage_index.search(self.question, limit=WIDE)
            return "ranked away" if any(hit.passage.id in held for hit in wide) else "not retrieved"
        shown = [evidence for evidence in self.asked.unrefused.evidence if evidence.passage.id in held]
        return self._lost_in_reading(shown, wanted) if shown else "ranked away"

    def _lost_in_reading(self, shown: Sequence[Evidence], wanted: _Wanted) -> Stage:
        right = {one.rank for one in shown if reads_rightly(one, wanted.accepted, self.corpus.texts)}
        if not right:
            return "misread"
        if not self.asked.unrefused.claims:
            return "wrongly refused"
        first = next(one.rank for one in self.asked.unrefused.evidence if one.answer is not None)
        return "ranked away" if wanted.leading and first not in right else "wrongly grouped"
