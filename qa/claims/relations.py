"""What one claim is to another: the same, finer, an update, in conflict, or about something else. Owns that judgement.

Precision first: a conflict needs two values of the type that is asked for, that cannot both be true, in clauses that
speak of one event. Whatever tells two events apart (which of several, what stage, where, when, whose) makes it
``other``. Deterministic, and every judgement names its reason.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from index.types import Frozen
from qa.claims.lexicon import stem
from qa.claims.scenes import Scene
from qa.claims.topics import is_one_of_order
from qa.values import Comparison, compare
from qa.values.calendar import are_near, compare_dates
from qa.values.magnitudes import is_smaller
from qa.values.names import split_names
from qa.values.namesakes import compare_names
from qa.values.places import places_named

Verdict = Literal["same", "finer", "coarser", "update", "conflicts", "other"]


class RelationSettings(Frozen):
    """When two scenes are of one event."""

    least_kinship: int = Field(default=2, ge=1)
    """Marks that two scenes must share: one would join any two articles on talks, three loses short sentences."""
    most_days_apart: int = Field(default=120, ge=0)
    """Between two publications: news returns to an event for a season; later it is an anniversary or the next one."""
    update_after_days: int = Field(default=1, ge=1)
    """Between two publications: tolls of one day are a dispute, a higher one of a later day replaces the earlier."""
    revised_after_days: int = Field(default=7, ge=1)
    """Between two publications: any other figure may have changed within a week, and hardly within a day."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and why."""

    verdict: Verdict
    reason: str


def relate(first: Scene, second: Scene, settings: RelationSettings) -> Judgement:
    """What the first scene's span is to the second's, both on one topic."""
    if first.plain == second.plain and first.plain:
        return Judgement("same", "the words agree")
    if first.value is None or second.value is None:
        return Judgement("other", "the words are not of a type that can be compared")
    comparison = compare(first.value, second.value)
    if comparison == "same":
        return Judgement("same", "the values agree")
    if comparison == "unrelated":
        return Judgement("other", "the values neither agree nor contradict")
    if comparison in {"finer", "coarser"}:
        return _graded(first, second, "finer" if comparison == "finer" else "coarser", settings)
    return _contradiction(first, second, settings)


def _graded(first: Scene, second: Scene, verdict: Verdict, settings: RelationSettings) -> Judgement:
    """A finer value is a finer answer only where both speak of the topic: 2021 holds many a date."""
    is_name = first.value is not None and first.value.type == "name"
    if not is_name and not (_speaks_of_event(first) and _speaks_of_event(second)):
        return Judgement("other", "one of them does not speak of what is asked")
    if _has_bound(first, second) and is_update(first, second, settings):
        return Judgement("update", "a later article tells more than the least that was known")
    return Judgement(verdict, f"one value is {verdict} than the other")


def _has_bound(*scenes: Scene) -> bool:
    """Is one of them ``at least`` so many?"""
    return any(scene.value is not None and scene.value.normal.startswith(">") for scene in scenes)


def is_on_topic(scene: Scene) -> bool:
    """Does the scene speak of the event, and its passage of enough of the names asked about?"""
    return _speaks_of_event(scene) and _share(scene.topic.proper, scene.passage_stems) >= _NAMES_TOLD


def _speaks_of_event(scene: Scene) -> bool:
    """Is the event named beside the span, enough of it in sentence and title, in the right place and turn?"""
    topic = scene.topic
    if topic.anchors and not topic.anchors & scene.anchoring_stems:
        return False
    if _share(topic.events, scene.told_stems) < _EVENTS_TOLD:
        return False
    if topic.expectation.is_role and _share(_role(scene), scene.told_stems) < _ROLE_TOLD:
        return False
    if _all_incompatible([compare_names(place, there) for place in topic.places for there in scene.locations]):
        return False
    return topic.order is None or is_one_of_order(scene.order, topic.order)


def _share(wanted: frozenset[str], told: frozenset[str]) -> float:
    return len(wanted & told) / len(wanted) if wanted else 1.0


def _role(scene: Scene) -> frozenset[str]:
    """What makes a holder the right one: ``defence`` and ``minister``, whatever the country."""
    topic = scene.topic
    return (topic.events | topic.proper) - {stem(word) for place in topic.places for word in place.split()}


def _contradiction(first: Scene, second: Scene, settings: RelationSettings) -> Judgement:
    reason = (
        _why_not_comparable(first, second)
        or _why_not_of_one_event(first, second)
        or _why_apart(first, second, settings)
        or _why_too_loose(first, second, settings)
    )
    if reason:
        return Judgement("other", reason)
    if is_update(first, second, settings):
        return Judgement("update", "a later article gives another figure")
    return Judgement("conflicts", "two answers of one type that cannot both be true of one event")


def is_update(first: Scene, second: Scene, settings: RelationSettings) -> bool:
    """Is it a figure that two days may tell differently: a toll that has grown, or a count of what goes on?"""
    if (
        first.value is None
        or second.value is None
        or first.value.type not in {"number", "money", "percent", "duration"}
    ):
        return False
    apart = _days_apart(first, second)
    if apart is None or apart < settings.update_after_days:
        return False
    if first.topic.events & _TALLIES:
        earlier, later = sorted((first, second), key=lambda scene: scene.published or date.min)
        return _has_grown(earlier, later)
    return apart >= settings.revised_after_days


def _has_grown(earlier: Scene, later: Scene) -> bool:
    """The dead do not come back: a smaller toll in a later article is no update."""
    values = [scene.value.normal if scene.value else "" for scene in (earlier, later)]
    return is_smaller(*values)


def _days_apart(first: Scene, second: Scene) -> int | None:
    """Between the publications; None where one is not dated."""
    if first.published is None or second.published is None:
        return None
    return abs((first.published - second.published).days)


def _why_not_comparable(first: Scene, second: Scene) -> str | None:
    expectation, value, other = first.topic.expectation, first.value, second.value
    if value is None or other is None or value.type != other.type or value.type not in expectation.types:
        return "not of the type that the question asks for"
    if value.type != "name":
        return None
    if not expectation.is_single:
        return "the question asks for any number of names"
    if not (first.is_whole_name and second.is_whole_name):
        return "one of them is a part of a longer name or list"
    if expectation.is_group and (first.holds_office or second.holds_office):
        return "the question asks for a group, and one of them is a person"
    return _why_names_do_not_meet(value.normal, other.normal, is_place=expectation.is_place)


def _why_names_do_not_meet(first: str, second: str, *, is_place: bool) -> str | None:
    """Places compare with places of their own level, and anybody else with no place."""
    names = [*split_names(first), *split_names(second)]
    if len(names) != 2:
        return "one of them is a list"
    levels = [{place.level for place in places_named(name)} for name in names]
    if is_place:
        return None if levels[0] & levels[1] else "they are not places of one level"
    return "one of them is a place" if any("country" in level for level in levels) else None


def _why_not_of_one_event(first: Scene, second: Scene) -> str | None:
    if not (_speaks_of_event(first) and _speaks_of_event(second)):
        return "one of them does not speak of what is asked"
    topic = first.topic
    if topic.events and not topic.events & first.anchoring_stems & second.anchoring_stems:
        return "they speak of different things that were asked about"
    if not _are_named_alike(first, second):
        return "the names asked about are missing"
    if first.candidate.document.id == second.candidate.document.id:
        return _why_not_in_one_document(first, second)
    return None


def _why_not_in_one_document(first: Scene, second: Scene) -> str | None:
    """An author seldom contradicts himself: only where both clauses say which event they mean, or say it at length."""
    if _is_overlapping(first, second):
        return "they stand in one sentence"
    shared = first.topic.events | first.topic.proper
    if (first.order and second.order) or len(shared & first.anchoring_stems & second.anchoring_stems) > 1:
        return None
    return "one author, and nothing says that the event is the same"


def _is_overlapping(first: Scene, second: Scene) -> bool:
    offset_a, offset_b = first.candidate.passage.start, second.candidate.passage.start
    (begin_a, end_a), (begin_b, end_b) = first.sentence_bounds, second.sentence_bounds
    return begin_a + offset_a < end_b + offset_b and begin_b + offset_b < end_a + offset_a


def _why_apart(first: Scene, second: Scene, settings: RelationSettings) -> str | None:
    """The marks that tell two events apart."""
    if not is_one_of_order(first.order, second.order):
        return "they say which of several events they mean, and not the same"
    if first.is_unreal != second.is_unreal:
        return "one of them is planned or denied, the other told as done"
    is_time = first.value is not None and first.value.type in {"date", "time", "duration"}
    if is_time and first.aspect and second.aspect and first.aspect != second.aspect:
        return "they tell different stages of the event"
    if (_days_apart(first, second) or 0) > settings.most_days_apart:
        return "the articles are too far apart"
    return _why_elsewhere(first, second)


def _why_elsewhere(first: Scene, second: Scene) -> str | None:
    """Two that both say to be the very round that is asked for are one, wherever and whenever they put it."""
    expectation = first.topic.expectation
    if first.order and first.order == second.order == first.topic.order:
        return None
    places = [compare_names(here, there) for here in first.locations for there in second.locations]
    if not expectation.is_place and _all_incompatible(places):
        return "they put the event in different places"
    days = {compare_dates(one, other) for one in first.dates for other in second.dates}
    if "date" not in expectation.types and days and days <= {"incompatible", "unrelated"}:
        return "they put the event on different days"
    return "they speak of namesakes" if _are_namesakes(first, second) else None


def _all_incompatible(comparisons: list[Comparison]) -> bool:
    return bool(comparisons) and all(comparison == "incompatible" for comparison in comparisons)


def _are_namesakes(first: Scene, second: Scene) -> bool:
    """Does a name of the question belong to Charles Cole in the one and to Luther Cole in the other?"""
    for name in first.topic.proper:
        if places_named(name):
            continue
        here, there = ([run for run in scene.runs if run.endswith(name)] for scene in (first, second))
        if here and there and all(compare_names(one, other) != "same" for one in here for other in there):
            return True
    return False


def _are_named_alike(first: Scene, second: Scene) -> bool:
    """Both passages name whom the question names, or one does and the other shares its names: Newtown, Connecticut."""
    told = [_share(first.topic.proper, scene.passage_stems) >= _NAMES_TOLD for scene in (first, second)]
    others = (first.sentence_stems & second.sentence_stems) - first.topic.events
    return all(told) or (any(told) and (bool(first.names & second.names) or len(others) >= _ALIKE_SENTENCES))


def _why_too_loose(first: Scene, second: Scene, settings: RelationSettings) -> str | None:
    topic = first.topic
    shared = (topic.events & first.anchoring_stems & second.anchoring_stems) | (
        topic.proper & first.passage_stems & second.passage_stems
    )
    names = (first.names & second.names) - shared
    others = (first.sentence_stems & second.sentence_stems) - shared - names
    is_asked_one = topic.order is not None and first.order == second.order == topic.order
    marks = (
        is_asked_one
        + len(shared - topic.events)
        + len(names)
        + (len(others) >= _ALIKE_SENTENCES)
        + _are_near(first, second)
    )
    if marks and marks + len(shared & topic.events) >= settings.least_kinship:
        return None
    return "too little says that the event is the same"


def _are_near(first: Scene, second: Scene) -> bool:
    """Two dates within days of one another are rather of one event than of two."""
    values = first.value, second.value
    if values[0] is None or values[1] is None or values[0].type != "date":
        return False
    return are_near(values[0].normal, values[1].normal, days=_NEAR_DAYS)


_EVENTS_TOLD = 0.3
"""Of the event's words, in sentence and title: a vote on another bill shares one in four with the one asked about."""
_NEAR_DAYS = 10
"""Days between two dates that count as one mark of kinship."""
_ALIKE_SENTENCES = 2
"""Further words of two sentences that count as one mark of kinship."""
_NAMES_TOLD = 0.5
"""Of the names, in passage and title: an article says ``the two countries`` after the first paragraph."""
_ROLE_TOLD = 0.6
"""Of the words of an office: a defence minister is no information minister."""
_TALLIES = frozenset({"dead", "injured", "arrest", "missing"})
