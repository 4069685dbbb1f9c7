"""Where a span's ends belong, worked by hand, and that they never leave the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.readers.trim import trim

TABLE = [
    # text, what was read, what should stand
    ("signed on October 19 following", " October 19 ", "October 19"),
    ("mediated by Turkey and Qatar, which", "by Turkey and Qatar,", "Turkey and Qatar"),
    ("of “complete deadlock.” He", "complete deadlock.”", "complete deadlock"),
    ("said “complete deadlock” again", "“complete deadlock” ", "“complete deadlock”"),
    ("the Pakistani Taliban (TTP) said", "Pakistani Taliban (TTP", "Pakistani Taliban (TTP)"),
    ("Oct. 19, which both", "Oct. 19, which", "Oct. 19, which"),
    ("on Oct. then", "Oct. ", "Oct."),
    ("around 2 a.m. on Sunday", "around 2 a.m.", "around 2 a.m."),
    ("held in Istanbul. Then", "Istanbul.", "Istanbul"),
    ("of the Taliban regime", "the Taliban", "Taliban"),
    ("killed a dozen people", "a dozen", "a dozen"),
    ("lost 2.5 percent of", "2.5 percent of", "2.5 percent"),
    ("fell -3 degrees", "-3 degrees", "-3 degrees"),
    ("roughly 80 percent", "roughly 80 perc", "roughly 80 percent"),
    ("the Taliban’s intent", "Taliban’s", "Taliban’s"),
    ("the States’ rights", "States’", "States’"),
    ("made (by hand) and", "(by hand", "(by hand)"),
    ("made ((by hand) and", "((by hand", "(by hand)"),
    ('a "b" c" d', '"b" c" ', '"b" c'),
    ("the banned Tehrik-i-Taliban Pakistan said", "Tehrik", "Tehrik-i-Taliban"),
    ("born in Stratford-upon-Avon in 1564", "Avon", "Stratford-upon-Avon"),
    ("on the India-Pakistan border", "India", "India"),
    ('resistance to "logical demands." Then', 'resistance to "logical demands', 'resistance to "logical demands."'),
    ("an “odd” and “horrid act,” he", "an “odd” and “horrid act", "an “odd” and “horrid act,”"),
    ("“appalling” and “horrendous.” He", "“appalling” and “horrendous", "“appalling” and “horrendous.”"),
    ('it "utterly failed" to see', 'utterly failed" to see', '"utterly failed" to see'),
    ("of (Zhina) Amini, who", "Zhina) Amini", "(Zhina) Amini"),
    ("a “special operation. He", "a “special operation", "a “special operation"),
    ("the ‘Taliban’s intent’ was", "Taliban’s", "Taliban’s"),
    ("met with ‘rumours’ of it", "rumours’ of it", "‘rumours’ of it"),
    ("only … then", " … ", None),
    ("said “ ” nothing", "“ ”", None),
]


@pytest.mark.parametrize(("text", "read", "expected"), TABLE)
def test_boundaries(text: str, read: str, expected: str | None) -> None:
    start = text.index(read)
    span = trim(text, start, start + len(read))
    assert (None if span is None else text[span[0] : span[1]]) == expected


@given(st.text(), st.integers(0, 200), st.integers(0, 200))
def test_a_span_stays_inside_the_text_and_begins_and_ends_with_something_seen(text: str, left: int, right: int) -> None:
    start, end = sorted((min(left, len(text)), min(right, len(text))))
    span = trim(text, start, end)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert not text[span[0]].isspace()
        assert not text[span[1] - 1].isspace()


_TYPOGRAPHY = st.text(alphabet='ab sT()[]“”‘’".,;-1', max_size=30)


@given(_TYPOGRAPHY, st.integers(0, 30), st.integers(0, 30))
def test_a_trimmed_span_is_left_as_it_is(text: str, left: int, right: int) -> None:
    start, end = sorted((min(left, len(text)), min(right, len(text))))
    span = trim(text, start, end)
    if span is not None:
        assert trim(text, *span) == span
