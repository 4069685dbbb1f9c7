"""Cases from JSONL files, checked against the documents. Owns the checks; never answers a question."""

from collections.abc import Mapping
from pathlib import Path

from eval.files import load_models
from eval.places import quote_places
from eval.types import Case, Gold, PairCase, PairClaim
from index.errors import InputError

CASES = Path(__file__).parent / "cases"


def load_cases(path: Path, texts: Mapping[str, str]) -> tuple[Case, ...]:
    """The cases of a file, in its order.

    ``texts`` maps the documents' ids to their text. Raises InputError, with file and line, for a case that is
    malformed, names a document that is not there, or quotes what does not stand in its document.
    """
    loaded = load_models(path, Case, key=lambda case: case.id)
    for where, case in loaded:
        for gold in case.gold:
            _check_quote(gold, texts, where)
        _check_sides(case, texts, where)
    return tuple(case for _, case in loaded)


def load_pairs(path: Path, texts: Mapping[str, str]) -> tuple[PairCase, ...]:
    """The pairs of claims of a file, in its order.

    A quote is checked where its document is in ``texts``; articles of public data sets are not shipped. Raises
    InputError as ``load_cases`` does.
    """
    loaded = load_models(path, PairCase, key=lambda case: case.id)
    for where, case in loaded:
        for claim in case.claims:
            _check_claim(claim, texts, where)
    return tuple(case for _, case in loaded)


def _check_quote(gold: Gold, texts: Mapping[str, str], where: str) -> None:
    if gold.document not in texts:
        raise InputError(f"{where}: no document {gold.document!r} in the corpus")
    if not quote_places(gold, texts):
        raise InputError(f"{where}: the gold quote {_short(gold.quote)} is not in {gold.document}, word for word")


def _check_sides(case: Case, texts: Mapping[str, str], where: str) -> None:
    if case.conflict is None:
        return
    named = [document for side in case.conflict.sides for document in side.documents]
    for document in named:
        if document not in texts:
            raise InputError(f"{where}: no document {document!r} in the corpus")
        if document not in {gold.document for gold in case.gold}:
            raise InputError(f"{where}: {document} takes a side of the conflict but has no gold quote")


def _check_claim(claim: PairClaim, texts: Mapping[str, str], where: str) -> None:
    if claim.document in texts and claim.quote not in texts[claim.document]:
        raise InputError(f"{where}: the quote {_short(claim.quote)} is not in {claim.document}, word for word")
    if claim.text not in claim.quote:
        raise InputError(f"{where}: the claim {_short(claim.text)} is not in its quote, word for word")


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")
