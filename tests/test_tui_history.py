"""Earlier questions at the desk: recalled, opened again, forgotten."""

from __future__ import annotations

from tui_desk import WHEN, WHO, ask, quoth, ready, typed, words
from tui_scene import FakeAnswerer

from qa.tui.widgets.claims_panel import ClaimSide
from qa.tui.widgets.evidence_card import EvidenceCard
from qa.tui.widgets.history_panel import HistoryList, HistoryPanel
from qa.tui.widgets.question_bar import QuestionInput


async def test_recall_with_the_arrow_keys_keeps_the_draft() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await ask(pilot, WHO)
        desk.query_one(QuestionInput).value = "a draft"
        await pilot.press("up")
        assert typed(desk) == WHO
        await pilot.press("up", "up")
        assert typed(desk) == WHEN
        await pilot.press("down", "down")
        assert typed(desk) == "a draft"


async def test_an_earlier_answer_is_opened_again_without_asking() -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await ask(pilot, WHO)
        assert not desk.query_one(HistoryPanel).display, "no room for it"
        await pilot.press("f2")
        assert desk.query_one(HistoryPanel).display
        entries = desk.query_one(HistoryList)
        assert [str(entries.get_option_at_index(each).prompt).strip() for each in range(2)] == [
            f"{WHO}\nQatar and Turkey",
            f"{WHEN}\nOctober 19 · disputed",
        ]
        await pilot.press("j", "enter")
        await pilot.pause()
        assert words(desk, "#asked") == WHEN
        assert len(desk.query(ClaimSide)) == 2
        assert not desk.query_one(HistoryPanel).display
        assert isinstance(desk.focused, QuestionInput)
        assert fake.asked == [WHEN, WHO]


async def test_earlier_questions_stand_at_the_side_where_there_is_room() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(140, 40)) as pilot:
        desk = await ready(pilot)
        assert not desk.query_one(HistoryPanel).display
        await ask(pilot, WHO)
        assert desk.query_one(HistoryPanel).display
        await pilot.press("f2")
        assert isinstance(desk.focused, HistoryList)
        await pilot.press("f2")
        assert not desk.query_one(HistoryPanel).display


async def test_clearing_the_history_forgets_everything() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        await app.run_action("clear_history", desk)
        await pilot.pause()
        assert not desk.session.exchanges
        assert not desk.query(EvidenceCard)
        await pilot.press("up")
        assert typed(desk) == ""
