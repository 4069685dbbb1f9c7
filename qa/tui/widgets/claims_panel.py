"""Where sources differ: each side of a dispute next to the other, then the finer, later and further claims.

Owns the picture of agreement; every decision about it was made in the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import ItemGrid, VerticalGroup
from textual.content import Content
from textual.widgets import Static

from qa import wording
from qa.tui import text
from qa.tui.widgets.quotable import Quotable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.types import Answer, Claim, Evidence

_NARROWEST_SIDE = 34
"""Cells: below this a quote falls apart into single words, and the sides are stacked instead."""
_QUOTE = 260
"""Characters of a quote: two or three sentences, which fit beside another's on a small screen."""
_FURTHER = 6
"""Further claims listed; the rest is a number."""


class ClaimsPanel(VerticalGroup):
    """Nothing at all where every source says the same."""

    def __init__(self, answer: Answer) -> None:
        """Shows the claims of ``answer`` with quotes from its evidence."""
        super().__init__()
        self._answer = answer
        self._by_rank = {evidence.rank: evidence for evidence in answer.evidence}

    def compose(self) -> ComposeResult:
        """The sides, then a line for each further claim."""
        claims = self._answer.claims
        against = [claim for claim in claims if claim.relation == "conflicts"]
        if against:
            yield Static("The sources disagree", classes="section")
            with ItemGrid(min_column_width=_NARROWEST_SIDE):
                yield from self._sides(claims[0], against)
        further = [claim for claim in claims if claim.relation not in {"leading", "conflicts"}]
        lines = [self._further(claim) for claim in further[:_FURTHER]]
        if len(further) > _FURTHER:
            lines.append(Content.styled(f"and {len(further) - _FURTHER} further claims", "$muted"))
        if lines:
            yield Static(Content("\n").join(lines), classes="further")

    def _sides(self, leading: Claim, against: Sequence[Claim]) -> ComposeResult:
        for claim in (leading, *against):
            if quoted := self._quoted(claim):
                others = [other.text[:_QUOTE] for other in (against if claim is leading else [leading])]
                yield ClaimSide(claim, quoted, text.differing(claim.text[:_QUOTE], others))

    def _further(self, claim: Claim) -> Content:
        said = f"{wording.relation(claim)}: "
        quoted = self._quoted(claim)
        dates = {evidence.document.published for evidence in quoted if evidence.document.published}
        when = f", {wording.day(min(dates))}" if dates and claim.relation == "update" else ""
        ranks = "".join(f" [{evidence.rank}]" for evidence in quoted)
        return Content.assemble(
            (said, "$muted"),
            text.line(claim.text, "bold"),
            text.line(f"  {wording.sources(claim.voices)}{when}{ranks}", "$muted"),
        )

    def _quoted(self, claim: Claim) -> list[Evidence]:
        return [self._by_rank[rank] for rank in claim.evidence if rank in self._by_rank]


class ClaimSide(Quotable):
    """One side: its words with what differs marked, its count, its best quote and where that stands."""

    def __init__(self, claim: Claim, quoted: Sequence[Evidence], differs: list[tuple[int, int]]) -> None:
        """``quoted`` is the evidence that says it, best first; ``differs`` are ranges of the claim's words."""
        look = "$accent" if claim.relation == "leading" else "$differs"
        marks = [(start, end, f"underline {look}") for start, end in differs]
        words = text.quoted(claim.text[:_QUOTE], marks, style="bold")
        ranks = "".join(f" [{evidence.rank}]" for evidence in quoted)
        said = Content.assemble(words, "\n", (f"{wording.sources(claim.voices)} {ranks}", look))
        content = Content("\n\n").join([said, _quote(quoted[0], claim, differs), _origin(quoted[0])])
        super().__init__(content, quoted[0], classes=f"-{claim.relation}")


def _quote(evidence: Evidence, claim: Claim, differs: list[tuple[int, int]]) -> Content:
    passage, span = evidence.passage, evidence.answer
    if span is None:
        return text.cut(passage.text, 0, min(len(passage.text), _QUOTE))
    start, end = span.start - passage.start, span.end - passage.start
    leading = claim.relation == "leading"
    look = "$mark-text on $mark" if leading else "$differs-text on $differs-mark"
    inner = [(start + low, start + high, "bold underline") for low, high in differs if span.text == claim.text]
    first, last = text.excerpt(passage.text, start, end, limit=_QUOTE)
    return text.cut(passage.text, first, last, [(start, end, look), *inner])


def _origin(evidence: Evidence) -> Content:
    document = evidence.document
    lines = [text.line(document.title, "$muted", limit=100)]
    if provenance := wording.provenance(document):
        lines.append(text.line(provenance, "$muted"))
    return Content("\n").join(lines)
