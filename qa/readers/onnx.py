"""The shipped reader: a small cross-encoder in ONNX. Needs onnxruntime and tokenizers, never torch."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import Field, ValidationError
from tokenizers import Tokenizer

from index.errors import ModelError
from index.types import Frozen, Passage
from qa.readers.decode import Candidate, candidates, merge
from qa.readers.weights import Codes, read_weights
from qa.readers.windows import Pair, pairs, shorten_question
from qa.types import Reading, Span

GRAPH, MATRICES, TOKENIZER = FILES = ("reader.onnx", "reader.npz", "tokenizer.json")
LONGEST = 320
"""Tokens that a graph can place."""
REMEDY = "reinstall Quoth (`pip install --force-reinstall .`) or name another reader with --reader"


class ReaderManifest(Frozen):
    """``reader.json`` of a reader's folder: what the files are and how they are to be run."""

    name: str
    sha256: dict[str, str]
    """Of each file that is loaded, by name; an altered file is refused."""
    max_tokens: int = Field(default=288, ge=64, le=LONGEST)
    """Question and passage together; a longer passage is read in overlapping windows."""
    overlap: int = Field(default=96, ge=0)
    """Tokens that two windows share: more than the longest answer."""


class OnnxReader:
    """Reads with the weights of a folder that ``python -m qa.training export`` wrote."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load and check the folder's files; raises ModelError where one is missing, altered or unusable.

        Each of the threads runs one window at a time. Eight-bit activations are scaled over all that is run together:
        in a batch, a reading would hang on the passages beside it. It is faster, too: nothing is padded.
        """
        self._manifest = _checked_manifest(folder)
        self._tokenizer = _load_tokenizer(folder / TOKENIZER)
        # Held as long as the session: onnxruntime may compute on a matrix where it lies, and says that it must stay.
        self._matrices = _load_matrices(folder / MATRICES)
        self._session = _load_session(folder / GRAPH, self._matrices)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="quoth-reader")
        begin, end = (self._tokenizer.token_to_id(token) for token in ("<s>", "</s>"))
        if begin is None or end is None:
            raise ModelError(f"the tokenizer of the reader in {folder} has no <s> and </s>: {REMEDY}")
        self._separators = (begin, end)

    @property
    def name(self) -> str:
        """The manifest's name and the start of the weights' checksum."""
        return f"{self._manifest.name}@{self._manifest.sha256[MATRICES][:12]}"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order, whatever else is read with it."""
        windows = self._windows(question, passages)
        spans: list[list[list[Candidate]]] = [[] for _ in passages]
        relevance: list[list[float]] = [[] for _ in passages]
        for pair, (starts, ends, relevant) in zip(windows, self._pool.map(self._run, windows), strict=True):
            spans[pair.passage].append(candidates(pair, starts, ends, passages[pair.passage].text))
            relevance[pair.passage].append(relevant)
        return [
            to_reading(passage, merge(found), max(scores, default=-np.inf))
            for passage, found, scores in zip(passages, spans, relevance, strict=True)
        ]

    def _windows(self, question: str, passages: Sequence[Passage]) -> list[Pair]:
        question_ids = shorten_question(self._tokenizer.encode(question, add_special_tokens=False).ids)
        encodings = self._tokenizer.encode_batch([passage.text for passage in passages], add_special_tokens=False)
        windows = [
            pair
            for number, encoding in enumerate(encodings)
            for pair in pairs(
                number,
                question_ids,
                encoding.ids,
                encoding.offsets,
                separators=self._separators,
                max_tokens=self._manifest.max_tokens,
                overlap=self._manifest.overlap,
            )
        ]
        # The longest first: a long one that comes last keeps one thread busy and the others waiting.
        return sorted(windows, key=lambda pair: -len(pair.input_ids))

    def _run(self, pair: Pair) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
        ids = np.array([pair.input_ids], dtype=np.int64)
        starts, ends, relevance = self._session.run(["starts", "ends", "relevance"], {"input_ids": ids})
        return starts[0], ends[0], float(relevance[0])


def to_reading(passage: Passage, found: list[Candidate], relevance: float) -> Reading:
    """Candidates in the passage's coordinates → a reading in the document's."""
    spans = [
        (
            Span(start=passage.start + one.start, end=passage.start + one.end, text=passage.text[one.start : one.end]),
            one,
        )
        for one in found
    ]
    if not spans:
        return Reading(relevance=-100.0, span=None, score=-100.0)
    return Reading(
        relevance=relevance,
        span=spans[0][0],
        score=spans[0][1].score,
        alternatives=tuple((span, one.score) for span, one in spans[1:]),
    )


def _checked_manifest(folder: Path) -> ReaderManifest:
    path = folder / "reader.json"
    try:
        manifest = ReaderManifest.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ModelError(f"there is no reader in {folder} (no reader.json): {REMEDY}") from None
    except (OSError, ValueError, ValidationError):
        raise ModelError(f"{path} is not a reader's description: {REMEDY}") from None
    for name in FILES:
        try:
            digest = sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            raise ModelError(f"the reader's file {folder / name} is missing or can't be read: {REMEDY}") from None
        if digest != manifest.sha256.get(name):
            raise ModelError(f"the reader's file {folder / name} was altered (its sha256 differs): {REMEDY}")
    return manifest


def _load_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"{path} is not a tokenizer: {REMEDY}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _load_matrices(path: Path) -> dict[str, Codes]:
    try:
        return read_weights(path)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} can't be loaded: {REMEDY}") from error


def _load_session(path: Path, matrices: Mapping[str, Codes]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(matrix) for matrix in matrices.values()]
        options.add_external_initializers(list(matrices), values)
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own classes without a public base
        raise ModelError(f"{path} can't be loaded: {REMEDY}") from error
