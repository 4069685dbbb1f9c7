"""The reader alone on SQuAD's format, 1.1 or 2.0. Owns that format; search takes no part.

The words of a context are answered with if their calibrated probability reaches the threshold; where a file has no
unanswerable questions (SQuAD 1.1) they always are, as that task asks for.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from pydantic import BaseModel, Field

from eval.bench import Bench
from eval.files import read_json, required, sha256_of, validated
from eval.metrics.abstention import abstention_scores
from eval.metrics.answers import best, exact_match, f1, is_right, normalise
from eval.question_types import guessed_type
from eval.run import sample
from eval.settings import RunSettings
from eval.types import DataInfo, Forecast, Metric, Outcome, Part
from eval.workshop import Workshop
from index.errors import InputError
from index.types import Passage
from qa.calibration import Calibration, reading_probability
from qa.reader import Reader

DEFAULT_THRESHOLD = 0.5
"""Even odds that the words answer, as calibrated on validation data."""
FORCED = "answers.f1.forced"


class _Text(BaseModel):
    text: str


class _Question(BaseModel):
    id: str | int
    question: str = Field(min_length=1)
    answers: list[_Text] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str = Field(min_length=1)
    qas: list[_Question]


class _Article(BaseModel):
    paragraphs: list[_Paragraph]


class _Squad(BaseModel):
    data: list[_Article]


class Item(BaseModel):
    """One question on one context."""

    id: str
    question: str
    context: str
    answers: tuple[str, ...]
    """Empty where the context does not answer."""


def open_bench(settings: RunSettings, _: Workshop) -> Bench:
    """Reads each question's context; raises InputError where the data is not SQuAD's format."""
    from qa.assemble import open_reader
    from qa.settings import AnswerSettings

    path = required(settings.data, "--data", "a file in SQuAD's format")
    items = load_squad(path)
    if settings.reader == "sentences":
        raise InputError("the sentence reader needs an index: use it with `quoth eval seeds --reader sentences`")
    reader, calibration = open_reader(AnswerSettings(reader=settings.reader or "quoth"))
    threshold = DEFAULT_THRESHOLD if settings.threshold is None else settings.threshold
    may_refuse = any(not item.answers for item in items.values())
    chosen = sample(items, limit=settings.limit, seed=settings.seed)
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_measured, item, reader, calibration, threshold if may_refuse else None)
        for name, item in chosen.items()
    }
    return Bench(
        data=DataInfo(name=path.name, sha256=sha256_of(path), cases=len(chosen)),
        settings={"reader": reader.name, "threshold": threshold if may_refuse else None},
        tasks=tasks,
        extra=best_threshold_metrics if may_refuse else lambda _: [],
    )


def load_squad(path: Path) -> dict[str, Item]:
    """The questions by id, in order; raises InputError for another format, an id that comes twice, or no questions."""
    items: dict[str, Item] = {}
    for article in validated(_Squad, read_json(path), str(path)).data:
        for paragraph in article.paragraphs:
            for asked in paragraph.qas:
                if str(asked.id) in items:
                    raise InputError(f"{path}: the question id {asked.id!r} comes twice")
                items[str(asked.id)] = _item(asked, paragraph.context)
    if not items:
        raise InputError(f"{path}:1: holds no questions")
    return items


def best_threshold_metrics(outcomes: Sequence[Outcome]) -> list[Metric]:
    """The F1 of the best threshold in hindsight, as SQuAD 2.0's script finds it."""
    total = sum(not _forecast(outcome).answerable for outcome in outcomes)
    highest = running = float(total)
    for outcome in sorted(outcomes, key=lambda outcome: -_forecast(outcome).confidence):
        words = outcome.scores[FORCED].got
        running += words if _forecast(outcome).answerable else -1.0
        highest = max(highest, running)
    value = round(highest / len(outcomes), 6)
    return [Metric(name="answers.f1.best_threshold", value=value, cases=len(outcomes))]


def _item(asked: _Question, context: str) -> Item:
    given = () if asked.is_impossible else asked.answers
    # As the script does: answers of which normalisation leaves nothing are left out, or stand as one empty answer.
    answers = tuple(one.text for one in given if normalise(one.text)) or (("",) if given else ())
    return Item(id=str(asked.id), question=asked.question, context=context, answers=answers)


def _measured(item: Item, reader: Reader, calibration: Calibration, threshold: float | None) -> Outcome:
    passage = Passage(id=0, document_id=item.id, start=0, end=len(item.context), text=item.context)
    began = perf_counter()
    (reading,) = reader.read(item.question, [passage])
    milliseconds = (perf_counter() - began) * 1000
    confidence = reading_probability(reading, calibration)
    words = reading.span.text if reading.span else None
    refused = words is None or (threshold is not None and confidence < threshold)
    forecast = Forecast(
        confidence=confidence, right=is_right(words, item.answers), answerable=bool(item.answers), refused=refused
    )
    return Outcome(
        id=item.id,
        question=item.question,
        type=guessed_type(item.question),
        expected=tuple(dict.fromkeys(item.answers)),
        got=None if refused else words,
        status="unanswered" if refused else "answered",
        scores=_scores(item, words, forecast),
        forecast=forecast,
        timings_ms={"read": round(milliseconds, 3)},
    )


def _scores(item: Item, words: str | None, forecast: Forecast) -> dict[str, Part]:
    shown = None if forecast.refused else words
    if not item.answers:
        refused = Part(float(forecast.refused), 1)
        return {
            "answers.em": refused,
            "answers.f1": refused,
            "answers.em.no_answer": refused,
            FORCED: Part(0.0, 1),
            **abstention_scores(forecast),
        }
    em, words_shared = Part(best(exact_match, shown, item.answers), 1), Part(best(f1, shown, item.answers), 1)
    return {
        "answers.em": em,
        "answers.f1": words_shared,
        "answers.em.has_answer": em,
        "answers.f1.has_answer": words_shared,
        FORCED: Part(best(f1, words, item.answers), 1),
        **abstention_scores(forecast),
    }


def _forecast(outcome: Outcome) -> Forecast:
    if outcome.forecast is None:
        raise ValueError("every outcome of reading has a forecast")
    return outcome.forecast
