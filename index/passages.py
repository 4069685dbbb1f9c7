"""Owns where a document is cut: contiguous slices of whole paragraphs and sentences, all of a length."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.lines import count_words, word_spans
from index.sentences import sentence_spans
from index.settings import PassageSettings

CUT_VERSION = 1
"""Raised whenever a rule for furniture, paragraphs, sentences or passages changes: then all documents are cut anew."""

_CUT_PARAGRAPH = 0.5
"""A cut inside a paragraph costs as much as a passage that has only this part of ``min_words``."""
_TOO_LONG = 4.0
"""How much worse a word too many is than one too few: the model would not read it."""
_LETTERS_A_PIECE = 2000
"""Where a run of letters that nothing divides is cut."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a passage is put together of: a sentence, or a part of one that is too long."""

    start: int
    end: int
    words: int
    paragraph: int
    """Which of the paragraphs of the run it is from."""


def cut(text: str, spans: Sequence[tuple[int, int]], settings: PassageSettings) -> list[tuple[int, int]]:
    """Half-open ranges of the passages that cover the given neighbouring paragraphs of ``text`` without overlap.

    Chooses, of all ways to join sentences, the one with the least cost: the square of the words by which each passage
    is under ``min_words`` or over ``max_words``, and a price on each cut inside a paragraph.
    """
    pieces = [piece for number, span in enumerate(spans) for piece in _pieces(text, span, number, settings.max_words)]
    costs, cuts = [0.0], [0]
    for end in range(1, len(pieces) + 1):
        cost, begin = min(_choices(pieces, costs, end, settings))
        costs.append(cost)
        cuts.append(begin)
    return _ranges(pieces, cuts)


def _ranges(pieces: Sequence[Piece], cuts: Sequence[int]) -> list[tuple[int, int]]:
    ranges = []
    end = len(pieces)
    while end > 0:
        begin = cuts[end]
        ranges.append((pieces[begin].start, pieces[end - 1].end))
        end = begin
    return ranges[::-1]


def _choices(
    pieces: Sequence[Piece], costs: Sequence[float], end: int, settings: PassageSettings
) -> list[tuple[float, int]]:
    """What each passage that could end before piece ``end`` would cost in all, with the piece that it begins with."""
    choices: list[tuple[float, int]] = []
    words = 0
    for begin in range(end - 1, -1, -1):
        words += pieces[begin].words
        if choices and words > 2 * settings.max_words:
            break
        inside = begin > 0 and pieces[begin].paragraph == pieces[begin - 1].paragraph
        price = (_CUT_PARAGRAPH * settings.min_words) ** 2 if inside else 0.0
        choices.append((costs[begin] + _cost(words, settings) + price, begin))
    return choices


def _cost(words: int, settings: PassageSettings) -> float:
    """Nothing between the limits but a trifle for being off their middle, which decides between equals."""
    short = max(0, settings.min_words - words)
    long = max(0, words - settings.max_words)
    middle = (settings.min_words + settings.max_words) / 2
    return float(short**2) + _TOO_LONG * long**2 + (abs(words - middle) / middle)


def _pieces(text: str, span: tuple[int, int], paragraph: int, max_words: int) -> list[Piece]:
    pieces = []
    for sentence in sentence_spans(text, *span):
        words = count_words(text[slice(*sentence)])
        if words <= max_words:
            pieces.append(Piece(*sentence, words, paragraph))
            continue
        for start, end in _parts(text, *sentence, words, max_words):
            pieces.append(Piece(start, end, count_words(text[start:end]), paragraph))
    return pieces


def _parts(text: str, start: int, end: int, words: int, max_words: int) -> list[tuple[int, int]]:
    """A sentence that is too long, cut between words into parts of one length, or inside a word if need be."""
    parts = -(-words // max_words)
    target = -(-words // parts)
    spans: list[tuple[int, int]] = []
    filled = 0
    for word in word_spans(text, start, end):
        for piece in _letters(word, limit=min(_LETTERS_A_PIECE, 24 * target)):
            size = count_words(text[slice(*piece)])
            if spans and filled + size <= target:
                spans[-1] = (spans[-1][0], piece[1])
                filled += size
            else:
                spans.append(piece)
                filled = size
    return spans


def _letters(word: tuple[int, int], *, limit: int) -> list[tuple[int, int]]:
    start, end = word
    return [(cut, min(cut + limit, end)) for cut in range(start, end, limit)]
