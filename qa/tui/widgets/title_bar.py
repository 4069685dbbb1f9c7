"""The line at the top: whose desk this is, what is indexed, what goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qa.tui import text


class TitleBar(Horizontal):
    """Name and index at the left, the state at the right."""

    def __init__(self, index_label: str) -> None:
        """``index_label`` names what is searched."""
        super().__init__()
        self._index_label = index_label

    def compose(self) -> ComposeResult:
        """Two labels."""
        name = Content.assemble(("Quoth", "bold $accent"), "  ", text.line(self._index_label, "$muted"))
        yield Static(name, id="name")
        yield Static(id="state")

    def show_state(self, state: str) -> None:
        """A few words on what goes on."""
        self.query_one("#state", Static).update(text.line(state, "$muted"))
