"""What a user asks at the desk, and what the screen then says."""

from __future__ import annotations

from threading import Event

import pytest
from textual.widgets import Static
from tui_desk import WHEN, WHO, ask, quoth, ready, submit, typed, until, words
from tui_scene import FakeAnswerer, document, mediators

from index.errors import IndexMissing, InputError
from qa.tui.app import QuothApp
from qa.tui.widgets.claims_panel import ClaimSide
from qa.tui.widgets.evidence_card import EvidenceCard
from qa.types import Answer


async def test_a_question_typed_while_the_models_load_is_answered_when_they_are() -> None:
    fake, may_load = FakeAnswerer(), Event()

    def loader() -> FakeAnswerer:
        may_load.wait(10)
        return fake

    app = QuothApp(loader=loader, index_label=".quoth")
    async with app.run_test() as pilot:
        await pilot.press(*"who", "space", *"mediated?", "enter")
        await pilot.pause()
        assert words(app.desk, "#asked") == WHO
        assert "still loading" in words(app.desk, "#how-sure")
        assert words(app.desk, "#state") == "loading …"
        may_load.set()
        await until(pilot, lambda: app.desk.session.answers)
        await pilot.pause()
        assert words(app.desk, "#words") == "Qatar and Turkey"
        assert fake.asked == [WHO]


async def test_a_question_that_was_not_read_as_asked_says_how_it_was_read() -> None:
    def mended() -> Answer:
        return mediators().model_copy(update={"read_as": WHO})

    app = quoth(FakeAnswerer(answers={"who mediatd?": mended}))
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, "who mediatd?")
        assert words(desk, "#asked") == f"who mediatd?\nread as: {WHO}"
        assert words(desk, "#words") == "Qatar and Turkey"


async def test_an_answer_with_its_likelihood_its_sources_and_its_evidence() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        assert words(desk, "#state") == "5 articles"
        await ask(pilot, WHO)
        assert words(desk, "#words") == "Qatar and Turkey"
        assert words(desk, "#how-sure") == "almost certain · 96 %  ·  ●●● 3 sources"
        assert not desk.query(ClaimSide), "nobody disagrees"
        assert words(desk, ".further") == "also said: Turkey  1 source [4]"
        first = str(desk.query(EvidenceCard).first().visual)
        assert "seeds/004_206cfeb3a53ce351.txt:321–592 · answers: 97 %" in first
        assert document("004").text[321:592] in first
        assert "also, word for word, in this article:1827–2098" in first


async def test_titles_are_shown_while_passages_are_read() -> None:
    fake = FakeAnswerer()
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: "reading 1 of 5" in words(desk, "#how-sure"))
        assert [str(each.visual) for each in desk.query(".found").results(Static)][:2] == ["Source:JND", "NN ONLINE"]
        fake.go_on.set()
        await until(pilot, lambda: desk.session.answers)


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_reading_is_stopped_and_the_next_question_is_answered(key: str) -> None:
    fake = FakeAnswerer()
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: "reading" in words(desk, "#how-sure"))
        await pilot.press(key)
        await pilot.pause()
        assert words(desk, "#words") == "Stopped."
        assert not desk.query(".found")
        fake.go_on.set()
        await pilot.pause(0.1)
        assert words(desk, "#words") == "Stopped.", "an answer that comes late is not shown"
        await pilot.press("up")
        assert typed(desk) == WHEN
        await ask(pilot, WHO)
        assert words(desk, "#words") == "Qatar and Turkey"


async def test_a_new_question_takes_the_place_of_the_one_that_is_read() -> None:
    fake = FakeAnswerer()
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: fake.asked == [WHEN])
        await submit(pilot, WHO)
        await until(pilot, lambda: fake.asked == [WHEN, WHO])
        fake.go_on.set()
        await until(pilot, lambda: desk.session.answers)
        await pilot.pause()
        assert words(desk, "#words") == "Qatar and Turkey"
        assert [exchange.stopped for exchange in desk.session.exchanges] == [True, False]


async def test_an_answerer_that_hears_late_is_waited_for_and_its_answer_dropped() -> None:
    fake = FakeAnswerer()
    fake.deaf = True
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: fake.asked == [WHEN])
        await submit(pilot, WHO)
        await pilot.pause(0.1)
        assert fake.asked == [WHEN]
        fake.go_on.set()
        await until(pilot, lambda: desk.session.answers)
        await pilot.pause()
        assert words(desk, "#asked") == WHO
        assert words(desk, "#words") == "Qatar and Turkey"
        assert [exchange.answer is None for exchange in desk.session.exchanges] == [True, False]
        assert fake.most_at_once == 1


async def test_stop_is_offered_only_while_there_is_something_to_stop() -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        assert "escape" not in desk.active_bindings
        fake.go_on.clear()
        await submit(pilot, WHEN)
        await until(pilot, lambda: "escape" in desk.active_bindings)
        fake.go_on.set()
        await until(pilot, lambda: "escape" not in desk.active_bindings)


@pytest.mark.parametrize(("width", "beside"), [(140, True), (80, True), (60, False)])
async def test_sides_of_a_dispute_stand_beside_each_other_where_there_is_room(width: int, beside: bool) -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(width, 40)) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        assert words(desk, "#how-sure") == "likely · 87 %  ·  ●●●○ 3 of 4 sources  ·  disputed"
        left, right = desk.query(ClaimSide)
        assert (left.region.y == right.region.y) is beside
        assert "October 19\n3 sources  [1] [2] [3]" in str(left.visual)
        assert "had previously signed a ceasefire on October 19" in str(left.visual)
        assert "28 October 2025" in str(left.visual)
        assert "Those talks were initiated after the October 16 ceasefire" in str(right.visual)
        assert [_marked(left), _marked(right)] == [["19", "19"], ["16", "16"]], "in its words and in its quote"
        for side in (left, right):
            assert side.region.right <= width


def _marked(side: ClaimSide) -> list[str]:
    content = side.content
    return [content.plain[span.start : span.end] for span in content.spans if "underline" in str(span.style)]  # type: ignore[union-attr]


async def test_an_honest_no_shows_the_nearest_passages_dimmed() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, "who won the cricket match?")
        assert words(desk, "#words") == "The files don’t say."
        cards = list(desk.query(EvidenceCard))
        assert cards
        assert all(card.has_class("-near") for card in cards)
        muted = cards[0].styles.color
        await ask(pilot, WHO)
        assert desk.query(EvidenceCard).first().styles.color != muted


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (InputError("the question is too long: shorten it"), "the question is too long: shorten it"),
        (ValueError("boom"), "Quoth failed in a way that it should not (ValueError: boom). Please report this."),
    ],
)
async def test_a_failure_is_one_line_with_its_remedy(error: Exception, line: str) -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        fake.error = error
        await submit(pilot, WHO)
        await until(pilot, lambda: words(desk, "#words") == "That did not work.")
        assert words(desk, "#how-sure") == line
        fake.error = None
        await ask(pilot, WHO)
        assert words(desk, "#words") == "Qatar and Turkey"


async def test_without_an_index_the_remedy_is_shown_and_f5_takes_up_the_question() -> None:
    built: list[FakeAnswerer] = []

    def loader() -> FakeAnswerer:
        if not built:
            raise IndexMissing("no index at .quoth: make one with `quoth index FOLDER`")
        return built[0]

    app = QuothApp(loader=loader, index_label=".quoth")
    async with app.run_test() as pilot:
        await until(pilot, lambda: words(app.desk, "#state") == "no index")
        assert "quoth index FOLDER" in words(app.desk, "#how-sure")
        assert "F5" in words(app.desk, "#how-sure")
        await submit(pilot, WHO)
        await until(pilot, lambda: words(app.desk, "#state") == "no index")
        await until(pilot, lambda: words(app.desk, "#words") == "There is nothing to ask yet.")
        built.append(FakeAnswerer())
        await pilot.press("f5")
        await until(pilot, lambda: app.desk.session.answers)
        await pilot.pause()
        assert words(app.desk, "#words") == "Qatar and Turkey"


async def test_an_empty_index_says_so_and_is_closed() -> None:
    fake = FakeAnswerer(documents=())
    app = quoth(fake)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "quoth index FOLDER" in words(app.desk, "#how-sure"))
        assert fake.closed


async def test_loading_again_closes_the_index_that_was_open() -> None:
    fakes = [FakeAnswerer(), FakeAnswerer()]
    rest = iter(fakes)
    app = QuothApp(loader=lambda: next(rest), index_label=".quoth")
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        await pilot.press("f5")
        await until(pilot, lambda: fakes[0].closed and words(desk, "#state") == "5 articles")
        assert words(desk, "#words") == "Qatar and Turkey"
        await ask(pilot, WHEN)
        assert fakes[1].asked == [WHEN]
