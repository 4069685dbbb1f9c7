"""What evidence cards and sides of a dispute share: a block that quotes one passage and can be walked to and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widgets import Static

from qa.tui.messages import EvidenceOpened

if TYPE_CHECKING:
    from qa.types import Evidence


class Quotable(Static, can_focus=True):
    """A focusable quote of one passage."""

    def __init__(self, content: Content, evidence: Evidence, *, classes: str = "") -> None:
        """``content`` is what is shown, ``evidence`` what it quotes."""
        super().__init__(content, markup=False, classes=classes)
        self.evidence = evidence

    def open(self) -> None:
        """Asks for the article behind the quote."""
        self.post_message(EvidenceOpened(self.evidence))

    def on_click(self, event: events.Click) -> None:
        """A second click opens, the first one only walks here."""
        if event.chain > 1:
            self.open()
