"""Which office a question asks the holder of, and which one stands at a name. Owns offices and their synonyms.

``Information Minister Attaullah Tarar`` does not answer ``who is the defence minister?``, nor does ``US President
Trump`` answer ``who is the president of Turkey?``. What another passage tells of a name counts where its own tells
nothing; where none does, or nobody's office is asked for, nothing is held against the name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.values.places import gazetteer, places_named
from qa.values.text import fold, level, word_list
from qa.values.titles import is_head_title, is_name_word, is_office, is_role, without_titles


@dataclass(frozen=True, slots=True)
class Office:
    """The words that tell one office from another, and whose it is."""

    words: frozenset[str] = frozenset()
    """In one spelling; empty where no office is told, or one that anybody in politics may hold."""
    countries: frozenset[str] = frozenset()


def asked_office(question: str) -> Office:
    """The office asked for by ``who is``, ``which minister``, ``name of`` or ``… name``; an empty one where none is."""
    asked = _ASKED.search(fold(level(question)))
    words = next(filter(None, asked.groups()), "") if asked else ""
    if _RESTS.search(words):
        return Office()
    return _office(words.strip(" ?!.").split())


def office_at(text: str, start: int, end: int) -> Office:
    """What stands at the name ``text[start:end]``: titles before and in it, and an office between commas after it."""
    before: list[str] = []
    for word in reversed(text[:start].split()[-_REACH:]):
        if word[-1] in _BREAKS or not (is_office(_plain(word)) or _country(word)):
            break
        before.insert(0, word)
    after = _APPOSITION.match(text, end)
    told = after[1].split() if after and is_role(after[1].split()) else []
    return _office([*before, *text[start:end].split(), *told])


def offices_of(name: str, texts: Iterable[str]) -> list[Office]:
    """What the texts tell of a person: wherever the surname stands, unless behind another first name."""
    words = without_titles(name.split())
    if not words or not is_name_word(words[-1]):
        return []
    surname = re.compile(rf"(?<!\w)(?:(?P<first>\w[\w'’.-]*)\s)?(?P<last>{re.escape(words[-1])})(?!\w)")
    found = []
    for text in texts:
        for match in surname.finditer(text):
            first = match["first"] or ""
            if first in words or (len(words) == 1 and is_name_word(first) and not is_office(_plain(first))):
                found.append(office_at(text, match.start("first"), match.end()))
            elif not is_name_word(first) or is_office(_plain(first)) or _country(first):
                found.append(office_at(text, match.start("last"), match.end()))
    return [office for office in found if office.words]


def are_different(asked: Office, told: Office) -> bool:
    """Can no holder of the one be meant by the other?"""
    if not told.words:
        return False
    if asked.countries and told.countries and not asked.countries & told.countries:
        return True
    if not asked.words:
        return False
    if (asked.words & _BELOW) != (told.words & _BELOW):
        return True
    return not (asked.words <= told.words or told.words <= asked.words)


def _office(words: list[str]) -> Office:
    folded = [one for word in words for one in _SYNONYMS.get(_plain(word), (_plain(word),))]
    told = frozenset(filter(is_office, folded))
    if not any(map(is_head_title, told)):
        return Office()
    return Office(told - _LOOSE, frozenset(filter(None, map(_country, words))))


def _country(word: str) -> str | None:
    """The country of ``Pakistan's``, ``Turkish`` or ``U.S.``, by its usual name."""
    name = _plain(word).replace(".", "")
    names = gazetteer()
    usual = names.demonyms.get(name) or names.canonical.get(name, name)
    return usual if any(place.level == "country" for place in places_named(usual)) else None


def _plain(word: str) -> str:
    return fold(level(word)).strip(".,?!()\"'").removesuffix("'s")


_HOLDER = r"(?:politician|official|diplomat|lawmaker|leader|president|minister|premier|ambassador|spokes\w+)"
_ASKED = re.compile(
    rf"\b(?:who(?:'s|s| is| was)|name of)\s+(.+)|\b(?:which|what)\s+((?:[\w'.-]+\s){{0,3}}?{_HOLDER})\b|^(.+)\sname\W*$"
)
_RESTS = re.compile(r"\b(?:who|that|which|whose|accused|blamed|told|said)\b")
"""Words of a question that is about more than an office."""
_APPOSITION = re.compile(r",\s(?:the\s|a\s)?([^,.;]{3,60})(?=[,.;])")
_REACH = 6
"""Words before a name among which its titles stand."""
_BREAKS = ',.;:)"”'
_BELOW = frozenset(word_list("vice deputy"))
_LOOSE = frozenset(
    word_list(
        "former acting ex interim then late top new current outgoing incoming senior white house us uk "
        "state federal national special republican democratic democrat party mr mrs ms miss dr sir dame lord lady "
        "leader chief"
    )
)
"""Words that tell no office from another: a president is a leader, and a former one still gets the title."""
_SYNONYMS = {
    "premier": ("prime", "minister"),
    **dict.fromkeys(("politician", "official", "diplomat", "lawmaker"), ("leader",)),
    "defense": ("defence",),
    "labour": ("labor",),
    "spokeswoman": ("spokesman",),
    "spokesperson": ("spokesman",),
    "chairwoman": ("chairman",),
    "chair": ("chairman",),
    "congresswoman": ("congressman",),
    "gov": ("governor",),
    "sen": ("senator",),
    "rep": ("representative",),
    "gen": ("general",),
}
