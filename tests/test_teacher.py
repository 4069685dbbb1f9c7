"""A teacher small enough to train in seconds: it learns, resumes, labels, and a student learns it from the labels."""

import json
import random
from pathlib import Path

import pytest
from tiny_reader import TEXT, write_encoder, write_mpnet, write_tiny_groups

from qa.training.examples import Group, TrainingPassage, read_groups

LONG = " ".join(f"word{number}" for number in range(200))
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_groups(tmp_path_factory.mktemp("groups"))


@pytest.fixture(scope="module")
def teacher(groups: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder of weights, made in two runs."""
    from qa.training.teacher.groups import LessonSettings
    from qa.training.teacher.train import TeacherSettings, teach

    start, work = write_mpnet(tmp_path_factory.mktemp("mpnet")), tmp_path_factory.mktemp("teacher")
    settings = TeacherSettings(
        steps=60,
        learning_rate=5e-3,
        warmup_steps=2,
        frozen_layers=0,
        mean_over=10,
        lessons=LessonSettings(shares={"made": 1.0}, sequences=6),
    )
    teach(groups, start, work, settings)
    weights = teach(groups, start, work, settings.model_copy(update={"steps": 120}))
    steps = [json.loads(line)["step"] for line in (work / "log.jsonl").read_text().splitlines()]
    assert steps == [20, 40, 60, 80, 100, 120]
    return weights


def test_a_student_learns_from_its_teachers_labels(groups: Path, teacher: Path, tmp_path: Path) -> None:
    from qa.readers.onnx import OnnxReader
    from qa.training.export import export
    from qa.training.teacher.distil import DistilSettings, distil
    from qa.training.teacher.groups import LessonSettings
    from qa.training.teacher.labels import read_labels
    from qa.training.validate import validate

    start, work = write_encoder(tmp_path), tmp_path / "work"
    settings = DistilSettings(
        fresh_steps=20,
        replay_steps=100,
        learning_rate=5e-3,
        warmup_steps=2,
        marked_share=0.0,
        lessons=LessonSettings(shares={"made": 1.0}, sequences=6),
    )
    weights = distil(groups, teacher, start, work, settings)
    reader = OnnxReader(export(weights, tmp_path / "reader", name="tiny", quantize=False), threads=1)
    # People's marks weighed nothing: what it tells apart, it was told by the teacher.
    scores = next(iter(validate(reader, read_groups(groups))))
    assert scores.ranked_first == 1.0
    assert len(list(read_labels(work / "labels-000.pt"))) == 20

    again = distil(groups, teacher, weights, work, settings.model_copy(update={"fresh_steps": 0, "replay_steps": 20}))
    assert again == weights
    assert [path.name for path in work.glob("labels-*")] == ["labels-000.pt"]
    with pytest.raises(ValueError, match="no labels to replay"):
        distil(groups, teacher, start, tmp_path / "empty", settings.model_copy(update={"fresh_steps": 0}))


def test_a_label_says_what_the_teacher_says_in_the_students_tokens(teacher: Path, tmp_path: Path) -> None:
    import torch

    from qa.training.encode import load_tokenizer
    from qa.training.teacher.labels import labelled
    from qa.training.teacher.network import TeacherNetwork, teacher_inputs

    student, theirs = (
        load_tokenizer(write_encoder(tmp_path), max_tokens=64),
        load_tokenizer(teacher, max_tokens=64),
    )
    network = TeacherNetwork.from_folder(teacher).eval()
    place = TEXT.index("Istanbul")
    group = Group(
        id="a",
        source="made",
        question="Where in the wide world?",
        validation=False,
        passages=(TrainingPassage(text=TEXT, spans=((place, place + len("Istanbul")),)),),
    )
    generator = random.Random(3)
    generator.random = lambda: 1.0  # type: ignore[method-assign]  # the question stays as it is
    (label,) = labelled([group], network, (student, theirs), rows=2, generator=generator)
    ours = student.encode(group.question, TEXT)
    assert label.ids == ours.ids
    ((first, last),) = label.spans
    assert TEXT[ours.offsets[first][0] : ours.offsets[last][1]] == "Istanbul"
    encoding = theirs.encode(group.question, TEXT)
    with torch.no_grad():
        starts, _, relevance = network(teacher_inputs([encoding], rows=2))
    at = encoding.char_to_token(place, 1)
    assert float(label.starts[1 + label.places.index(first)]) == pytest.approx(float(starts[0, at]), abs=0.02)
    assert float(label.starts[0]) == pytest.approx(float(starts[0, 0]), abs=0.02)
    assert label.relevance == pytest.approx(float(relevance[0]), abs=0.02)


def test_pairs_that_are_cut_into_other_pieces_are_left_out(teacher: Path, tmp_path: Path) -> None:
    from qa.training.encode import load_tokenizer
    from qa.training.teacher.labels import shared_places

    student, theirs = load_tokenizer(write_encoder(tmp_path), max_tokens=64), load_tokenizer(teacher, max_tokens=64)
    ours = student.encode("Where?", TEXT)
    assert len(shared_places(ours, theirs.encode("Where?", TEXT))) == len(ours.ids) - 5
    assert shared_places(ours, theirs.encode("Where?", TEXT[1:])) == []


def test_a_student_that_says_what_its_teacher_says_has_nothing_to_learn() -> None:
    import torch

    from qa.training.teacher.distil import _across, _divergence

    logits = torch.randn(3, 7)
    relevance, groups = torch.randn(3), torch.tensor([0, 0, 1])
    assert _divergence(logits, logits + 2.0, 2.0) == pytest.approx(torch.zeros(3), abs=1e-5)
    assert float(_across((logits, logits, relevance), (logits, logits, relevance), groups)) == pytest.approx(
        0, abs=1e-5
    )
    # A passage that is surer than its neighbour in the teacher's eyes must be so in the student's.
    moved = logits + torch.tensor([[2.0], [0.0], [0.0]])
    assert float(_across((moved, moved, relevance), (logits, logits, relevance), groups)) > 0.1
    assert _divergence(moved, logits, 1.0) == pytest.approx(torch.zeros(3), abs=1e-5)


@pytest.mark.parametrize("words", [10, 40])
def test_a_passage_is_cut_around_its_answer_or_where_the_questions_words_are(words: int) -> None:
    from qa.training.teacher.groups import cut

    start = LONG.index("word150")
    answering = TrainingPassage(text=LONG, spans=((start, start + len("word150")),))
    window = cut("what?", answering, words, random.Random(1))
    ((first, last),) = window.spans
    assert window.text[first:last] == "word150"
    other = cut("word30 and word33?", TrainingPassage(text=LONG), words, random.Random(1))
    assert {"word30", "word33"} <= set(other.text.split())
    assert len(window.text.split()) == len(other.text.split()) == words
    assert cut("what?", TrainingPassage(text="a b"), words, random.Random(1)).text == "a b"


def test_a_lesson_shows_one_passage_that_answers_and_some_that_do_not() -> None:
    from qa.training.teacher.groups import LessonSettings, lessons, thinned

    passages = tuple(TrainingPassage(text=f"One {n}. Two {n}.", spans=((0, 3),) if n < 3 else ()) for n in range(8))
    group = Group(id="a", source="made", question="one?", validation=False, passages=passages)
    settings = LessonSettings(shares={"made": 1.0}, negatives=2, sequences=7)
    shown = thinned(group, settings, random.Random(1)).passages
    assert sorted(bool(one.spans) for one in shown) == [False, False, True]
    alone = thinned(group, settings.model_copy(update={"sentence_share": 1.0}), random.Random(1)).passages
    assert all(one.text.count(".") == 1 for one in alone)
    held, elsewhere = (
        group.model_copy(update={"validation": True, "id": "b"}),
        group.model_copy(update={"source": "other", "id": "c"}),
    )
    steps = lessons([group, held, elsewhere], settings, random.Random(1))
    for _ in range(5):
        assert {one.id for one in next(steps)} == {"a"}
    with pytest.raises(ValueError, match="no training group is of made"):
        next(lessons([held, elsewhere], settings, random.Random(1)))
