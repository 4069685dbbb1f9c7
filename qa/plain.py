"""The one door through which the words of others reach a terminal. Owns the substitutes; never changes a length.

An article, a title, a path or a question can hold terminal control sequences, marks that turn the reading direction
around, and characters that can't be seen. Each becomes one visible character, so that offsets stay valid.
"""

import unicodedata

SUBSTITUTE = "�"

_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs of Arabic, Syriac and Kaithi numbers: Unicode files them under "format", but they are drawn."""
_JOINERS = frozenset("\u200c\u200d")
"""Persian, Indic scripts and emoji are misspelt without them, and they can't do anything else."""
_PICTOGRAPHS = range(0x1F000, 0x1FC00)
"""Emoji newer than this Python's Unicode tables count as unassigned there, but not in terminals."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class _Substitutes(dict[int, str]):
    """Works out a character's substitute the first time that it is met."""

    def __missing__(self, code: int) -> str:
        substitute = self[code] = _substitute(code)
        return substitute


def visible(text: str) -> str:
    """The text with every character that could act on a terminal, or hide, replaced by one that is seen.

    Line feeds and tabs stay; a carriage return is a space before a line feed and a line feed elsewhere.
    ``len(visible(text)) == len(text)``, always.
    """
    return text.replace("\r\n", " \n").translate(_SUBSTITUTES)


def one_line(text: str) -> str:
    """``visible`` with line feeds and tabs as spaces, for titles, paths and questions; the length stays too."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def _substitute(code: int) -> str:
    character = chr(code)
    if character in _VISIBLE_FORMATS or character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"}:
        return "\n"
    if category not in _UNSEEN or (category == "Cn" and code in _PICTOGRAPHS):
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else SUBSTITUTE


_SUBSTITUTES = _Substitutes({0x0A: "\n", 0x09: "\t", 0x0D: "\n"})
