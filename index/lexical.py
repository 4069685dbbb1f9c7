"""Owns the word side of an index: text in, BM25 hits by id out. Never parses a query language."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from index.errors import IndexDamaged

_ANALYSER = "quoth_english"
_WRITER_BYTES = 64 * 1024 * 1024
_LONGEST_WORD = 64
"""Bytes of a word that is still a word; a longer run is an encoded blob and would only swell the dictionary."""

_GRAMMAR = """
    a about am an and any are as at be been being but by can could did do does doing for from had has have having
    he her hers him his how i if in into is it its itself let me my of on or our ours s shall she should so such t
    than that the their theirs them then there these they this those through to tell very was we were what when
    where which while who whom whose why will with would you your yours
"""
_QUESTION_WORDS = frozenset(_GRAMMAR.split())
"""Words that carry a question's grammar, not its subject. Dropped, since in a small folder a rare "who" would outweigh
the name that is asked for; yet they are indexed like any other, and a question of nothing else searches for them."""


class LexicalIndex:
    """BM25 over analysed words (lower case, accents folded, English stems); any word of a question may match."""

    def __init__(self, tantivy_index: tantivy.Index) -> None:
        """Wrap an open index; use ``create`` or ``open``."""
        self._index = tantivy_index
        self._index.register_tokenizer(_ANALYSER, _analyser())
        # What is open shows one build for as long as it is open; the other policy would watch the folder from a thread.
        self._index.config_reader(reload_policy="manual")
        self._analyser = _analyser()
        self._plain_analyser = _analyser(stem=False)
        self._writer: tantivy.IndexWriter | None = None

    @classmethod
    def create(cls, directory: Path | None = None) -> "LexicalIndex":
        """A new, empty index in an existing empty directory, or in memory where none is given."""
        if directory is None:
            return cls(tantivy.Index(_schema()))
        return cls(tantivy.Index(_schema(), path=str(directory), reuse=False))

    @classmethod
    def open(cls, directory: Path) -> "LexicalIndex":
        """Open what ``create`` and ``commit`` left in the directory; raises IndexDamaged where it can't be read."""
        try:
            return cls(tantivy.Index.open(str(directory)))
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"the word index {directory} can't be read: run `quoth index --rebuild`") from error

    def __len__(self) -> int:
        """Items in the last commit."""
        return int(self._index.searcher().num_docs)

    def add(self, items: Iterable[tuple[int, str]]) -> None:
        """Add (id, text) pairs; they are found after the next ``commit``."""
        writer = self._open_writer()
        for identifier, text in items:
            writer.add_document(tantivy.Document(id=identifier, text=_encodable(text)))

    def remove(self, ids: Iterable[int]) -> None:
        """Remove items by id; unknown ids are ignored. Takes effect with the next ``commit``."""
        writer = self._open_writer()
        for identifier in ids:
            writer.delete_documents_by_term("id", identifier)

    def commit(self) -> None:
        """Make additions and removals durable and visible to ``search``."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()

    def search(self, question: str, *, limit: int) -> list[tuple[int, float]]:
        """Up to ``limit`` (id, BM25 score) pairs, best first, equal scores by id; no text of a question is an error."""
        return self._matching(self._terms(question), limit)

    def stems(self, text: str) -> tuple[str, ...]:
        """The words of a text as they are indexed."""
        return tuple(self._analyser.analyze(_encodable(text)))

    def holds(self, stem: str) -> bool:
        """Whether any item has a word of this stem."""
        return int(self._index.searcher().doc_freq("text", stem)) > 0

    def stems_with_prefix(self, prefix: str) -> list[tuple[str, int]]:
        """All stems that begin so with the number of items that hold each, the most frequent first."""
        return list(self._index.searcher().terms_with_prefix("text", prefix))

    def with_stem(self, stem: str, *, limit: int) -> list[int]:
        """Ids of up to ``limit`` items that have a word of this stem."""
        return [identifier for identifier, _ in self._matching([stem], limit)]

    def _terms(self, question: str) -> list[str]:
        """The distinct stems of a question without its grammar, in order; all of them where nothing else is left."""
        words = self._plain_analyser.analyze(_encodable(question))
        telling = [word for word in words if word not in _QUESTION_WORDS]
        return list(dict.fromkeys(self._analyser.analyze(" ".join(telling or words))))

    def _matching(self, terms: list[str], limit: int) -> list[tuple[int, float]]:
        searcher = self._index.searcher()
        limit = min(limit, searcher.num_docs)
        if not terms or limit < 1:
            return []
        hits = searcher.search(_any_of(self._index.schema, terms), limit, count=False).hits
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        pairs = [
            (int(identifier), float(score))
            for identifier, (score, _) in zip(ids, hits, strict=True)
            if identifier is not None
        ]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            # One thread: the order of ids, and so of equal scores at the cut, is the same in every build.
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        return self._writer


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=_ANALYSER, index_option="freq")
    return builder.build()


def _analyser(*, stem: bool = True) -> tantivy.TextAnalyzer:
    filters = [tantivy.Filter.remove_long(_LONGEST_WORD), tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()]
    if stem:
        filters.append(tantivy.Filter.stemmer("english"))
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for text_filter in filters:
        builder = builder.filter(text_filter)
    return builder.build()


def _any_of(schema: tantivy.Schema, terms: list[str]) -> tantivy.Query:
    queries = [tantivy.Query.term_query(schema, "text", term, index_option="freq") for term in terms]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _encodable(text: str) -> str:
    """A lone surrogate, which no UTF-8 file holds but a terminal can send, would be an error in tantivy."""
    return text.encode("utf-8", "replace").decode("utf-8")
