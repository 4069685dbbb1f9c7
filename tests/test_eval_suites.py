"""The suites from data to outcomes, over a real index and pipeline, with a fake embedder and a reader by pattern."""

import json
import re
from functools import partial

import pytest

import qa.assemble
from eval import indexing, restricted
from eval.run import run_bench
from eval.settings import RunSettings
from eval.suites import SUITES, latency, open_suite
from eval.suites.retrieval import WHOLE_DOCUMENTS
from eval.workshop import Workshop
from index.build import build_from_documents, build_index
from index.errors import InputError
from index.search import PassageIndex
from qa.calibration import Calibration, Logistic
from qa.types import Reading, Span

CALIBRATION = Calibration(
    reading=Logistic(bias=0, weights={"span": 1.0}),
    passage=Logistic(bias=0, weights={"span": 1.0}),
    answer=Logistic(bias=0, weights={"log_odds": 1.0}),
    threshold=0.5,
    fitted_on="nothing",
)
KNOWN = {
    "opened": r"Elena Petrova",
    "stork": r"two hundred",
    "cost": r"4\d million euros",
    "born": r"\b1[89]\d\d\b",
    "won": r"Minjee Lee",
}


class KnowingReader:
    """Finds the pattern that belongs to a word of the question."""

    name = "knowing"

    def read(self, question, passages):
        pattern = next((pattern for word, pattern in KNOWN.items() if word in question), r"\Zx")
        return [self._read(re.search(pattern, passage.text), passage) for passage in passages]

    def _read(self, match, passage):
        if match is None:
            return Reading(relevance=-4, span=None, score=-4)
        start = passage.start + match.start()
        span = Span(start=start, end=start + len(match.group()), text=match.group())
        return Reading(relevance=3, span=span, score=3)


@pytest.fixture(autouse=True)
def without_models(monkeypatch, fake_embedder):
    """The product's own code, with stand-ins for both models. Counts the builds."""
    builds = []

    def counted(build, *arguments, **settings):
        builds.append(settings.get("rebuild"))
        return build(*arguments, **{"embedder": fake_embedder} | settings)

    really_open = PassageIndex.open.__func__

    def opened(cls, directory, *, settings=None, embedder=None):
        return really_open(cls, directory, settings=settings, embedder=embedder or fake_embedder)

    monkeypatch.setattr(PassageIndex, "open", classmethod(opened))
    monkeypatch.setattr(indexing, "code_sha256", lambda *_: "code")  # a checkout may be edited while its tests run
    monkeypatch.setattr(indexing, "build_index", partial(counted, build_index))
    monkeypatch.setattr(indexing, "build_from_documents", partial(counted, build_from_documents))
    for module in (qa.assemble, restricted):
        monkeypatch.setattr(module, "open_reader", lambda *_: (KnowingReader(), CALIBRATION))
    return builds


@pytest.fixture
def run(tmp_path):
    """Runs a suite; gives its report."""

    def run_suite(suite, **settings):
        told = RunSettings.model_validate(settings)
        bench = open_suite(suite, told, Workshop(indexes=tmp_path / "indexes", say=lambda _: None))
        try:
            out = tmp_path / "report"
            return run_bench(suite, bench, settings=told, baselines=(), out=out, progress=lambda *_: None)
        finally:
            bench.close()

    return run_suite


def lines(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def case(case_id, question, answers=(), gold=(), **more):
    return {
        "id": case_id, "question": question, "type": "what", "tests": "x", "answerable": bool(answers),
        "answers": list(answers), "gold": [{"document": d, "quote": q} for d, q in gold], "conflict": None,
        **({} if answers else {"near": True}), **more,
    }  # fmt: skip


COST = [("harbour.txt", "It cost 40 million euros"), ("ferry.txt", "cost 46 million euros")]
SIDES = [
    {"answers": ["40 million euros"], "documents": ["harbour.txt"]},
    {"answers": ["46 million euros"], "documents": ["ferry.txt"]},
]


@pytest.fixture
def cases(tmp_path):
    return lines(
        tmp_path / "cases.jsonl",
        case("opener", "Who opened the bridge?", ["Elena Petrova"], [("harbour.txt", "mayor Elena Petrova")]),
        case("storks", "How many storks came?", ["two hundred"], [("storks.txt", "two hundred storks")]),
        case("cost", "What did the bridge cost?", ["40 million euros"], COST, conflict={"sides": SIDES}),
        case("cup", "Which team took the cup?"),
    )


def values(report):
    return {metric.name: metric.value for metric in report.metrics}


def test_a_refused_question_is_read_once(run, tmp_path, tiny_corpus, monkeypatch):
    asked = []
    read = KnowingReader.read
    monkeypatch.setattr(KnowingReader, "read", lambda self, q, *rest: asked.append(q) or read(self, q, *rest))
    report = run("own", data=tiny_corpus, questions=lines(tmp_path / "c.jsonl", case("cup", "Which team?")), repeat=0)
    assert report.cases[0].status == "unanswered"
    assert asked == ["Which team?"]


def test_what_is_repeated_is_read_again(run, cases, tiny_corpus, monkeypatch):
    asked = []
    read = KnowingReader.read
    monkeypatch.setattr(KnowingReader, "read", lambda self, q, *rest: asked.append(q) or read(self, q, *rest))
    run("own", data=tiny_corpus, questions=cases, repeat=4)
    assert asked.count("How many storks came?") == 2


def test_own_cases_go_through_the_whole_pipeline(run, cases, tiny_corpus):
    report = run("own", questions=cases, data=tiny_corpus)
    found = values(report)
    assert found["answers.right"] == found["offsets.exact"] == found["repeatable"] == 1
    assert found["documents.success@3"] == 1
    assert found["abstention.precision"] == found["abstention.recall"] == 1
    assert {outcome.id: outcome.blame for outcome in report.cases if outcome.id != "cost"} == {
        "opener": None,
        "storks": None,
        "cup": None,
    }
    assert report.data.cases == 4
    assert report.settings["reader"] == "knowing"


def test_two_runs_give_the_same_bytes_apart_from_timings(run, cases, tiny_corpus):
    one, other = (run("own", questions=cases, data=tiny_corpus).model_copy(update={"timings": None}) for _ in range(2))
    assert one.model_dump_json(warnings=False) == other.model_dump_json(warnings=False)


def test_an_index_is_built_once_and_again_for_other_code_or_passages(
    run, cases, tiny_corpus, without_models, monkeypatch
):
    run("own", questions=cases, data=tiny_corpus)
    run("own", questions=cases, data=tiny_corpus, weight=0.3)
    assert without_models == [False]
    run("own", questions=cases, data=tiny_corpus, passage_words=40)
    assert without_models == [False, False]
    monkeypatch.setattr(indexing, "code_sha256", lambda *_: "another version")
    run("own", questions=cases, data=tiny_corpus)
    assert without_models == [False, False, True]


def test_what_another_version_left_unfinished_is_built_anew(run, cases, tiny_corpus, tmp_path):
    run("own", questions=cases, data=tiny_corpus)
    (stamp,) = (tmp_path / "indexes").glob("*.code")
    stamp.unlink()
    (tmp_path / "indexes" / stamp.stem / "catalog.sqlite").write_bytes(b"no catalog of this version" * 100)
    assert values(run("own", questions=cases, data=tiny_corpus))["offsets.exact"] == 1


def test_a_named_index_is_built_where_there_is_none_and_never_changed(
    run, cases, tiny_corpus, tmp_path, without_models
):
    run("own", questions=cases, data=tiny_corpus, directory=tmp_path / "named")
    run("own", questions=cases, data=tiny_corpus, directory=tmp_path / "named")
    assert len(without_models) == 1
    (tiny_corpus / "new.txt").write_text("A new article about something else entirely, in a few words.")
    with pytest.raises(InputError, match="is an index of other documents"):
        run("own", questions=cases, data=tiny_corpus, directory=tmp_path / "named")
    assert len(without_models) == 1


def test_missing_data_is_said(run, tmp_path):
    with pytest.raises(InputError, match="--questions PATH"):
        run("own")
    with pytest.raises(InputError, match="needs a file in SQuAD's format"):
        run("reading")
    with pytest.raises(InputError, match="needs a BEIR folder"):
        run("retrieval")
    with pytest.raises(InputError, match="RealTimeQA's questions"):
        run("open")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"holds no \.txt or \.md files"):
        run("seeds", data=tmp_path / "empty")


BEIR = [
    ("d1", "Storks", "Storks return."),
    ("d2", "Bridge", "A bridge was opened."),
    ("d3", "Ferry", "The last ferry."),
]


def beir(folder, *, long=""):
    lines(folder / "corpus.jsonl", *({"_id": i, "title": t, "text": f"{x} {long}"} for i, t, x in BEIR))
    lines(folder / "queries.jsonl", {"_id": "q1", "text": "storks return"}, {"_id": "q2", "text": "last ferry"})
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t1\n")
    return folder


def test_retrieval_ranks_documents(run, tmp_path):
    report = run("retrieval", data=beir(tmp_path / "beir"))
    assert values(report)["documents.ndcg@10"] == 1
    assert report.settings["passage words"] == f"{WHOLE_DOCUMENTS.min_words}–{WHOLE_DOCUMENTS.max_words}"


def test_retrieval_cuts_documents_only_when_told_to(run, tmp_path):
    long = " ".join(f"Sentence {n} speaks of one more thing that nobody asked about at all." for n in range(60))
    folder = beir(tmp_path / "beir", long=long)
    run("retrieval", data=folder, directory=tmp_path / "whole")
    run("retrieval", data=folder, cut=True, directory=tmp_path / "cut")
    whole, cut = (PassageIndex.open(tmp_path / name) for name in ("whole", "cut"))
    assert whole.manifest.passages == 3
    assert cut.manifest.passages > 3


ARTICLES = [
    {"id": "a1", "title": "Golf", "date": "2022/06/06", "url": "https://x.com/1", "text": "Minjee Lee won the Open."},
    {
        "id": "a2",
        "title": "Golf",
        "date": "2022/06/05",
        "url": "https://y.com/2",
        "text": "The Open was played and won.",
    },
]
QUESTIONS = [
    {"id": "1", "question": "Who won?", "answers": ["Minjee Lee"], "gcs_articles": ["a1"],
     "articles_with_answer_string": ["a1"]},
    {"id": "2", "question": "Who won then?", "answers": ["Minjee Lee"], "gcs_articles": ["a2"],
     "articles_with_answer_string": []},
]  # fmt: skip


@pytest.mark.parametrize(("per_question", "answered"), [(False, [True, True]), (True, [True, False])])
def test_open_questions_over_all_articles_or_their_own(run, tmp_path, per_question, answered):
    questions, articles = lines(tmp_path / "q.jsonl", *QUESTIONS), lines(tmp_path / "a.jsonl", *ARTICLES)
    report = run("open", questions=questions, articles=articles, per_question=per_question)
    assert [outcome.got == "Minjee Lee" for outcome in report.cases] == answered
    assert values(report)["answers.f1.occurs"] == 1
    assert values(report)["answers.f1.absent"] == float(answered[1])
    assert values(report)["offsets.exact"] == 1


def test_search_for_news_is_judged_by_the_answers_words(run, tmp_path):
    questions, articles = lines(tmp_path / "q.jsonl", *QUESTIONS), lines(tmp_path / "a.jsonl", *ARTICLES)
    report = run("retrieval", questions=questions, articles=articles)
    assert [outcome.id for outcome in report.cases] == ["1"]
    assert values(report)["passages.holds@5"] == 1
    assert values(report)["documents.recall@10"] == 1


def test_search_for_news_needs_an_article_that_answers(run, tmp_path):
    questions, articles = lines(tmp_path / "q.jsonl", QUESTIONS[1]), lines(tmp_path / "a.jsonl", *ARTICLES)
    with pytest.raises(InputError, match="no question has an article"):
        run("retrieval", questions=questions, articles=articles)


RAMDOCS = [
    {
        "question": "When was Justice Cole born?",
        "documents": [
            {"text": "Justice Cole was born in 1841 in Maine.", "type": "correct", "answer": "1841"},
            {"text": "Justice Cole was born in 1900 in Maine.", "type": "misinfo", "answer": "1900"},
        ],
        "gold_answers": ["1841"],
        "wrong_answers": ["1900"],
    },
    {
        "question": "When was the other one born?",
        "documents": [{"text": "The other one was born in 1873.", "type": "correct", "answer": "1873"}],
        "gold_answers": ["1873"],
        "wrong_answers": [],
    },
]


def test_ramdocs_answers_from_a_questions_own_documents(run, tmp_path):
    report = run("conflicts", data=lines(tmp_path / "r.jsonl", *RAMDOCS))
    assert values(report)["answers.recall"] == 1
    assert [outcome.scores["answers.all"].got for outcome in report.cases] == [0, 1]
    assert report.cases[1].got == "1873"
    assert values(report)["offsets.exact"] == 1


def test_the_shipped_pairs_are_judged_by_what_answers_are_built_with(run):
    report = run("conflicts")
    assert report.data.cases >= 40
    assert set(report.by_type) == {"same", "finer", "update", "conflicts", "other"}
    found = next(outcome for outcome in report.cases if outcome.id == "seeds-ceasefire-jnd")
    assert found.got == "conflicts"


def test_reading_asks_the_reader_alone(run, tmp_path):
    qas = [
        {"id": "1", "question": "Who won?", "answers": [{"text": "Minjee Lee", "answer_start": 0}]},
        {"id": "2", "question": "Who lost?", "answers": [], "is_impossible": True},
    ]
    data = {"data": [{"title": "t", "paragraphs": [{"context": "Minjee Lee won the Open.", "qas": qas}]}]}
    (tmp_path / "dev.json").write_text(json.dumps(data))
    found = values(run("reading", data=tmp_path / "dev.json"))
    assert found["answers.em"] == found["answers.f1.best_threshold"] == found["answers.em.no_answer"] == 1
    qas.pop()
    (tmp_path / "dev11.json").write_text(json.dumps(data))
    always = run("reading", data=tmp_path / "dev11.json", threshold=1.0)
    assert values(always)["answers.em"] == 1, "SQuAD 1.1 has an answer to every question"
    assert "answers.f1.best_threshold" not in values(always)


def test_latency_counts_stages_cold_starts_and_memory(run, cases, tiny_corpus, monkeypatch):
    monkeypatch.setattr(latency, "_cold_start", lambda question, directory: 100.0)
    report = run("latency", questions=cases, data=tiny_corpus, limit=2)
    timed = {metric.name: metric.value for metric in report.timings.metrics}
    assert {"latency.retrieve.p50", "latency.read.p95", "latency.total.p99"} <= set(timed)
    assert timed["cold_start_ms.max"] == 100
    assert timed["peak_memory_mb.warm"] > 1
    assert report.metrics == ()


def test_every_listed_suite_can_be_loaded():
    for name in SUITES:
        assert open_suite.__module__ == "eval.suites"
        assert __import__(f"eval.suites.{name}", fromlist=["open_bench"]).open_bench
