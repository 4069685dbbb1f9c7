"""Questions: the type of answer each asks for, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.claims.questions import expected_type, read_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("when was the ceasefire?", "date"),
        ("WHEN WAS THE CEASEFIRE", "date"),
        ("  when   was the ceasefire  ", "date"),
        ("the talks were when?", "date"),
        ("what date was the truce signed", "date"),
        ("on what day did it begin?", "date"),
        ("what year was he born", "date"),
        ("80th Regiment of Foot was raised in which year?", "date"),
        ("What is the release date of Every Mother Counts?", "date"),
        ("since when are the crossings shut?", "date"),
        ("cease-fire date pakistan", None),
        ("pakistan ceasefire date", "date"),
        ("date of the truce", "date"),
        ("whens the next round", "date"),
        ("what time did the Afghan side respond?", "time"),
        ("how long did the talks last?", "duration"),
        ("how many days did the talks last?", "duration"),
        ("how old is the suspect?", "duration"),
        ("how many died?", "number"),
        ("how many people were killed?", "number"),
        ("What is the population of Qorveh?", "number"),
        ("what was the death toll?", "number"),
        ("how far is it to the border", "number"),
        ("how much did it cost?", "money"),
        ("what was the price of the bridge", "money"),
        ("what was the share price?", "money"),
        ("what percentage of the points were agreed?", "percent"),
        ("how many percent of voters agreed", "percent"),
        ("what share of voters", "percent"),
        ("who mediated?", "name"),
        ("who mediated", "name"),
        ("who is Pakistan's information minister?", "name"),
        ("where was the first round?", "name"),
        ("in which city was the first round held?", "name"),
        ("which countries mediated?", "name"),
        ("what is the capital of Qatar", "name"),
        ("What sport does Coneo specialize in?", "name"),
        ("why did the talks fail?", None),
        ("what did Tarar say?", None),
        ("what happened on October 19?", None),
        ("how did it end?", None),
        ("did the talks fail?", None),
        ("what kind of talks were they", None),
        ("", None),
        ("???", None),
        ("谁调解了？", None),
    ],
)
def test_the_type_that_a_question_asks_for(question: str, kind: str | None) -> None:
    assert expected_type(question) == kind


@pytest.mark.parametrize(
    ("question", "is_single"),
    [
        ("who mediated?", False),
        ("which countries mediated?", False),
        ("who was killed?", False),
        ("who are the mediators?", False),
        ("who is the defence minister?", True),
        ("who won the election?", True),
        ("where was the first round?", True),
        ("where were the talks held?", True),
        ("where are the refugees?", False),
        ("which minister accused Kabul?", True),
    ],
)
def test_only_some_questions_have_one_holder(question: str, is_single: bool) -> None:
    assert read_question(question).is_single is is_single


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("how many people died?", "dead"),
        ("how many civilians were killed?", "civilian dead"),
        ("how many trucks are stranded?", "truck"),
        ("how many days did it last?", "day"),
        ("how old is he?", "year"),
        ("how many people attended?", None),
    ],
)
def test_what_is_counted(question: str, unit: str | None) -> None:
    assert read_question(question).unit == unit


def test_the_first_asking_word_decides() -> None:
    assert expected_type("what did he say when he was asked where?") is None
    assert expected_type("how many were killed when the bomb went off?") == "number"


@given(st.text(max_size=200))
def test_no_question_raises(question: str) -> None:
    read_question(question)


def test_a_question_of_ten_thousand_characters_is_read() -> None:
    assert expected_type("when was the ceasefire " + "and the truce " * 800) == "date"
