"""Makes the same words look the same before they are read as a value. Owns folding; knows no type of value."""

import re
import unicodedata

LONGEST = 240
"""Characters beyond which words are a passage and not a value: no date, sum or list of names in the news is longer."""

_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("‘’ʼ′`´", "'"),
        **dict.fromkeys("“”„″«»", '"'),
        **dict.fromkeys("     ", " "),
        **dict.fromkeys("​‌‍‎‏‪‫‬‭‮⁦⁧⁨⁩﻿", None),
    }
)
_UNCROSSED = str.maketrans("ıøłđ", "iold")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""Accents and vowel points, as they stand alone after decomposition."""
_EDGES = " \t\r\n\"'.,;:!?()[]{}…*_"


def level(text: str) -> str:
    """One kind of dash, quote and space, the same length as given: offsets stay what they were."""
    return text.translate(_LEVEL)


def tidy(text: str) -> str:
    """Compatibility forms and look-alikes made plain, spaces single, no control characters; case is kept."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).translate(_LOOKALIKES)
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", plain).strip()


def trim(text: str) -> str:
    """Without the quotes, brackets and stops that hang on the edges, unless they belong to what is inside."""
    trimmed = text.strip(_EDGES)
    if trimmed.count("(") == trimmed.count(")") + 1:
        trimmed += ")"
    return trimmed


def fold(text: str) -> str:
    """Lower case without accents, for comparing: ``Erdoğan`` is ``erdogan``; other scripts keep their letters."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare.translate(_UNCROSSED))


def word_list(text: str) -> tuple[str, ...]:
    """The words of a list that is kept as one line of text."""
    return tuple(text.split())


_LEVEL = {code: plain for code, plain in _LOOKALIKES.items() if plain is not None and len(plain) == 1}
_LEVEL |= dict.fromkeys(map(ord, "\t\r\n\x0b\x0c"), " ")
