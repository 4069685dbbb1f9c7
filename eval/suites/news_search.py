"""Search alone on RealTimeQA: is a passage that says the answer among those that will be read? A mode of ``retrieval``.

What passage length, fusion and depth are tuned on: news, cut as the product cuts, without the cost of reading. The
labels are weak, since the answer's words may stand in a passage for another reason; they compare settings, no more.
"""

from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter

from eval.ablations import described, index_settings
from eval.bench import Bench
from eval.corpus import SearchablePassages
from eval.files import required, sha256_of
from eval.indexing import documents_index
from eval.metrics.answers import contains
from eval.metrics.retrieval import holding_scores, retrieval_scores
from eval.question_types import guessed_type
from eval.realtimeqa import Question, load_realtimeqa
from eval.run import sample
from eval.scoring import ranked_documents
from eval.settings import RunSettings
from eval.types import DataInfo, Outcome
from eval.workshop import Workshop
from index.errors import InputError
from index.search import PassageIndex

_DEPTH = 200


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """Indexes the articles of the chosen questions and makes each question that one of them answers a task."""
    questions = required(settings.questions, "--questions", "RealTimeQA's questions")
    articles = required(settings.articles, "--articles", "RealTimeQA's articles")
    data = load_realtimeqa(questions, articles)
    answered = {name: one for name, one in data.questions.items() if _answering(one)}
    if not answered:
        raise InputError(f"{questions}:1: no question has an article that holds its answer's words")
    chosen = sample(answered, limit=settings.limit, seed=settings.seed)
    # A sample is searched among its own articles: all of them take an hour to embed.
    documents = data.retrieved_for(chosen.values())
    search = index_settings(settings)
    directory = documents_index(documents, settings.directory, search, workshop, name="open")
    passage_index = PassageIndex.open(directory, settings=search)
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_measured, question, passage_index) for name, question in chosen.items()
    }
    return Bench(
        data=DataInfo(
            name=f"{questions.name} on {len(documents)} articles",
            sha256=sha256_of(questions, articles),
            cases=len(chosen),
        ),
        settings=described(search),
        tasks=tasks,
        close=passage_index.close,
    )


def _answering(question: Question) -> Mapping[str, int]:
    known = set(question.gcs_articles)
    return {name: 1 for name in question.articles_with_answer_string if name in known}


def _measured(question: Question, passage_index: SearchablePassages) -> Outcome:
    began = perf_counter()
    hits = passage_index.search(question.question, limit=_DEPTH)
    milliseconds = (perf_counter() - began) * 1000
    holds = [any(contains(hit.passage.text, answer) for answer in question.answers) for hit in hits]
    return Outcome(
        id=question.id,
        question=question.question,
        type=guessed_type(question.question),
        expected=question.answers,
        scores={
            **holding_scores(holds, of="passages"),
            **retrieval_scores(ranked_documents(hits), _answering(question), of="documents"),
        },
        timings_ms={"retrieve": round(milliseconds, 3)},
    )
