"""A picture of the UI for the README: the real app, asked a real question, drawn without a terminal."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from qa.tui.app import QuothApp

if TYPE_CHECKING:
    from qa.tui.ports import Loader

_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""The picture must not fetch anything: it takes the reader's own fixed-width font."""


def draw(path: Path, question: str, *, loader: Loader, index_label: str, size: tuple[int, int] = (110, 36)) -> None:
    """Writes the answer's screen as SVG; raises ``TimeoutError`` where no answer comes within a minute."""
    asyncio.run(_draw(path, question, QuothApp(loader=loader, index_label=index_label), size))


async def _draw(path: Path, question: str, app: QuothApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press(*("space" if letter == " " else letter for letter in question), "enter")
        async with asyncio.timeout(60):
            while not app.desk.session.answers:
                await pilot.pause(0.05)
        await pilot.pause()
        path.write_text(_WEB_FONT.sub("", app.export_screenshot(title="quoth chat")), encoding="utf-8")
