"""The best spans read again in their sentence alone: which sentences are read, and what each span gets of it."""

from collections.abc import Sequence

from index.types import Passage
from qa.second_look import UNREAD, Place, SecondLook, look_again
from qa.types import Reading, Span

TEXT = "Qatar hosted the talks. Turkey mediated on Sunday. Nothing came of it."
SHIFT = 100


def passage(document_id: str = "a", text: str = TEXT) -> Passage:
    return Passage(id=1, document_id=document_id, start=SHIFT, end=SHIFT + len(text), text=text)


def span(words: str) -> Span:
    start = SHIFT + TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


class Reader:
    """Reads one word wherever it stands, with 3.0, and remembers what it was given."""

    name = "one word"

    def __init__(self, word: str) -> None:
        self.word = word
        self.texts: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.texts += [one.text for one in passages]
        return [self._reading(one) for one in passages]

    def _reading(self, one: Passage) -> Reading:
        at = one.text.find(self.word)
        if at < 0:
            return Reading(relevance=-100, span=None, score=-100)
        found = Span(start=one.start + at, end=one.start + at + len(self.word), text=self.word)
        return Reading(relevance=0, span=found, score=3.0)


def reading(*words: tuple[str, float]) -> Reading:
    found = [(span(text), score) for text, score in words]
    return Reading(relevance=0, span=found[0][0], score=found[0][1], alternatives=tuple(found[1:]))


NOTHING = Reading(relevance=-100, span=None, score=-100)


def test_a_span_gets_what_is_read_at_its_place_in_its_sentence_alone() -> None:
    reader = Reader("Turkey mediated")
    again = look_again(reader, "who?", [passage()], [reading(("Qatar", 2.0), ("Turkey", 1.0), ("Sunday", 0.5))])
    assert reader.texts == ["Qatar hosted the talks.", "Turkey mediated on Sunday."]
    assert [again.of(passage(), span(words)) for words in ("Qatar", "Turkey", "Sunday")] == [UNREAD, 3.0, UNREAD]


def test_the_best_sentences_of_all_passages_are_read_and_the_rest_counts_as_the_lowest() -> None:
    reader = Reader("Turkey")
    passages = [passage("a"), passage("b"), passage("c")]
    readings = [reading(("Qatar", 1.0), ("Nothing", 0.2)), NOTHING, reading(("Turkey", 2.0), ("Sunday", -5.0))]
    again = look_again(reader, "who?", passages, readings, count=2)
    assert reader.texts == ["Turkey mediated on Sunday.", "Qatar hosted the talks."]
    assert again.of(passages[2], span("Turkey")) == 3.0
    assert again.of(passages[2], span("Sunday")) == UNREAD
    assert again.of(passages[0], span("Nothing")) == UNREAD
    assert SecondLook({Place("a", 0, 5): 1.5, Place("a", 7, 9): -2.0}).of(passages[0], span("Nothing")) == -2.0


def test_where_nothing_was_read_nothing_is_read_again() -> None:
    reader = Reader("Turkey")
    assert look_again(reader, "who?", [passage(), passage("b")], [NOTHING, NOTHING]) == SecondLook()
    assert reader.texts == []
    assert SecondLook().of(passage(), span("Qatar")) == 0.0


def test_the_same_place_in_another_article_is_another_place() -> None:
    again = SecondLook({Place("a", span("Qatar").start, span("Qatar").end): 2.0, Place("c", 0, 1): -1.0})
    assert again.of(passage("a"), span("Qatar")) == 2.0
    assert again.of(passage("b"), span("Qatar")) == -1.0
