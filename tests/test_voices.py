"""Voices: copies count once, articles of one's own words count each."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.voice_copies import KINDS, measure_voices
from index.types import Document
from qa.claims.voices import VoiceSettings, shingles, similar_pairs, voices

SEEDS = Path(__file__).parent.parent / "seeds"


def document(name: str, text: str, source: str | None = None) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Document(id=name, path=name, title=name, source=source, sha256=digest, text=text)


def article(seed: int, words: int = 300) -> str:
    """Words that no other seed has in this order."""
    return " ".join(f"w{(seed * 7919 + place * place * 31 + place) % 4001}" for place in range(words))


def test_copies_are_one_voice_named_after_the_first() -> None:
    text = article(1)
    documents = [document("a", text), document("b", article(2)), document("c", f"(Wire) From our agency.\n\n{text}")]
    assert voices(documents) == {"a": "a", "b": "b", "c": "a"}


def test_a_cut_copy_and_one_inside_a_longer_article_are_found() -> None:
    text = article(3, 400)
    cut, extended = " ".join(text.split()[:120]), f"{text} {article(4, 500)}"
    assert set(voices([document("a", text), document("b", cut), document("c", extended)]).values()) == {"a"}


def test_case_accents_punctuation_and_lines_do_not_make_another_article() -> None:
    text = "Élan vital. " + article(5)
    other = "\n".join(text.upper().replace("É", "E").split())
    assert voices([document("a", text), document("b", other)])["b"] == "a"


def test_one_publisher_is_one_voice_unless_told_otherwise() -> None:
    documents = [
        document("a", article(6), "The Guardian"),
        document("b", article(7), "guardian"),
        document("c", article(8)),
    ]
    assert voices(documents) == {"a": "a", "b": "a", "c": "c"}
    assert len(set(voices(documents, VoiceSettings(is_publisher_one_voice=False)).values())) == 3


def test_articles_without_a_publisher_are_not_one_publisher() -> None:
    assert len(set(voices([document("a", article(9), ""), document("b", article(10), " ")]).values())) == 2


def test_a_gallery_at_the_end_of_two_articles_does_not_merge_them() -> None:
    gallery = article(11, 400)
    documents = [document("a", f"{article(12, 200)} {gallery}"), document("b", f"{article(13, 200)} {gallery}")]
    assert len(set(voices(documents).values())) == 2


def test_a_shared_quotation_does_not_merge_two_reports() -> None:
    quotation = article(14, 60)
    documents = [
        document(name, f"{article(seed, 200)} {quotation} {article(seed + 50, 80)}")
        for name, seed in zip("ab", (15, 16), strict=True)
    ]
    assert len(set(voices(documents).values())) == 2


def test_the_five_seed_articles_are_five_voices() -> None:
    documents = [document(path.name, path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    assert len(documents) == 5
    assert len(set(voices(documents).values())) == 5


def test_planted_copies_of_every_kind_are_caught_and_no_originals_merge() -> None:
    report = measure_voices([article(seed, 260 + seed) for seed in range(100, 130)], planted=20)
    assert set(report.caught) == set(KINDS)
    assert report.recall >= 0.95
    assert report.merged == ()


@pytest.mark.parametrize("text", ["", " ", "word", "两国 于 十月 停火", "🔥" * 50, "x" * 10_000])
def test_texts_with_hardly_a_word_are_voices_of_their_own(text: str) -> None:
    assert voices([document("a", text), document("b", article(20))]) == {"a": "a", "b": "b"}


@settings(deadline=None)
@given(st.lists(st.text(max_size=120), max_size=5))
def test_every_document_has_a_voice_among_them(texts: list[str]) -> None:
    documents = [document(str(place), text) for place, text in enumerate(texts)]
    found = voices(documents)
    assert list(found) == [one.id for one in documents]
    assert set(found.values()) <= set(found)


def test_runs_keep_their_order_and_similarity_its_bounds() -> None:
    assert len(shingles("one two three four five six", 5)) == 2
    text = article(21)
    (pair,) = similar_pairs([text, text])
    assert (pair.containment, pair.jaccard, pair.lead) == (1.0, 1.0, 1.0)


def test_no_documents_no_voices() -> None:
    assert voices([]) == {}
