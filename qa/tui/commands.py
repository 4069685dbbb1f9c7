"""Every command of the terminal UI: its key, where the key works, its name in the palette, its line in the help.

Look here for a key; the method that it calls is ``action_<action>`` of the place's class. Owns no behaviour beyond the
palette itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode


@dataclass(frozen=True)
class Command:
    """A key and what it does."""

    keys: str
    """Textual's names, comma-separated: the first is the one that is shown."""
    action: str
    name: str
    """For the palette and the help."""
    footer: str = ""
    """Label in the footer; none keeps the key out of it."""
    display: str | None = None
    """How the key is written, where Textual's own way is unclear."""
    palette: bool = False
    priority: bool = False
    """Works even while a widget would take the key."""


EVERYWHERE = (  # QuothApp
    Command("f1", "help", "Show keys and what the words mean", "help", display="F1", palette=True),
    Command("question_mark", "help", "The same, outside of the question", display="?"),
    Command("ctrl+p", "command_palette", "Find a command", "more"),
    Command("f4", "toggle_theme", "Switch between light and dark", palette=True),
    Command("ctrl+q", "quit", "Quit", "quit", palette=True, priority=True),
)

DESK = (  # screens/desk.py
    Command("escape", "stop", "Stop reading", "stop", display="esc"),
    Command("ctrl+c", "stop_or_copy", "Stop reading, or copy the selected text", priority=True),
    Command("ctrl+y", "copy_answer", "Copy the answer with its citation", "copy", palette=True),
    Command("ctrl+o", "open_article", "Open the article that answers, at the passage", palette=True),
    Command("f2", "toggle_history", "Go to earlier questions, or hide them", palette=True),
    Command("f3", "toggle_evidence", "Show or hide the evidence", palette=True),
    Command("f5", "load_again", "Load the index again", palette=True),
    Command("ctrl+s", "export_session", "Export the session as Markdown", palette=True),
    Command("", "clear_history", "Clear the history", palette=True),
)

QUESTION = (  # widgets/question_bar.py
    Command("enter", "submit", "Ask", "ask"),
    Command("up", "recall(-1)", "Recall an earlier question"),
    Command("down", "recall(1)", "Recall a later question"),
    Command("tab", "screen.walk_in", "Walk to the evidence", "evidence"),
    Command("pageup", "scroll_page(-1)", "Scroll up"),
    Command("pagedown", "scroll_page(1)", "Scroll down"),
)

PAGE = (  # widgets/page.py: the answer and its evidence
    Command("enter", "open", "Open the article at this passage", "open"),
    Command("c", "screen.copy_passage", "Copy this passage with its citation", "quote", palette=True),
    Command("down,j", "walk(1)", "Next passage", display="↓ j"),
    Command("up,k", "walk(-1)", "Previous passage", display="↑ k"),
    Command("home,g", "walk_to(0)", "First passage", display="home g"),
    Command("end,G", "walk_to(-1)", "Last passage", display="end G"),
    Command("escape,slash,i", "screen.ask", "Back to the question", "ask", display="esc"),
)

HISTORY = (  # widgets/history_panel.py
    Command("enter", "select", "Open this earlier answer", "open"),
    Command("down,j", "cursor_down", "Next question", display="↓ j"),
    Command("up,k", "cursor_up", "Previous question", display="↑ k"),
    Command("escape,slash,i", "screen.ask", "Back to the question", "ask", display="esc"),
)

ARTICLE = (  # screens/article.py
    Command("escape,q", "back", "Back to the answer", "back", display="esc"),
    Command("n", "next_mark(1)", "Next passage that was read", "next"),
    Command("N,p", "next_mark(-1)", "Previous passage that was read", display="N"),
    Command("c", "screen.copy_passage", "Copy this passage with its citation", "quote", palette=True),
    Command("down,j", "scroll_lines(1)", "Scroll down", display="↓ j"),
    Command("up,k", "scroll_lines(-1)", "Scroll up", display="↑ k"),
    Command("pagedown,space", "scroll_pages(1)", "Next page", display="pgdn"),
    Command("pageup,b", "scroll_pages(-1)", "Previous page", display="pgup"),
    Command("home,g", "scroll_to_end(-1)", "Beginning", display="home g"),
    Command("end,G", "scroll_to_end(1)", "End", display="end G"),
)

HELP = (Command("escape,f1,question_mark,q", "dismiss", "Close", "close", display="esc"),)  # screens/help.py

PLACES = (
    ("Everywhere", EVERYWHERE),
    ("Asking", QUESTION),
    ("The desk", DESK),
    ("Evidence", PAGE),
    ("Earlier questions", HISTORY),
    ("An article", ARTICLE),
)
"""In the order of the help."""


_WRITTEN = {"up": "↑", "down": "↓", "pageup": "pgup", "pagedown": "pgdn"}


def bindings(commands: tuple[Command, ...]) -> list[BindingType]:
    """What a class takes as its ``BINDINGS``."""
    return [
        Binding(
            command.keys,
            command.action,
            command.footer or command.name,
            show=bool(command.footer),
            key_display=command.display if command.footer else None,
            priority=command.priority,
        )
        for command in commands
        if command.keys
    ]


class QuothCommands(Provider):
    """The palette: every command that is named for it and that the screen beneath can do."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._available():
            yield DiscoveryHit(command.name, partial(self._run, command.action), help=_help(command))

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for command in self._available():
            if (score := matcher.match(command.name)) > 0:
                yield Hit(
                    score, matcher.highlight(command.name), partial(self._run, command.action), help=_help(command)
                )

    def _available(self) -> list[Command]:
        named = {command.action: command for _, commands in PLACES for command in commands if command.palette}
        return [command for command in named.values() if self._owner(command.action) is not None]

    async def _run(self, action: str) -> None:
        await self.app.run_action(action, self._owner(action))

    def _owner(self, action: str) -> DOMNode | None:
        name = action.rpartition(".")[2]
        owners: tuple[DOMNode, ...] = (self.screen, self.app)
        return next((owner for owner in owners if hasattr(owner, f"action_{name}")), None)


def _help(command: Command) -> str | None:
    return f"key: {key_name(command)}" if command.keys else None


def key_name(command: Command) -> str:
    """A command's key as people write it."""
    key = command.display or command.keys.split(",")[0]
    return re.sub(r"\bf(\d)", r"F\1", _WRITTEN.get(key, key.replace("ctrl+", "^")))
