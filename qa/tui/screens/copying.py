"""What both screens with quotes can do: copy to the terminal's clipboard and say a line about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from textual.screen import Screen

from qa import wording
from qa.plain import visible

if TYPE_CHECKING:
    from qa.types import Evidence

_SENT = "Sent to your terminal’s clipboard (OSC 52, works over ssh). If nothing arrives, the terminal forbids it."
_REFUSED = "Apple’s Terminal has no clipboard for programs (OSC 52). Select with the mouse, or export with ^s."


class CopyingScreen(Screen[None]):
    """A screen that copies."""

    def copy(self, words: str) -> None:
        """Puts words on the clipboard of the terminal that the user sits at, and says so, or why it can't."""
        if os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
            self.say(_REFUSED, severity="warning")
            return
        self.app.copy_to_clipboard(visible(words))
        self.say(f"{visible(words[:80])}{'…' if len(words) > 80 else ''}\n\n{_SENT}", title="Copied")

    def copy_passage(self, evidence: Evidence) -> None:
        """A passage verbatim, with its citation."""
        self.copy(f"“{evidence.passage.text}” — {wording.citation(evidence)}")

    def say(
        self, words: str, *, title: str = "", severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """A line in the corner; never markup."""
        self.notify(visible(words), title=title, severity=severity, markup=False)
