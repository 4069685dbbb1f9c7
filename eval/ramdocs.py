"""RAMDocs (Wang et al. 2025, arXiv 2504.13079): questions whose documents disagree. Owns that format."""

from itertools import combinations
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from eval.documents import document_of
from eval.files import json_lines, validated
from eval.metrics.answers import normalise
from eval.metrics.conflicts import Pair
from index.errors import InputError
from index.types import Document


class _Labelled(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str
    type: Literal["correct", "misinfo", "noise"]
    answer: str


class Disagreement(BaseModel):
    """A question with its own documents and everything that they answer."""

    model_config = ConfigDict(extra="ignore")

    question: str = Field(min_length=1)
    documents: tuple[_Labelled, ...] = Field(min_length=1)
    gold_answers: tuple[str, ...] = Field(min_length=1)
    wrong_answers: tuple[str, ...] = ()


def load_ramdocs(path: Path) -> dict[str, Disagreement]:
    """The questions by their number in the file; raises InputError, with file and line, for what is malformed."""
    loaded = [validated(Disagreement, record, where) for where, record in json_lines(path)]
    if not loaded:
        raise InputError(f"{path}:1: holds no questions")
    return {f"ramdocs-{number}": question for number, question in enumerate(loaded, start=1)}


def documents_of(name: str, disagreement: Disagreement) -> list[Document]:
    """Its documents, with ids that say whose and which."""
    return [
        document_of(_document_id(name, position), labelled.text)
        for position, labelled in enumerate(disagreement.documents)
        if labelled.text.strip()
    ]


def disagreeing_pairs(name: str, disagreement: Disagreement) -> set[Pair]:
    """Every two documents, of those that answer, that are labelled with different answers."""
    answering = [
        (_document_id(name, position), normalise(labelled.answer))
        for position, labelled in enumerate(disagreement.documents)
        if labelled.type != "noise"
    ]
    return {(min(a, b), max(a, b)) for (a, says_a), (b, says_b) in combinations(answering, 2) if says_a != says_b}


def _document_id(name: str, position: int) -> str:
    return f"{name}-{position}"
