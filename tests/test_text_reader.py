import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.text import UnreadableText, read_text


@given(
    st.text(min_size=1, max_size=200).filter(
        lambda text: text.strip("\ufeff\u200b \t\r\n\f\v\u00a0") and "\0" not in text
    )
)
def test_the_text_is_the_file_and_nothing_else(text: str) -> None:
    content = text.encode()
    document = read_text(content, document_id="a.txt", path="x/a.txt")
    assert document.text == text
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_line_ends_and_byte_order_mark_stay() -> None:
    document = read_text(b"\xef\xbb\xbfTitle here\r\n\r\nBody.\rEnd  \n", document_id="a.txt", path="x/a.txt")
    assert document.text == "\ufeffTitle here\r\n\r\nBody.\rEnd  \n"
    assert document.title == "Title here"


def test_the_files_name_stands_in_for_a_title() -> None:
    assert read_text(b"A sentence, not a title.", document_id="d/a.txt", path="x/d/a.txt").title == "a.txt"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\xc2\xa0\t", "white space"),
        (b"a\0b", "binary"),
        (b"caf\xe9", "byte 3"),
        ("é".encode("utf-16"), "save it as UTF-8"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableText, match=reason):
        read_text(content, document_id="a.txt", path="a.txt")
