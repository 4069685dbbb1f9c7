"""What a number can count: currencies, spans of time, and nouns. Owns those words; reads no numbers."""

import re

from qa.values.text import word_list

DURATION_UNITS = {
    "second": ("TS", 1.0),
    "sec": ("TS", 1.0),
    "minute": ("TM", 1.0),
    "min": ("TM", 1.0),
    "hour": ("TH", 1.0),
    "hr": ("TH", 1.0),
    "day": ("D", 1.0),
    "night": ("D", 1.0),
    "week": ("W", 1.0),
    "fortnight": ("W", 2.0),
    "month": ("M", 1.0),
    "year": ("Y", 1.0),
    "yr": ("Y", 1.0),
    "decade": ("Y", 10.0),
    "century": ("Y", 100.0),
    "centurie": ("Y", 100.0),
}
"""Each word's letter as in ISO 8601, with T before those of the clock, and how many of it the word means."""

DURATION = re.compile(
    rf"(?:\s|-|\s?-\s)?(?:consecutive\s|straight\s|full\s)?(?P<unit>{'|'.join(DURATION_UNITS)})s?\b", re.IGNORECASE
)

_SYMBOLS = {
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "hk$": "HKD",
    "nz$": "NZD",
    "s$": "SGD",
    "r$": "BRL",
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "₴": "UAH",
    "rs": "INR",
    "rs.": "INR",
}
_CODES = (
    "USD",
    "GBP",
    "EUR",
    "JPY",
    "CNY",
    "INR",
    "PKR",
    "RUB",
    "AUD",
    "CAD",
    "CHF",
    "TRY",
    "SEK",
    "NOK",
    "DKK",
    "KRW",
)
_NAMES = {
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "american dollar": "USD",
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "hong kong dollar": "HKD",
    "dollar": "USD",
    "buck": "USD",
    "pounds sterling": "GBP",
    "pound sterling": "GBP",
    "pound": "GBP",
    "euro": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "indian rupee": "INR",
    "pakistani rupee": "PKR",
    "rupee": "INR",
    "ruble": "RUB",
    "rouble": "RUB",
    "franc": "CHF",
    "swiss franc": "CHF",
    "riyal": "SAR",
    "dirham": "AED",
    "shekel": "ILS",
    "lira": "TRY",
    "peso": "MXN",
    "krona": "SEK",
    "hryvnia": "UAH",
    "afghani": "AFN",
}

CURRENCY_BEFORE = (
    r"(?:(?<![a-z])(?:" + "|".join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=len, reverse=True)) + r")"
    r"|\b(?:" + "|".join(_CODES) + r")\b)"
)
"""A pattern for what stands before a sum."""
CURRENCY_AFTER = re.compile(
    r"\s?(?P<name>(?:" + "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True)) + r")s?\b"
    r"|\b(?:" + "|".join(_CODES) + r")\b|[€£$])",
    re.IGNORECASE,
)

_EVERYBODY = frozenset(
    word_list(
        "people person persons inhabitants residents others other victims victim individuals individual humans lives "
        "life souls "
        "men-and-women times occasions total more additional"
    )
)
_CONCEPTS = {
    **dict.fromkeys(["dead", "deaths", "death", "killed", "fatalities", "fatality", "died", "bodies", "body"], "dead"),
    **dict.fromkeys(["injured", "wounded", "injuries", "injury", "hurt", "hospitalized", "hospitalised"], "injured"),
    **dict.fromkeys(["arrested", "arrests", "arrest", "detained", "detainees"], "arrested"),
    **dict.fromkeys(["missing"], "missing"),
    **dict.fromkeys(["women", "woman"], "woman"),
    **dict.fromkeys(["men", "man"], "man"),
    **dict.fromkeys(["children", "child", "kids"], "child"),
    **dict.fromkeys(["gunmen", "gunman"], "gunman"),
    **dict.fromkeys(["schoolchildren"], "schoolchild"),
    **dict.fromkeys(["police", "policemen", "officers", "officer"], "officer"),
    **dict.fromkeys(["troops", "troop", "soldiers", "soldier", "servicemen"], "soldier"),
}
_ALIKE = tuple(
    frozenset(word_list(group))
    for group in (
        "home house building structure dwelling",
        "gun firearm weapon rifle",
        "gunman attacker shooter assailant suspect terrorist militant man",
        "migrant refugee seeker",
        "girl schoolgirl student pupil woman",
        "kid child schoolchild",
        "job position",
        "rocket missile",
        "vote ballot",
    )
)
_STOPS = frozenset(
    word_list(
        "and or but in on at by for from to with as the a an were was is are had have has who that which when while "
        "after before since per out than so because if into during between against"
    )
)
_WORD = re.compile(r"(?:\s+|-)(?:of\s+(?:the\s+|its\s+|their\s+)?)?([A-Za-z][A-Za-z'.-]*)")
_TIED = re.compile(r"-([a-z]{3,})\b(?!-)")
"""``448-page``: what is tied to a number is what it counts."""
_LIST = re.compile(r"(?:,\s\w+s)*,?\sand\s\w+s\b(?!\s+(?:were|was|had|have))")
"""``dozens of civilians, soldiers and insurgents``: people of every kind."""
OTHERS = re.compile(r"\s+(?:others?|more)\b", re.IGNORECASE)
"""``11 other people``: more than eleven, with those named beside them."""
_SINGULAR_S = frozenset(
    word_list("series species news gas bus crisis always perhaps this its his is was has does as less us")
)
_LOOKAHEAD = 4


def currency(symbol: str | None, name: str | None) -> str:
    """The ISO 4217 code of a sign before a sum or a name after it; empty where there is none."""
    if symbol:
        return _SYMBOLS.get(symbol.lower(), symbol.upper())
    if not name:
        return ""
    words = name.lower()
    return _NAMES.get(words) or _NAMES.get(words.removesuffix("s")) or _SYMBOLS.get(words) or words.upper()


def counted(text: str, end: int) -> tuple[str, int]:
    """The noun after a number that ends at ``end``, in the singular, and where it ends; empty for mere people."""
    if tied := _TIED.match(text, end):
        return concept(tied[1]), tied.end()
    position = end
    for _ in range(_LOOKAHEAD):
        match = _WORD.match(text, position)
        if match is None or match[1].lower() in _STOPS:
            break
        position = match.end()
        word = match[1].lower().strip(".-'")
        if word in _EVERYBODY:
            if word in {"people", "persons", "lives", "victims", "inhabitants", "residents"}:
                return "", position
            continue
        if word in _CONCEPTS or _is_plural(word):
            return "" if _LIST.match(text, position) else concept(word), position
    return "", end


def concept(noun: str) -> str:
    """One word for the things that news counts under several: ``killed`` and ``deaths`` are ``dead``."""
    word = noun.lower()
    if word in _EVERYBODY:
        return ""
    if word in _CONCEPTS:
        return _CONCEPTS[word]
    if not _is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("shes", "ches", "xes", "sses")) else word[:-1]


def is_counted_as(noun: str, asked: str) -> bool:
    """Does one noun stand for the other: ``schoolgirl`` for ``girl``, ``structure`` for ``building``?"""
    if min(len(noun), len(asked)) > 2 and (noun.endswith(asked) or asked.endswith(noun)):
        return True
    return any(noun in group and asked in group for group in _ALIKE)


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s")) and word not in _SINGULAR_S
