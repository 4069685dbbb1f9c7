"""The words around a span: its sentence and its clause. Owns those boundaries; judges nothing."""

import re
from itertools import pairwise

from qa.values.text import level, word_list

_SHORT_FORMS = frozenset(
    word_list(
        "jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr prof gen col maj capt lt sgt sen rep gov hon "
        "rev st jr sr no vs etc inc ltd co corp dept est approx u.s u.k u.n e.g i.e a.m p.m d.c"
    )
)
_STOP = re.compile(r"[.!?]+[\"')\]]*(?=\s)|\n+")
_BREAK = re.compile(
    r"[;:]\s|,\s|\s(?=(?:which|who|while|whereas|although|though|because|since|as|after|before|following|but|"
    r"when|until|despite|amid|where|that|without|marking|prompting|triggering|leading|leaving|saying|adding)\s)"
    r"|\s(?=and\s(?:\w+ed|was|were|has|had|have|is|are|will|held|began|said|left|another|at least)\b)",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"(?:which|who|that|held|signed|known|made|set|led|won|built|born|begun|taken|\w{2,}ed)\b|(?:on|in|at|by)\s",
    re.IGNORECASE,
)
"""A clause that begins so says more of what the one before it names: ``The first round of talks, held in Istanbul``."""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence or sentences that ``text[start:end]`` stands in; a line break ends one too."""
    leveled = level(text[:start]), level(text[start:])
    begin = 0
    for match in _STOP.finditer(text[:start] + " "):
        if match.end() <= start and not _is_short_form(leveled[0], match.start(), text):
            begin = match.end()
    finish = len(text)
    for match in _STOP.finditer(text, end):
        if not _is_short_form(text, match.start(), text):
            finish = match.end()
            break
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, max(finish, end)


def clause_around(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the part of the sentence that speaks of ``sentence[start:end]``, with the part it leans on."""
    flat = level(sentence)
    cuts = [0, *(match.end() for match in _BREAK.finditer(flat) if not _is_inside(match, start, end)), len(flat)]
    parts = [(first, last) for first, last in pairwise(cuts) if last > first]
    position = next((at for at, (first, last) in enumerate(parts) if first <= start < last), len(parts) - 1)
    first, last = parts[position]
    while position > 0 and _LEANS_BACK.match(flat, first):
        position -= 1
        first = parts[position][0]
    return first, max(last, end)


def _is_inside(match: re.Match[str], start: int, end: int) -> bool:
    return start <= match.start() < end


def _is_short_form(text: str, stop: int, whole: str) -> bool:
    """Is the stop at ``stop`` that of ``Oct.`` or of an initial?"""
    if whole[stop : stop + 1] != ".":
        return False
    word = re.search(r"([A-Za-z.]+)$", text[max(0, stop - 12) : stop])
    following = whole[stop + 1 : stop + 3].strip()[:1]
    if word is None:
        return False
    name = word[1].lower()
    ends_a_sentence = name in {"a.m", "p.m", "inc", "co", "etc"} and following.isupper()
    return len(name) == 1 or (name in _SHORT_FORMS and not ends_a_sentence)
