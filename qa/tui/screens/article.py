"""A whole article, scrolled to the passage that was opened, with every passage of it that was read marked.

Owns marks and scrolling; the text comes verified from the answerer, or a line says why it doesn't.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from qa import wording
from qa.tui import text, work
from qa.tui.commands import ARTICLE, bindings
from qa.tui.messages import ArticleFailed, ArticleFetched
from qa.tui.screens.copying import CopyingScreen
from qa.tui.widgets.evidence_card import SPAN

if TYPE_CHECKING:
    from index.types import Document
    from qa.tui.ports import AnswererHandle
    from qa.types import Evidence

OPENED = "on $passage"
"""Style of the passage that was opened."""
_LONGEST = 120_000
"""Characters laid out at once, a short book: wrapping more would keep the screen waiting."""
_ABOVE = 3
"""Lines of context above a passage that is scrolled to, and below its span where that is far down."""


class ArticleScreen(CopyingScreen):
    """One document, opened at one of its passages."""

    BINDINGS = bindings(ARTICLE)
    AUTO_FOCUS = "#article"

    def __init__(self, answerer: AnswererHandle, opened: Evidence, read: tuple[Evidence, ...]) -> None:
        """``opened`` is scrolled to; ``read`` is all evidence from the same document."""
        super().__init__()
        self._answerer = answerer
        self._opened = opened
        self._read = sorted(read or (opened,), key=lambda evidence: evidence.passage.start)
        self._document: Document | None = None
        self._above_passage = Content()
        self._above_span = Content()
        """What is laid out above the opened passage, and above its span."""

    def compose(self) -> ComposeResult:
        """Title and address stay while the text scrolls."""
        with Center():
            yield Static(id="article-title")
        with VerticalScroll(id="article"):
            yield Static("opening …", id="text")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Fetches the text in a worker."""
        self._show_title()
        document_id = self._opened.document.id
        self.run_worker(partial(work.fetch, self._answerer, document_id, self.post_message), thread=True)

    @on(ArticleFetched)
    def _show_text(self, event: ArticleFetched) -> None:
        self._document = event.document
        self._lay_out(event.document)

    @on(ArticleFailed)
    def _show_problem(self, event: ArticleFailed) -> None:
        self.query_one("#text", Static).update(text.line(event.problem, "$error"))

    def on_resize(self) -> None:
        """Wrapping moved the passage: finds it again."""
        self.call_after_refresh(self._scroll_to_opened)

    def action_back(self) -> None:
        """To the answer."""
        self.dismiss()

    def action_next_mark(self, step: int) -> None:
        """Goes to another passage of this article that was read, around in a circle."""
        position = self._read.index(self._opened) if self._opened in self._read else 0
        self._opened = self._read[(position + step) % len(self._read)]
        self._show_title()
        if self._document:
            self._lay_out(self._document)

    def action_copy_passage(self) -> None:
        """The passage that was opened."""
        self.copy_passage(self._opened)

    def action_scroll_lines(self, lines: int) -> None:
        """A line up or down."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_scroll_pages(self, pages: int) -> None:
        """A page up or down, with two lines to hold on to."""
        self._scroll.scroll_relative(y=pages * (self._scroll.size.height - 2), animate=False)

    def action_scroll_to_end(self, direction: int) -> None:
        """Beginning (-1) or end (1)."""
        if direction < 0:
            self._scroll.scroll_home(animate=False)
        else:
            self._scroll.scroll_end(animate=False)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#article", VerticalScroll)

    def _show_title(self) -> None:
        document, passage = self._opened.document, self._opened.passage
        where = wording.address(document.path, passage.start, passage.end)
        parts = (wording.provenance(document), where, document.url or "")
        details = text.line("  ·  ".join(part for part in parts if part), "$muted")
        self.query_one("#article-title", Static).update(
            Content.assemble(text.line(document.title, "bold $accent", limit=160), "\n", details)
        )

    def _lay_out(self, document: Document) -> None:
        passage = self._opened.passage
        first, last = text.window(0, len(document.text), passage.start, passage.end, limit=_LONGEST)
        marks: list[text.Mark] = [(passage.start, passage.end, OPENED)]
        marks += [
            (evidence.answer.start, evidence.answer.end, SPAN if evidence is self._opened else "underline $accent")
            for evidence in self._read
            if evidence.answer
        ]
        span = self._opened.answer or passage
        self._above_passage = text.cut(document.text, first, passage.start + 1)
        self._above_span = text.cut(document.text, first, span.end)
        self.query_one("#text", Static).update(text.cut(document.text, first, last, marks))
        self.call_after_refresh(self._scroll_to_opened)

    def _scroll_to_opened(self) -> None:
        width = self.query_one("#text", Static).content_size.width
        if width and self._document:
            passage, span = (len(head.wrap(width)) - 1 for head in (self._above_passage, self._above_span))
            lowest = span + _ABOVE - self._scroll.size.height
            self._scroll.scroll_to(y=max(0, passage - _ABOVE, lowest), animate=False, force=True)
