"""Driving the desk: what tests of the terminal interface share."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Static
from tui_scene import FakeAnswerer

from qa.tui.app import QuothApp
from qa.tui.screens.desk import DeskScreen
from qa.tui.widgets.question_bar import QuestionInput

WHEN, WHO = "when was the ceasefire?", "who mediated?"


def quoth(fake: FakeAnswerer) -> QuothApp:
    return QuothApp(loader=lambda: fake, index_label=".quoth")


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Waits for what a worker brings; a test that waits in vain fails here."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        await pilot.pause(0.02)


async def ready(pilot: Pilot[None]) -> DeskScreen:
    desk = pilot.app.desk  # type: ignore[attr-defined]
    await until(pilot, lambda: "article" in words(desk, "#state"))
    return desk


async def ask(pilot: Pilot[None], question: str) -> None:
    """Types it and waits for the answer."""
    desk = pilot.app.desk  # type: ignore[attr-defined]
    before = len(desk.session.answers)
    await submit(pilot, question)
    await until(pilot, lambda: len(desk.session.answers) > before)
    await pilot.pause()


async def submit(pilot: Pilot[None], question: str) -> None:
    pilot.app.desk.query_one(QuestionInput).value = question  # type: ignore[attr-defined]
    await pilot.press("enter")


def words(desk: DeskScreen, selector: str) -> str:
    return str(desk.query_one(selector, Static).visual)


def typed(desk: DeskScreen) -> str:
    return desk.query_one(QuestionInput).value
