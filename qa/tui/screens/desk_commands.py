"""What keys do on the desk with an answer that is there: copy, open, export, show and hide, move the focus.

Owns no reading: nothing here asks, stops or loads.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qa import wording
from qa.tui.messages import EvidenceOpened
from qa.tui.screens.copying import CopyingScreen
from qa.tui.session import Exchange, Session
from qa.tui.widgets.history_panel import HistoryPanel
from qa.tui.widgets.page import Page
from qa.tui.widgets.question_bar import QuestionInput


class DeskCommands(CopyingScreen):
    """The desk as far as these commands need it."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        super().__init__()
        self.session = Session()
        self.exchange: Exchange | None = None
        """What is on the screen."""

    @property
    def page(self) -> Page:
        """Answer, claims and evidence."""
        return self.query_one(Page)

    def action_ask(self) -> None:
        """Back to the question."""
        self.set_focus(self.query_one(QuestionInput))

    def action_walk_in(self) -> None:
        """From the question to the first passage."""
        self.page.action_walk_to(0)

    def action_copy_answer(self) -> None:
        """The leading claim's words with the citation of its best evidence."""
        answer = self.exchange and self.exchange.answer
        if not answer or not answer.claims:
            self.say("There is no answer to copy yet.")
            return
        ranks = answer.claims[0].evidence
        cited = [wording.citation(evidence) for evidence in answer.evidence if evidence.rank in ranks]
        self.copy(" — ".join([answer.claims[0].text, *cited[:1]]))

    def action_copy_passage(self) -> None:
        """The passage that is walked to, else the first that answers, verbatim with its citation."""
        if evidence := self.page.current:
            self.copy_passage(evidence)
        else:
            self.say("There is no passage to copy yet.")

    def action_open_article(self) -> None:
        """The article behind the passage that is walked to, else behind the first that answers."""
        if evidence := self.page.current:
            self.post_message(EvidenceOpened(evidence))
        else:
            self.say("There is no article to open yet.")

    def action_toggle_history(self) -> None:
        """Goes to the earlier questions; from there, hides them."""
        if not self.session.exchanges:
            self.say("There is no earlier question yet.")
            return
        self.query_one(HistoryPanel).toggle()

    def action_toggle_evidence(self) -> None:
        """Evidence, shown or hidden; the answer and a dispute stay."""
        self.page.toggle_class("-answer-only")
        self.action_ask()

    def action_export_session(self) -> None:
        """A Markdown file in the working folder."""
        if not self.session.answers:
            self.say("There is no answer to export yet.")
            return
        try:
            path = self.session.export(Path.cwd(), datetime.now())
        except OSError as error:
            self.say(f"The session could not be written: {error}", severity="error")
        else:
            self.say(f"{path}", title="Session written")
