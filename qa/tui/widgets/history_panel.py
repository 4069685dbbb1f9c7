"""The list of this session's questions with their answers in short. Owns the list, not the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qa.tui import text
from qa.tui.commands import HISTORY, bindings
from qa.tui.messages import EarlierChosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.tui.session import Exchange


class HistoryPanel(Vertical):
    """Newest at the top. Shown where there is room for it, or where it was asked for."""

    def __init__(self) -> None:
        """Empty; the list joins with the first question, so that the first paint need not wait for it."""
        super().__init__()
        self._list = HistoryList()

    def show(self, exchanges: Sequence[Exchange]) -> None:
        """Replaces the list."""
        if exchanges and not self._list.is_attached:
            self.mount(Static("Earlier questions", classes="section"), self._list)
        self.set_class(bool(exchanges), "-filled")
        self._list.clear_options()
        self._list.add_options([Option(_entry(exchange)) for exchange in reversed(exchanges)])

    def toggle(self) -> None:
        """Shows it and goes there; from there, hides it, whatever the width would have it do."""
        leave = self._list.has_focus
        self.set_class(not leave, "-open")
        self.set_class(leave, "-closed")
        if leave:
            self.screen.query_one("#question").focus()
        else:
            self._list.focus()
            self._list.action_first()

    def give_way(self) -> None:
        """Where it covers the answers, a choice was the reason to look at it."""
        self.remove_class("-open")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Posts the choice as a position in the session."""
        event.stop()
        self.post_message(EarlierChosen(event.option_list.option_count - 1 - event.option_index))


class HistoryList(OptionList):
    """An option list that is also walked with j and k."""

    BINDINGS = bindings(HISTORY)


def _entry(exchange: Exchange) -> Content:
    return Content.assemble(text.line(exchange.question, limit=90), "\n", _outcome(exchange), "\n")


def _outcome(exchange: Exchange) -> Content:
    answer = exchange.answer
    if answer is None:
        return text.line("stopped" if exchange.stopped else "no answer" if exchange.problem else "…", "$muted")
    if not answer.claims:
        return text.line("the files don’t say", "italic $muted")
    words = text.line(answer.claims[0].text, "$accent", limit=60)
    return Content.assemble(words, (" · disputed", "$differs")) if answer.status == "disputed" else words
