"""What the words at a span say of it: its kind against the kind that is asked for."""

import pytest

from index.types import Passage
from qa.claims.questions import read_question
from qa.claims.support import is_of_another_kind
from qa.types import Span

TEXT = (
    "Qatar and Turkey mediated the talks in Istanbul on Sunday. The first round was held in Doha, and lasted two days. "
    "At least 47 people died, officials said, because the border is open. Talks went on until 2 a.m. on Monday."
)
SHIFT = 1000


def passage_and_span(words: str) -> tuple[Passage, Span]:
    """The passage begins at ``SHIFT`` in its document, so that mistaken coordinates show."""
    start = TEXT.index(words)
    passage = Passage(id=1, document_id="a", start=SHIFT, end=SHIFT + len(TEXT), text=TEXT)
    return passage, Span(start=SHIFT + start, end=SHIFT + start + len(words), text=words)


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("when were the talks?", "Istanbul", True),
        ("when were the talks?", "Sunday", False),
        ("where were the talks?", "Istanbul", False),
        ("on which weekday did the talks end?", "Monday", False),
        ("on which weekday did the talks end?", "2 a.m.", True),
        ("what was the deadline of the talks?", "2 a.m.", False),
        ("when did the talks end?", "2 a.m.", False),
        ("how long was the first round?", "two days", False),
        ("how long was the first round?", "Doha", True),
        ("how many people died?", "47", False),
        ("how many people died?", "officials", True),
        ("who mediated?", "Qatar and Turkey", False),
        ("who mediated?", "because the border is open", True),
        ("why did they die?", "Istanbul", False),
        ("did the talks fail?", "47", False),
    ],
)
def test_a_span_of_another_kind_than_asked(question: str, words: str, expected: bool) -> None:
    assert is_of_another_kind(read_question(question), *passage_and_span(words)) is expected
