"""The desk: a question below, its answer above, the evidence under it, earlier questions at the side.

Owns what happens to a question from Enter to the answer on the screen. The work itself runs in ``qa.tui.work``.
"""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer

from qa.tui import work
from qa.tui.commands import DESK, bindings
from qa.tui.messages import (
    EarlierChosen,
    EvidenceOpened,
    HitsFound,
    Loaded,
    LoadFailed,
    PassagesRead,
    QuestionAnswered,
    QuestionAsked,
    ReadingFailed,
)
from qa.tui.screens.article import ArticleScreen
from qa.tui.screens.desk_commands import DeskCommands
from qa.tui.session import Exchange
from qa.tui.widgets.history_panel import HistoryPanel
from qa.tui.widgets.page import Page
from qa.tui.widgets.question_bar import QuestionBar, QuestionInput
from qa.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from index.types import DocumentInfo
    from qa.tui.ports import AnswererHandle, Loader

_TITLES = 8
"""Titles shown while passages are read: what fits a small terminal."""
_EMPTY = "The index is empty. Put articles into it: quoth index FOLDER"


class DeskScreen(DeskCommands):
    """Loads, asks, shows, recalls."""

    BINDINGS = bindings(DESK)
    AUTO_FOCUS = "#question"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]  # noqa: RUF012 - Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 - as above

    def __init__(self, *, loader: Loader, index_label: str) -> None:
        """Loads with ``loader`` after the first paint."""
        super().__init__()
        self._loader = loader
        self._index_label = index_label
        self._loading = False
        self._answerer: AnswererHandle | None = None
        self._documents: dict[str, DocumentInfo] = {}
        self._request: work.Request | None = None
        """What is being read."""
        self._tickets = 0
        self._turn = Lock()

    def compose(self) -> ComposeResult:
        """From top to bottom, the history at the left."""
        yield TitleBar(self._index_label)
        with Horizontal(id="desk"):
            yield HistoryPanel()
            yield Page()
        yield QuestionBar()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Paints first: the models load once that is done."""
        self.call_after_refresh(self._load)

    def leave(self, *, patience: float) -> bool:
        """Gives up what is read and lets go of the index; False where a thread works on after ``patience`` seconds."""
        self._give_up()
        if self._loading or not self._turn.acquire(timeout=patience):
            return False
        if self._answerer is not None:
            self._answerer.close()
        return True

    # From Enter to the answer on the screen

    @on(QuestionAsked)
    async def _ask(self, event: QuestionAsked) -> None:
        self._give_up()
        self.exchange = self.session.begin(event.question)
        await self.page.clear()
        if self._answerer is not None:
            self._read(self._answerer, self.exchange)
        else:
            self.page.panel.show_waiting(event.question)
            self._load()
        self._update()

    def _read(self, answerer: AnswererHandle, exchange: Exchange) -> None:
        self._tickets += 1
        self._request = request = work.Request(self._tickets, exchange.question, self.post_message)
        self.run_worker(partial(work.answer, answerer, request, self._turn), thread=True, group="reading")
        self.page.panel.show_searching(exchange.question)

    @on(HitsFound)
    async def _show_hits(self, event: HitsFound) -> None:
        if request := self._current(event.ticket):
            ids = list(dict.fromkeys(hit.passage.document_id for hit in event.hits))[:_TITLES]
            await self.page.show_titles([self._title(document_id) for document_id in ids])
            self.page.panel.show_reading(request.question, 0, len(event.hits))

    @on(PassagesRead)
    def _show_progress(self, event: PassagesRead) -> None:
        if request := self._current(event.ticket):
            self.page.panel.show_reading(request.question, event.done, event.total)

    @on(QuestionAnswered)
    async def _show_answer(self, event: QuestionAnswered) -> None:
        if self._current(event.ticket) and self.exchange:
            self.exchange.answer = event.answer
            await self._show(self.exchange)

    @on(ReadingFailed)
    async def _show_problem(self, event: ReadingFailed) -> None:
        if self._current(event.ticket) and self.exchange:
            self.exchange.problem = event.problem
            await self._show(self.exchange)

    @on(EarlierChosen)
    async def _reopen(self, event: EarlierChosen) -> None:
        self._give_up()
        self.exchange = self.session.exchanges[event.position]
        await self._show(self.exchange)
        self.query_one(HistoryPanel).give_way()
        self.action_ask()

    async def _show(self, exchange: Exchange) -> None:
        """An exchange that is over, however it ended."""
        self._request = None
        if exchange.answer is not None:
            await self.page.show_answer(exchange.answer)
        elif exchange.stopped:
            await self.page.clear()
            self.page.panel.show_cancelled(exchange.question)
        else:
            await self.page.clear()
            self.page.panel.show_problem(exchange.question, exchange.problem)
        self._update()

    @on(EvidenceOpened)
    def _open(self, event: EvidenceOpened) -> None:
        answer = self.exchange and self.exchange.answer
        if self._answerer and answer:
            same = tuple(each for each in answer.evidence if each.document.id == event.evidence.document.id)
            self.app.push_screen(ArticleScreen(self._answerer, event.evidence, same))

    # Loading

    def _load(self) -> None:
        if self._loading:
            return
        self._loading = True
        retired, self._answerer = self._answerer, None
        job = partial(work.load, self._loader, self.post_message, self._turn, instead_of=retired)
        self.run_worker(job, thread=True, group="loading")
        self._update()

    @on(Loaded)
    async def _welcome(self, event: Loaded) -> None:
        if not event.documents:
            event.answerer.close()
            await self._show_missing(_EMPTY)
            return
        self._loading = False
        self._answerer = event.answerer
        self._documents = {document.id: document for document in event.documents}
        if self.exchange is None:
            self.page.panel.show_welcome()
        elif self.exchange.is_open:
            self._read(self._answerer, self.exchange)
        else:
            await self._show(self.exchange)
        self._update()

    @on(LoadFailed)
    async def _apologise(self, event: LoadFailed) -> None:
        await self._show_missing(event.problem)

    async def _show_missing(self, problem: str) -> None:
        """An open question stays open: it is read once the index loads."""
        self._loading = False
        await self.page.clear()
        self.page.panel.show_missing(problem)
        self._update()

    # Commands that start or end a reading; the others are in desk_commands.py, the keys of all in qa.tui.commands

    async def action_stop(self) -> None:
        """Gives up what is being read, or what waits for the index."""
        if self.exchange:
            self._give_up()
            await self._show(self.exchange)

    async def action_stop_or_copy(self) -> None:
        """Ctrl-C stops what runs; else it keeps Textual's meaning and copies what is selected."""
        if not self._is_busy:
            raise SkipAction
        await self.action_stop()

    def action_load_again(self) -> None:
        """After ``quoth index`` was run elsewhere; a question that is open is read from the new index."""
        self._stop_request()
        self._load()

    async def action_clear_history(self) -> None:
        """Forgets this session's questions and answers."""
        self._give_up()
        self.exchange = None
        self.session.exchanges.clear()
        self.query_one(QuestionInput).forget()
        await self.page.clear()
        self.page.panel.show_welcome()
        self._update()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """``stop`` is in the footer only while there is something to stop."""
        return action != "stop" or self._is_busy

    # What the handlers share

    def _current(self, ticket: int) -> work.Request | None:
        """The request of that ticket, unless it was given up."""
        return self._request if self._request and self._request.ticket == ticket else None

    @property
    def _is_busy(self) -> bool:
        """A question is read, or waits for the index that loads."""
        return self.exchange is not None and self.exchange.is_open and (self._loading or self._request is not None)

    def _give_up(self) -> None:
        """Stops the question that is open, if one is."""
        self._stop_request()
        if self.exchange is not None and self.exchange.is_open:
            self.exchange.stopped = True

    def _stop_request(self) -> None:
        if self._request is not None:
            self._request.stop()
            self._request = None

    def _title(self, document_id: str) -> str:
        document = self._documents.get(document_id)
        return document.title if document else document_id

    def _update(self) -> None:
        """The parts that follow from the rest: title bar, history, footer."""
        articles = "1 article" if len(self._documents) == 1 else f"{len(self._documents):,} articles"
        state = "loading …" if self._loading else articles if self._answerer else "no index"
        self.query_one(TitleBar).show_state(state)
        self.query_one(HistoryPanel).show(self.session.exchanges)
        self.refresh_bindings()
