"""What scrolls: the answer, the claims, the evidence. Owns walking from quote to quote; never asks or answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalGroup, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from qa.tui import text
from qa.tui.commands import PAGE, bindings
from qa.tui.widgets.answer_panel import AnswerPanel
from qa.tui.widgets.claims_panel import ClaimsPanel
from qa.tui.widgets.evidence_card import EvidenceCard
from qa.tui.widgets.quotable import Quotable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.types import Answer, Evidence


class Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The answer panel stays; what is below it changes with each answer."""

    BINDINGS = bindings(PAGE)

    def compose(self) -> ComposeResult:
        """A column of a width that can be read, however wide the terminal is."""
        with VerticalGroup(id="column"):
            yield AnswerPanel()
            yield VerticalGroup(id="below")

    @property
    def panel(self) -> AnswerPanel:
        """The answer, or what there is instead."""
        return self.query_one(AnswerPanel)

    @property
    def current(self) -> Evidence | None:
        """The passage that is walked to, else the first one that answers."""
        if isinstance(focused := self.screen.focused, Quotable):
            return focused.evidence
        evidence = [quote.evidence for quote in self.query(Quotable)]
        return next((each for each in evidence if each.answer), next(iter(evidence), None))

    async def show_answer(self, answer: Answer) -> None:
        """The answer with its claims and evidence."""
        self.panel.show_answer(answer)
        cards = [EvidenceCard(evidence) for evidence in answer.evidence]
        if not answer.claims:
            await self._fill(*cards)
            return
        heading = Static(_evidence_heading(answer), classes="section")
        claims = [ClaimsPanel(answer)] if len(answer.claims) > 1 else []
        await self._fill(*claims, VerticalGroup(heading, *cards, id="evidence"))

    async def show_titles(self, titles: Sequence[str]) -> None:
        """What search found, while it is read."""
        await self._fill(*(Static(text.line(title), classes="found") for title in titles))

    async def clear(self) -> None:
        """Nothing below the answer panel."""
        await self._fill()

    @property
    def _quotes(self) -> list[Quotable]:
        """Those that can be walked to: hidden ones are not in the chain."""
        return [widget for widget in self.screen.focus_chain if isinstance(widget, Quotable)]

    async def _fill(self, *widgets: Widget) -> None:
        below = self.query_one("#below")
        async with below.batch():
            await below.remove_children()
            await below.mount(*widgets)
        self.scroll_home(animate=False)

    def action_walk(self, step: int) -> None:
        """Moves ``step`` quotes; before the first lies the page's top, after the last the question."""
        quotes = self._quotes
        position = next((position for position, quote in enumerate(quotes) if quote.has_focus), -1) + step
        if position < 0:
            self.scroll_home(animate=False)
        elif position >= len(quotes):
            self.screen.set_focus(self.screen.query_one("#question"))
        else:
            self.screen.set_focus(quotes[position])

    def action_walk_to(self, position: int) -> None:
        """Focus goes to the first (0) or the last (-1) quote."""
        if quotes := self._quotes:
            self.screen.set_focus(quotes[position])

    def action_open(self) -> None:
        """Opens the quote that has the focus."""
        if isinstance(focused := self.screen.focused, Quotable):
            focused.open()


def _evidence_heading(answer: Answer) -> str:
    answering = sum(evidence.answer is not None for evidence in answer.evidence)
    passages = "1 passage" if answering == 1 else f"{answering} passages"
    return f"Evidence · {passages}"
