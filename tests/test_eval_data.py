"""Readers of public formats: what they take from a file, and the one line they say where it is wrong."""

import gzip
import json

import pytest

from eval.beir import load_beir
from eval.files import required
from eval.metrics.conflicts import answer_set_scores
from eval.ramdocs import disagreeing_pairs, documents_of, load_ramdocs
from eval.realtimeqa import load_realtimeqa
from eval.suites.reading import best_threshold_metrics, load_squad
from eval.types import Forecast, Outcome, Part
from index.errors import InputError


def lines(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in records))
    return path


def squad(*questions, context="Rain fell in May."):
    return {"version": "v2.0", "data": [{"title": "t", "paragraphs": [{"context": context, "qas": list(questions)}]}]}


ASKED = {"id": "q1", "question": "When?", "answers": [{"text": "May", "answer_start": 13}], "is_impossible": False}
IMPOSSIBLE = {"id": 2, "question": "Who?", "answers": [], "plausible_answers": [{"text": "x"}], "is_impossible": True}


def test_squad_gzipped_or_not(tmp_path):
    plain, packed = tmp_path / "dev.json", tmp_path / "dev.json.gz"
    plain.write_text(json.dumps(squad(ASKED, IMPOSSIBLE)))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert load_squad(plain) == load_squad(packed)
    items = load_squad(plain)
    assert items["q1"].answers == ("May",)
    assert items["2"].answers == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", r"dev.json:1: not JSON"),
        ('{"data": 3}', r"dev.json: data"),
        (json.dumps(squad({"id": "x"})), r"data.0.paragraphs.0.qas.0.question"),
        (json.dumps(squad(ASKED, ASKED)), "'q1' comes twice"),
        (json.dumps(squad()), "holds no questions"),
    ],
)
def test_bad_squad_is_named(tmp_path, content, says):
    (tmp_path / "dev.json").write_text(content)
    with pytest.raises(InputError, match=says):
        load_squad(tmp_path / "dev.json")


def reading(confidence, forced, *, answerable=True):
    forecast = Forecast(confidence=confidence, right=False, answerable=answerable, refused=False)
    scores = {"answers.f1.forced": Part(forced, 1)}
    return Outcome(id=str((confidence, forced)), question="q", type="who", scores=scores, forecast=forecast)


def test_the_best_threshold_worked_by_hand():
    outcomes = [reading(0.9, 1.0), reading(0.8, 0.0, answerable=False), reading(0.7, 0.4), reading(0.1, 0.5)]
    # Refusing all: 1 of 4. Down to .9: 2. To .8: 1. To .7: 1.4. To .1: 1.9.
    assert best_threshold_metrics(outcomes)[0].value == pytest.approx(2 / 4)


BEIR_DOCUMENT = {"_id": "d1", "title": "T", "text": "words", "metadata": {}}
BEIR_QUERY = {"_id": "q1", "text": "which words?"}


def beir(folder, *, corpus=(BEIR_DOCUMENT,), queries=(BEIR_QUERY,), qrels=("q1\td1\t1",)):
    lines(folder / "corpus.jsonl", *corpus)
    lines(folder / "queries.jsonl", *queries)
    lines(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", *qrels)
    return folder


def test_beir_joins_title_and_text_and_keeps_judged_queries(tmp_path):
    unjudged = {"_id": "q2", "text": "never judged"}
    loaded = load_beir(beir(tmp_path, queries=(BEIR_QUERY, unjudged), qrels=("q1\td1\t2", "q2\td1\t0")), "test")
    assert loaded.texts == {"d1": "T\n\nwords"}
    assert loaded.queries == {"q1": "which words?"}
    assert loaded.qrels == {"q1": {"d1": 2}}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"qrels": ("q1\td9\t1",)}, r"test.tsv:2: no document 'd9' in corpus.jsonl"),
        ({"qrels": ("q1\td1\t1", "q9\td1\t1")}, r"test.tsv:3: no query 'q9' in queries.jsonl"),
        ({"qrels": ("q1 d1 1",)}, r"test.tsv:2: not `query"),
        ({"qrels": ("q1\td1\tyes",)}, r"test.tsv:2: not `query"),
        ({"qrels": ()}, r"test.tsv:1: holds no judgement"),
        ({"queries": ("{]",)}, r"queries.jsonl:1: not JSON"),
        ({"corpus": (BEIR_DOCUMENT, BEIR_DOCUMENT)}, r"corpus.jsonl:2: 'd1' was already used"),
        ({"corpus": ()}, r"corpus.jsonl:1: holds no"),
        ({"corpus": ({"_id": "d1"},)}, r"corpus.jsonl:1: text"),
    ],
)
def test_bad_beir_is_named(tmp_path, wrong, says):
    with pytest.raises(InputError, match=says):
        load_beir(beir(tmp_path, **wrong), "test")


def test_a_missing_split_and_a_packed_folder_are_named(tmp_path):
    with pytest.raises(InputError, match=r"train.tsv: no such file"):
        load_beir(beir(tmp_path), "train")
    (tmp_path / "set.tar.gz").write_bytes(b"x")
    with pytest.raises(InputError, match="unpack it"):
        load_beir(tmp_path / "set.tar.gz", "test")


QUESTION = {
    "id": "1", "question": "Who won?", "answers": ["Lee"], "gcs_articles": ["a", "gone"],
    "articles_with_answer_string": ["a"], "date": "2022/06/10", "choices": [],
}  # fmt: skip
ARTICLE = {"id": "a", "title": "Golf", "date": "2022/06/09", "url": "https://www.example.com/golf", "text": "Lee won."}


def test_realtimeqa_keeps_what_can_be_measured(tmp_path):
    bare = QUESTION | {"id": "2", "gcs_articles": []}
    empty = QUESTION | {"id": "3", "question": ""}
    loaded = load_realtimeqa(lines(tmp_path / "q.jsonl", QUESTION, bare, empty), lines(tmp_path / "a.jsonl", ARTICLE))
    assert list(loaded.questions) == ["1"]
    assert loaded.questions["1"].gcs_articles == ("a",)
    document = loaded.articles["a"]
    assert (document.published, document.source, document.title) == ("2022-06-09", "example.com", "Golf")


def test_bad_realtimeqa_is_named(tmp_path):
    articles = lines(tmp_path / "a.jsonl", ARTICLE)
    with pytest.raises(InputError, match=r"q.jsonl:2: answers"):
        load_realtimeqa(lines(tmp_path / "q.jsonl", QUESTION, {"id": "2", "question": "x", "answers": "Lee"}), articles)
    with pytest.raises(InputError, match=r"q.jsonl:1: no question has an answer and articles"):
        load_realtimeqa(lines(tmp_path / "q.jsonl", QUESTION | {"gcs_articles": ["gone"]}), articles)


RAM = {
    "question": "When was he born?",
    "documents": [
        {"text": "He was born in 1841.", "type": "correct", "answer": "1841"},
        {"text": "Born in the year 1841.", "type": "correct", "answer": "1841"},
        {"text": "He was born in 1900.", "type": "misinfo", "answer": "1900"},
        {"text": "He was a judge.", "type": "noise", "answer": "unknown"},
    ],
    "gold_answers": ["1841"],
    "wrong_answers": ["1900"],
}


def test_ramdocs_pairs_are_documents_with_different_answers(tmp_path):
    ((name, question),) = load_ramdocs(lines(tmp_path / "r.jsonl", RAM)).items()
    ids = [document.id for document in documents_of(name, question)]
    assert disagreeing_pairs(name, question) == {(ids[0], ids[2]), (ids[1], ids[2])}


def test_bad_ramdocs_is_named(tmp_path):
    bad = RAM | {"documents": [{"text": "x", "type": "lie", "answer": "y"}]}
    with pytest.raises(InputError, match=r"r.jsonl:2: documents.0.type"):
        load_ramdocs(lines(tmp_path / "r.jsonl", RAM, bad))


@pytest.mark.parametrize(
    ("claims", "gold", "wrong", "expected"),
    [
        (["1841", "1873"], ["1841", "1873"], ["1900"], {"all": 1, "recall": (2, 2), "precision": (2, 2), "misled": 0}),
        (["1841"], ["1841", "1873"], ["1900"], {"all": 0, "recall": (1, 2), "precision": (1, 1), "misled": 0}),
        (["1900", "1841"], ["1841"], ["1900"], {"all": 0, "recall": (1, 1), "precision": (1, 2), "misled": 1}),
        (["1841", "1900"], ["1841"], ["1900"], {"all": 0, "recall": (1, 1), "precision": (1, 2), "misled": 0}),
        (["1841", "a judge"], ["1841"], [], {"all": 1, "recall": (1, 1), "precision": (1, 2)}),
        ([], ["1841"], ["1900"], {"all": 0, "recall": (0, 1), "misled": 0}),
    ],
)
def test_several_answers_at_once_worked_by_hand(claims, gold, wrong, expected):
    scores = answer_set_scores(claims, gold, wrong)
    found = {name.removeprefix("answers."): part for name, part in scores.items()}
    assert found == {name: value if isinstance(value, tuple) else (value, 1) for name, value in expected.items()}


def test_missing_data_is_said_in_one_line(tmp_path):
    with pytest.raises(InputError, match="give it with --data PATH"):
        required(None, "--data", "a file")
    with pytest.raises(InputError, match="no such file or folder"):
        required(tmp_path / "gone", "--data", "a file")
