"""Keys and words. Owns the page; the keys come from the one table that binds them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qa.tui.commands import HELP, PLACES, Command, bindings, key_name

_WORDS = (
    ("disputed", "Sources say things that can’t all be true. Each side is quoted."),
    ("3 of 4 sources", "Independent ones: copies of an article, and one publisher’s articles, count once."),
    ("likely · 87 %", "How probable it is that the answer is right, given how often such answers were."),
    ("more exact", "The same, said in more detail: October 19 for October."),
    ("later report", "An article of a later date that supersedes an earlier one."),
    ("also said", "An answer about another event that the question fits as well."),
    ("file.txt:385–721", "Characters 385 to 721 of that file are the very words that you see."),
)


class HelpScreen(ModalScreen[None]):
    """Above whatever it was called from."""

    BINDINGS = bindings(HELP)

    def compose(self) -> ComposeResult:
        """The words first: keys can be found in the footer too."""
        with VerticalScroll(id="help"):
            yield Static("What the words mean", classes="section")
            yield from (_row(word, meaning) for word, meaning in _WORDS)
            for place, commands in PLACES:
                yield Static(place, classes="section")
                yield from (_row(key, name) for key, name in rows(commands))

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one("#help").focus()


def _row(term: str, meaning: str) -> HorizontalGroup:
    return HorizontalGroup(Static(Content(term), classes="term"), Static(Content(meaning), classes="meaning"))


def rows(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    """Key and name of each command that has a key."""
    return [(key_name(command), command.name) for command in commands if command.keys]
