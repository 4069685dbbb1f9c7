"""A reader small enough to train in seconds: it learns, resumes, and reads the same in ONNX as in torch."""

import gzip
import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Passage
from qa.calibration import Logistic
from qa.training.asked import about_another, as_asked
from qa.training.calibrate import fit_logistic, threshold_for
from qa.training.examples import Group, TrainingPassage, is_validation, read_groups, window_around, write_groups
from qa.training.mine import NewsSettings, PassagePool, news_groups, news_passages, occurrences, with_negatives
from qa.training.ranking import Choice, fit_order, scaled
from qa.training.scoring import overlap
from qa.training.unseen import write_unseen
from qa.training.validate import auroc, validate

TEXT = "Qatar and Turkey mediated the talks in Istanbul on October 19 after clashes that killed dozens."


_WORDS = st.lists(st.sampled_from(["a", "bb", "ccc\n", "d.", "é"]), min_size=1, max_size=80)


@given(_WORDS, st.integers(1, 40), st.randoms())
def test_a_window_is_a_slice_that_keeps_a_span(words: list[str], size: int, generator: random.Random) -> None:
    text = " ".join(words)
    first = generator.randrange(len(words))
    start = len(" ".join(words[:first])) + bool(first)
    span = (start, start + len(words[first].strip()))
    whole = TrainingPassage(text=text, spans=(span,), title="A title")
    passage = window_around(whole, max_words=size, generator=generator)
    assert passage.title == "A title"
    assert passage.text in text
    assert len(passage.text.split()) <= max(size, len(text.split()) if size >= len(text.split()) else size)
    assert [passage.text[left:right] for left, right in passage.spans] == [text[span[0] : span[1]]]


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("In Iran, not Iranian.", ["Iran"], [(3, 7)]),
        ("the “Friends” actor", ['"Friends"'], [(5, 12)]),
        ("New\nYork and new york", ["New York"], [(0, 8), (13, 21)]),
        ("nothing here", [" "], []),
    ],
)
def test_occurrences_are_whole_words(text: str, answers: list[str], expected: list[tuple[int, int]]) -> None:
    assert list(occurrences(text, answers)) == expected


@pytest.mark.parametrize("title", ["", "Talks"])
def test_a_negative_holds_none_of_the_answers_and_has_a_title_like_the_others(title: str) -> None:
    texts = ["Talks in Doha were mediated by Qatar.", "Talks were mediated by Oman.", "Football."]
    pool = PassagePool(TrainingPassage(text=text, title="Talks") for text in texts)
    group = Group(
        id="1",
        source="made",
        question="Who mediated the talks?",
        validation=False,
        passages=(TrainingPassage(text="Qatar mediated.", spans=((0, 5),), title=title),),
    )
    mined = with_negatives(group, pool, count=2, depth=3, max_words=50, generator=random.Random(1))
    assert mined.passages[1:] == (TrainingPassage(text="Talks were mediated by Oman.", title=title),)


def test_news_passages_lose_no_word() -> None:
    text = "One two three.\n\n" + "word " * 250 + "\nlast line"
    assert " ".join(news_passages(text)).split() == text.split()


ARTICLES = {
    "a": {"id": "a", "title": "Talks fail", "text": "Qatar mediated the talks.\n\nThe talks failed on Friday."},
    "b": {"id": "b", "title": "Football", "text": "Oman won the match of the day."},
}


@pytest.mark.parametrize(
    ("answers", "held", "expected"),
    [
        (["Qatar"], True, {("Talks fail", ((0, 5),)), ("Football", ())}),
        (["Iran"], False, {("Talks fail", ()), ("Football", ())}),
    ],
)
def test_news_groups_hold_what_answers_and_what_does_not(
    answers: list[str], held: bool, expected: set[tuple[str, tuple[tuple[int, int], ...]]]
) -> None:
    question = {
        "id": "1",
        "date": "2023/01/01",
        "question": "Who mediated the talks on the day of the match?",
        "answers": answers,
        "gcs_articles": ["a", "b", "not there"],
        "articles_with_answer_string": ["a"] if held else [],
    }
    settings = NewsSettings(unanswered_share=1, copies=2)
    groups = list(news_groups([question], ARTICLES, settings, generator=random.Random(1)))
    assert len(groups) == (2 if held else 1)
    for group in groups:
        assert not group.validation
        assert {(passage.title, passage.spans) for passage in group.passages} == expected


def test_what_is_unseen_is_later_and_of_other_articles(tmp_path: Path) -> None:
    titles = [f"Article {number}" for number in range(60)]
    squad = [{"title": title, "paragraphs": [{"context": "x", "qas": [{"id": title}]}]} for title in titles]
    (tmp_path / "reading").mkdir()
    (tmp_path / "realtimeqa").mkdir()
    with gzip.open(tmp_path / "reading" / "squad2-dev-half.json.gz", "wt") as file:
        json.dump({"version": "v2.0", "data": squad}, file)
    asked = [
        {"id": "early", "date": "2023/11/30", "gcs_articles": ["a"]},
        {"id": "late", "date": "2023/12/01", "gcs_articles": ["b"]},
        {"id": "alone", "date": "2023/12/08", "gcs_articles": []},
    ]
    for name, records in (("questions-2020-2023", asked), ("articles-2022-2023", [{"id": "a"}, {"id": "b"}])):
        with gzip.open(tmp_path / "realtimeqa" / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(f"{json.dumps(record)}\n" for record in records)
    counts = write_unseen(tmp_path, tmp_path / "out")
    kept = [article["title"] for article in json.loads((tmp_path / "out" / "squad2.json").read_text())["data"]]
    assert kept == [title for title in titles if is_validation(f"squad2-dev-half/{title}")]
    assert counts == {"squad2.json": len(kept), "questions.jsonl": 1, "articles.jsonl": 1}
    assert json.loads((tmp_path / "out" / "questions.jsonl").read_text())["id"] == "late"
    assert json.loads((tmp_path / "out" / "articles.jsonl").read_text())["id"] == "b"


PLAIN = TrainingPassage(text="In 2019 Maria Lopez led Chile and Ana Ruiz led Peru in Lima.", spans=((8, 19),))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who led Chile?", {"Who led Peru?", "Who led Lima?", "Who led Ana Ruiz?"}),
        ("who led the country", {None}),
        ("Who led Bolivia?", {None}),
        ("Chile was led by whom?", {None}),
    ],
)
def test_a_question_about_another_names_what_the_passage_names(question: str, expected: set[str | None]) -> None:
    made = {about_another(question, PLAIN, random.Random(seed)) for seed in range(40)}
    assert made == expected


@given(st.randoms(use_true_random=False))
def test_a_question_that_is_cut_short_keeps_only_what_answers(generator: random.Random) -> None:
    other = TrainingPassage(text="Nobody led anything.")
    question = "Who led the country of Chile in the year 2019?"
    group = Group(id="1", source="made", question=question, validation=False, passages=(PLAIN, other))
    asked, passages = as_asked(group, generator)
    assert asked.strip()
    assert PLAIN in passages
    if len(asked.split()) < len(question.split()):
        assert passages == (PLAIN,)


@pytest.mark.parametrize(
    ("read", "answers", "expected"),
    [
        ("the Taliban", ["Taliban"], 1.0),
        ("October 19", ["on October 19, 2025"], 2 * 2 / 6),
        ("", ["x"], 0.0),
        ("x", [], 0),
    ],
)
def test_overlap(read: str, answers: list[str], expected: float) -> None:
    assert overlap(read, answers) == pytest.approx(expected)


def test_auroc_counts_ties_half() -> None:
    assert auroc([2, 1], [1, 0]) == pytest.approx(3.5 / 4)


def test_a_threshold_keeps_the_wrong_share_under_the_risk() -> None:
    assert threshold_for([0.9, 0.8, 0.7, 0.6], [True, False, True, False], risk=0.34) == 0.7
    assert threshold_for([0.9], [False], risk=0.1) == 1.0


def test_a_logistic_regression_finds_the_weights_that_made_the_labels() -> None:
    generator = np.random.default_rng(7)
    values = generator.normal(size=(4000, 2))
    labels = generator.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * values[:, 0])))
    model = fit_logistic([{"a": a, "b": b} for a, b in values], labels.tolist(), ("a", "b"))
    assert model.bias == pytest.approx(0.5, abs=0.15)
    assert model.weights["a"] == pytest.approx(2, abs=0.2)
    assert model.weights["b"] == pytest.approx(0, abs=0.15)


def test_an_order_is_learned_within_questions_and_not_between_them() -> None:
    generator = np.random.default_rng(7)
    choices = []
    for _ in range(600):
        features = generator.normal(size=(8, 2))
        utility = 2.0 * features[:, 0] + generator.gumbel(size=8)
        # What the whole question shifts says nothing about the order of its hits.
        features[:, 0] += generator.normal(scale=5)
        choices.append(Choice(features, np.arange(8) == utility.argmax()))
    order = fit_order(choices, ("a", "b"), np.ones(600))
    assert order["a"] == pytest.approx(2, abs=0.25)
    assert order["b"] == pytest.approx(0, abs=0.15)
    rows = [{"a": a, "b": b} for choice in choices for a, b in choice.features]
    flat = fit_logistic(rows, [bool(right) for choice in choices for right in choice.right], ("a", "b"))
    assert flat.weights["a"] < 0.5, "the regression over all hits, which this replaces, is misled by the shift"


def test_an_order_keeps_its_sense_as_a_probability() -> None:
    model = scaled({"a": 2.0, "b": -1.0}, Logistic(bias=-1.0, weights={"order": 0.5}))
    assert model == Logistic(bias=-1.0, weights={"a": 1.0, "b": -0.5})


@pytest.fixture(scope="module")
def start_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder with random weights and the real tokenizer."""
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig, BertModel

    from index.model_files import find_model
    from index.settings import DEFAULT_MODEL

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("start")
    real = find_model(DEFAULT_MODEL).folder
    config = BertConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64)
    config.save_pretrained(folder)
    save_file(BertModel(config, add_pooling_layer=False).state_dict(), folder / "model.safetensors")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(real / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    asked = {"Who mediated?": "Qatar and Turkey", "Where?": "Istanbul", "When?": "October 19"}
    path = tmp_path_factory.mktemp("groups") / "groups.jsonl"
    write_groups(path, (_group(question, words, part) for question, words in asked.items() for part in (False, True)))
    return path


def _group(question: str, words: str, validation: bool) -> Group:
    start = TEXT.index(words)
    answers = TrainingPassage(text=TEXT, spans=((start, start + len(words)),))
    other = TrainingPassage(text="Football was played on Sunday by nobody in particular.")
    name = f"{question}/{validation}"
    return Group(id=name, source="made", question=question, validation=validation, passages=(answers, other))


@pytest.mark.model
def test_a_tiny_reader_learns_resumes_and_reads_alike_in_onnx(start_folder: Path, groups: Path, tmp_path: Path) -> None:
    import torch

    from qa.readers.onnx import OnnxReader
    from qa.training.average import average
    from qa.training.encode import collate, load_tokenizer
    from qa.training.export import export
    from qa.training.network import ReaderNetwork
    from qa.training.train import TrainingSettings, train

    settings = TrainingSettings(
        steps=30, warmup_steps=2, decay_steps=10, learning_rate=3e-3, sequences=6, save_every=10, train_embeddings=True
    )
    train(groups, start_folder, tmp_path / "work", settings)
    weights = train(groups, start_folder, tmp_path / "work", settings.model_copy(update={"steps": 60}))
    steps = [json.loads(line)["step"] for line in (tmp_path / "work" / "log.jsonl").read_text().splitlines()]
    assert steps == [20, 40, 60]

    reader = OnnxReader(export(weights, tmp_path / "reader", name="tiny", quantize=False, titles=True), threads=1)
    scores = next(iter(validate(reader, read_groups(groups))))
    assert scores.ranked_first == 1.0
    assert scores.separation == 1.0

    half = average(start_folder, weights, tmp_path / "half", share=0.25)
    learned, start, mixed = (ReaderNetwork.from_folder(one).state_dict() for one in (weights, start_folder, half))
    name = "bert.encoder.layer.0.output.dense.weight"
    assert torch.allclose(mixed[name], 0.75 * start[name] + 0.25 * learned[name], atol=1e-3)
    manifest = json.loads((tmp_path / "reader" / "reader.json").read_text())
    assert manifest["titles"]
    members = [group for group in read_groups(groups) if group.validation][:1]
    batch = collate(members, load_tokenizer(weights, max_tokens=128))
    with torch.no_grad():
        network = ReaderNetwork.from_folder(weights).eval()
        _, _, relevance = network(batch.input_ids, batch.token_type_ids, batch.attention_mask)
    passage = Passage(id=1, document_id="a", start=0, end=len(TEXT), text=TEXT)
    assert reader.read(members[0].question, [passage])[0].relevance == pytest.approx(float(relevance[0]), abs=2e-2)


@pytest.mark.model
@pytest.mark.parametrize("title", ["", "Talks on the border fail", "word " * 40])
def test_a_reader_is_shown_what_it_was_trained_on(title: str) -> None:
    from qa.assemble import SHIPPED
    from qa.readers.onnx import OnnxReader
    from qa.training.encode import load_tokenizer, with_title

    reader = OnnxReader(SHIPPED, threads=1)
    passage = Passage(id=1, document_id="a", start=0, end=len(TEXT), text=TEXT)
    (window,) = reader._windows("who mediated", [passage], [title])
    encoding = load_tokenizer(SHIPPED, max_tokens=224).encode(with_title("who mediated", title), TEXT)
    assert window.input_ids == encoding.ids
    assert [0] * window.first + [1] * (len(window.input_ids) - window.first) == encoding.type_ids
