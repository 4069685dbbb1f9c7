"""Which groups a lesson is of, and how much of each passage it shows. Owns the choice; tokenises nothing."""

import random
from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from index.types import Frozen
from qa.claims.lexicon import content
from qa.training.examples import Group, TrainingPassage, window_around, word_bounds
from qa.training.story_groups import sentence_of

STRIPPED = ".,;:'\"()"


class LessonSettings(Frozen):
    """How groups are cut down to what a processor can read in hours."""

    shares: Mapping[str, float]
    """Of each source's groups, drawn anew every time; 2 is each twice. Sources that aren't named are left out."""
    negatives: int = Field(default=2, ge=1)
    """Passages that don't answer, beside one that does."""
    words: tuple[int, int] = (90, 125)
    """A cut passage has as many, at random."""
    cut_share: float = Field(default=1.0, ge=0, le=1)
    """Of the groups: passages cut to so many words; the others stay whole."""
    sentence_share: float = Field(default=0.0, ge=0, le=1)
    """Of the groups: one sentence of each passage only, as the best spans are read again."""
    sequences: int = Field(default=24, ge=2)
    """(question, passage) pairs a step."""


def lessons(groups: Sequence[Group], settings: LessonSettings, generator: random.Random) -> Iterator[list[Group]]:
    """Groups of at most ``sequences`` passages together and of like length, without end; raises ValueError for none."""
    if not any(settings.shares.get(one.source) and not one.validation for one in groups):
        raise ValueError(f"no training group is of {', '.join(settings.shares)}: make them with `prepare`")
    while True:
        pool = [thinned(one, settings, generator) for one in groups for _ in range(_draws(one, settings, generator))]
        generator.shuffle(pool)
        for start in range(0, len(pool), settings.sequences * 10):
            part = pool[start : start + settings.sequences * 10]
            by_length = sorted(part, key=lambda group: max(len(passage.text) for passage in group.passages))
            steps = list(packed(by_length, settings.sequences))
            generator.shuffle(steps)
            yield from steps


def packed(groups: Sequence[Group], sequences: int) -> Iterator[list[Group]]:
    """Neighbouring groups together, as many as have no more than ``sequences`` passages; one that has more is alone."""
    members: list[Group] = []
    for group in groups:
        if members and sum(len(member.passages) for member in members) + len(group.passages) > sequences:
            yield members
            members = []
        members.append(group)
    if members:
        yield members


def thinned(group: Group, settings: LessonSettings, generator: random.Random) -> Group:
    """A passage that answers and some that don't, cut."""
    answering = [one for one in group.passages if one.spans]
    others = [one for one in group.passages if not one.spans]
    chosen = generator.sample(answering, min(1, len(answering)))
    chosen += generator.sample(others, min(settings.negatives, len(others)))
    generator.shuffle(chosen)
    if generator.random() < settings.sentence_share:
        chosen = [_sentence(group.question, one) for one in chosen]
    elif generator.random() < settings.cut_share:
        words = generator.randint(*settings.words)
        chosen = [cut(group.question, one, words, generator) for one in chosen]
    return group.model_copy(update={"passages": tuple(chosen)})


def cut(question: str, passage: TrainingPassage, words: int, generator: random.Random) -> TrainingPassage:
    """A window of at most ``words`` words: around the answer, or where the question's words stand thickest."""
    if passage.spans:
        return window_around(passage, max_words=words, generator=generator)
    bounds = word_bounds(passage.text)
    if len(bounds) <= words:
        return passage
    asked = content(question)
    hits = [passage.text[start:end].lower().strip(STRIPPED) in asked for start, end in bounds]
    places = range(len(bounds) - words + 1)
    best = max(places, key=lambda place: (sum(hits[place : place + words]), generator.random()))
    return TrainingPassage(text=passage.text[bounds[best][0] : bounds[best + words - 1][1]])


def _draws(group: Group, settings: LessonSettings, generator: random.Random) -> int:
    return 0 if group.validation else int(settings.shares.get(group.source, 0.0) + generator.random())


def _sentence(question: str, passage: TrainingPassage) -> TrainingPassage:
    """One sentence; the whole passage where the answer is longer than that."""
    alone = sentence_of(question, passage)
    return alone if bool(alone.spans) == bool(passage.spans) else passage
