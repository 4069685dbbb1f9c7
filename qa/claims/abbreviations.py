"""Which abbreviation a question asks to be spelled out, and whether words can be what it stands for."""

import re

_ASKED = re.compile(
    r"\bwhat (?:do|does|did|is)\b.*?(?P<short>[\w&.-]+)['\"”’]* (?:stands? for|short for)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_LETTERS_TOLD = 0.7
"""Of the abbreviation, as first letters of the words, in order: ``NOTAM`` is ``Notice to Air Missions``."""


def asked_abbreviation(question: str) -> str | None:
    """Its letters in lower case; None where none is to be spelled out."""
    asked = _ASKED.search(question)
    return "".join(_WORD.findall(asked["short"])).lower() or None if asked else None


def may_stand_for(abbreviation: str, words: str) -> bool:
    """Do the words begin as the abbreviation does, and have most of its letters as their first ones, in its order?"""
    firsts = [word[0].lower() for word in _WORD.findall(words)]
    if not firsts or firsts[0] != abbreviation[0]:
        return False
    told, place = 0, 0
    for letter in abbreviation:
        if letter in firsts[place:]:
            place = firsts.index(letter, place) + 1
            told += 1
    return told >= _LETTERS_TOLD * len(abbreviation)
