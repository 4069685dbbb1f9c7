"""Abbreviations: which one is asked for, and what it may stand for."""

import pytest

from qa.claims.abbreviations import asked_abbreviation, may_stand_for


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what does TTP stand for?", "ttp"),
        ("What do the letters C.I.A. stand for", "cia"),
        ('what does "MIS-C" stand for?', "misc"),
        ("what is UN short for", "un"),
        ("what did the TTP do?", None),
        ("what does the minister stand against?", None),
        ("who stood for office?", None),
        ("", None),
    ],
)
def test_the_abbreviation_that_is_asked_for(question: str, expected: str | None) -> None:
    assert asked_abbreviation(question) == expected


@pytest.mark.parametrize(
    ("abbreviation", "words", "expected"),
    [
        ("ttp", "Tehrik-i-Taliban Pakistan", True),
        ("ttp", "the Pakistani Taliban", False),
        ("ttp", "Pakistan", False),
        ("notam", "Notice to Air Missions", True),
        ("cisa", "Cybersecurity and Infrastructure Security Agency", True),
        ("un", "United Nations", True),
        ("un", "Union", False),
        ("d", "day", True),
        ("un", "…", False),
    ],
)
def test_what_an_abbreviation_may_stand_for(abbreviation: str, words: str, expected: bool) -> None:
    assert may_stand_for(abbreviation, words) is expected
