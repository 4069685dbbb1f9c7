"""Signs that a span answers another question: another place, office, round or name in full than the one asked for."""

from collections.abc import Sequence

import pytest

from index.types import Passage
from qa.claims.mismatch import Asked
from qa.types import Span

SHIFT = 500
"""The passage begins there in its document, so that mistaken coordinates show."""
TALKS = (
    "Qatar hosted the first round in Doha. The second round of talks, held in Istanbul, ended on Tuesday. Pakistan’s "
    "Information Minister Attaullah Tarar thanked Prime Minister Shehbaz Sharif. Khawaja Asif, the defence minister, "
    "warned Kabul. US President Donald Trump praised both. Deputy Prime Minister Ishaq Dar, Army chief Asim Munir and "
    "António Guterres' spokesman Stéphane Dujarric said nothing. Turkey and Qatar mediated. New York was quiet."
)


def is_another_one(question: str, words: str, texts: Sequence[str] = (TALKS,)) -> bool:
    """For the first place where the first of the texts has the words."""
    start = texts[0].index(words)
    passage = Passage(id=1, document_id="a", start=SHIFT, end=SHIFT + len(texts[0]), text=texts[0])
    span = Span(start=SHIFT + start, end=SHIFT + start + len(words), text=words)
    return Asked(question, texts).is_another_one(passage, span)


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        # Another office stands at the name, before it, in it or after it.
        ("who is the premier?", "Attaullah Tarar", True),
        ("who’s the premier?", "Attaullah Tarar", True),
        ("who is India's information minister?", "Attaullah Tarar", True),
        ("name of the Pakistani premier?", "Attaullah Tarar", True),
        ("name of the Pakistani premier?", "Shehbaz Sharif", False),
        ("pakistan defence minister name", "Attaullah Tarar", True),
        ("whats the information ministers name?", "Attaullah Tarar", False),
        ("what’s the information minister’s full name?", "Khawaja Asif", True),
        ("what name did Khawaja Asif give?", "Attaullah Tarar", False),
        ("whos the information minister of pakistan", "Attaullah Tarar", False),
        ("whos the defense minister", "Information Minister Attaullah Tarar", True),
        ("whos the defense minister", "Khawaja Asif", False),
        ("who is the prime minister", "Khawaja Asif", True),
        ("who is the prime minister", "Ishaq Dar", True),
        ("who is the army chief", "Attaullah Tarar", True),
        ("who is the army chief", "Asim Munir", False),
        ("who is the minister?", "Attaullah Tarar", False),
        # The same office of another country.
        ("who is the president of Turkey?", "Donald Trump", True),
        ("who is the Turkish president?", "Donald Trump", True),
        ("who is the US president?", "Donald Trump", False),
        ("who is the president?", "Donald Trump", False),
        # Which of several: a person of another country.
        ("which American politician offered to mediate?", "Attaullah Tarar", True),
        ("which American politician offered to mediate?", "Donald Trump", False),
        ("what Pakistani minister warned Kabul?", "Donald Trump", True),
        ("which minister warned Kabul?", "Khawaja Asif", False),
        ("which lawmaker offered to mediate?", "Donald Trump", False),
        ("who is the leader of Turkey?", "Donald Trump", True),
        # Nobody's office is asked for, or none is told.
        ("who thanked the prime minister?", "Attaullah Tarar", False),
        ("who is the leader?", "Donald Trump", False),
        ("who is the premier?", "Kabul", False),
        # A country holds no office; places answer for their own level.
        ("who is the president of Turkey?", "Turkey", True),
        ("who mediated?", "Turkey and Qatar", False),
        ("which country hosted the talks?", "Istanbul", True),
        ("which country hosted the talks?", "Qatar", False),
        ("in what city were the talks?", "Istanbul", False),
        ("in what city were the talks?", "Qatar", True),
        ("in what city was it quiet?", "New York", False),
        ("in which hotel did they meet?", "Istanbul", True),
        ("which countries mediated?", "Turkey and Qatar", False),
        ("which cities?", "Turkey and Qatar", True),
        ("where were the talks?", "Istanbul", False),
        # An abbreviation that these words can't be short for.
        ("what does UP stand for?", "Khawaja Asif", True),
        ("what does KA stand for?", "Khawaja Asif", False),
        # Another round.
        ("where was the first round of talks held?", "Istanbul", True),
        ("where was the first round of talks held?", "Doha", False),
        ("where was the second round of talks held?", "Istanbul", False),
        ("where were the talks held?", "Doha", False),
    ],
)
def test_a_name_of_another_place_office_or_round_than_asked(question: str, words: str, expected: bool) -> None:
    assert is_another_one(question, words) is expected


MENTIONS = (
    "On X, Tarar wrote so. Attaullah Tarar said that talks had failed.",
    "Pakistan’s Information Minister Attaullah Tarar thanked both. Finance Minister Ali Tarar did not.",
    "Asif, the defence minister of Pakistan, agreed with Tarar.",
)


@pytest.mark.parametrize(
    ("question", "name", "expected"),
    [
        ("who is the Pakistani premier?", "Attaullah Tarar", True),
        ("who is the Pakistani premier?", "Tarar", True),
        ("which Indian politician?", "Attaullah Tarar", True),
        ("who is the information minister?", "Tarar", False),
        # The other of that surname may be meant by the surname alone only.
        ("who is the finance minister?", "Tarar", False),
        ("who is the finance minister?", "Attaullah Tarar", True),
        ("who said that talks had failed?", "Tarar", False),
        ("who is the premier?", "X", False),
    ],
)
def test_what_another_passage_tells_of_a_name_counts_where_its_own_tells_nothing(
    question: str, name: str, expected: bool
) -> None:
    assert is_another_one(question, name, MENTIONS) is expected
