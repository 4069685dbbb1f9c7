"""The suites, one adapter a file. Owns their list; loads a suite's code only when it is run."""

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from eval.bench import Bench
from eval.settings import RunSettings
from eval.workshop import Workshop
from index.errors import InputError


class Suite(NamedTuple):
    """One line of ``quoth eval --list``."""

    about: str
    needs: str
    """The options that name its data; empty where it is shipped."""


SUITES = {
    "seeds": Suite("Questions on the five shipped articles, through the whole pipeline", ""),
    "own": Suite("Your questions on your documents, as `quoth eval new` writes them", "--questions FILE --data FOLDER"),
    "reading": Suite("The reader alone: SQuAD 1.1 or 2.0", "--data FILE"),
    "open": Suite("Questions over many news articles: RealTimeQA", "--questions FILE --articles FILE"),
    "conflicts": Suite("Telling disputes from near misses; with --data FILE: RAMDocs", ""),
    "retrieval": Suite("Search alone, on any BEIR folder or on RealTimeQA", "--data FOLDER"),
    "latency": Suite("Time by stage, cold starts and memory", ""),
}
DEFAULT = "seeds"


class _SuiteModule(Protocol):
    def open_bench(self, settings: RunSettings, workshop: Workshop) -> Bench:
        """The suite made ready."""


def open_suite(name: str, settings: RunSettings, workshop: Workshop) -> Bench:
    """The suite made ready to run; raises InputError for an unknown name or data that can't be used."""
    if name not in SUITES:
        raise InputError(f"no suite {name!r}: choose one of {', '.join(SUITES)}, or see `quoth eval --list`")
    module = cast("_SuiteModule", import_module(f"eval.suites.{name}"))
    return module.open_bench(settings, workshop)
