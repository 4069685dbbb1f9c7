"""The whole desk: its help and commands, on small terminals, in every colour."""

from __future__ import annotations

import pytest
from textual.widgets import Static
from tui_desk import WHEN, WHO, ask, quoth, ready, typed, until
from tui_scene import FakeAnswerer

from qa.tui.app import QuothApp
from qa.tui.commands import PLACES, QuothCommands
from qa.tui.screens.help import HelpScreen
from qa.tui.widgets.question_bar import QuestionInput


async def test_help_names_every_key_and_closes() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(100, 200)) as pilot:
        await ready(pilot)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.pause()
        shown = [str(each.visual) for each in app.screen.query(Static)]
        missing = [each.name for _, commands in PLACES for each in commands if each.keys and each.name not in shown]
        assert not missing
        await pilot.press("escape")
        assert app.screen is app.desk


async def test_every_command_of_the_palette_can_be_run_and_is_found_by_typing() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        provider = QuothCommands(desk)
        found = [hit async for hit in provider.discover()]
        assert {
            "Copy the answer with its citation",
            "Copy this passage with its citation",
            "Open the article that answers, at the passage",
            "Clear the history",
            "Show or hide the evidence",
            "Switch between light and dark",
            "Export the session as Markdown",
        } <= {str(hit.text) for hit in found}
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        await pilot.press(*"light")
        await pilot.pause(0.3)
        before = app.theme
        await pilot.press("enter")
        await until(pilot, lambda: app.theme != before)


@pytest.mark.parametrize("size", [(60, 20), (30, 8), (12, 4)])
async def test_small_terminals(size: tuple[int, int]) -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=size) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await pilot.press("tab", "j", "j", "enter", "escape", "f1", "escape", "f2")
        await pilot.pause()
        assert desk.query_one(QuestionInput).region.bottom <= size[1]


@pytest.mark.parametrize("theme", ["quoth-dark", "quoth-light"])
@pytest.mark.parametrize("no_color", [True, False])
async def test_every_cell_can_be_read(theme: str, no_color: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1") if no_color else monkeypatch.delenv("NO_COLOR", raising=False)
    app = quoth(FakeAnswerer())
    app.theme = theme
    async with app.run_test(size=(100, 70)) as pilot:
        await ready(pilot)
        await ask(pilot, WHEN)
        await pilot.press("tab")
        await pilot.pause()
        assert _contrasts(app), "there is something to read"
        assert min(_contrasts(app).values()) >= 4.5, _contrasts(app)


def _contrasts(app: QuothApp) -> dict[str, float]:
    """WCAG 2 contrast of each word on the screen against what is behind it, after the filters for NO_COLOR."""
    ratios: dict[str, float] = {}
    for strip in app.screen._compositor.render_strips():
        for filtered in app._filters:
            strip = strip.apply_filter(filtered, app.screen.styles.background) if filtered.enabled else strip
        for segment in strip:
            word = segment.text.strip()
            if any(each.isalnum() for each in word) and segment.style and segment.style.color:
                ink, paper = segment.style.color.get_truecolor(), segment.style.bgcolor.get_truecolor()  # type: ignore[union-attr]
                light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
                ratios[word] = (light + 0.05) / (dark + 0.05)
    return ratios


def _luminance(color: tuple[int, int, int]) -> float:
    parts = [each / 255 for each in color]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_a_pasted_question_is_one_line_without_control_sequences() -> None:
    from textual.events import Paste

    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        desk.query_one(QuestionInput).post_message(Paste("who\r\nmediated\x1b[31m?"))
        await pilot.pause()
        assert typed(desk) == "who mediated␛[31m?"
