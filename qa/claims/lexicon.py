"""Which words of news mean the same event. Owns stems, stop words and synonyms; knows no question and no passage."""

import re
from functools import lru_cache

from qa.values.text import fold, word_list

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word with its inner hyphens, stops and apostrophes."""

STOPS = frozenset(
    word_list(
        "a an the and or but nor so yet if then than that this these those it its they them their he him his she "
        "her we us our you your i me my who whom whose which what when where why how there here of in on at by for "
        "with from to into onto over under about above below between among against during before after since until "
        "till while as is are was were be been being am do does did done has have had having will would shall "
        "should can could may might must not no nor only also both each all any some more most other another such "
        "same own very just even still already ever never again out off up down per via amid following according "
        "said says say saying told tell date day days year years month months week weeks time times city country "
        "state place people person number first second third fourth fifth last latest previous next new old one two "
        "three many much long "
        "january february march april may june july august september october november december jan feb mar apr jun jul "
        "aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday"
    )
)
"""Words of every article, those by which a question names the kind of its answer, and days, which compare as days."""
WEAK = frozenset(
    word_list(
        "hold take place happen occur announc report make get go come give bring becom begin end reach call name say "
        "know involv includ follow lead put set see use work want need find keep turn move run"
    )
)
"""Stems of events without a face: they join two sentences only where the question has nothing better."""

_GROUPS = (
    "ceasefire cease-fire truce armistice",
    "talks talk negotiations negotiation negotiate dialogue dialog discussions discussion discuss round rounds session "
    "sessions phase meeting meetings",
    "dead deadly deadliest killed kill kills killing died die dies deaths death fatalities fatality perished slain "
    "murdered murder lives casualties toll",
    "injured wounded hurt injuries injury injure wound",
    "attack attacks attacked attacker assault raid raids strike strikes ambush",
    "explosion blast explosions bomb bombing bombings exploded blasts",
    "shooting shot shootings gunfire shoot shooter shooters",
    "gunman gunmen attackers men",
    "mediate mediated mediator mediators mediating mediation broker brokered facilitate facilitated intermediary",
    "deal agreement pact accord treaty agreed agree",
    "begin began begun start started starts begins commence commenced opened launch launched",
    "end ended ends concluded conclude finish finished closed expire expired",
    "hold held take took taken place happen happened occur occurred",
    "win won wins victory victorious",
    "elect elected election elections",
    "arrest arrested arrests detained custody captured capture caught",
    "resign resigned resigns resignation quit stepped",
    "born birth birthday birthplace",
    "build built building constructed construction completed erected",
    "found founded founding founder established establishment created formed formation",
    "release released publish published issued",
    "marry married marriage wedding wed",
    "appoint appointed appointment nominated nominee",
    "population inhabitants residents populated",
    "cost costs price priced",
    "earn earns earned salary paid pay wage wages income",
    "aboard board onboard",
    "plane planes flight jet airliner aircraft airplane",
    "boat boats ship vessel ferry",
    "abduct abducted kidnapped kidnap kidnapping abduction seized hostage hostages",
    "child children kids kid schoolchildren",
    "woman women girl girls schoolgirls schoolgirl",
    "evacuate evacuated evacuation flee fled",
    "destroy destroyed destruction razed",
    "survive survived survivor survivors saved rescued",
    "accuse accused accuses accuser accusers accusation accusations alleged",
    "speech address remarks",
    "police officers officer policemen",
    "money fund funds funding dollars",
    "report reports dossier",
    "storm tornado tornadoes twister",
    "earthquake quake tremor temblor",
    "fire blaze fires wildfire wildfires",
    "hurricane typhoon cyclone",
    "protest protests protesters demonstration demonstrations demonstrators rally rallies",
    "clash clashes clashed fighting skirmish skirmishes fight fought",
    "collapse collapsed fail failed failure deadlock stalemate impasse breakdown stalled",
    "minister ministers secretary",
    "spokesman spokeswoman spokesperson spokespeople",
    "located location situated based headquarters headquartered",
    "vote votes voted voting",
    "crash crashed crashes",
    "trial trials tried",
    "sentence sentenced sentences jailed imprisoned",
    "employees workers staff employs jobs",
    "closed shut closure closures close",
)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """One form for a word's inflections and, in the groups above, for its synonyms; lower case, no accents."""
    folded = re.sub(r"['’]s?$", "", fold(word))
    return _SYNONYMS.get(folded) or _SYNONYMS.get(_shorn(folded)) or _shorn(folded)


def content(text: str) -> frozenset[str]:
    """The stems of a text's words that are not stop words."""
    words = (word for word in WORD.findall(text) if len(word) > 1 and not word.isdigit())
    return frozenset(stem(word) for word in words if fold(word) not in STOPS)


_ENDINGS = word_list(
    "izations ization ations ation ators ator ating ated ates ate ings ing ments ment ions ion ers er ies ied "
    "ed es s e y"
)
_SHORTEST_STEM = 4


def _shorn(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _synonyms() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in _GROUPS:
        members = group.split()
        for member in members:
            table.setdefault(member, members[0])
            table.setdefault(_shorn(member), members[0])
    return table


_SYNONYMS = _synonyms()
