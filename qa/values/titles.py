"""Titles, offices and the small words around names. Owns those words and what they hide; knows no list."""

from qa.values.places import gazetteer, places_named
from qa.values.text import fold, word_list

PARTICLES = frozenset(
    word_list(
        "of the and for de la le les del della di da du dos das van von der den bin bint ibn al el ul as- i e y on in "
        "at to & a an"
    )
)
"""Lower-case words that stand inside names."""
NAME_BEGINNINGS = frozenset(word_list("al el de la van von di da"))
"""Particles that a name may begin with."""
TAILS = frozenset(word_list("regime government authorities"))
"""``the Taliban regime`` is the Taliban."""
SUFFIXES = frozenset(word_list("jr sr ii iii iv phd md inc corp corporation ltd llc plc co company"))

_STRONG_TITLES = frozenset(
    word_list(
        "president minister premier chancellor secretary director spokesman spokeswoman spokesperson chief chairman "
        "chairwoman chair senator sen congressman congresswoman representative rep governor gov mayor speaker "
        "ambassador envoy commander leader ceo founder mediator mediators analyst reporter correspondent negotiator "
        "lawmaker general gen attorney"
    )
)
"""Those that are hardly ever a name, so that whatever stands before them goes too."""
_TITLES = _STRONG_TITLES | frozenset(
    word_list(
        "mr mrs ms miss dr sir dame lord lady king queen prince princess emir sheikh sheik pope archbishop bishop "
        "cardinal rabbi imam ayatollah mullah maulana reverend rev father sister justice judge professor prof colonel "
        "col major maj captain capt lieutenant lt sergeant sgt admiral adm marshal officer detective sheriff coach "
        "manager actor actress singer author"
    )
)
_OFFICES = frozenset(
    word_list(
        "prime deputy vice acting former ex interim then late foreign defence defense information interior finance "
        "health justice press state homeland security treasury affairs external home economy education energy trade "
        "labour labor veterans national house senate majority minority opposition party white us u.s. uk federal "
        "supreme chief executive secretary-general special military senior top new current outgoing incoming general "
        "attorney republican democratic democrat conservative crown vice-president ex-president co-founder "
        "inspector army police news public"
    )
)
_NOT_AFTER_TITLE = frozenset(
    word_list(
        "motors electric assembly mills dynamics services accounting county island islands court hospital university "
        "college school department ministry league office staff council committee house party party's jr sr"
    )
)
"""``General Motors`` is no general."""


def is_name_word(word: str) -> bool:
    """Has it a capital, or letters of a script that has none? ``The`` and ``It`` owe theirs to the sentence."""
    core = word.strip("\"'.,;:!?()[]-")
    if core.lower() in _OPENERS:
        return False
    first = next((character for character in core if character.isalpha()), "")
    if not first:
        return False
    is_caseless = first.lower() == first.upper()
    return is_caseless or any(character.isupper() or character.istitle() for character in core)


def is_office(word: str) -> bool:
    """Is a folded word a title or an office and no part of anyone's name?"""
    bare = word.rstrip(".")
    return bare in _TITLES or bare in _OFFICES


def is_head_title(word: str) -> bool:
    """Does a folded word alone say what the office is, as ``minister`` does and ``foreign`` does not?"""
    return word in _STRONG_TITLES


def is_small(word: str) -> bool:
    """May it stand between the words of a name or of a list of names without a capital?"""
    core = word.strip("\"'.,;:()[]").lower()
    return core in PARTICLES or core in TAILS or core in _JOINTS or is_office(core)


def is_role(words: list[str]) -> bool:
    """``Pakistan's information minister`` after a comma says who the one before is."""
    folded = [fold(word).strip(".,") for word in words]
    return any(word in _STRONG_TITLES for word in folded) and all(
        is_office(word)
        or word.endswith("'s")
        or word in PARTICLES
        or word in gazetteer().demonyms
        or not is_name_word(original)
        for word, original in zip(folded, words, strict=True)
    )


def without_titles(words: list[str]) -> list[str]:
    """What follows the last title; the words as they are where they are a title and nothing else."""
    folded = [fold(word).strip(".,'") for word in words]
    cut = 0
    for position, word in enumerate(folded[:-1]):
        if word not in _TITLES or folded[position + 1] in _NOT_AFTER_TITLE:
            continue
        if word in _STRONG_TITLES or all(map(_may_lead, folded[:position], words[:position])):
            cut = _past_office(folded, position + 1)
    return words[cut:] if cut < len(words) else words


def _past_office(folded: list[str], start: int) -> int:
    """Past ``of State`` or ``of the United States`` behind a title; the whole where nothing would be left."""
    if folded[start : start + 1] not in (["of"], ["for"]):
        return start
    position = start + 1
    while position < len(folded) and (folded[position] in _OFFICES or folded[position] in {"the", "and"}):
        position += 1
    for length in (3, 2, 1):
        name = " ".join(folded[position : position + length])
        if name and (places_named(name) or name in gazetteer().canonical):
            position += length
            break
    return position if start + 1 < position < len(folded) else len(folded)


def _may_lead(folded: str, word: str) -> bool:
    """May it stand before a weak title: ``Pakistan's``, ``Afghan``, ``former``?"""
    return (
        is_office(folded)
        or folded.endswith(("'s", "s'"))
        or folded in PARTICLES
        or not is_name_word(word)
        or folded in gazetteer().demonyms
        or bool(places_named(folded))
    )


_OPENERS = (PARTICLES - NAME_BEGINNINGS) | frozenset(
    word_list(
        "this that these those it its they their he his she her we our there here however meanwhile earlier later after"
    )
)
_JOINTS = frozenset({"", *word_list("or both also as well along with together plus")})
