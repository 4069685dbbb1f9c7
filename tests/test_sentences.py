import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["A ceasefire on Oct. 19, which holds.", "Mr. Khan met Gen. Munir at 2 a.m. on Sunday."],
        ["The U.S. Senate rose 3.5 percent.", "J. K. Rowling won."],
        ["He lives in Washington D.C.", "The city is hot."],
        ['He said "We are done."', "Then he left.", "“Stop!” he cried."],
        ["What?", "Yes!", "And so..."],
        ["See www.Example.Com now.", "It is at No. 5 Downing St. in London."],
        ["He said no.", "Nobody listened in the sun.", "Rain came."],
        ["我们。", "你好。"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_sentence_that_is_glued_to_the_next_one_ends() -> None:
    assert sentences("Attacks ended.The talks began.") == ["Attacks ended.", "The talks began."]


def test_only_the_given_range_is_cut() -> None:
    text = "One here. Two here. Three here."
    assert [text[start:end] for start, end in sentence_spans(text, 10, 19)] == ["Two here."]


@given(st.text(alphabet=st.one_of(st.sampled_from('ab. AB!?\n"’。'), st.characters()), max_size=200))
def test_all_but_white_space_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize("unit", ["a", ". ", "J.", '"', ".'", 'a."("(', "a.B ", "U.S. ", "Mr. Xx "])
def test_a_hundred_thousand_characters_take_no_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    sentence_spans(text)
    assert time.process_time() - started < 3
