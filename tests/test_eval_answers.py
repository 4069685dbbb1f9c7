"""Short answers: SQuAD's measures agree with its script, and ``is_right`` accepts what a person would."""

import collections
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.answers import best, contains, exact_match, f1, is_right, normalise

# What SQuAD's evaluate-v2.0.py does, written down again from its published definition.


def script_normalise(text):
    def remove_articles(value):
        return re.sub(re.compile(r"\b(a|an|the)\b", re.UNICODE), " ", value)

    def remove_punctuation(value):
        return "".join(character for character in value if character not in set(string.punctuation))

    return " ".join(remove_articles(remove_punctuation(text.lower())).split())


def script_f1(gold, predicted):
    gold_tokens = script_normalise(gold).split() if gold else []
    predicted_tokens = script_normalise(predicted).split() if predicted else []
    same = sum((collections.Counter(gold_tokens) & collections.Counter(predicted_tokens)).values())
    if len(gold_tokens) == 0 or len(predicted_tokens) == 0:
        return int(gold_tokens == predicted_tokens)
    if same == 0:
        return 0
    precision = 1.0 * same / len(predicted_tokens)
    recall = 1.0 * same / len(gold_tokens)
    return (2 * precision * recall) / (precision + recall)


WORDS = st.lists(
    st.sampled_from(
        ["the", "The", "a", "an", "October", "19", "19,", "Qatar", "and", "“TTP”", "U.S.", "two-day", "…", "x"]
    ),
    max_size=8,
).map(" ".join)
TEXTS = WORDS | st.text(max_size=30)


@given(TEXTS, TEXTS)
def test_exact_match_and_f1_agree_with_squads_script(gold, predicted):
    assert normalise(gold) == script_normalise(gold)
    assert exact_match(predicted, gold) == int(script_normalise(gold) == script_normalise(predicted))
    assert f1(predicted, gold) == script_f1(gold, predicted)


@given(TEXTS)
def test_a_text_matches_itself(text):
    assert exact_match(text, text) == 1
    assert f1(text, text) == 1


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        ("the Qatar and Turkey", "Turkey and Qatar", 1.0),
        ("October 16", "October 19", 0.5),
        ("on October 19", "October 19", 0.8),  # precision 2/3, recall 1
        ("Doha", "Istanbul", 0.0),
    ],
)
def test_f1_worked_by_hand(predicted, gold, expected):
    assert f1(predicted, gold) == pytest.approx(expected)


def test_the_best_acceptable_answer_counts_and_a_refusal_is_zero():
    assert best(f1, "Oct. 19", ["October 19", "Oct. 19"]) == 1
    assert best(f1, None, ["October 19"]) == 0
    assert best(exact_match, "anything", []) == 0


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        ("The talks were mediated by Qatar and Turkey, he said.", "Qatar and Turkey", True),
        ("a “firm and verifiable” action", '"firm and verifiable" action', True),
        ("the two-day negotiations", "two day", True),
        ("October 190", "October 19", False),
        ("October", "October 19", False),
        ("words", "", False),
    ],
)
def test_containment_is_of_whole_words_in_a_row(predicted, gold, expected):
    assert bool(contains(predicted, gold)) is expected


@pytest.mark.parametrize(
    ("predicted", "answers", "right"),
    [
        ("October 19", ["October 19", "Oct. 19"], True),
        ("a ceasefire on October 19", ["October 19"], True),
        ("October 16", ["October 19"], False),
        ("October 16, 2025 at 2 a.m.", ["October 19, 2025 at 2 a.m."], False),
        ("Information Minister Tarar", ["Information Minister Attaullah Tarar"], True),
        ("Qatar", ["Turkey and Qatar"], False),
        ("urkey and Qatar,", ["Turkey and Qatar"], False),
        (None, ["Turkey and Qatar"], False),
        ("Turkey", [], False),
    ],
)
def test_right_is_what_a_person_would_accept(predicted, answers, right):
    assert is_right(predicted, answers) is right
