"""Phrases shared by every front end."""

import pytest
from tui_scene import answer, ceasefire, claim, document, evidence, mediators, silence

from qa import wording


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "almost certain · 99 %"),
        (0.95, "almost certain · 95 %"),
        (0.9, "very likely · 90 %"),
        (0.87, "likely · 87 %"),
        (0.5, "as likely as not · 50 %"),
        (0.2, "unlikely · 20 %"),
        (0.0, "unlikely · 1 %"),
    ],
)
def test_likelihood(confidence: float, words: str) -> None:
    assert wording.likelihood(confidence) == words


def test_sources() -> None:
    assert wording.voices(ceasefire()) == (3, 4)
    assert wording.voices(mediators()) == (3, 3), "a claim about another event is about another matter"
    assert wording.voices(silence()) == (0, 0)
    assert [wording.sources(1), wording.sources(3), wording.sources(3, 4), wording.sources(3, 3)] == [
        "1 source",
        "3 sources",
        "3 of 4 sources",
        "3 sources",
    ]


def test_every_relation_has_a_phrase() -> None:
    phrases = {
        wording.relation(claim("x", relation, (), voices=1))
        for relation in ("leading", "finer", "update", "conflicts", "other")
    }
    assert len(phrases) == 5


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2025-10-28", "28 October 2025"),
        ("2025-01-01T23:59:00Z", "1 January 2025"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_day(published: str, shown: str) -> None:
    assert wording.day(published) == shown


def test_citation_names_the_span() -> None:
    one = evidence(1, document("000"), "The two neighbours had", "October 19")
    assert wording.citation(one) == "Source:JND, JND · 28 October 2025 (seeds/000_97c222453677d8b7.txt:441–451)"
    assert document("000").text[441:451] == "October 19"


def test_citation_without_a_span_names_the_passage() -> None:
    one = evidence(1, document("004"), "The talks were mediated", None)
    assert wording.citation(one).endswith(f":{one.passage.start}–{one.passage.end})")
    assert answer("q", "unanswered", 0.1, (), (one,)).text is None
