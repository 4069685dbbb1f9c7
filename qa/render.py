"""Answer → plain text, Markdown, JSON. Owns their shape; decides nothing about the answer.

The JSON is a contract: other programs read it. The text is for a terminal or a pipe: every foreign word goes through
``qa.plain``, so nothing of an article acts on a screen.
"""

from __future__ import annotations

import textwrap
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from qa import wording
from qa.plain import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import DocumentInfo
    from qa.types import Answer, Claim, Evidence, Span

SPAN_OPEN, SPAN_CLOSE = "«", "»"
"""Marks of the words that answer, where no colour can: quotation marks that English articles don't use."""
_WIDTH = 100
_UNANSWERED = "The files don't say."


def as_json(answer: Answer, *, id: str | None = None) -> dict[str, Any]:  # noqa: A002 - the contract's own name
    """The answer as the contract's JSON object; ``id`` comes first where one was given."""
    head: dict[str, Any] = {} if id is None else {"id": id}
    return head | {
        "question": answer.question,
        "read_as": answer.read_as,
        "status": answer.status,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "sources": answer.sources,
        "claims": [_claim_json(claim) for claim in answer.claims],
        "evidence": [_evidence_json(evidence) for evidence in answer.evidence],
        "timings_ms": answer.timings_ms,
    }


def as_text(answer: Answer) -> str:
    """The answer for a terminal: the leading words, every side of a dispute, then the evidence."""
    parts = [one_line(wording.read_as(answer)), _headline(answer), *_sides(answer)]
    parts += [_evidence_text(evidence) for evidence in answer.evidence]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_markdown(answer: Answer) -> str:
    """The answer for a document: quotes as block quotes, addresses as code."""
    lines = [f"## {_escaped(answer.question)}", ""]
    lines += [_escaped(one_line(wording.read_as(answer))), ""] if answer.read_as else []
    lines += [_escaped(_headline(answer)), ""]
    lines += [f"- {_escaped(_claim_line(claim))}" for claim in answer.claims[1:]]
    for evidence in answer.evidence:
        span = evidence.answer or evidence.passage
        lines += ["", *(f"> {line}" for line in _escaped(visible(evidence.passage.text)).split("\n")), ""]
        where = wording.address(one_line(evidence.document.path), span.start, span.end).replace("`", "'")
        lines += [f"{_escaped(_title(evidence.document))} `{where}`"]
    return "\n".join(lines) + "\n"


def marked(evidence: Evidence, *, opening: str = SPAN_OPEN, closing: str = SPAN_CLOSE) -> str:
    """The passage, safe for a terminal, with its span between marks; ``visible`` keeps lengths, so offsets hold."""
    text = visible(evidence.passage.text)
    if evidence.answer is None:
        return text
    start, end = evidence.answer.start - evidence.passage.start, evidence.answer.end - evidence.passage.start
    return f"{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}"


def _headline(answer: Answer) -> str:
    if answer.text is None:
        return f"{_UNANSWERED} ({wording.percent(answer.confidence)} that the nearest passage answers)"
    said, total = wording.voices(answer)
    disputed = " · disputed" if answer.status == "disputed" else ""
    return (
        f"{one_line(answer.text)}\n{wording.likelihood(answer.confidence)} · {wording.sources(said, total)}{disputed}"
    )


def _sides(answer: Answer) -> list[str]:
    if len(answer.claims) < 2:
        return []
    shown = answer.claims if answer.status == "disputed" else answer.claims[1:]
    return ["\n".join(_side(claim, answer.evidence) for claim in shown)]


def _side(claim: Claim, evidence: Sequence[Evidence]) -> str:
    lines = [f"  {_claim_line(claim)}"]
    if claim.relation in ("leading", "conflicts"):
        lines += [f"    [{one.rank}] {_quote(one)}" for one in evidence if one.rank in claim.evidence]
    return "\n".join(lines)


def _claim_line(claim: Claim) -> str:
    ranks = ", ".join(f"[{rank}]" for rank in claim.evidence)
    return f"{wording.relation(claim)}: {one_line(claim.text)} · {wording.sources(claim.voices)} {ranks}"


def _quote(evidence: Evidence, *, around: int = 60) -> str:
    """The words around the span on one line, cut at words."""
    text = one_line(marked(evidence))
    if evidence.answer is None:
        return textwrap.shorten(text, 2 * around, placeholder=" …")
    start = evidence.answer.start - evidence.passage.start
    end = evidence.answer.end - evidence.passage.start + len(SPAN_OPEN + SPAN_CLOSE)
    left, right = max(0, start - around), min(len(text), end + around)
    left += len(list(takewhile(lambda character: character != " ", text[left:start]))) if left else 0
    tail = text[end:right]
    tail = tail[: tail.rfind(" ")] if right < len(text) and " " in tail else tail
    return (
        f"{'… ' if left else ''}{text[left:start].lstrip()}{text[start:end]}{tail}{' …' if right < len(text) else ''}"
    )


def _evidence_text(evidence: Evidence) -> str:
    where = wording.address(one_line(evidence.document.path), evidence.passage.start, evidence.passage.end)
    lines = [f"[{evidence.rank}] {_title(evidence.document)}", f"    {where} · {wording.percent(evidence.relevance)}"]
    for line in marked(evidence).split("\n"):
        # Lines are folded for reading only; nothing is dropped but the white space at a fold.
        lines += textwrap.wrap(line, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    lines += [
        f"    also, word for word, in {wording.address(one_line(copy.document_id), copy.start, copy.end)}"
        for copy in evidence.copies
    ]
    return "\n".join(lines)


def _title(document: DocumentInfo) -> str:
    return " · ".join(part for part in (one_line(document.title), one_line(wording.provenance(document))) if part)


def _claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "value": claim.value.model_dump() if claim.value else None,
        "score": round(claim.score, 4),
        "voices": claim.voices,
        "evidence": list(claim.evidence),
        "relation": claim.relation,
    }


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    document = evidence.document
    return {
        "rank": evidence.rank,
        "document": {
            "id": document.id,
            "path": document.path,
            "title": document.title,
            "source": document.source,
            "published": document.published,
            "url": document.url,
        },
        "start": evidence.passage.start,
        "end": evidence.passage.end,
        "text": evidence.passage.text,
        "answer": _span_json(evidence.answer),
        "relevance": round(evidence.relevance, 4),
        "copies": [copy.model_dump() for copy in evidence.copies],
    }


def _span_json(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else span.model_dump()


def _escaped(text: str) -> str:
    """Markdown's own signs as literal characters."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|!" else character for character in text)
