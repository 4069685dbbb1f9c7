"""Telling a dispute from what only looks like one.

Without data: shipped pairs of claims, put to the relation that answers are built with. With ``--data``: RAMDocs, where
each question's own documents are the corpus. Owns both ways.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from eval.ablations import answer_settings, described, index_settings
from eval.bench import Bench
from eval.cases import CASES, load_pairs
from eval.corpus import ask
from eval.documents import document_of, texts_of_articles, texts_of_folder
from eval.files import required, sha256_of
from eval.indexing import unrefusing
from eval.metrics.conflicts import answer_set_scores, pair_scores, shown_pairs
from eval.metrics.offsets import offset_scores
from eval.question_types import guessed_type
from eval.ramdocs import Disagreement, disagreeing_pairs, documents_of, load_ramdocs
from eval.restricted import Restricted, open_restricted
from eval.run import sample
from eval.scoring import forecast_of, outcome_of
from eval.settings import RunSettings
from eval.suites.seeds import seeds_folder
from eval.types import DataInfo, Outcome, PairCase, PairClaim, Part
from eval.workshop import Workshop
from index.errors import InputError
from index.types import Document, DocumentInfo, Passage
from qa.claims.relations import RelationSettings, relate
from qa.claims.scenes import Candidate, scenes_of
from qa.types import Span

PAIRS = CASES / "conflicts.jsonl"
_SURE = 0.9
"""Both claims of a pair are as good as read right: it is their relation that is measured."""


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """RAMDocs where ``data`` names it, else the pairs."""
    if settings.data is None:
        return _pairs_bench(settings)
    return _ramdocs_bench(required(settings.data, "--data", "a file in RAMDocs' format"), settings, workshop)


def judged_relation(case: PairCase, texts: Mapping[str, str]) -> str:
    """What the second claim is to the first, by the function that answers are built with; coarser counts as finer.

    A claim is judged in the paragraph around its quote where ``texts`` has its document, else in the quote alone.
    """
    candidates = [_candidate(rank, claim, texts) for rank, claim in enumerate(case.claims, start=1)]
    first, second = scenes_of(case.question, candidates)
    verdict = relate(second, first, RelationSettings()).verdict
    return "finer" if verdict == "coarser" else verdict


def _pairs_bench(settings: RunSettings) -> Bench:
    path = settings.questions or PAIRS
    texts = texts_of_folder(seeds_folder())
    articles = [] if settings.articles is None else [required(settings.articles, "--articles", "the pairs' articles")]
    for found in articles:
        texts |= texts_of_articles(found)
    cases = {case.id: case for case in load_pairs(path, texts)}
    chosen = sample(cases, limit=settings.limit, seed=settings.seed)
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_pair_outcome, case, texts) for name, case in chosen.items()
    }
    claims = [claim for case in cases.values() for claim in case.claims]
    return Bench(
        data=DataInfo(
            name=path.name,
            sha256=sha256_of(path, *articles),
            cases=len(chosen),
            shipped=settings.questions is settings.articles is None,
        ),
        settings={"claims in their paragraph": sum(claim.document in texts for claim in claims), "claims": len(claims)},
        tasks=tasks,
    )


def _pair_outcome(case: PairCase, texts: Mapping[str, str]) -> Outcome:
    judged = judged_relation(case, texts)
    called, is_conflict = judged == "conflicts", case.relation == "conflicts"
    scores = {"relations.accuracy": Part(float(judged == case.relation), 1)}
    if called:
        scores["relations.precision"] = Part(float(is_conflict), 1)
    if is_conflict:
        scores["relations.recall"] = Part(float(called), 1)
    one, other = case.claims
    return Outcome(
        id=case.id,
        question=f"{case.question} {one.text} / {other.text}",
        type=case.relation,
        expected=(case.relation,),
        got=judged,
        scores=scores,
        blame=None if judged == case.relation else "wrongly grouped",
    )


def _candidate(rank: int, claim: PairClaim, texts: Mapping[str, str]) -> Candidate:
    paragraph, quoted = _paragraph(claim, texts)
    document = document_of(f"{rank}:{claim.document}", paragraph, published=claim.published)
    start = quoted + claim.quote.find(claim.text)
    passage = Passage(id=rank, document_id=document.id, start=0, end=len(paragraph), text=paragraph)
    return Candidate(
        rank=rank,
        document=DocumentInfo(**document.model_dump(exclude={"text", "source"}), source=claim.source),
        passage=passage,
        span=Span(start=start, end=start + len(claim.text), text=claim.text),
        probability=_SURE,
        voice=document.id,
    )


def _paragraph(claim: PairClaim, texts: Mapping[str, str]) -> tuple[str, int]:
    """The paragraph around a claim's quote, and where in it the quote stands."""
    text = texts.get(claim.document, claim.quote)
    position = text.find(claim.quote)
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position + len(claim.quote))
    return text[start : end if end >= 0 else len(text)], position - start


def _ramdocs_bench(path: Path, settings: RunSettings, workshop: Workshop) -> Bench:
    questions = load_ramdocs(path)
    chosen = sample(questions, limit=settings.limit, seed=settings.seed)
    documents = {name: documents_of(name, question) for name, question in questions.items()}
    if not any(documents.values()):
        raise InputError(f"{path}: no document holds text")
    search, answering = index_settings(settings), answer_settings(settings)
    union = [document for group in documents.values() for document in group]
    restricted = open_restricted(union, settings.directory, answering, search, workshop, name="ramdocs")
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_ramdocs_outcome, name, question, documents[name], restricted)
        for name, question in chosen.items()
    }
    return Bench(
        data=DataInfo(name=path.name, sha256=sha256_of(path), cases=len(chosen)),
        settings=described(search, answering) | restricted.described(),
        tasks=tasks,
        close=restricted.close,
    )


def _ramdocs_outcome(name: str, question: Disagreement, documents: list[Document], restricted: Restricted) -> Outcome:
    with restricted.to(documents) as answerer:
        asked = ask(answerer, question.question, unrefusing=unrefusing(answerer))
    answer = asked.answer
    claims = [claim.text for claim in answer.claims]
    gold = disagreeing_pairs(name, question)
    scores = {
        **answer_set_scores(claims, question.gold_answers, question.wrong_answers),
        **pair_scores(shown_pairs(answer), gold),
        **offset_scores(answer, {document.id: document.text for document in documents}),
    }
    forecast = forecast_of(question.gold_answers, asked)
    kind = guessed_type(question.question)
    return outcome_of(name, kind, answer, question.gold_answers, scores, forecast=forecast)
