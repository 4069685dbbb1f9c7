"""Questions over many articles, with answers but no gold quotes: RealTimeQA. Owns the way from its files to outcomes.

The articles are indexed once. A question is answered over all of them, or with ``--per-question`` over those that a web
search returned for it. ``.occurs`` metrics are of the questions whose answer's words stand in one of those.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from eval.ablations import answer_settings, described, index_settings
from eval.bench import Bench
from eval.corpus import ask
from eval.files import required, sha256_of
from eval.indexing import documents_index, opened, unrefusing
from eval.metrics.abstention import abstention_scores
from eval.metrics.answers import is_right
from eval.metrics.offsets import offset_scores
from eval.question_types import guessed_type
from eval.realtimeqa import Question, RealTimeQA, load_realtimeqa
from eval.restricted import open_restricted
from eval.run import sample
from eval.scoring import forecast_of, outcome_of, word_scores
from eval.settings import RunSettings
from eval.types import DataInfo, Outcome, Part, Setting
from eval.workshop import Workshop
from qa.pipeline import QuestionAnswerer
from qa.types import Answer

Opened = Callable[[Question], AbstractContextManager[QuestionAnswerer]]


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """Indexes the articles (long, the first time) and makes each question a task."""
    questions = required(settings.questions, "--questions", "RealTimeQA's questions")
    articles = required(settings.articles, "--articles", "RealTimeQA's articles")
    data = load_realtimeqa(questions, articles)
    chosen = sample(data.questions, limit=settings.limit, seed=settings.seed)
    answerer_for, told, close = _answerers(data, chosen, settings, workshop)
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_measured, question, data, answerer_for) for name, question in chosen.items()
    }
    return Bench(
        data=DataInfo(
            name=f"{questions.name} on {articles.name}", sha256=sha256_of(questions, articles), cases=len(chosen)
        ),
        settings=told,
        tasks=tasks,
        close=close,
    )


def _answerers(
    data: RealTimeQA, chosen: Mapping[str, Question], settings: RunSettings, workshop: Workshop
) -> tuple[Opened, dict[str, Setting], Callable[[], None]]:
    """How to get a question's answerer, what to say of it, and how to give it back."""
    search, answering = index_settings(settings), answer_settings(settings)
    told = described(search, answering)
    if settings.per_question:
        # A sample needs no more than its own articles, and the whole takes an hour to embed.
        documents = data.retrieved_for(chosen.values())
        restricted = open_restricted(documents, settings.directory, answering, search, workshop, name="open")
        own = lambda question: restricted.to([data.articles[name] for name in question.gcs_articles])  # noqa: E731
        return own, told | restricted.described(), restricted.close
    documents = list(data.articles.values())
    directory = documents_index(documents, settings.directory, search, workshop, name="open")
    answerer = opened(directory, answering, search)
    told |= {"reader": answerer.reader.name, "threshold": answerer.threshold}
    return lambda _: nullcontext(answerer), told, answerer.close


def _measured(question: Question, data: RealTimeQA, answerer_for: Opened) -> Outcome:
    with answerer_for(question) as answerer:
        asked = ask(answerer, question.question, unrefusing=unrefusing(answerer))
    answer = asked.answer
    occurs = bool(question.articles_with_answer_string)
    # Where the words occur nowhere, refusing is right: the label is weak, but it is all there is.
    forecast = forecast_of(question.answers, asked).model_copy(update={"answerable": occurs})
    shown = {one.document.id for one in answer.evidence}
    copied = {copy.document_id for one in answer.evidence for copy in one.copies}
    texts = {name: data.articles[name].text for name in shown | copied}
    scores = {
        **_words(answer, question, ".occurs" if occurs else ".absent"),
        **abstention_scores(forecast),
        **offset_scores(answer, texts),
    }
    kind = guessed_type(question.question)
    return outcome_of(question.id, kind, answer, question.answers, scores, forecast=forecast)


def _words(answer: Answer, question: Question, suffix: str) -> dict[str, Part]:
    right = Part(float(is_right(answer.text, question.answers)), 1)
    return {
        "answers.right": right,
        **word_scores(answer.text, question.answers),
        f"answers.right{suffix}": right,
        **word_scores(answer.text, question.answers, suffix=suffix),
    }
