"""Is what is shown what stands in the file? Owns the check of every address against the files' own text.

Quoth's own measure, without a published source: ``text[start:end]`` of the file as decoded must be the shown words.
"""

from collections.abc import Iterator, Mapping

from eval.types import Part
from index.types import Address
from qa.types import Answer, Evidence, Span


def offset_scores(answer: Answer, texts: Mapping[str, str]) -> dict[str, Part]:
    """Share of the passages, spans and copies of an answer that are exact; must be 1.

    ``texts`` maps document ids to texts that were read without the index under test. A copy may differ in case and
    whitespace, as it does for the index.
    """
    checks = [check for evidence in answer.evidence for check in _checks(evidence, texts)]
    return {"offsets.exact": Part(sum(checks), len(checks))} if checks else {}


def span_is_exact(span: Span, document_id: str, texts: Mapping[str, str]) -> bool:
    """Do the span's words stand at its address, and does it begin and end between words?"""
    text = texts.get(document_id, "")
    return text[span.start : span.end] == span.text and not cuts_a_word(text, span.start, span.end)


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Does ``text[start:end]`` begin or end inside a run of letters and digits?"""
    return _inside_word(text, start) or _inside_word(text, end)


def _checks(evidence: Evidence, texts: Mapping[str, str]) -> Iterator[bool]:
    passage, span = evidence.passage, evidence.answer
    text = texts.get(passage.document_id, "")
    yield text[passage.start : passage.end] == passage.text
    if span is not None:
        inside = passage.start <= span.start < span.end <= passage.end
        yield inside and text[span.start : span.end] == span.text
    yield from (_words_at(copy, texts) == passage.text.casefold().split() for copy in evidence.copies)


def _words_at(copy: Address, texts: Mapping[str, str]) -> list[str]:
    return texts.get(copy.document_id, "")[copy.start : copy.end].casefold().split()


def _inside_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()
