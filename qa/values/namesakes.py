"""Decides whether two names are one's own, one inside the other, or two. Owns spelling tolerance; reads no prose."""

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz.fuzz import ratio

from qa.values.comparison import Comparison
from qa.values.names import split_names
from qa.values.places import Place, gazetteer, is_inside, places_named
from qa.values.text import word_list
from qa.values.titles import is_office

Kinship = Literal["same", "inside", "around", "alike", "apart"]
"""``alike``: they share words, or one is no proper name, so nothing can be said."""

_SMALL = frozenset(
    word_list("of the and for de la le del di da du van von der den bin ibn al el ul i e y on in at a an s")
)
_QUALIFIERS = frozenset(
    word_list("north south east west northern southern eastern western central new old upper lower inner outer greater")
)
_ALIKE = 75.0
"""rapidfuzz ratio from which two words with the same consonants are one name: Tehrik and Tehreek have 77."""
_ALIKE_ELSEWHERE = 40.0
"""rapidfuzz ratio from which names in another script may be one in two spellings: 习近平 and 習近平 have 67."""
_SHORTEST_ALIKE = 5
"""Letters: Iran and Oran, Mali and Mela are not spellings of one another."""
_MISPRINT, _UNSURE = 70.0, 75.0
"""rapidfuzz ratio of two surnames: Scribal and Skripal have 71, Watson and Tyson 73 but begin differently."""
_LONGEST_ACRONYM = 6


def compare_names(first: str, second: str) -> Comparison:
    """What the first canonical name or list is to the second."""
    if first == second:
        return "same"
    here, there = split_names(first), split_names(second)
    table = [[_kinship(mine, theirs) for theirs in there] for mine in here]
    met_here = sum(any(kin == "same" for kin in row) for row in table)
    met_there = sum(any(row[column] == "same" for row in table) for column in range(len(there)))
    if met_here == len(here) and met_there == len(there):
        return "same"
    if met_there == len(there) or met_here == len(here):
        return "finer" if met_there == len(there) else "coarser"
    kinships = {kin for row in table for kin in row}
    if len(here) == len(there) == 1 and kinships <= {"inside", "around"}:
        return "finer" if kinships == {"inside"} else "coarser"
    return "incompatible" if kinships == {"apart"} else "unrelated"


@lru_cache(maxsize=4096)
def _kinship(a: str, b: str) -> Kinship:
    names_a, names_b = _forms(a), _forms(b)
    verdicts = {_pair(mine, theirs) for mine in names_a for theirs in names_b}
    for verdict in ("same", "inside", "around", "alike"):
        if verdict in verdicts:
            return verdict
    return "apart"


def _forms(name: str) -> list[str]:
    """The long form, and the short one in its brackets."""
    match = re.fullmatch(r"(.+) \(([^()]+)\)", name)
    return [match[1], match[2]] if match else [name]


def _pair(a: str, b: str) -> Kinship:
    if a == b or _is_acronym(a, b) or _is_acronym(b, a):
        return "same"
    if not (a.isascii() and b.isascii()):
        return _other_script(a, b)
    words_a, words_b = _words(a), _words(b)
    places_a, places_b = places_named(a), places_named(b)
    if places_a and places_b:
        return _places(a, b, places_a, places_b)
    if not words_a or not words_b or all(map(is_office, words_a)) or all(map(is_office, words_b)):
        return "alike"
    if not places_a and not places_b and _is_spelling(words_a, words_b):
        return "same"
    if len(words_a) == len(words_b) > 1 and words_a[:-1] == words_b[:-1] and not any(map(_is_place, words_a)):
        return _by_surname(words_a[-1], words_b[-1])
    if _is_short_for(words_a, words_b, places_a) or _is_short_for(words_b, words_a, places_b):
        return "same"
    if bool(places_a) != bool(places_b) or _may_be_short(a, words_b) or _may_be_short(b, words_a):
        return "alike"
    return "alike" if any(_is_same_word(mine, theirs) for mine in words_a for theirs in words_b) else "apart"


def _places(a: str, b: str, places_a: tuple[Place, ...], places_b: tuple[Place, ...]) -> Kinship:
    """``Doha, Qatar`` is Doha and lies inside Qatar; two cities of one name in two states are two."""
    head_a, _, region_a = a.partition(", ")
    head_b, _, region_b = b.partition(", ")
    if head_a == head_b and not (region_a and region_b):
        return "same"
    if any(is_inside(inner, outer) for inner in places_a for outer in places_b):
        return "inside"
    if any(is_inside(inner, outer) for inner in places_b for outer in places_a):
        return "around"
    return "apart"


def _words(name: str) -> list[str]:
    """Without particles, initials and stops; hyphens part words."""
    words = [word.strip(".'\"") for word in re.split(r"[\s,/-]+", name)]
    kept = [word.removesuffix("'s") for word in words if word and word not in _SMALL]
    return [word for word in kept if len(word) > 1 or not word.isascii()] or kept


def _is_acronym(short: str, long: str) -> bool:
    letters = short.replace(".", "")
    if not 2 <= len(letters) <= _LONGEST_ACRONYM or " " in letters or not letters.isalpha():
        return False
    words = [word for word in re.split(r"[\s-]+", long) if word]
    if len(words) < 2:
        return False
    bare = "".join(word[0] for word in words if word not in _SMALL)
    return letters in {
        bare,
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in {"of", "the", "and"}),
    }


def _by_surname(a: str, b: str) -> Kinship:
    """After one first name a surname that is near is a misprint, one that is far another person."""
    if a[0] == b[0] and ratio(a, b) >= _MISPRINT:
        return "same"
    return "alike" if _consonants(a) == _consonants(b) or ratio(a, b) >= _UNSURE else "apart"


def _may_be_short(short: str, words: list[str]) -> bool:
    """``HHS`` may stand for a longer name that has its letters as initials, in order."""
    if " " in short or len(short) > _LONGEST_ACRONYM - 1 or len(words) < len(short):
        return False
    initials = iter(word[0] for word in words)
    return all(letter in initials for letter in short)


def _other_script(a: str, b: str) -> Kinship:
    """Scripts without capitals and spaces: only what shares hardly a character is two names."""
    if a.isascii() != b.isascii() or ratio(a, b) >= _ALIKE_ELSEWHERE:
        return "alike"
    return "apart"


def _is_spelling(a: list[str], b: list[str]) -> bool:
    """Word for word the same but for transliteration."""
    return len(a) == len(b) and all(_is_same_word(mine, theirs) for mine, theirs in zip(a, b, strict=True))


def _is_same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST_ALIKE or _is_place(a) or _is_place(b):
        return False
    return _consonants(a) == _consonants(b) and ratio(a, b) >= _ALIKE


def _is_place(word: str) -> bool:
    return bool(places_named(word)) or word in gazetteer().demonyms


def _is_land(word: str) -> bool:
    """A country or state; a city may be anybody's first name, as Elizabeth is."""
    return any(place.level != "city" for place in places_named(word))


def _consonants(word: str) -> str:
    """What transliteration leaves alone: no vowels, no doubling, ``qaddafi`` and ``gadhafi`` in one form."""
    bare = re.sub(r"^[gq]h?|^kh|q|ck", "k", word)
    bare = re.sub(r"ph", "f", re.sub(r"dh", "d", re.sub(r"sch|tsch", "sh", bare)))
    bare = re.sub(r"[wv]", "v", re.sub(r"[jz]h?", "z", bare)) if len(word) > _SHORTEST_ALIKE else bare
    first = "a" if bare[:1] in "aeiouy" else bare[:1]
    return re.sub(r"(.)\1+", r"\1", first + re.sub(r"[aeiouy]", "", bare[1:]))


def _is_short_for(short: list[str], long: list[str], places: tuple[Place, ...]) -> bool:
    """``Tarar`` for Attaullah Tarar, ``Warren`` for Elizabeth Warren though a city; never ``Korea`` for North Korea."""
    if (
        not short
        or len(short) >= len(long)
        or len(long) > len(short) + 3
        or any(place.level != "city" for place in places)
    ):
        return False
    if _is_tail(short, long):
        extra = long[: -len(short)]
        return not any(word in _QUALIFIERS or word in gazetteer().demonyms or _is_land(word) for word in extra)
    if places:
        return False
    is_head = all(_is_same_word(mine, theirs) for mine, theirs in zip(short, long, strict=False))
    is_first_and_last = len(short) == 2 and _is_same_word(short[0], long[0]) and _is_same_word(short[1], long[-1])
    if is_first_and_last:
        return True
    return is_head and not any(_is_place(word) or word in _ORGANISATION for word in long)


def _is_tail(short: list[str], long: list[str]) -> bool:
    return all(_is_same_word(mine, theirs) for mine, theirs in zip(short, long[-len(short) :], strict=True))


_ORGANISATION = frozenset(
    word_list(
        "news times post university college bank street house party group council court committee ministry department "
        "department's street journal daily radio television club united city airport hospital school foundation "
        "institute center centre"
    )
)
