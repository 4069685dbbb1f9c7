"""The door through which foreign text reaches a terminal: one visible character for each character."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.plain import SUBSTITUTE, one_line, visible

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("plain words", "plain words"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 back\x08 del\x7f", "bell␇ back␈ del␡"),
        ("one\r\ntwo\rthree\nfour\tfive", "one \ntwo\nthree\nfour\tfive"),
        ("line\u2028paragraph\u2029next\x85", f"line\nparagraph\nnext{SUBSTITUTE}"),
        (
            "\u202egnol\u202c \u2066x\u2069 \u200f",
            f"{SUBSTITUTE}gnol{SUBSTITUTE} {SUBSTITUTE}x{SUBSTITUTE} {SUBSTITUTE}",
        ),
        ("zero\u200bwidth\ufeff soft\u00adhyphen", f"zero{SUBSTITUTE}width{SUBSTITUTE} soft{SUBSTITUTE}hyphen"),
        ("می\u200cخواهم 👩\u200d👩\u200d👧", "می\u200cخواهم 👩\u200d👩\u200d👧"),
        ("שלום العربية 中文", "שלום العربية 中文"),
        ("lone \udcff surrogate", f"lone {SUBSTITUTE} surrogate"),
        ("[bold red]no markup[/]", "[bold red]no markup[/]"),
        ("🔰 and \U0001fae8, newer than the tables", "🔰 and \U0001fae8, newer than the tables"),
    ],
)
def test_each_kind_of_character(given_text: str, shown: str) -> None:
    assert visible(given_text) == shown


@given(ANYTHING)
def test_offsets_survive_and_nothing_can_act(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    acting = {each for each in shown if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"}}
    assert acting <= {"\n", "\t"}
    assert not any(low <= each <= high for each in shown for low, high in (("\u202a", "\u202e"), ("\u2066", "\u2069")))
    assert visible(shown) == shown


@given(ANYTHING)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text)) == len(text)
    assert len(one_line(text).splitlines()) <= 1
