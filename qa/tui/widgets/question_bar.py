"""Where a question is typed. Owns recall of earlier ones with the arrow keys; never answers."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from qa.plain import one_line
from qa.tui.commands import QUESTION, bindings
from qa.tui.messages import QuestionAsked


class QuestionBar(Horizontal):
    """A prompt sign and the input."""

    def compose(self) -> ComposeResult:
        """The sign tells where to type even where colours don't."""
        yield Static("›", id="prompt")
        yield QuestionInput(id="question", placeholder="Ask a question, or press F1 for help")


class QuestionInput(Input):
    """An input that recalls: up for earlier questions, down for later ones and at last the unfinished draft."""

    BINDINGS = bindings(QUESTION)

    def __init__(self, *, id: str, placeholder: str) -> None:  # noqa: A002 - Textual's own name
        """Empty, with nothing to recall."""
        super().__init__(id=id, placeholder=placeholder, compact=True)
        self.cursor_blink = False
        self._asked: list[str] = []
        self._position = 0
        self._draft = ""

    def forget(self) -> None:
        """Recalls nothing from before now."""
        self._asked.clear()
        self._position = 0

    def validate_value(self, value: str) -> str:
        """What is pasted can hold control sequences; a question needs none."""
        return one_line(value)

    def on_paste(self, event: events.Paste) -> None:
        """Joins the lines of a pasted question; Textual would drop all but the first."""
        event.prevent_default()
        event.stop()
        self.replace(" ".join(event.text.split()), *self.selection)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Posts the question and makes room for the next."""
        event.stop()
        question = event.value.strip()
        if not question:
            return
        self._asked.append(question)
        self._position, self._draft = len(self._asked), ""
        self.value = ""
        self.post_message(QuestionAsked(question))

    def action_recall(self, step: int) -> None:
        """Puts the question ``step`` away in the list of those asked; past its end, the draft."""
        if self._position == len(self._asked):
            self._draft = self.value
        self._position = min(len(self._asked), max(0, self._position + step))
        self.value = self._draft if self._position == len(self._asked) else self._asked[self._position]
        self.cursor_position = len(self.value)

    def action_scroll_page(self, direction: int) -> None:
        """Scrolls the answer without leaving the question."""
        page = self.screen.query_one("Page")
        if direction > 0:
            page.scroll_page_down(animate=False)
        else:
            page.scroll_page_up(animate=False)
