from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraphs import digest, paragraphs
from index.passages import cut
from index.settings import PassageSettings

SMALL = PassageSettings(min_words=5, max_words=12, copied_words=3)
PARTS = [
    "alpha",
    "Beta",
    "gamma.",
    "Delta said",
    "x" * 60,
    "U.S.",
    "\n\n",
    "\n",
    "\r\n",
    "\r",
    "\u2028",
    '"quote."',
    "[a]",
    "\x1b[31m",
]


def any_text() -> st.SearchStrategy[str]:
    noise = st.text(
        alphabet=st.one_of(st.sampled_from('ab. AB!?\n\r\u2028\t"’[]\x1b\x00。🙂\u202e'), st.characters()), max_size=200
    )
    return st.one_of(noise, st.lists(st.sampled_from([*PARTS, "ALSO READ: foo\n"]), max_size=80).map(" ".join))


def cut_all(text: str, settings: PassageSettings) -> list[tuple[int, int]]:
    spans = [(paragraph.start, paragraph.end) for paragraph in paragraphs(text, copied_words=settings.copied_words)]
    return [place for span in spans for place in cut(text, [span], settings)]


def words(count: int, *, sentence: int = 10) -> str:
    """So many words in sentences of the given length."""
    return " ".join(
        f"{'W' if n % sentence == 0 else 'w'}ord{'.' if n % sentence == sentence - 1 else ''}" for n in range(count)
    )


def lengths(text: str, spans: list[tuple[int, int]], settings: PassageSettings | None = None) -> list[int]:
    return [len(text[start:end].split()) for start, end in cut(text, spans, settings or PassageSettings())]


@given(any_text())
def test_passages_are_slices_that_cover_all_content_without_overlap(text: str) -> None:
    places = cut_all(text, SMALL)
    covered = set()
    for start, end in places:
        assert text[start:end].strip() == text[start:end] != ""
        covered.update(range(start, end))
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    for paragraph in paragraphs(text, copied_words=SMALL.copied_words):
        lost = set(range(paragraph.start, paragraph.end)) - covered
        assert not "".join(text[position] for position in lost).strip()


def test_a_paragraph_of_good_length_is_one_passage() -> None:
    text = words(90)
    assert lengths(text, [(0, len(text))]) == [90]


def test_short_neighbours_are_joined() -> None:
    text = f"{words(40)}\n\n{words(40)}"
    assert lengths(text, [(0, text.index("\n")), (text.index("\n") + 2, len(text))]) == [80]


def test_a_paragraph_is_kept_whole_beside_a_short_one() -> None:
    text = f"{words(50)}\n\n{words(100)}"
    assert lengths(text, [(0, text.index("\n")), (text.index("\n") + 2, len(text))]) == [50, 100]


def test_a_long_paragraph_is_cut_at_sentences_into_about_equal_parts() -> None:
    text = words(300)
    places = cut(text, [(0, len(text))], PassageSettings())
    assert all(text[start:end].startswith("Word") and text[start:end].endswith(".") for start, end in places)
    assert all(60 <= len(text[start:end].split()) <= 120 for start, end in places)


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "word " * 500
    assert lengths(text, [(0, len(text))]) == [100] * 5


def test_a_line_without_spaces_is_cut_all_the_same() -> None:
    text = "x" * 100_000
    places = cut_all(text, PassageSettings())
    assert "".join(text[start:end] for start, end in places) == text
    assert max(end - start for start, end in places) <= 2_880


def test_furniture_is_between_passages_and_not_in_them() -> None:
    text = f"{words(70)}\n\nALSO READ: Something else\n\n{words(70)}"
    places = cut_all(text, PassageSettings())
    assert len(places) == 2
    assert not any("ALSO READ" in text[start:end] for start, end in places)


def test_a_heading_goes_with_the_paragraph_below() -> None:
    text = f"{words(30)}\n\nThe second part\n\n{words(30)}"
    first, second = paragraphs(text, copied_words=12)
    assert text[first.start : first.end] == words(30)
    assert text[second.start : second.end].startswith("The second part\n\nWord")
    assert text[second.body : second.end] == words(30)


def test_lines_that_were_broken_by_hand_are_one_paragraph() -> None:
    text = (
        "The talks between the two sides were held in a hotel that\nis on the shore and went on until the small hours."
    )
    assert len(paragraphs(text, copied_words=3)) == 1
    assert len(paragraphs(text.replace(" that\n", " there.\nIt "), copied_words=3)) == 2


@pytest.mark.parametrize("other", ["he SAID  “no” —\nthen left", 'He said "no" - then\u00a0left'])
def test_digests_don_t_see_case_white_space_and_the_shape_of_quotes(other: str) -> None:
    assert digest('He said "no" — then left') == digest(other)
    assert digest('He said "no" — then left') != digest("He said no then left")


def test_limits_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="min_words"):
        PassageSettings(min_words=200, max_words=100)
