"""Networks small enough to train in seconds: a teacher learns and resumes, its lowest layers learn from it, and the
graph made of them reads as they do.
"""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from tiny_reader import TEXT, write_mpnet, write_tiny_groups

from index.types import Passage
from qa.training.examples import Group, TrainingPassage, read_groups

LONG = " ".join(f"word{number}" for number in range(200))
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_groups(tmp_path_factory.mktemp("groups"))


@pytest.fixture(scope="module")
def teacher(groups: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder of weights, made in two runs."""
    from qa.training.weights.lessons import LessonSettings
    from qa.training.weights.teach import TeacherSettings, teach

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
    assert steps_of(work) == [20, 40, 60, 80, 100, 120]
    return weights


def steps_of(work: Path) -> list[int]:
    return [json.loads(line)["step"] for line in (work / "log.jsonl").read_text().splitlines()]


def passage(text: str) -> Passage:
    return Passage(id=1, document_id="a", start=0, end=len(text), text=text)


def test_the_lowest_layers_learn_what_the_whole_says_and_read_so_in_8_bits(
    groups: Path, teacher: Path, tmp_path: Path
) -> None:
    import torch

    from qa.readers.onnx import OnnxReader
    from qa.training.validate import validate
    from qa.training.weights.distil import DistilSettings, distil
    from qa.training.weights.encode import load_tokenizer
    from qa.training.weights.export import export
    from qa.training.weights.lessons import LessonSettings
    from qa.training.weights.network import ReaderNetwork, inputs_of

    settings = DistilSettings(
        steps=60,
        layers=1,
        learning_rate=5e-3,
        warmup_steps=2,
        fit_every=10,
        marked_share=0.0,
        lessons=LessonSettings(shares={"made": 1.0}, sequences=6),
    )
    distil(groups, teacher, tmp_path / "work", settings)
    weights = distil(groups, teacher, tmp_path / "work", settings.model_copy(update={"steps": 120}))
    assert steps_of(tmp_path / "work") == [20, 40, 60, 80, 100, 120]
    network = ReaderNetwork.from_folder(weights).eval()
    assert len(network.bert.encoder.layer) == 1

    reader = OnnxReader(export(weights, tmp_path / "reader", name="tiny"), threads=1)
    # People's marks weighed nothing: what it tells apart, it was told by the teacher.
    scores = next(iter(validate(reader, read_groups(groups))))
    assert scores.ranked_first == 1.0
    assert scores.separation == 1.0
    tokenizer = load_tokenizer(weights, max_tokens=128)
    with torch.no_grad():
        _, _, relevance = network(inputs_of([tokenizer.encode("Who mediated?", TEXT)], rows=1))
    assert reader.read("Who mediated?", [passage(TEXT)])[0].relevance == pytest.approx(float(relevance[0]), abs=0.3)


def test_a_graph_computes_what_its_network_computes(tmp_path: Path) -> None:
    import torch
    from tokenizers import Tokenizer

    from qa.readers.onnx import OnnxReader
    from qa.training.weights.export import export
    from qa.training.weights.network import ReaderNetwork, inputs_of

    network = ReaderNetwork.from_folder(write_mpnet(tmp_path)).eval()
    with torch.no_grad():
        # At random weights nothing hangs on places or layers; here everything does.
        network.bert.encoder.relative_attention_bias.weight.mul_(100)
        for layer in network.matrices():
            layer.weight.mul_(5)
            layer.bias.normal_()
    folder = export(network.save(tmp_path, tmp_path / "weights"), tmp_path / "reader", name="tiny")
    reader = OnnxReader(folder, threads=1)
    question, text = "who mediated", TEXT * 6
    encoding = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(question, text)
    (window,) = reader._windows(question, [passage(text)])
    assert window.input_ids == encoding.ids
    assert [0] * window.first + [1] * (len(encoding.ids) - window.first - 1) + [None] == [
        part or 0 if place < len(encoding.ids) - 1 else part for place, part in enumerate(encoding.sequence_ids)
    ]
    with torch.no_grad(), torch.autocast("cpu", enabled=False):
        expected = network(inputs_of([encoding], rows=1))
    places = np.arange(window.first, len(encoding.ids) - 1)
    for ours, theirs in zip(reader._run(window)[:2], expected[:2], strict=True):
        assert np.corrcoef(ours[places], theirs[0].numpy()[places])[0, 1] > 0.98


def test_a_student_that_says_what_its_teacher_says_has_nothing_to_learn() -> None:
    import torch

    from qa.training.weights.distil import _across, _divergence

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


def test_matrices_are_rounded_while_gradients_are_taken_and_learn_what_was_not() -> None:
    import torch

    from qa.training.weights.rounding import LARGEST, Rounding, grid_of

    torch.manual_seed(0)
    layer = torch.nn.Linear(128, 8)
    before = layer.weight.detach().clone()
    grid = grid_of(before)
    values = grid.codes(before) * grid.steps
    assert float(values.abs().max()) == LARGEST
    assert torch.equal(values, values.round())
    wrong = (grid.rounded(before) - before).square().mean().sqrt() / before.square().mean().sqrt()
    assert 0 < float(wrong) < 0.12
    with Rounding([layer]).applied():
        assert torch.equal(layer.weight, grid.rounded(before))
        layer(torch.ones(1, 1, 128)).sum().backward()
    assert torch.equal(layer.weight, before)
    torch.testing.assert_close(layer.weight.grad, torch.ones(8, 128))
    with pytest.raises(ValueError, match="no multiple of 64"):
        grid_of(torch.ones(2, 100))


def test_inputs_are_rounded_to_8_bits_a_passage_and_gradients_are_as_without() -> None:
    import torch

    from qa.training.weights.rounding import Rounding, in_eight_bits

    torch.manual_seed(0)
    values = (torch.randn(3, 5, 128) * torch.tensor([1.0, 10.0, 100.0])[:, None, None]).requires_grad_()
    rounded = in_eight_bits(values)
    for row, own in zip(rounded.detach(), values.detach(), strict=True):
        assert 50 < len(row.unique()) <= 256
        assert float((row - own).abs().max()) <= float(own.max() - own.min()) / 255
    assert torch.equal(in_eight_bits(values[1:2]), rounded[1:2])
    torch.testing.assert_close(in_eight_bits(values[:1].detach() + 1e3).amin(), torch.tensor(1e3), rtol=0, atol=8)
    rounded.sum().backward()
    assert torch.equal(values.grad, torch.ones_like(values))
    layer = torch.nn.Linear(128, 2)
    whole = layer(values)
    with Rounding([layer]).applied():
        assert not torch.equal(layer(values), whole)
    assert torch.equal(layer(values), whole)


@pytest.mark.parametrize("words", [10, 40])
def test_a_passage_is_cut_around_its_answer_or_where_the_questions_words_are(words: int) -> None:
    from qa.training.weights.lessons import cut

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
    from qa.training.weights.lessons import LessonSettings, lessons, thinned

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
    twice = settings.model_copy(update={"shares": {"made": 2.0}, "sequences": 6})
    assert len(next(lessons([group], twice, random.Random(1)))) == 2
    with pytest.raises(ValueError, match="no training group is of made"):
        next(lessons([held, elsewhere], settings, random.Random(1)))
