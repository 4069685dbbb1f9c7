"""The app: themes, the desk, help, the palette, quitting. Owns the terminal; knows nothing of questions.

Nothing heavy is imported before the first paint: even pydantic comes with the first answer.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from textual.app import App

from qa.tui import theme
from qa.tui.commands import EVERYWHERE, QuothCommands, bindings
from qa.tui.hangup import leave_with
from qa.tui.screens.desk import DeskScreen
from qa.tui.screens.help import HelpScreen

if TYPE_CHECKING:
    from qa.tui.ports import Loader

_PATIENCE = 0.5
"""Seconds that a batch of passages may take to end; a shell prompt that comes later feels stuck."""


class QuothApp(App[None]):
    """Quoth in a terminal."""

    TITLE = "Quoth"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings(EVERYWHERE)
    COMMANDS = {QuothCommands}  # noqa: RUF012 - Textual's own type

    def __init__(self, *, loader: Loader, index_label: str) -> None:
        """Nothing is opened yet: ``loader`` is called once the screen is painted; ``index_label`` names the index."""
        super().__init__()
        self.desk = DeskScreen(loader=loader, index_label=index_label)
        for each in (theme.DARK, theme.LIGHT):
            self.register_theme(each)
        self.theme = theme.fitting(os.environ).name

    def get_default_screen(self) -> DeskScreen:
        """The desk is always there, at the bottom of the stack."""
        return self.desk

    def action_help(self) -> None:
        """Keys and words."""
        self.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        """Paper on ink, or ink on paper."""
        self.theme = theme.DARK.name if self.theme == theme.LIGHT.name else theme.LIGHT.name


def run(*, loader: Loader, index_label: str) -> int:
    """Opens the UI and returns the exit code once the terminal is restored.

    A model that is still loading can't be interrupted, and asyncio would wait for its thread with the user: then the
    process ends at once. A reader that is told to stop needs a moment, which it gets.
    """
    app = QuothApp(loader=loader, index_label=index_label)
    loop = asyncio.new_event_loop()
    if sys.stdin.isatty():
        leave_with(sys.stdin.fileno())
    app.run(loop=loop)
    code = app.return_code or 0
    if not app.desk.leave(patience=_PATIENCE):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    loop.close()
    return code
