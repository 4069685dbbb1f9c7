"""One passage that was read: where it stands, its words with the span marked, and where they stand again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from qa import wording
from qa.tui import text
from qa.tui.widgets.quotable import Quotable

if TYPE_CHECKING:
    from qa.types import Evidence

SPAN = "bold $mark-text on $mark"
_LONGEST = 1500
"""Characters shown of a passage: about twice the longest that the index cuts; a single endless line stays walkable."""
_COPIES = 4
"""Addresses of copies shown; a wire story can have hundreds."""


class EvidenceCard(Quotable):
    """A passage verbatim, with its address; dimmed where it does not answer."""

    def __init__(self, evidence: Evidence) -> None:
        """All that is shown is fixed from the start."""
        super().__init__(card(evidence), evidence, classes="-answers" if evidence.answer else "-near")


def card(evidence: Evidence) -> Content:
    """All of a card's text."""
    blocks = [Content.assemble(_heading(evidence), "\n", _address(evidence)), _passage(evidence)]
    if copies := _copies(evidence):
        blocks.append(Content("\n").join(copies))
    return Content("\n\n").join(blocks)


def _heading(evidence: Evidence) -> Content:
    rank = (f"{evidence.rank}  ", "bold $accent" if evidence.answer else "bold $muted")
    title = text.line(evidence.document.title, "bold")
    return Content.assemble(rank, title, "  ", text.line(wording.provenance(evidence.document), "$muted"))


def _address(evidence: Evidence) -> Content:
    passage = evidence.passage
    where = wording.address(evidence.document.path, passage.start, passage.end)
    return text.line(f"{where} · answers: {wording.percent(evidence.relevance)}", "$muted")


def _passage(evidence: Evidence) -> Content:
    passage, span = evidence.passage, evidence.answer
    start, end = (span.start - passage.start, span.end - passage.start) if span else (0, 0)
    first, last = text.window(0, len(passage.text), start, end, limit=_LONGEST)
    return text.cut(passage.text, first, last, [(start, end, SPAN)] if span else [])


def _copies(evidence: Evidence) -> list[Content]:
    own = evidence.document.id
    shown = [
        wording.address("this article" if copy.document_id == own else copy.document_id, copy.start, copy.end)
        for copy in evidence.copies[:_COPIES]
    ]
    lines = [text.line(f"also, word for word, in {where}", "italic $muted") for where in shown]
    if (more := len(evidence.copies) - _COPIES) > 0:
        lines.append(Content.styled(f"and in {more} more places", "italic $muted"))
    return lines
