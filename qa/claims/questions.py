"""What kind of answer a question asks for. Owns the reading of questions; knows no passage, no answer and no model."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.types import ValueType
from qa.values.places import Level
from qa.values.text import tidy, word_list
from qa.values.units import DURATION_UNITS, concept, counted


@dataclass(frozen=True, slots=True)
class Expectation:
    """What would answer a question."""

    types: tuple[ValueType, ...] = ()
    """Acceptable, best first; empty where the answer is a reason, a manner or somebody's words."""
    is_single: bool = False
    """Can there be one right name only? ``where`` and ``who is the`` ask for one, ``who mediated`` for any number."""
    is_place: bool = False
    """Is the name that of a place?"""
    levels: frozenset[Level] | None = None
    """A known place must be of one: ``which country`` takes no city, ``which hotel`` no known place; None takes any."""
    is_role: bool = False
    """Does the question name the holder by an office: ``who is the defence minister``?"""
    unit: str | None = None
    """What is counted, in the words that a source may use: ``civilian dead``; None where nothing or anybody is."""
    subject: str = ""
    """The question without the words that ask: what the answer must be about."""

    @property
    def type(self) -> ValueType | None:
        """The best of the types."""
        return self.types[0] if self.types else None

    @property
    def is_group(self) -> bool:
        """Is a group or an institution asked for, which no person can be: ``which militant group``?"""
        return bool(_GROUP.match(self.subject))


def expected_type(question: str) -> ValueType | None:
    """The type of value that answers the question, or None where none does."""
    return read_question(question).type


def read_question(question: str) -> Expectation:
    """What the question asks for, whatever its case, spelling of the ending or place of the asking word."""
    text = _UNMARKED.sub(r"\1's", tidy(question).lower().strip(" ?!."))
    if _YES_OR_NO.match(text):
        return Expectation(subject=text)
    found = [(match.start(), order) for order, (pattern, _) in enumerate(_SHAPES) if (match := pattern.search(text))]
    if not found:
        return Expectation(subject=text)
    pattern, build = _SHAPES[min(found)[1]]
    match = pattern.search(text)
    return build(text, match) if match else Expectation(subject=text)


_Builder = Callable[[str, re.Match[str]], Expectation]

_UNMARKED = re.compile(r"\b(who|what|where|when|how)s\b")
"""``whos the premier``: people leave the apostrophe out."""
_YES_OR_NO = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s(?!.*\bor\b)")
_WHAT = r"(?:what|which)(?:'s)?"
_BE = r"(?:\s+(?:is|was|are|were|has been|would be|will be))?(?:\s+(?:the|its|their|his|her|a|an))?"
_GROUP = re.compile(
    r"(?:\w+ ){0,2}?(?:group|party|organi[sz]ation|company|team|agency|militia|network|union|bank|club|newspaper|"
    r"channel|broadcaster|outlet|court|committee|ministry)s?\b"
)
_DAYS = "date|day|year|month|decade|century|season|week|weekday|birthday|birthdate|anniversary"
_PLACES = (
    "city|country|state|town|province|place|region|county|village|continent|district|venue|stadium|hotel|location|"
    "airport|neighbou?rhood|nation|capital|headquarters|birthplace|hometown|island|port|suburb|territory|border"
)
_PLURAL_PLACES = "cities|countries|states|towns|provinces|places|regions|counties|villages|districts|nations|locations"
_LEVELS: tuple[tuple[re.Pattern[str], frozenset[Level]], ...] = (
    (re.compile(r"\b(?:country|countries|nations?)$"), frozenset({"country"})),
    # Some cities are known by the name of their state only: New York.
    (re.compile(r"\b(?:city|cities|towns?|capital)$"), frozenset({"city", "state"})),
    (re.compile(r"\bstates?$"), frozenset({"country", "state"})),
    (re.compile(r"\b(?:hotel|stadium|airport|hospital|district|neighbou?rhood|suburb)$"), frozenset()),
)
_COUNTS = (
    "population|number|death toll|toll|total|count|size|height|length|area|distance|attendance|turnout|speed|"
    "temperature|magnitude|elevation|depth|altitude|capacity|score|final score|vote|tally|weight"
)
_SUMS = (
    "cost|price|budget|salary|revenue|profit|loss|fine|debt|worth|net worth|fee|income|bail|amount|bill|sum|damages|"
    "compensation|ransom|deficit|valuation"
)
_SHARES = (
    "percentage|percent|per cent|share|proportion|fraction|rate|unemployment rate|approval rating|approval|margin|odds"
)
_OPEN_WORDS = frozenset(
    word_list(
        "is was are were did does do has have had can could will would should may might happened happens caused "
        "causes made led leads makes else kind kinds type types sort reason reasons role about impact effect "
        "effects to if"
    )
)
_ROLE = re.compile(
    r"(?P<holder>who(?:'s|\s+is|\s+was|\s+became|\s+will be)\s+)"
    r"(?:(?:the|a|an|its|their|his|her)\b|[\w.-]+(?:\s[\w.-]+){0,2}'s?\s)"
    r"|who\s+(?:won|directed|wrote|founded|invented|painted|composed|sang|discovered|designed|succeeded|replaced|leads|"
    r"heads|led|owns|hosts|plays|played|created|authored|produced|chairs|chaired|commanded|commands|scored|beat|defeated)\b"
    r"|who(?:se)?\s+(?:was|is|got)\s+(?:elected|appointed|named|chosen|nominated|crowned|sworn)\b"
)
_EVENT_IN_PLURAL = re.compile(r"\b(?:talks|negotiations|discussions|elections?|games|olympics|finals|proceedings)\b")
_PEOPLE_VERBS = {
    "dead": r"\b(?:kill(?:ed|s)?|die[ds]?|dead|deaths?|fatalities|perish\w*|los[et] (?:their )?lives)\b",
    "injured": r"\b(?:injur\w+|wound\w+|hurt)\b",
    "arrested": r"\b(?:arrest\w*|detain\w*)\b",
    "missing": r"\bmissing\b",
}


def _typed(*types: ValueType, is_single: bool = False, is_place: bool = False) -> _Builder:
    def build(text: str, match: re.Match[str]) -> Expectation:
        return Expectation(types, is_single, is_place, subject=_rest(text, match))

    return build


def _count(text: str, match: re.Match[str]) -> Expectation:
    """``how many``: the noun behind it is the unit, and what befell the people is one too."""
    rest = text[match.end("ask") :]
    noun, end = counted(rest, 0)
    if noun and noun in DURATION_UNITS:
        return Expectation(("duration", "number"), unit=noun, subject=text[: match.start()] + rest[end:])
    befell = [unit for unit, pattern in _PEOPLE_VERBS.items() if re.search(pattern, rest)]
    unit = " ".join(dict.fromkeys(filter(None, [noun, *befell])))
    return Expectation(("number",), unit=unit or None, subject=text[: match.start()] + rest)


def _age(text: str, match: re.Match[str]) -> Expectation:
    return Expectation(("duration", "number"), unit="year", subject=_rest(text, match))


def _total(text: str, match: re.Match[str]) -> Expectation:
    unit = "dead" if "toll" in match[0] else None
    return Expectation(("number", "percent"), unit=unit, subject=re.sub(rf"\b{_WHAT}\b", " ", text))


def _place(*, is_single: bool) -> _Builder:
    def build(text: str, match: re.Match[str]) -> Expectation:
        levels = next((levels for pattern, levels in _LEVELS if pattern.search(match[0])), None)
        return Expectation(("name",), is_single, is_place=True, levels=levels, subject=_rest(text, match))

    return build


def _kept(*types: ValueType, is_single: bool = False) -> _Builder:
    """For ``what was the population``: the asking words say what the answer is about, too."""

    def build(text: str, _: re.Match[str]) -> Expectation:
        return Expectation(types, is_single, subject=re.sub(rf"\b{_WHAT}\b", " ", text))

    return build


def _who(text: str, match: re.Match[str]) -> Expectation:
    role = _ROLE.match(text, match.start())
    is_role = role is not None and role["holder"] is not None
    return Expectation(("name",), role is not None, is_role=is_role, subject=_rest(text, match))


def _where(text: str, match: re.Match[str]) -> Expectation:
    rest = text[match.end() :]
    is_single = _EVENT_IN_PLURAL.search(rest) is not None or not re.match(r"\s+(?:are|were|have|do)\b", rest)
    return Expectation(("name",), is_single=is_single, is_place=True, subject=_rest(text, match))


def _which(text: str, match: re.Match[str]) -> Expectation:
    """``which team``, ``what sport``: a name, one where the noun is singular; ``what did`` asks for none."""
    noun = match["noun"]
    if noun in _OPEN_WORDS:
        return Expectation(subject=_rest(text, match))
    is_single = concept(noun) == noun or noun.endswith("ss")
    return Expectation(("name",), is_single=is_single, subject=text[: match.start()] + text[match.start("noun") :])


def _nothing(text: str, match: re.Match[str]) -> Expectation:
    return Expectation(subject=_rest(text, match))


def _rest(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


_SHAPES: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"\b{_WHAT}\s+(?:exact\s+)?time\b(?!\s+period)", _typed("time", "date")),
        # Of a day no time of day tells which it was; a deadline may be one.
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+){{0,2}}(?:{_DAYS})\b(?!\s+of\s+the\s+\w+\s+fund)", _kept("date")),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+){{0,2}}deadline\b", _kept("date", "time")),
        (rf"\bhow many\s+(?:{_SHARES})\b", _typed("percent")),
        (r"\bhow old\b|\b(?:what|which)(?:'s)?\s+(?:is|was)\s+(?:the\s+|\w+\s+|[\w']+s\s+)?age\b", _age),
        (r"(?P<ask>\bhow (?:many|few))\b", _count),
        (r"\bhow long\b|\bhow much (?:time|longer)\b|\bfor how long\b", _typed("duration", "number")),
        (r"\bhow much\b", _typed("money", "percent", "number")),
        (r"\bhow (?:far|tall|high|big|large|deep|fast|heavy|wide|hot|cold|strong)\b", _typed("number", "percent")),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+){{0,2}}(?:{_SUMS})\b", _kept("money", "number", "percent")),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+){{0,3}}(?:{_SHARES})\b", _kept("percent", "number")),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+){{0,2}}(?:duration)\b", _kept("duration")),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+){{0,2}}(?:{_COUNTS})\b", _total),
        (r"\b(?:since |until |till |by )?when\b", _typed("date", "time")),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+)?(?:{_PLURAL_PLACES})\b", _place(is_single=False)),
        (rf"\b{_WHAT}{_BE}\s+(?:\w+\s+)?(?:{_PLACES})\b", _place(is_single=True)),
        (r"\b(?:from\s+)?where\b", _where),
        (r"\b(?:who|whom|whose)(?:'s)?\b", _who),
        (rf"\b{_WHAT}{_BE}\s+(?:full\s+|real\s+)?name\b", _kept("name", is_single=True)),
        (r"^(?:the\s+)?(?:full\s+|real\s+)?name of\b|(?<=\w )name$", _kept("name", is_single=True)),
        (r"^(?:the\s+)?dates? of\b|(?<=\w )dates?$", _kept("date", "time")),
        (r"\b(?:what|which)\s+(?P<noun>[a-z]+)\b", _which),
        (r"\b(?:what|which|why|how)\b", _nothing),
    )
)
