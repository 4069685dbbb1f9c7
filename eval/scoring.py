"""One answer to one case becomes an outcome. Owns which metrics apply to it; each is defined in ``metrics/``."""

from collections.abc import Sequence

from eval.corpus import Asked, Corpus
from eval.metrics.abstention import abstention_scores
from eval.metrics.answers import best, contains, exact_match, f1, is_right
from eval.metrics.citations import citation_scores
from eval.metrics.conflicts import gold_pairs, pair_scores, shown_pairs, status_scores
from eval.metrics.offsets import offset_scores
from eval.metrics.retrieval import retrieval_scores
from eval.places import quote_places
from eval.types import Case, Forecast, Outcome, Part, Stage
from eval.verdict import leads_rightly, passes
from index.types import Address, Hit
from qa.types import Answer


def score_case(case: Case, asked: Asked, corpus: Corpus, *, blame: Stage | None) -> Outcome:
    """Everything that is measured on a case with gold quotes. ``blame`` comes from ``blame.py``."""
    answer = asked.answer
    gold = [quote_places(quote, corpus.texts) for quote in case.gold]
    forecast = forecast_of(case.answers, asked)
    scores = {
        "cases.passed": Part(float(passes(case, answer, corpus.texts)), 1),
        **_retrieval(case, asked, gold, corpus),
        **_answer(case, answer, corpus),
        **(citation_scores(answer, gold) if case.answerable else {}),
        **abstention_scores(forecast),
        **status_scores(answer.status == "disputed", case.conflict is not None),
        **pair_scores(shown_pairs(answer), gold_pairs(case.conflict) if case.conflict else set()),
        **offset_scores(answer, corpus.texts),
    }
    return outcome_of(case.id, case.type, answer, case.answers, scores, forecast=forecast, blame=blame)


def outcome_of(
    case_id: str,
    case_type: str,
    answer: Answer,
    expected: Sequence[str],
    scores: dict[str, Part],
    *,
    forecast: Forecast | None = None,
    blame: Stage | None = None,
) -> Outcome:
    """An outcome with what the answer itself says filled in."""
    return Outcome(
        id=case_id,
        question=answer.question,
        type=case_type,
        expected=tuple(expected),
        got=answer.text,
        status=answer.status,
        scores=scores,
        forecast=forecast,
        blame=blame,
        timings_ms=answer.timings_ms,
    )


def forecast_of(accepted: Sequence[str], asked: Asked) -> Forecast:
    """How sure it was, and whether its words, shown or withheld, are right; there is no right word for none."""
    return Forecast(
        confidence=asked.answer.confidence,
        right=is_right(asked.unrefused.text, accepted),
        answerable=bool(accepted),
        refused=asked.answer.status == "unanswered",
    )


def word_scores(words: str | None, accepted: Sequence[str], *, suffix: str = "") -> dict[str, Part]:
    """Exact match and F1 against acceptable answers, under names that end in ``suffix``."""
    return {
        f"answers.em{suffix}": Part(best(exact_match, words, accepted), 1),
        f"answers.f1{suffix}": Part(best(f1, words, accepted), 1),
    }


def ranked_documents(hits: Sequence[Hit]) -> list[str]:
    """Documents by their best hit."""
    return list(dict.fromkeys(hit.passage.document_id for hit in hits))


def ranked_documents_shown(answer: Answer) -> list[str]:
    """Documents of the evidence, by its rank."""
    return list(dict.fromkeys(evidence.passage.document_id for evidence in answer.evidence))


def _answer(case: Case, answer: Answer, corpus: Corpus) -> dict[str, Part]:
    if not case.answerable:
        return {}
    return {
        "answers.right": Part(float(leads_rightly(case, answer, corpus.texts)), 1),
        **word_scores(answer.text, case.answers),
        "answers.contains": Part(best(contains, answer.text, case.answers), 1),
    }


def _retrieval(case: Case, asked: Asked, gold: Sequence[Sequence[Address]], corpus: Corpus) -> dict[str, Part]:
    if not case.answerable:
        return {}
    documents = {quote.document for quote in case.gold}
    shown = ranked_documents_shown(asked.answer)[:3]
    return {
        **retrieval_scores([str(hit.passage.id) for hit in asked.hits], _relevant(gold, corpus), of="passages"),
        **retrieval_scores(ranked_documents(asked.hits), documents, of="documents"),
        "evidence.success@3": Part(float(any(document in documents for document in shown)), 1),
    }


def _relevant(gold: Sequence[Sequence[Address]], corpus: Corpus) -> set[str]:
    # A quote that no passage holds still counts as something to be found, or losing it would raise the recall.
    held = [corpus.places.holding(places) for places in gold]
    lost = {f"lost {position}" for position, passages in enumerate(held) if not passages}
    return lost | {str(passage) for passages in held for passage in passages}
