"""The answer in large, or what there is instead of one. Owns the words of every state; never starts anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Static

from qa import wording
from qa.tui import text

if TYPE_CHECKING:
    from qa.types import Answer

_DOTS = 12
"""More sources than this are a number, no longer a picture."""
_BAR = 24


class AnswerPanel(VerticalGroup):
    """What was asked, and how it was read if not so; what is answered; how sure that is. Its class names the state."""

    def compose(self) -> ComposeResult:
        """All three are there from the start, so that nothing jumps."""
        yield Static(id="asked")
        yield Static(id="words")
        yield Static(id="how-sure")

    def on_mount(self) -> None:
        """Opens with a welcome."""
        self.show_welcome()

    def show_welcome(self) -> None:
        """Before the first question."""
        self._show("welcome", "", Content("Ask your articles."), Content("\n\n".join(_WELCOME)))

    def show_waiting(self, question: str) -> None:
        """Asked while the models still load."""
        self._show("busy", question, Content("…"), Content("The index is still loading. Your question is next."))

    def show_searching(self, question: str) -> None:
        """Search has begun."""
        self._show("busy", question, Content("…"), Content("searching"))

    def show_reading(self, question: str, done: int, total: int) -> None:
        """Search is done; ``done`` of ``total`` passages are read."""
        filled = _BAR * done // max(1, total)
        bar = (("━" * filled, "$accent"), ("━" * (_BAR - filled), "$faint"))
        self._show("busy", question, Content("…"), Content.assemble(*bar, f"  reading {done} of {total}"))

    def show_answer(self, answer: Answer) -> None:
        """Answered, disputed or unanswered."""
        read_as = wording.read_as(answer)
        if answer.claims:
            words = text.line(answer.claims[0].text)
            self._show(answer.status, answer.question, words, _how_sure(answer), read_as=read_as)
            return
        nearest = "No passage answers this. The nearest ones:" if answer.evidence else "No passage comes near it."
        self._show("unanswered", answer.question, Content("The files don’t say."), Content(nearest), read_as=read_as)

    def show_problem(self, question: str, problem: str) -> None:
        """It went wrong; the problem names its remedy."""
        self._show("problem", question, Content("That did not work."), text.line(problem))

    def show_missing(self, problem: str) -> None:
        """There is nothing to ask."""
        hint = Content.assemble(text.line(problem), "\n", ("Then press F5 here to load it.", "$muted"))
        self._show("problem", "", Content("There is nothing to ask yet."), hint)

    def show_cancelled(self, question: str) -> None:
        """Given up by the user."""
        self._show("cancelled", question, Content("Stopped."), Content("Press ↑ to take the question up again."))

    def _show(self, state: str, question: str, words: Content, how_sure: Content, *, read_as: str = "") -> None:
        self.set_classes(f"-{state}")
        asked = self.query_one("#asked", Static)
        asked.update(Content("\n").join(text.line(line) for line in (question, read_as) if line))
        asked.display = bool(question)
        self.query_one("#words", Static).update(words)
        self.query_one("#how-sure", Static).update(how_sure)


_WELCOME = (
    "You get a short answer in the words of your sources, the passages that say so, and who disagrees. "
    "If the articles don’t say, Quoth says that.",
    "Tab walks to the evidence, Enter opens the article at the passage, ^p finds every command.",
)


def _how_sure(answer: Answer) -> Content:
    count, total = wording.voices(answer)
    dots = ("●" * count, "$accent"), ("○" * (total - count), "$differs")
    parts: list[Content | str | tuple[str, str]] = [wording.likelihood(answer.confidence), ("  ·  ", "$faint")]
    if total <= _DOTS:
        parts += [Content.assemble(*dots), " "]
    parts.append(wording.sources(count, total))
    if answer.status == "disputed":
        parts += [("  ·  ", "$faint"), ("disputed", "bold $differs")]
    return Content.assemble(*parts)
