from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.duplicates import Occurrence, copies, find_repeats, runs
from index.paragraphs import digest, paragraphs
from index.passages import cut
from index.settings import PassageSettings

SMALL = PassageSettings(min_words=5, max_words=12, copied_words=4)
JOINING = PassageSettings(min_words=40, max_words=80, copied_words=4)
Place = tuple[int, int, int]

LEAD = "Talks in Istanbul ended on Tuesday without any result at all."
SECOND = "Qatar and Turkey had mediated for four long days. Nobody gave in."
THIRD = "Trucks are waiting at the border for two weeks now."


def index_all(texts: Sequence[str], settings: PassageSettings = SMALL) -> list[tuple[Place, list[Place]]]:
    """Each passage of each text with its copies, both as (text, start, end)."""
    content = [paragraphs(text, copied_words=settings.copied_words) for text in texts]
    occurrences = []
    for document, found in enumerate(content):
        for ordinal, paragraph in enumerate(found):
            below = found[ordinal + 1] if ordinal + 1 < len(found) else None
            following = below.key if below and below.follows else None
            if paragraph.key:
                place = (document, ordinal, paragraph.start, paragraph.body, paragraph.end)
                occurrences.append(Occurrence(paragraph.key, *place, paragraph.heading, following))
    repeats = find_repeats(occurrences)
    indexed = []
    for document, text in enumerate(texts):
        for run in runs(document, content[document], repeats):
            for start, end in cut(text, [(item.start, item.end) for item in run], settings):
                indexed.append(((document, start, end), copies((start, end), run, text, texts.__getitem__)))
    return indexed


def words_of(texts: Sequence[str], place: Place) -> str:
    document, start, end = place
    return texts[document][start:end]


def copied(texts: Sequence[str], settings: PassageSettings = SMALL) -> dict[str, list[str]]:
    return {
        words_of(texts, passage): [words_of(texts, copy) for copy in found]
        for passage, found in index_all(texts, settings)
        if found
    }


def test_a_block_that_recurs_is_indexed_once_wherever_the_cut_would_fall() -> None:
    text = f"{LEAD}\n{SECOND}\n{THIRD}\n{SECOND}\n{THIRD}"
    indexed = index_all([text])
    assert [words_of([text], passage) for passage, _ in indexed] == [LEAD, SECOND, THIRD]
    assert copied([text]) == {SECOND: [SECOND], THIRD: [THIRD]}


def test_a_copy_may_differ_in_case_and_white_space_and_is_addressed_as_it_stands() -> None:
    other = SECOND.upper().replace(" ", "  ")
    assert copied([SECOND, f"Foreword of the second one here.\n\n{other}"]) == {SECOND: [other]}


def test_the_first_document_by_order_keeps_the_passage() -> None:
    passages = [passage for passage, _ in index_all([LEAD, LEAD, f"{LEAD}\n\n{THIRD}"])]
    assert [document for document, _, _ in passages] == [0, 2]


def test_different_titles_over_the_same_story_stay_searchable() -> None:
    texts = [f"Talks fail\n\n{LEAD}", f"No result\n\n{LEAD}"]
    assert [words_of(texts, passage) for passage, _ in index_all(texts)] == ["Talks fail", LEAD, "No result"]


def test_the_same_heading_is_part_of_the_copy() -> None:
    texts = [f"Talks fail\n\n{LEAD}"] * 2
    assert copied(texts) == {texts[0]: [texts[1]]}


def test_a_heading_that_recurs_is_no_copy() -> None:
    texts = [f"What next\n\n{LEAD}", f"What next\n\n{SECOND}"]
    assert copied(texts) == {}


def test_parts_of_a_long_paragraph_have_copies_of_the_same_words() -> None:
    long = " ".join(f"Sentence number {n} has a few words." for n in range(9))
    found = copied([long, long.replace(" ", "  ")])
    assert len(found) > 3
    assert found == {passage: [passage.replace(" ", "  ")] for passage in found}


def test_no_passage_reaches_across_furniture() -> None:
    texts = [f"{LEAD}\n\nALSO READ: Something else\n\n{SECOND}"]
    assert [words_of(texts, passage) for passage, _ in index_all(texts, JOINING)] == [LEAD, SECOND]


def test_paragraphs_that_recur_together_share_a_passage() -> None:
    texts = [f"{LEAD}\n\n{SECOND}", f"{THIRD}\n\n{LEAD}\n\n{SECOND}"]
    assert copied(texts, JOINING) == {texts[0]: [texts[0]]}


def test_paragraphs_that_recur_apart_do_not() -> None:
    texts = [f"{LEAD}\n\n{SECOND}", f"{LEAD}\n\n{THIRD}\n\n{SECOND}"]
    assert copied(texts, JOINING) == {LEAD: [LEAD], SECOND: [SECOND]}


def test_a_heading_in_one_copy_only_keeps_them_apart() -> None:
    texts = [f"{LEAD}\n\n{SECOND}", f"{LEAD}\n\nA title\n\n{SECOND}"]
    assert copied(texts, JOINING) == {LEAD: [LEAD], SECOND: [SECOND]}


def variants() -> st.SearchStrategy[str]:
    blocks = st.sampled_from(
        [LEAD, SECOND, THIRD, SECOND.upper(), LEAD.replace(" ", "\t"), "A title", "Read more", f"{LEAD} {THIRD}"]
    )
    return st.lists(blocks, min_size=1, max_size=6).map("\n\n".join)


@given(st.lists(variants(), min_size=1, max_size=4), st.sampled_from([SMALL, JOINING]))
def test_every_word_is_indexed_or_a_copy_once_and_only_once(texts: list[str], settings: PassageSettings) -> None:
    covered: list[set[int]] = [set() for _ in texts]
    for passage, found in index_all(texts, settings):
        for place in (passage, *found):
            document, start, end = place
            assert digest(words_of(texts, place)) == digest(words_of(texts, passage))
            assert covered[document].isdisjoint(range(start, end))
            covered[document].update(range(start, end))
    for text, positions in zip(texts, covered, strict=True):
        lost = "".join(character for position, character in enumerate(text) if position not in positions)
        assert not lost.replace("Read more", "").strip()
