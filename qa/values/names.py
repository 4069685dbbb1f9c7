"""Reads people, places and organisations, alone and in lists, into a canonical form. Owns the lists and usual names.

The canonical form is lower case without accents, titles or articles, each name once, in alphabetical order, joined by
``; ``; a short form that the text itself gives stands in brackets: ``tehrik-i-taliban pakistan (ttp)``.
"""

import re

from qa.values.places import gazetteer, places_named, region_name
from qa.values.text import fold
from qa.values.titles import (
    NAME_BEGINNINGS,
    PARTICLES,
    SUFFIXES,
    TAILS,
    is_name_word,
    is_office,
    is_role,
    is_small,
    without_titles,
)

_MOST_WORDS = 24
"""More words than this are a sentence with names in it."""
_ORGANISATION = re.compile(
    r"\b(?:department|ministry|committee|office|bureau|agency|cent(?:er|re)s?|institute|council|commission|board|"
    r"university|college|school|society|association|federation|union|foundation|court|bank|house|secretary|minister)\b"
    r".*\b(?:of|for|on)\b",
    re.IGNORECASE,
)
"""What makes ``Health and Human Services`` one name and no list."""
_KEPT_WHOLE = re.compile(
    r"\b(?:bosnia and herzegovina|trinidad and tobago|antigua and barbuda|saint kitts and nevis|sao tome and principe|"
    r"saint vincent and the grenadines|turks and caicos|johnson & johnson|procter & gamble|marks (?:&|and) spencer|"
    r"ernst & young|standard & poor's|barnes (?:&|and) noble|simon (?:&|and) schuster|food and drug administration|"
    r"[A-Z]\s?&\s?[A-Z])\b",
    re.IGNORECASE,
)
_AND = r"(?:and also|and|as well as|along with|together with|plus)"
_SEPARATOR = re.compile(rf"\s*(?:,?\s+{_AND}\s+|\s&\s|;\s|,\s)(?:also\s+|both\s+|later\s+)?")
_HAS_AND = re.compile(rf"\s(?:{_AND}|&)\s")
_ALIAS = re.compile(r"(?P<name>.+?)\s*(?:\((?P<short>[^()]{1,40})\)|,\s+or\s+(?:the\s+)?(?P<other>[^,]{2,40}))")
_KNOWN_AS = {
    "isis": "islamic state",
    "isil": "islamic state",
    "daesh": "islamic state",
    "islamic state group": "islamic state",
    "islamic state of iraq and syria": "islamic state",
    "islamic state in iraq and syria": "islamic state",
    "islamic state of iraq and the levant": "islamic state",
    "eu": "european union",
    "un": "united nations",
    "u.n.": "united nations",
    "gop": "republican party",
    "republicans": "republican party",
    "democrats": "democratic party",
}
"""Names that news uses for one another and that no rule of spelling would bring together."""


def read_names(text: str, *, loosely: bool) -> str | None:
    """The canonical form of the name or list of names that ``text`` is; None where it is none.

    ``loosely``, for a question that asks for a name, lets the small words around the names go: ``mediators Turkey and
    Qatar``; otherwise every word must belong to a name. ``text`` must be tidy and keep its case.
    """
    words = text.split()
    if not 1 <= len(words) <= _MOST_WORDS or not any(is_name_word(word) for word in words):
        return None
    if loosely:
        text = _core(words)
    elif not all(is_name_word(word) or is_small(word) for word in words):
        return None
    names = [name for item in _items(text) if (name := _canonical(item))]
    return "; ".join(sorted(dict.fromkeys(names))) or None


def split_names(normal: str) -> list[str]:
    """The names of a canonical form."""
    return normal.split("; ")


def _core(words: list[str]) -> str:
    """From the first name word to the last that is joined to it by small words only."""
    first = next(position for position, word in enumerate(words) if is_name_word(word))
    last = first
    for position in range(first, len(words)):
        if is_name_word(words[position]) or (last == position - 1 and is_office(fold(words[position]).strip(".,"))):
            last = position
        elif not is_small(words[position]) and not words[position - 1].endswith(","):
            break
    if last + 1 < len(words) and words[last + 1].strip(".,") in TAILS:
        last += 1
    return " ".join(words[first : last + 1])


def _items(text: str) -> list[str]:
    """The names of a list; a comma before a region or a role makes none."""
    kept = {f"\x00{position}\x00": match[0] for position, match in enumerate(_KEPT_WHOLE.finditer(text))}
    for token, name in kept.items():
        text = text.replace(name, token, 1)
    is_organisation = _ORGANISATION.search(text) and not re.search(r",\s", text)
    is_renamed = ", or " in text and not _HAS_AND.search(text) and _ALIAS.fullmatch(text)
    items = [text] if is_organisation or is_renamed else _parted(text)
    for token, name in kept.items():
        items = [item.replace(token, name) for item in items]
    return items


def _parted(text: str) -> list[str]:
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    has_and = _HAS_AND.search(text) is not None
    items: list[str] = []
    for part in parts:
        if not items:
            items.append(part)
        elif _is_region_of(items[-1], part) and not (has_and and len(parts) == 2):
            items[-1] = f"{items[-1]}, {part}"
        elif is_role(part.split()) or part.lower().strip(". ") in SUFFIXES:
            continue
        elif not has_and and is_role(items[-1].split()):
            items[-1] = part
        else:
            items.append(part)
    return items


def _is_region_of(before: str, part: str) -> bool:
    """``Doha, Qatar``: the second is a country or state, and the first no country of a list."""
    region = region_name(fold(part).strip(" ,"))
    outer = {place.level for place in places_named(region)} - {"city"}
    inner = {place.level for place in places_named(_place_name(before))}
    if ", " in before:
        return "country" in outer
    return bool(outer) and (not inner or inner != {"country"})


def _place_name(part: str) -> str:
    name = fold(part).strip(" ,")
    return gazetteer().canonical.get(name) or gazetteer().canonical.get(name.rstrip("."), name.rstrip("."))


def _canonical(item: str) -> str:
    alias = _ALIAS.fullmatch(item.strip())
    name, short = (alias["name"], alias["short"] or alias["other"]) if alias else (item, "")
    words = without_titles([word for word in name.replace('"', "").split() if word.strip(".,'")])
    while len(words) > 1 and fold(words[0]).strip(".,'") in PARTICLES - NAME_BEGINNINGS:
        words = words[1:]
    while len(words) > 1 and fold(words[-1]).strip(".,") in SUFFIXES | PARTICLES:
        words = words[:-1]
    folded = _usual(" ".join(words))
    if len(words) > 1 and fold(words[-1]).strip(".,") in TAILS:
        folded = _usual(" ".join(words[:-1]))
        folded = gazetteer().demonyms.get(folded, folded)
    short = _usual(short) if short and not places_named(_place_name(short)) else ""
    return f"{folded} ({short})" if short and short != folded else folded


def _usual(name: str) -> str:
    """Folded, without possessives and stops, under the usual name where it has several."""
    folded = re.sub(r"'s$|'$", "", fold(name).strip(" ,'\""))
    table = gazetteer().canonical
    for form in (folded, folded.rstrip("."), folded.replace(".", "")):
        if form in _KNOWN_AS or form in table:
            return _KNOWN_AS.get(form) or table[form]
    city, comma, region = folded.partition(", ")
    if comma:
        return f"{city}, {region_name(region)}"
    return re.sub(r"(?<=\b\w)\.(?=\w\b)|\.(?=\s|$)", "", folded).replace(";", ",")
