"""Values: the table of pairs worked by hand, what must hold for any words, and spans that were cut."""

import csv
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import Value, ValueType
from qa.values import compare, mirrored, parse_span, parse_value

TABLE = Path(__file__).parent / "data" / "value_pairs.tsv"
TYPES = get_args(ValueType)
WORDS = st.sampled_from(
    [
        *("October", "19", "Oct.", "2025", "Tuesday", "more than", "about", "37", "dozens", "two", "weeks", "days"),
        *("$5", "billion", "80%", "percent", "Turkey", "and", "Qatar", "in", "the", "Doha", ",", "-", "to", "between"),
        *("a.m.", "2:30", "early", "last", "month", "U.S.", "President", "(TTP)", "half", "third", "people", "1,200"),
        *("or", "before", "~", "…", "习近平", "الدوحة"),
    ]
)


def pairs() -> list[tuple[str, str, str, ValueType | None, date | None]]:
    with TABLE.open(encoding="utf-8") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (a, b, relation, None if kind == "-" else kind, None if day == "-" else date.fromisoformat(day))
            for a, b, relation, kind, day in rows
        ]


def test_the_table_is_as_long_as_it_is_said_to_be() -> None:
    assert len(pairs()) >= 200


@pytest.mark.parametrize(("first", "second", "relation", "kind", "published"), pairs())
def test_a_pair_compares_as_worked_by_hand(
    first: str, second: str, relation: str, kind: ValueType | None, published: date | None
) -> None:
    a = parse_value(first, expected=kind, published=published)
    b = parse_value(second, expected=kind, published=published)
    assert a is not None
    assert b is not None
    assert (compare(a, b), compare(b, a)) == (relation, mirrored(relation))


@pytest.mark.parametrize(
    ("text", "expected", "kind", "normal"),
    [
        ("October 19", None, "date", "--10-19"),
        ("Oct. 19, 2025", None, "date", "2025-10-19"),
        ("November 6 and 7", "date", "date", "{--11-06,--11-07}"),
        ("between October 11 and 15", "date", "date", "--10-11/--10-15"),
        ("around 2 a.m. on Sunday", "time", "time", "-W-7T02:00~"),
        ("more than two weeks", "duration", "duration", ">P2W"),
        ("roughly 80 percent", "percent", "percent", "~80%"),
        ("5bn dollars", None, "money", "5000000000 USD"),
        ("at least 37 Afghan soldiers", "number", "number", ">=37 soldier"),
        ("Qatar and Turkey", None, "name", "qatar; turkey"),
        ("Tehreek-e-Taliban Pakistan (TTP)", None, "name", "tehreek-e-taliban pakistan (ttp)"),
    ],
)
def test_the_canonical_form(text: str, expected: ValueType | None, kind: ValueType, normal: str) -> None:
    assert parse_value(text, expected=expected) == Value(type=kind, normal=normal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "“”",
        "failure",
        "a lack of seriousness",
        "the deadlock",
        "may",
        "march",
        "October 19 and the talks",
        "!" * 300,
    ],
)
def test_words_without_a_value_have_none(text: str) -> None:
    assert parse_value(text) is None


def test_ordinary_words_are_no_dates() -> None:
    for word in ("are", "me", "sat", "sun", "may", "fall", "mon ami", "you may go"):
        assert parse_value(word, expected="date") is None


def test_a_capital_that_the_sentence_lends_makes_no_name() -> None:
    for words in ("The talks", "It", "They said", "In the end"):
        assert parse_value(words, expected="name") is None
    assert parse_value("The Beatles", expected="name") == Value(type="name", normal="beatles")


def test_two_dates_that_make_no_range_are_no_value() -> None:
    assert parse_value("signed on October 19 but announced on October 16", expected="date") is None


def test_relative_words_need_the_day_of_publication() -> None:
    assert parse_value("yesterday", expected="date") is None
    assert parse_value("yesterday", expected="date", published=date(2025, 3, 1)) == Value(
        type="date", normal="2025-02-28?"
    )


def test_a_bare_number_takes_the_unit_of_the_question() -> None:
    assert parse_value("four", expected="duration", unit="day") == Value(type="duration", normal="P4D")
    assert parse_value("37 trucks", expected="number", unit="truck") == Value(type="number", normal="37")
    assert parse_value("37 killed, 12 wounded", expected="number", unit="dead") == Value(type="number", normal="37")


SENTENCE = "A truce was signed on Oct. 19, 2025, after at least 37 troops fell in four days between October 11 and 15."


@pytest.mark.parametrize(
    ("marked", "kind", "normal"),
    [
        ("19", "date", "2025-10-19"),
        ("Oct. 19", "date", "2025-10-19"),
        ("37", "number", ">=37 soldier"),
        ("four", "duration", "P4D"),
        ("October 11", "date", "--10-11/--10-15"),
        ("15", "date", "--10-11/--10-15"),
    ],
)
def test_a_span_that_was_cut_is_completed_from_its_sentence(marked: str, kind: ValueType, normal: str) -> None:
    start = SENTENCE.index(marked)
    assert parse_span(SENTENCE, start, start + len(marked), expected=kind) == Value(type=kind, normal=normal)


def test_a_whole_date_is_not_drawn_into_the_next_one() -> None:
    text = "Charles Cole (May 22, 1841 – March 17, 1905) was a judge."
    start = text.index("May")
    assert parse_span(text, start, start + len("May 22, 1841"), expected="date") == Value(
        type="date", normal="1841-05-22"
    )


def test_nothing_beyond_the_span_is_read() -> None:
    text = "The deadlock came days after October 19."
    assert parse_span(text, 4, 12, expected="date") is None


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=12).map(" ".join)), st.sampled_from([None, *TYPES]))
def test_no_words_raise_and_a_value_is_the_same_as_itself(text: str, kind: ValueType | None) -> None:
    value = parse_value(text, expected=kind, published=date(2024, 2, 29), unit="people")
    if value is not None:
        assert compare(value, value) == "same"


PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(PHRASES, PHRASES, st.sampled_from([None, *TYPES]))
def test_comparing_is_symmetric_up_to_finer_and_coarser(first: str, second: str, kind: ValueType | None) -> None:
    a, b = parse_value(first, expected=kind), parse_value(second, expected=kind)
    if a is not None and b is not None:
        assert compare(a, b) == mirrored(compare(b, a))


DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2099, 12, 31))


@given(DAYS)
def test_a_date_contradicts_no_coarser_form_of_itself(day: date) -> None:
    month = f"{day:%B}"
    whole = parse_value(f"{month} {day.day}, {day.year:04d}", expected="date")
    assert whole is not None
    for words in (
        f"{month} {day.year:04d}",
        f"{day.year:04d}",
        month,
        f"{month} {day.day}",
        f"around {month} {day.day}",
    ):
        coarser = parse_value(words, expected="date")
        assert coarser is not None
        assert compare(whole, coarser) in {"finer", "same"}


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_contradicts_no_coarser_form_of_itself(number: int) -> None:
    whole = parse_value(f"{number:,}", expected="number")
    assert whole is not None
    for words in (f"about {number}", f"at least {number}", f"up to {number}", f"{number} or more", f"{number} people"):
        coarser = parse_value(words, expected="number")
        assert coarser is not None
        assert compare(whole, coarser) in {"finer", "same"}


@pytest.mark.parametrize("text", ["x" * 10_000, "9" * 10_000, "Turkey and " * 1000, "October " * 1500, "的" * 10_000])
def test_ten_thousand_characters_are_no_value(text: str) -> None:
    for kind in (None, *TYPES):
        assert parse_value(text, expected=kind) is None
        assert parse_span(text, 0, len(text), expected=kind) is None


def test_a_span_in_a_long_text_reads_only_its_surroundings() -> None:
    text = "word " * 20_000 + "on October 19 " + "word " * 20_000
    start = text.index("October")
    assert parse_span(text, start, start + len("October 19"), expected="date") == Value(type="date", normal="--10-19")
