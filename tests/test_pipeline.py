"""The online flow over a tiny index with a reader made by hand: answers, refusals, disputes, cancelling."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.build import build_index
from index.embedder import Embedder
from index.errors import InputError
from index.search import PassageIndex
from index.types import Hit, Passage
from qa.calibration import Calibration, Logistic
from qa.pipeline import QuestionAnswerer
from qa.settings import AnswerSettings
from qa.types import Reading, Span
from qa.watcher import Cancelled

CALIBRATION = Calibration(
    reading=Logistic(bias=0, weights={"span": 1.0}),
    passage=Logistic(bias=0, weights={"span": 1.0}),
    answer=Logistic(bias=0, weights={"log_odds": 1.0}),
    threshold=0.5,
    fitted_on="nothing",
)


class PatternReader:
    """Finds what a pattern finds, and is sure of it; sees nothing elsewhere."""

    name = "pattern"

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        self.batches: list[int] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.batches.append(len(passages))
        return [self._read(passage) for passage in passages]

    def _read(self, passage: Passage) -> Reading:
        match = self._pattern.search(passage.text)
        if match is None:
            return Reading(relevance=-4.0, span=_span(passage, 0, 3), score=-4.0)
        return Reading(relevance=3.0, span=_span(passage, *match.span()), score=3.0)


def _span(passage: Passage, start: int, end: int) -> Span:
    return Span(start=passage.start + start, end=passage.start + end, text=passage.text[start:end])


def answerer(passage_index: PassageIndex, pattern: str, **settings: object) -> QuestionAnswerer:
    return QuestionAnswerer(
        passage_index, PatternReader(pattern), CALIBRATION, settings=AnswerSettings.model_validate(settings)
    )


class Recorder:
    """A watcher that writes down what it is told, and stops after so many passages."""

    def __init__(self, *, stop_after: int = 1000) -> None:
        self.hits: tuple[Hit, ...] = ()
        self.steps: list[tuple[int, int]] = []
        self._stop_after = stop_after

    def found(self, hits: tuple[Hit, ...]) -> None:
        self.hits = hits

    def read(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def cancelled(self) -> bool:
        return bool(self.steps) and self.steps[-1][0] >= self._stop_after


def test_an_answer_is_a_slice_of_its_document(tiny_index: PassageIndex) -> None:
    answer = answerer(tiny_index, r"Elena Petrova").answer("Who opened the bridge?")
    assert answer.status == "answered"
    assert answer.text == "Elena Petrova"
    for evidence in answer.evidence:
        text = tiny_index.document(evidence.document.id).text
        assert text[evidence.passage.start : evidence.passage.end] == evidence.passage.text
        if evidence.answer:
            assert text[evidence.answer.start : evidence.answer.end] == evidence.answer.text


def test_sources_that_disagree_are_disputed_and_both_are_shown(tiny_index: PassageIndex) -> None:
    answer = answerer(tiny_index, r"4[06] million(?: euros)?").answer("How much did the bridge cost?")
    assert answer.status == "disputed"
    assert {claim.text for claim in answer.claims} == {"40 million euros", "46 million euros"}
    assert {claim.relation for claim in answer.claims} == {"leading", "conflicts"}


def test_a_source_that_contradicts_itself_is_one_source(tmp_path: Path, fake_embedder: Embedder) -> None:
    figures = "The bridge over the river cost 40 million euros.", "The bridge cost 46 million euros."
    articles = {
        "a.txt": f"\n\n{'It rained on the other days. ' * 30}\n\n".join(figures),
        "b.txt": "It was said that the bridge over the river cost 40 million euros to build, all told.",
    }
    for name, text in articles.items():
        (tmp_path / name).write_text(text)
    build_index([tmp_path], tmp_path / "quoth", embedder=fake_embedder)
    with PassageIndex.open(tmp_path / "quoth", embedder=fake_embedder) as opened:
        answer = answerer(opened, r"4[06] million(?: euros)?").answer("How much did the bridge cost?")
    assert [claim.voices for claim in answer.claims] == [2, 1]
    assert answer.sources == 2


@pytest.mark.parametrize(("question", "leading"), [("Who won the prize?", "Okoro"), ("Who won in 2022?", "Ilves")])
def test_of_two_dated_articles_the_newer_leads_unless_a_year_is_asked_for(
    tmp_path: Path, fake_embedder: Embedder, question: str, leading: str
) -> None:
    (tmp_path / "a.txt").write_text(
        "Poet wins\n\nPublished: 2022-10-07\n\nThe prize was won by Ilves, a poet, in 2022."
    )
    (tmp_path / "b.txt").write_text(
        "Novelist wins\n\nPublished: 2023-10-06\n\nOkoro, who writes novels, took it on Friday."
    )
    build_index([tmp_path], tmp_path / "quoth", embedder=fake_embedder)
    weights = {"span": 1.0, "lexical": 0.1, "age": -1.0}
    calibration = CALIBRATION.model_copy(update={"passage": Logistic(bias=0, weights=weights)})
    with PassageIndex.open(tmp_path / "quoth", embedder=fake_embedder) as opened:
        asked = QuestionAnswerer(opened, PatternReader("Ilves|Okoro"), calibration, settings=AnswerSettings())
        assert asked.answer(question).text == leading


def test_a_question_for_what_is_new_is_read_in_newer_articles(tmp_path: Path, fake_embedder: Embedder) -> None:
    for day, town in enumerate(("Arden", "Elmet", "Corby", "Bray"), start=1):
        published = "2023-09-12" if town == "Bray" else f"2022-03-0{day}"
        other = "Rain. " * (town == "Bray")
        (tmp_path / f"{day}.txt").write_text(
            f"A town\n\nPublished: {published}\n\n{other}The floods came to {town} this week."
        )
    build_index([tmp_path], tmp_path / "quoth", embedder=fake_embedder)
    with PassageIndex.open(tmp_path / "quoth", embedder=fake_embedder) as opened:
        asked = answerer(opened, "no such words", read_depth=2)
        plain, new = "which town did the floods come to?", "which town did the floods come to this week?"
        assert asked.find(plain) == opened.search(plain, limit=2)
        assert "4.txt" not in {hit.passage.document_id for hit in opened.search(new, limit=2)}
        assert next(hit.passage.document_id for hit in asked.find(new)) == "4.txt"


def test_a_slip_of_the_pen_is_mended_and_said(tiny_index: PassageIndex) -> None:
    answer = answerer(tiny_index, r"Elena Petrova").answer("who opened the brigde?")
    assert (answer.question, answer.read_as) == ("who opened the brigde?", "who opened the bridge?")
    mended = answerer(tiny_index, r"Elena Petrova").answer("who opened the bridge?")
    assert mended.read_as is None
    assert (answer.claims, answer.evidence) == (mended.claims, mended.evidence)


def test_what_no_passage_says_is_refused_and_no_span_is_shown(tiny_index: PassageIndex) -> None:
    answer = answerer(tiny_index, r"no such words").answer("Who designed the bridge?")
    assert answer.status == "unanswered"
    assert answer.text is None
    assert answer.evidence
    assert all(evidence.answer is None for evidence in answer.evidence)
    assert answer.confidence < 0.5


def test_the_threshold_of_the_settings_goes_before_the_readers_own(tiny_index: PassageIndex) -> None:
    assert answerer(tiny_index, r"no such words", threshold=0.0).answer("Who designed the bridge?").claims


def test_copies_are_a_line_on_the_card_and_not_a_second_voice(tiny_index: PassageIndex) -> None:
    answer = answerer(tiny_index, r"9,000 cars").answer("How many cars are expected on the bridge?")
    copied = [evidence for evidence in answer.evidence if evidence.answer]
    assert len(copied) == 1
    assert len(copied[0].copies) == 1
    assert answer.claims[0].voices == 1


def test_a_watcher_hears_of_hits_before_readings_and_can_stop(tiny_index: PassageIndex) -> None:
    watcher = Recorder()
    answerer(tiny_index, r"Petrova", batch_size=1).answer("Who opened the bridge?", watcher=watcher)
    assert watcher.hits
    assert watcher.steps == [(done, len(watcher.hits)) for done in range(1, len(watcher.hits) + 1)]
    with pytest.raises(Cancelled):
        answerer(tiny_index, r"Petrova", batch_size=1).answer("Who?", watcher=Recorder(stop_after=1))


@pytest.mark.parametrize("question", ["", "  \n", "???", "x" * 10_000])
def test_an_unusable_question_is_one_line_with_the_remedy(tiny_index: PassageIndex, question: str) -> None:
    with pytest.raises(InputError, match=r"ask something|shorten it"):
        answerer(tiny_index, r"Petrova").answer(question)


def test_the_same_question_gives_the_same_answer(tiny_index: PassageIndex) -> None:
    first, second = (answerer(tiny_index, r"\d+").answer("How many cars?") for _ in range(2))
    assert first.model_copy(update={"timings_ms": {}}) == second.model_copy(update={"timings_ms": {}})


def test_every_document_that_may_answer_is_shown_before_a_second_passage_of_one(tiny_index: PassageIndex) -> None:
    answer = answerer(tiny_index, r"bridge|storks", top_k=3).answer("What about the bridge and the storks?")
    assert len({evidence.document.id for evidence in answer.evidence}) == 3
    assert [evidence.rank for evidence in answer.evidence] == [1, 2, 3]
