"""Which names are countries, states and large cities, and which lies in which. Owns the gazetteer, nothing else."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Level = Literal["country", "state", "city"]


@dataclass(frozen=True, slots=True)
class Place:
    """A name's meaning as a place; ``where`` are codes such as ``TR`` or ``US.TX``, several for a shared name."""

    level: Level
    where: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names in lower case without accents."""

    lines: dict[str, list[tuple[str, str]]]
    """Level, and codes with what follows them in the file: most are never looked up and never parsed."""
    canonical: dict[str, str]
    """Other names to the usual one."""
    demonyms: dict[str, str]
    """``turkish`` to ``turkey``."""
    abbreviations: dict[str, str]
    """``conn`` to ``connecticut``, for the region behind a comma only."""


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The places that ship with Quoth, read once and only when a name is."""
    table = Gazetteer({}, {}, {}, {})
    for line in files("qa.values").joinpath("places.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        level, _, rest = line.partition("\t")
        name, _, rest = rest.partition("\t")
        table.lines.setdefault(name, []).append((level, rest))
        if level != "city" or "\t" in rest:
            _, others, short = [*rest.split("\t"), "", ""][:3]
            table.canonical.update(dict.fromkeys(filter(None, others.split(",")), name))
            by_level = table.abbreviations if level == "state" else table.demonyms
            by_level.update(dict.fromkeys(filter(None, short.split(",")), name))
    for other in [other for other in table.canonical if other in table.lines]:
        del table.canonical[other]
    return table


@lru_cache(maxsize=4096)
def places_named(name: str) -> tuple[Place, ...]:
    """What a folded name, or ``city, region``, may mean as a place; empty where it is none that is known."""
    lines = gazetteer().lines.get(name)
    if lines is not None:
        return tuple(_place(level, rest) for level, rest in lines)
    city, comma, region = name.partition(", ")
    regions = gazetteer().lines.get(region_name(region), []) if comma and len(city) > 1 else []
    where = [code for level, rest in regions if level != "city" for code in _place(level, rest).where]
    return (Place("city", frozenset(where)),) if where else ()


def region_name(region: str) -> str:
    """The usual name of what stands behind a city and a comma: ``Conn.``, ``TX`` and ``U.S.`` too."""
    names, bare = gazetteer(), region.replace(".", "").strip()
    return names.canonical.get(region) or names.canonical.get(bare) or names.abbreviations.get(bare) or region


def is_inside(inner: Place, outer: Place) -> bool:
    """Does the one lie in the other, in one of their meanings?"""
    if outer.level == "city" or inner.level == outer.level:
        return False
    if outer.level == "country":
        return any(code.partition(".")[0] in outer.where for code in inner.where)
    return bool(inner.where & outer.where)


def _place(level: str, rest: str) -> Place:
    return Place(_LEVELS[level], frozenset(rest.partition("\t")[0].split(",")))


_LEVELS: dict[str, Level] = {"country": "country", "state": "state", "city": "city"}
