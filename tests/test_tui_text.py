"""Excerpts, windows and marks: always slices of the text itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tui import text


@pytest.mark.parametrize(
    ("words", "others", "differing"),
    [
        ("October 19", ["October 16"], ["19"]),
        ("October 19", ["Oct. 16"], ["October", "19"]),
        ("four days", ["two days", "four weeks"], ["four", "days"]),
        ("Turkey and Qatar", ["Turkey and Qatar"], []),
        ("Istanbul", ["istanbul"], []),
        ("", ["x"], []),
    ],
)
def test_differing_words(words: str, others: list[str], differing: list[str]) -> None:
    assert [words[start:end] for start, end in text.differing(words, others)] == differing


ARTICLE = 'He left. "It ended on Oct. 19," said Mr. Tarar of the U.S. Army. Then they met.\nNew line'


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Oct. 19", '"It ended on Oct. 19," said Mr. Tarar of the U.S. Army.'),
        ("left", "He left."),
        ("they", "Then they met."),
        ("New", "New line"),
    ],
)
def test_excerpt_is_the_sentence(words: str, sentence: str) -> None:
    start = ARTICLE.index(words)
    low, high = text.excerpt(ARTICLE, start, start + len(words), limit=200)
    assert ARTICLE[low:high] == sentence


def test_an_excerpt_holds_a_span_that_ends_in_a_line_break() -> None:
    assert text.excerpt("0\n", 0, 2, limit=2) == (0, 2)


@given(st.text(max_size=300), st.data())
def test_excerpts_and_windows_hold_the_span_within_the_limit(words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    limit = data.draw(st.integers(1, 100))
    for low, high in (
        text.excerpt(words, start, end, limit=limit),
        text.window(0, len(words), start, end, limit=limit),
    ):
        assert 0 <= low <= high <= len(words)
        assert high - low <= limit
        if end - start <= limit and start < end:
            assert low <= start
            assert end <= high


def test_what_is_cut_is_marked_as_cut() -> None:
    assert text.cut("one two three", 4, 7).plain == "… two …"
    assert text.cut("one two three", 0, 13).plain == "one two three"


def test_marks_stay_on_their_words() -> None:
    content = text.cut("one two three", 4, 13, [(4, 7, "bold")])
    assert [content.plain[span.start : span.end] for span in content.spans if span.style == "bold"] == ["two"]


def test_a_line_is_cut_before_it_is_looked_at() -> None:
    assert text.line("x" * 100_000, limit=10).plain == "x" * 9 + "…"
    assert text.line("one two three four", limit=12).plain == "one two…"
    assert text.line("a\nb\tc").plain == "a b c"
