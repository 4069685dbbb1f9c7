"""BEIR's folders: corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv (Thakur et al. 2021). Owns that format."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.files import load_models, read_text
from index.errors import InputError


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str = Field(alias="_id", min_length=1)
    title: str = ""
    text: str


@dataclass(frozen=True)
class Beir:
    """A collection with the relevance judgements of one split."""

    texts: Mapping[str, str]
    """Title and text by the document's id."""
    titles: Mapping[str, str]
    queries: Mapping[str, str]
    """Only those that have a relevant document in the split."""
    qrels: Mapping[str, Mapping[str, int]]
    """Grades above 0, by query and document."""
    files: tuple[Path, ...]


def load_beir(folder: Path, split: str) -> Beir:
    """Reads and checks a folder.

    Raises InputError, with file and line, for what is malformed or missing, and for judgements that name a query or a
    document that is not there.
    """
    if folder.is_file():
        raise InputError(f"{folder}: is a file; unpack it and give the folder, for example `tar xzf {folder.name}`")
    corpus_file, queries_file, qrels_file = (
        _existing(folder / name) for name in ("corpus.jsonl", "queries.jsonl", f"qrels/{split}.tsv")
    )
    corpus = [record for _, record in load_models(corpus_file, _Record, key=lambda record: record.id)]
    queries = {record.id: record.text for _, record in load_models(queries_file, _Record, key=lambda record: record.id)}
    texts = {record.id: f"{record.title}\n\n{record.text}".strip() for record in corpus}
    qrels = _qrels(qrels_file, queries, texts)
    return Beir(
        texts=texts,
        titles={record.id: record.title for record in corpus},
        queries={name: queries[name] for name in queries if name in qrels},
        qrels=qrels,
        files=(corpus_file, queries_file, qrels_file),
    )


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise InputError(f"{path}: no such file; a BEIR folder has corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv")
    return path


def _qrels(path: Path, queries: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip() or (number == 1 and line.startswith("query-id")):
            continue
        query, document, grade = _judgement(line.rstrip("\r"), f"{path}:{number}")
        if query not in queries:
            raise InputError(f"{path}:{number}: no query {query!r} in queries.jsonl")
        if document not in texts:
            raise InputError(f"{path}:{number}: no document {document!r} in corpus.jsonl")
        if grade > 0:
            qrels.setdefault(query, {})[document] = grade
    if not qrels:
        raise InputError(f"{path}:1: holds no judgement that anything is relevant")
    return qrels


def _judgement(line: str, where: str) -> tuple[str, str, int]:
    fields = line.split("\t")
    try:
        query, document, grade = fields
        return query, document, int(grade)
    except ValueError:
        raise InputError(f"{where}: not `query<TAB>document<TAB>grade`: {line[:60]!r}") from None
