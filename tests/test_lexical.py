from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.lexical import LexicalIndex

TEXTS = [
    (10, "The talks were mediated by Qatar and Turkey."),
    (20, "Türkiye's mediators left on October 19."),
    (30, "Who is who in the zoo: the zebra and the yak."),
    (40, "A ferry, a bridge, a ferry and a ferry again."),
]


@pytest.fixture(scope="module")
def lexical_index() -> LexicalIndex:
    lexical_index = LexicalIndex.create()
    lexical_index.add(TEXTS)
    lexical_index.commit()
    return lexical_index


def ids(lexical_index: LexicalIndex, question: str, limit: int = 10) -> list[int]:
    return [identifier for identifier, _ in lexical_index.search(question, limit=limit)]


def test_finds_other_forms_of_a_word(lexical_index: LexicalIndex) -> None:
    assert sorted(ids(lexical_index, "who mediates?")) == [10, 20]


def test_accents_and_case_make_no_difference(lexical_index: LexicalIndex) -> None:
    assert ids(lexical_index, "TURKIYE") == [20]


def test_any_word_may_match_and_more_words_rank_higher(lexical_index: LexicalIndex) -> None:
    assert ids(lexical_index, "zebra ferry bridge") == [40, 30]


def test_grammar_of_a_question_is_not_searched_for(lexical_index: LexicalIndex) -> None:
    assert ids(lexical_index, "who has seen the ferry?") == [40]


def test_a_question_of_nothing_but_grammar_still_searches(lexical_index: LexicalIndex) -> None:
    assert ids(lexical_index, "who is who?")[0] == 30


def test_scores_fall_and_limit_holds(lexical_index: LexicalIndex) -> None:
    hits = lexical_index.search("Turkey mediators zebra ferry", limit=3)
    assert len(hits) == 3
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert lexical_index.search("ferry", limit=0) == []


def test_equal_scores_are_ordered_by_id() -> None:
    lexical_index = LexicalIndex.create()
    lexical_index.add([(7, "same words"), (3, "same words"), (5, "same words")])
    lexical_index.commit()
    assert ids(lexical_index, "words") == [3, 5, 7]


@pytest.mark.parametrize(
    "question", ["", "   ", "?!", "AND OR NOT", 'text:"a" [1 TO 2}', "a~2 ^5 * /x/", "\ud800", "'" * 50]
)
def test_no_query_language_leaks_through(lexical_index: LexicalIndex, question: str) -> None:
    lexical_index.search(question, limit=5)


@given(st.text(max_size=300))
def test_no_text_is_an_error(lexical_index: LexicalIndex, question: str) -> None:
    lexical_index.search(question, limit=5)


def test_removed_items_are_gone_and_the_rest_stays(tmp_path: Path) -> None:
    lexical_index = LexicalIndex.create(tmp_path)
    lexical_index.add(TEXTS)
    lexical_index.commit()
    lexical_index.remove([10, 999])
    lexical_index.commit()
    reopened = LexicalIndex.open(tmp_path)
    assert ids(reopened, "mediated") == [20]
    assert len(reopened) == 3


def test_a_folder_that_is_no_index_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="--rebuild"):
        LexicalIndex.open(tmp_path)
