"""From spans to claims: what is said, by how many voices, and how it stands to the leading one. Owns merging and lead.

Never changes a word: a claim's text is the words of one of its sources. Coarser forms of the leading claim (``last
month`` beside ``October 19``) stand as its evidence, without a voice, since they agree and say less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from index.types import Frozen
from qa.claims.lexicon import content
from qa.claims.relations import RelationSettings, Verdict, is_on_topic, relate
from qa.claims.scenes import Candidate, Scene, scenes_of
from qa.claims.topics import is_one_of_order
from qa.types import Claim, Relation
from qa.values import compare


class ClaimSettings(Frozen):
    """How spans become claims."""

    confident: float = Field(default=0.18, ge=0, le=1)
    """Probability that both sides of a conflict or update need: below it a misread span is likelier than a dispute."""
    least_score: float = Field(default=0.05, ge=0, le=1)
    """Of a claim that is shown at all: what is said once in twenty readings is noise."""
    most_claims: int = Field(default=8, ge=1)
    """Claims shown, best first: as many as there is evidence on the screen."""
    near_tie: float = Field(default=0.1, ge=0, le=1)
    """Within this probability two readings are as good as one another, and the fuller form is the better answer."""
    least_overlap: float = Field(default=0.6, ge=0, le=1)
    """Of the words of two answers without a value (F1) that makes them one: two of three words, not one of two."""
    pairs: int = Field(default=4, ge=1)
    """Spans of each claim that are held against those of the other: the best few decide, and the cost stays flat."""
    relation: RelationSettings = RelationSettings()


def make_claims(
    question: str, candidates: Sequence[Candidate], settings: ClaimSettings | None = None
) -> tuple[Claim, ...]:
    """The distinct answers among the spans, leading first, each with its voices and its relation to the leading one.

    The lead has the best span; where claims conflict, the one of most voices; where a later article updates a figure,
    the later one; and of two forms of one answer on a near tie, the fuller.
    """
    settings = settings or ClaimSettings()
    groups = _groups(scenes_of(question, candidates), settings)
    if not groups:
        return ()
    leading = _leading(groups, settings)
    verdicts = [(group, _verdict(group, leading, settings)) for group in groups if group is not leading]
    coarser = [group for group, verdict in verdicts if verdict == "coarser"]
    claims = [_claim(leading, "leading", settings, coarser)]
    for group, verdict in verdicts:
        if verdict != "coarser" and group.score >= settings.least_score:
            claims.append(_claim(group, _RELATIONS[verdict], settings, ()))
    return tuple(claims[: settings.most_claims])


def is_disputed(claims: Sequence[Claim]) -> bool:
    """Does any claim conflict with the leading one? The relation says so only where both sides are confident."""
    return any(claim.relation == "conflicts" for claim in claims)


@dataclass(frozen=True)
class _Group:
    """Scenes that say the same, best first."""

    scenes: tuple[Scene, ...]

    @property
    def score(self) -> float:
        """The best span's probability.

        Voices don't add to it: the reader's mistakes correlate, and what it mistakes for the answer ("October 19" of
        every date that is asked for) stands in most articles.
        """
        return self.head.candidate.probability

    @cached_property
    def voices(self) -> int:
        """Independent sources among them."""
        return len({scene.candidate.voice for scene in self.scenes})

    @property
    def head(self) -> Scene:
        """The best of them."""
        return self.scenes[0]


def _groups(scenes: Iterable[Scene], settings: ClaimSettings) -> list[_Group]:
    """Spans that say the same, together; the groups by score, best first.

    A sentence tells one answer: its second-best span may bear out another sentence's, but is no claim of its own.
    """
    members: list[list[Scene]] = []
    told: set[tuple[str, int]] = set()
    for scene in sorted(scenes, key=_order):
        home = next((group for group in members if _agrees(scene, group[0], settings)), None)
        if home is not None:
            home.append(scene)
        elif _sentence(scene) not in told:
            members.append([scene])
        told.add(_sentence(scene))
    groups = [_Group(tuple(_on_topic(group))) for group in members]
    return sorted(groups, key=lambda group: (-group.score, -group.voices, _order(group.head)))


def _sentence(scene: Scene) -> tuple[str, int]:
    """Which sentence of which document the span stands in."""
    return scene.candidate.document.id, scene.candidate.passage.start + scene.sentence_bounds[0]


def _order(scene: Scene) -> tuple[float, int, int]:
    candidate = scene.candidate
    return -candidate.probability, candidate.rank, candidate.span.start


def _agrees(scene: Scene, head: Scene, settings: ClaimSettings) -> bool:
    if scene.value is not None and head.value is not None:
        return compare(scene.value, head.value) == "same"
    if scene.value is not None or head.value is not None:
        return scene.plain == head.plain
    return scene.plain == head.plain or _overlap(scene, head) >= settings.least_overlap


def _overlap(scene: Scene, head: Scene) -> float:
    """F1 of the two answers' words, stop words aside; 0 where one has no others."""
    here, there = content(scene.plain), content(head.plain)
    return 2 * len(here & there) / (len(here) + len(there)) if here and there else 0.0


def _on_topic(scenes: list[Scene]) -> list[Scene]:
    """What stands elsewhere for something else is no support for the same words that were asked for.

    A date or figure must be on the question's matter, and no name may be told of another of several such events: who
    asks for the second meeting gets no voice of the first.
    """
    scenes = [scene for scene in scenes if not _tells_another(scene)] or scenes
    value = scenes[0].value
    if value is None or value.type == "name":
        return scenes
    return [scene for scene in scenes if is_on_topic(scene)] or scenes


def _tells_another(scene: Scene) -> bool:
    asked = scene.topic.order
    return asked is not None and scene.order is not None and not is_one_of_order(scene.order, asked)


def _leading(groups: list[_Group], settings: ClaimSettings) -> _Group:
    best = groups[0]
    verdicts = {position: _verdict(group, best, settings) for position, group in enumerate(groups) if group is not best}
    disputing = [groups[position] for position, verdict in verdicts.items() if verdict == "conflicts"]
    if disputing:
        return max([best, *disputing], key=lambda group: (group.voices, group.score))
    updates = [groups[position] for position, verdict in verdicts.items() if verdict == "update"]
    if updates:
        return max([best, *updates], key=lambda group: (_latest(group), group.score))
    fuller = [groups[position] for position, verdict in verdicts.items() if verdict == "finer"]
    return next((group for group in fuller if group.score >= best.score - settings.near_tie), best)


def _latest(group: _Group) -> str:
    return max((scene.candidate.document.published or "" for scene in group.scenes), default="")


def _verdict(group: _Group, leading: _Group, settings: ClaimSettings) -> Verdict:
    """The gravest of what the best spans of the two are to one another."""
    verdicts: set[Verdict] = {"other"}
    for scene in group.scenes[: settings.pairs]:
        for other in _of_one_event(leading)[: settings.pairs]:
            verdict = relate(scene, other, settings.relation).verdict
            is_confident = min(scene.candidate.probability, other.candidate.probability) >= settings.confident
            verdicts.add(verdict if is_confident or verdict not in {"conflicts", "update"} else "other")
    return next(verdict for verdict in _GRAVEST_FIRST if verdict in verdicts)


def _of_one_event(group: _Group) -> list[Scene]:
    """The spans that mean the same one of several events as the best: the same city may have seen an earlier round."""
    return [scene for scene in group.scenes if is_one_of_order(scene.order, group.head.order)]


def _claim(group: _Group, relation: Relation, settings: ClaimSettings, coarser: Sequence[_Group]) -> Claim:
    spoken = _fullest(group, settings)
    ranks = {scene.candidate.rank for one in (group, *coarser) for scene in one.scenes}
    return Claim(
        text=spoken.candidate.span.text,
        value=spoken.value,
        score=group.score,
        voices=group.voices,
        evidence=tuple(sorted(ranks)),
        relation=relation,
    )


def _fullest(group: _Group, settings: ClaimSettings) -> Scene:
    """Of the spans that are as good as the best, the one that says most: with the year, or with the first name."""
    bar = group.head.candidate.probability - settings.near_tie
    near = [scene for scene in group.scenes if scene.candidate.probability >= bar]
    if group.head.value is None or group.head.value.type not in {"name", "date"}:
        return group.head
    return max(near, key=lambda scene: len(scene.value.normal) if scene.value else 0)


_GRAVEST_FIRST: tuple[Verdict, ...] = ("conflicts", "update", "finer", "coarser", "same", "other")
_RELATIONS: dict[Verdict, Relation] = {
    "conflicts": "conflicts",
    "update": "update",
    "finer": "finer",
    "coarser": "finer",
    "same": "other",
    "other": "other",
}
