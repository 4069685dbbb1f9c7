"""What the screens look like. After a wanted change: pytest tests/test_tui_snapshots.py --snapshot-update, and look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from tui_scene import FakeAnswerer

from index.errors import IndexMissing
from qa.tui.app import QuothApp
from qa.tui.widgets.question_bar import QuestionInput

Steps = Callable[[Pilot[None]], Awaitable[None]]


def asked(question: str, *keys: str, shows: str = "5 articles") -> Steps:
    """Asks, waits for the answer, presses keys, waits until the screen shows words."""

    async def steps(pilot: Pilot[None]) -> None:
        desk = pilot.app.desk  # type: ignore[attr-defined]
        while not desk.query(QuestionInput):
            await pilot.pause(0.02)
        desk.query_one(QuestionInput).value = question
        await pilot.press("enter")
        while not desk.session.answers:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press(*keys)
        while shows not in "".join(strip.text for strip in pilot.app.screen._compositor.render_strips()):
            await pilot.pause(0.02)
        await pilot.pause(0.1)

    return steps


@pytest.fixture(autouse=True)
def _one_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("size", "theme", "steps"),
    [
        pytest.param((80, 24), "quoth-dark", asked("when was the ceasefire?"), id="disputed"),
        pytest.param((60, 36), "quoth-light", asked("when was the ceasefire?"), id="disputed-narrow-light"),
        pytest.param((140, 45), "quoth-dark", asked("who mediated?", "tab", "j"), id="answered-wide"),
        pytest.param((80, 24), "quoth-dark", asked("who won the cricket match?"), id="unanswered"),
        pytest.param((80, 24), "quoth-dark", asked("who mediated?", "ctrl+o", shows="talks were"), id="article"),
        pytest.param((80, 24), "quoth-dark", asked("who mediated?", "f1", shows="What the words mean"), id="help"),
    ],
)
def test_screen(size: tuple[int, int], theme: str, steps: Steps, snap_compare: Callable[..., bool]) -> None:
    app = QuothApp(loader=FakeAnswerer, index_label=".quoth")
    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=steps)


def test_no_index(snap_compare: Callable[..., bool]) -> None:
    def loader() -> FakeAnswerer:
        raise IndexMissing("no index at .quoth: make one with `quoth index FOLDER`")

    async def steps(pilot: Pilot[None]) -> None:
        desk = pilot.app.desk  # type: ignore[attr-defined]
        while not desk.query("AnswerPanel.-problem"):
            await pilot.pause(0.02)
        await pilot.pause()

    app = QuothApp(loader=loader, index_label=".quoth")
    assert snap_compare(app, terminal_size=(80, 24), run_before=steps)
