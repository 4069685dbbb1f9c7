"""An index of some documents of another index takes their vectors from there."""

from index.known_texts import KnownTexts


def test_nothing_is_embedded_twice_for_a_question_of_its_own(tiny_index, fake_embedder, monkeypatch):
    embedded = []
    embed = type(fake_embedder).embed
    monkeypatch.setattr(type(fake_embedder), "embed", lambda self, texts: embedded.extend(texts) or embed(self, texts))
    known = KnownTexts(tiny_index)
    ids = [document.id for document in tiny_index.documents()]
    known.learn(ids)
    texts = [passage.text for name in ids for passage in tiny_index.passages_of(name)]
    assert known.embed(texts).shape == (len(texts), known.dimension)
    assert embedded == []
    known.embed(["a new text", "a new text"])
    assert embedded == ["a new text"]
    assert known.embed([]).shape == (0, known.dimension)
