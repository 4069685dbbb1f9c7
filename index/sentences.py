"""Owns where a sentence ends. Works on offsets only: it cuts between characters and never changes one."""

import re

_TITLES_AND_DATES = """
    adm apr art assn asst aug ave blvd bros brig capt cllr cmdr co col corp cpl ct dec dept dist dr drs ed eds feb fig
    figs fri ft gen gov hon inc insp jan jr jul jun lieut lt ltd maj mar mr mrs ms messrs mon mt no nos nov oct op pg ph
    pres prof pt pvt rep reps rev sat sec sen sens sep sept sgt sr st ste sun supt tel thu thur tue tues univ vol wed
"""
_CAPITALISED = frozenset(_TITLES_AND_DATES.split())
"""Written with a full stop inside a sentence, if they begin with a capital: "no." and "sun." end one."""
_SMALL = frozenset(("approx", "ca", "cf", "est", "etc", "ext", "pp", "viz", "vs"))
"""Written so in lower case. Left out are those that end a sentence as often as not, such as "am" and "pm"."""

_END = re.compile(
    r"""
    (?P<mark> [.!?…]+ | [。！？]+ )       # what ends a sentence
    (?P<close> ["'”’»)\]】」』]* )          # what closes with it
    (?P<space> \s+ | (?<=[。！？])(?=\S) | (?= ["“]? [A-Z][a-z]+ ['’,\s] ) | \Z )  # may be glued to the next one
    """,
    re.VERBOSE,
)
_OPENS = re.compile(r"""["'“‘«(\[¿¡•\-–—*]*\s*[^\Wa-z_]""")
"""A new sentence opens with a capital, a digit, or a letter that has no case."""
_OPENER = re.compile(
    r"""["“‘(]*(?:A|After|Also|An|And|As|At|Before|But|By|For|From|He|Her|His|How|However|I|If|In|It|Its|Meanwhile|No|On|One
    |Our|She|Since|So|Some|That|The|Their|Then|There|These|They|This|Those|To|Under|We|What|When|While|Who|With|You)\b""",
    re.VERBOSE,
)
"""Words that open a sentence far more often than they follow "U.S." or "Inc." inside one."""
_LAST_WORD = re.compile(r"""[^\s("'“‘\[—–]*\Z""")
_LONGEST_LOOK_BACK = 64
"""Characters before a full stop that can matter; without a bound a line of nothing but abbreviations takes minutes."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences in ``text[start:end]``, in order; all but white space lies in one of them."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    opened = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, match, opened, end):
            _append(spans, text, opened, match.end("close"))
            opened = match.end()
    _append(spans, text, opened, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add the range without white space at its edges, if anything is left of it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if start < (end := start + len(words.strip())):
        spans.append((start, end))


def _ends_sentence(text: str, match: re.Match[str], opened: int, end: int) -> bool:
    if match.end() >= end:
        return True
    mark = match["mark"]
    if mark[0] in "。！？":
        return True
    if not _OPENS.match(text, match.end(), end):
        return False
    if mark != "." or match["close"]:
        return True
    word = _last_word(text, opened, match.start("mark"))
    if not match["space"]:
        return _ends_glued(word)
    if not _is_shortened(word):
        return True
    return len(word) > 1 and _OPENER.match(text, match.end(), end) is not None


def _is_shortened(word: str) -> bool:
    if word in _SMALL or _INITIALS.fullmatch(word):
        return True
    return word[:1].isupper() and word.lower() in _CAPITALISED


def _last_word(text: str, opened: int, end: int) -> str:
    match = _LAST_WORD.search(text[max(opened, end - _LONGEST_LOOK_BACK) : end])
    return match[0] if match else ""


def _ends_glued(word: str) -> bool:
    """Without white space a full stop ends a sentence only behind a plain word, not in a host name or a path."""
    return len(word) > 2 and word[-1].islower() and not any(mark in word for mark in "./@")
