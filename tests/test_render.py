"""The contract's JSON, the text for a terminal, and that nothing of an article acts on a screen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Address, DocumentInfo, Passage
from qa.render import as_json, as_markdown, as_text, marked
from qa.types import Answer, Claim, Evidence, Span, Value

TEXT = "The two neighbours had signed a ceasefire on October 19 following clashes."
OTHER = "Those talks were initiated after the October 16 ceasefire."


def evidence(rank: int, text: str, words: str | None, *, name: str = "a.txt", title: str = "A title") -> Evidence:
    start = 100
    place = text.index(words) if words else 0
    span = Span(start=start + place, end=start + place + len(words), text=words) if words else None
    return Evidence(
        rank=rank,
        passage=Passage(id=rank, document_id=name, start=start, end=start + len(text), text=text),
        document=DocumentInfo(id=name, path=f"seeds/{name}", title=title, sha256="0"),
        answer=span,
        relevance=0.95,
        copies=(Address(document_id="b.txt", start=5, end=9),) if rank == 1 else (),
    )


def disputed() -> Answer:
    return Answer(
        question="when was the ceasefire?",
        status="disputed",
        confidence=0.87,
        claims=(
            Claim(
                text="October 19",
                value=Value(type="date", normal="--10-19"),
                score=0.93,
                voices=3,
                evidence=(1,),
                relation="leading",
            ),
            Claim(
                text="October 16",
                value=Value(type="date", normal="--10-16"),
                score=0.71,
                voices=1,
                evidence=(2,),
                relation="conflicts",
            ),
        ),
        evidence=(evidence(1, TEXT, "October 19"), evidence(2, OTHER, "October 16", name="c.txt")),
        sources=4,
        timings_ms={"total": 1.0},
    )


def unanswered() -> Answer:
    return Answer(
        question="who?",
        status="unanswered",
        confidence=0.1,
        claims=(),
        evidence=(evidence(1, TEXT, None),),
        timings_ms={},
    )


def test_how_a_question_was_read_is_said_where_it_was_not_as_asked() -> None:
    answer = unanswered().model_copy(update={"question": "who mediatd?", "read_as": "who mediated?"})
    assert as_json(answer)["read_as"] == "who mediated?"
    assert as_text(answer).startswith("read as: who mediated?\n\nThe files don't say.")
    assert as_markdown(answer).startswith("## who mediatd?\n\nread as: who mediated?\n\nThe files don't say.")
    assert not any("read as" in show(unanswered()) for show in (as_text, as_markdown))


def test_json_is_the_contract() -> None:
    assert as_json(disputed(), id="q1") == {
        "id": "q1",
        "question": "when was the ceasefire?",
        "read_as": None,
        "status": "disputed",
        "answer": "October 19",
        "sources": 4,
        "confidence": 0.87,
        "claims": [
            {
                "text": "October 19",
                "value": {"type": "date", "normal": "--10-19"},
                "score": 0.93,
                "voices": 3,
                "evidence": [1],
                "relation": "leading",
            },
            {
                "text": "October 16",
                "value": {"type": "date", "normal": "--10-16"},
                "score": 0.71,
                "voices": 1,
                "evidence": [2],
                "relation": "conflicts",
            },
        ],
        "evidence": [
            {
                "rank": 1,
                "document": {
                    "id": "a.txt",
                    "path": "seeds/a.txt",
                    "title": "A title",
                    "source": None,
                    "published": None,
                    "url": None,
                },
                "start": 100,
                "end": 174,
                "text": TEXT,
                "answer": {"start": 145, "end": 155, "text": "October 19"},
                "relevance": 0.95,
                "copies": [{"document_id": "b.txt", "start": 5, "end": 9}],
            },
            {
                "rank": 2,
                "document": {
                    "id": "c.txt",
                    "path": "seeds/c.txt",
                    "title": "A title",
                    "source": None,
                    "published": None,
                    "url": None,
                },
                "start": 100,
                "end": 158,
                "text": OTHER,
                "answer": {"start": 137, "end": 147, "text": "October 16"},
                "relevance": 0.95,
                "copies": [],
            },
        ],
        "timings_ms": {"total": 1.0},
    }


def test_json_without_an_id_has_none() -> None:
    assert "id" not in as_json(disputed())
    assert as_json(unanswered())["answer"] is None


def test_text_leads_with_the_answer_and_shows_every_side_with_its_words() -> None:
    lines = as_text(disputed()).split("\n")
    assert lines[0] == "October 19"
    assert lines[1] == "likely · 87 % · 3 of 4 sources · disputed"
    text = as_text(disputed())
    assert "«October 19»" in text
    assert "«October 16»" in text
    assert "seeds/a.txt:100–174" in text
    assert "also, word for word, in b.txt:5–9" in text


def test_text_of_an_honest_no_still_shows_what_is_near() -> None:
    text = as_text(unanswered())
    assert text.startswith("The files don't say.")
    assert "ceasefire on October 19" in text


@pytest.mark.parametrize("answer", [disputed(), unanswered()])
def test_json_can_be_written(answer: Answer) -> None:
    assert json.loads(json.dumps(as_json(answer))) == as_json(answer)


@given(st.text(min_size=1), st.text(min_size=1))
def test_nothing_of_an_article_acts_on_a_screen(text: str, title: str) -> None:
    answer = unanswered().model_copy(update={"evidence": (evidence(1, text, text[:1], title=title),)})
    for rendered in (as_text(answer), as_markdown(answer)):
        assert not any(ord(character) < 32 and character not in "\n\t" for character in rendered)
        assert not any(0x7F <= ord(character) < 0xA0 for character in rendered)
        assert not set(rendered) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def test_marks_stand_around_the_span() -> None:
    text = marked(evidence(1, TEXT, "October 19"), opening="<", closing=">")
    assert text == TEXT.replace("October 19", "<October 19>")
