"""Trains the reader on what a teacher says. Owns the distillation's loss and schedule.

Every step is of new pairs, which the teacher labels first; then their labels are gone through again, some times, with a
falling rate. The student learns the teacher's distributions (Hinton et al. 2015), over each passage and, so that scores
compare across passages, over all passages of a question together.
"""

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from index.types import Frozen
from qa.training.encode import Batch, load_tokenizer, targets_at
from qa.training.examples import read_groups
from qa.training.network import MASKED, ReaderNetwork, reader_loss
from qa.training.teacher.groups import LessonSettings, lessons
from qa.training.teacher.labels import Label, labelled, read_labels, write_labels
from qa.training.teacher.network import TeacherNetwork, rounded
from qa.training.train import log, optimizer_of, save_weights

SHARES = {
    "squad2-dev-half": 1.0,
    "evidence": 1.0,
    "realtimeqa": 1.0,
    "stories": 0.55,
    "squadshifts-new_wiki": 0.5,
    "squadshifts-reddit": 0.2,
    "squadshifts-amazon_reviews": 0.2,
    "covidqa": 0.2,
    "policyqa": 0.2,
}
LABELS = "labels-*.pt"


class DistilSettings(Frozen):
    """Knobs of a run."""

    fresh_steps: int = Field(default=1100, ge=0)
    """Of new pairs: two seconds each on two cores, most of them the teacher's."""
    replay_steps: int = Field(default=1900, ge=0)
    """Of pairs that were labelled, in this run or an earlier one in the same folder: half a second each."""
    decay_share: float = Field(default=0.5, gt=0, le=1)
    """Of the steps, the last, over which the rate falls to zero."""
    learning_rate: float = Field(default=1e-4, gt=0)
    weight_decay: float = Field(default=0.01, ge=0)
    warmup_steps: int = Field(default=60, ge=1)
    temperature: float = Field(default=2.0, gt=0)
    marked_share: float = Field(default=0.2, ge=0)
    """Weight of what people marked, beside what the teacher says."""
    max_tokens: int = Field(default=224, ge=32, le=512)
    threads: int = Field(default=2, ge=1)
    seed: int = 20251019
    save_every: int = Field(default=200, ge=1)
    lessons: LessonSettings = LessonSettings(shares=SHARES, sentence_share=0.25)


def distil(
    groups_path: Path, teacher_folder: Path, start_folder: Path, work_folder: Path, settings: DistilSettings
) -> Path:
    """Train from ``start_folder``; returns the folder of weights. Labels stay in ``work_folder`` for a next run."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    work_folder.mkdir(parents=True, exist_ok=True)
    network = ReaderNetwork.from_folder(start_folder)
    network.bert.embeddings.requires_grad_(False)
    network.train()
    learned = [one for one in network.parameters() if one.requires_grad]
    optimizer = optimizer_of(network, learning_rate=settings.learning_rate, weight_decay=settings.weight_decay)
    began, losses = time.monotonic(), 0.0
    steps = _steps(groups_path, teacher_folder, start_folder, work_folder, settings)
    for step, labels in enumerate(steps, start=1):
        for part in optimizer.param_groups:
            part["lr"] = rate_at(step - 1, settings)
        loss = distillation_loss(network, labels, settings)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        losses += float(loss.detach())
        if step % 20 == 0:
            log(work_folder, step=step, loss=losses / 20, seconds=time.monotonic() - began)
            losses = 0.0
        if step % settings.save_every == 0:
            save_weights(network, start_folder, work_folder / "weights")
    return save_weights(network, start_folder, work_folder / "weights")


def rate_at(step: int, settings: DistilSettings) -> float:
    """The learning rate of a step."""
    left = 1 - step / (settings.fresh_steps + settings.replay_steps)
    return settings.learning_rate * min(1.0, (step + 1) / settings.warmup_steps, left / settings.decay_share)


def distillation_loss(network: ReaderNetwork, labels: Sequence[Label], settings: DistilSettings) -> Tensor:
    """Divergence from the teacher in each passage and over each question's, and a share of the loss of training."""
    batch, starts, ends, relevance = student_batch(labels, rows=settings.lessons.sequences)
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(batch.input_ids, batch.token_type_ids, batch.attention_mask)
    ours = [one[: len(labels)].float() for one in logits]
    # The student may answer with what the teacher could, and nothing else.
    ours[:2] = [
        mine.masked_fill(theirs <= MASKED, MASKED) for mine, theirs in zip(ours[:2], (starts, ends), strict=True)
    ]
    pairs = zip(ours[:2], (starts, ends), strict=True)
    within = sum(_divergence(mine, theirs, settings.temperature).mean() for mine, theirs in pairs)
    binary = functional.binary_cross_entropy_with_logits(ours[2], torch.sigmoid(relevance))
    across = _across(ours, (starts, ends, relevance), batch.targets.group)
    marked = reader_loss(ours[0], ours[1], ours[2], batch.targets)
    return within / 2 + binary + across + settings.marked_share * marked


def student_batch(labels: Sequence[Label], *, rows: int) -> tuple[Batch, Tensor, Tensor, Tensor]:
    """The student's inputs, padded to ``rows``; the teacher's starts and ends [labels, length] and relevance."""
    length = rounded(max(len(one.ids) for one in labels))
    ids, types, mask = (torch.zeros((rows, length), dtype=torch.long) for _ in range(3))
    mask[:, 0] = 1
    starts, ends = (torch.full((len(labels), length), MASKED) for _ in range(2))
    for number, one in enumerate(labels):
        size = len(one.ids)
        ids[number, :size], mask[number, :size] = torch.tensor(one.ids), 1
        types[number, one.places[0] : size] = 1
        places = torch.tensor([0, *one.places])
        starts[number, places], ends[number, places] = one.starts.float(), one.ends.float()
    targets = targets_at([one.spans for one in labels], [one.group for one in labels], length=length)
    return Batch(ids, types, mask, targets), starts, ends, torch.tensor([one.relevance for one in labels])


def _steps(
    groups_path: Path, teacher_folder: Path, start_folder: Path, work_folder: Path, settings: DistilSettings
) -> Iterator[list[Label]]:
    """New pairs first, then those of every run in this folder again, in random order."""
    generator = random.Random(settings.seed + len(list(work_folder.glob(LABELS))))
    if settings.fresh_steps:
        yield from _fresh(groups_path, teacher_folder, start_folder, work_folder, settings, generator)
    kept = [labels for path in sorted(work_folder.glob(LABELS)) for labels in read_labels(path)]
    if settings.replay_steps and not kept:
        raise ValueError(f"{work_folder} holds no labels to replay: give some fresh steps first")
    left: list[list[Label]] = []
    for _ in range(settings.replay_steps):
        left = left or generator.sample(kept, len(kept))
        yield left.pop()


def _fresh(
    groups_path: Path,
    teacher_folder: Path,
    start_folder: Path,
    work_folder: Path,
    settings: DistilSettings,
    generator: random.Random,
) -> Iterator[list[Label]]:
    teacher = TeacherNetwork.from_folder(teacher_folder).eval()
    tokenizers = (
        load_tokenizer(start_folder, max_tokens=settings.max_tokens),
        load_tokenizer(teacher_folder, max_tokens=settings.max_tokens),
    )
    stream = lessons(list(read_groups(groups_path)), settings.lessons, generator)
    kept: list[list[Label]] = []
    while len(kept) < settings.fresh_steps:
        labels = labelled(next(stream), teacher, tokenizers, rows=settings.lessons.sequences, generator=generator)
        if labels:
            kept.append(labels)
            yield labels
    write_labels(work_folder / f"labels-{len(list(work_folder.glob(LABELS))):03}.pt", kept)


def _across(ours: Sequence[Tensor], theirs: Sequence[Tensor], groups: Tensor) -> Tensor:
    """Divergence over all tokens of a question's passages but "not here", and over the passages; mean of questions."""
    losses = []
    for group in set(groups.tolist()):
        members = groups == group
        if members.sum() > 1:
            tokens = [
                _divergence(mine[members][:, 1:].flatten(), other[members][:, 1:].flatten(), 1.0) / 2
                for mine, other in zip(ours[:2], theirs[:2], strict=True)
            ]
            losses.append(tokens[0] + tokens[1] + _divergence(ours[2][members], theirs[2][members], 1.0))
    return torch.stack(losses).mean() if losses else ours[2].sum() * 0


def _divergence(ours: Tensor, theirs: Tensor, temperature: float) -> Tensor:
    """Kullback-Leibler, of softened distributions; scaled so that the temperature leaves gradients as they are."""
    wanted = functional.softmax(theirs / temperature, dim=-1)
    logs = functional.log_softmax(theirs / temperature, dim=-1) - functional.log_softmax(ours / temperature, dim=-1)
    return (wanted * logs).sum(-1) * temperature**2
