"""Puts the online parts together: an index, a reader and its calibration. The one place that chooses a reader."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from index.search import PassageIndex
from qa.calibration import Calibration, load_calibration
from qa.pipeline import QuestionAnswerer

if TYPE_CHECKING:
    from index.settings import IndexSettings
    from qa.reader import Reader
    from qa.settings import AnswerSettings

SHIPPED = Path(__file__).parent / "models" / "reader"
MODELS = Path(__file__).parent / "models"


def open_answerer(
    directory: Path, *, settings: "AnswerSettings", index_settings: "IndexSettings | None" = None
) -> QuestionAnswerer:
    """Open the index in ``directory`` and load the reader; raises the leaves of QuothError."""
    passage_index = PassageIndex.open(directory, settings=index_settings)
    try:
        reader, calibration = open_reader(settings, passage_index)
    except BaseException:
        passage_index.close()
        raise
    return QuestionAnswerer(passage_index, reader, calibration, settings=settings)


def open_reader(settings: "AnswerSettings", passage_index: PassageIndex | None = None) -> "tuple[Reader, Calibration]":
    """The reader that the settings name, with what its scores mean.

    ``passage_index`` embeds sentences for the sentence reader and is needed by no other. Raises ModelError.
    """
    if settings.reader == "sentences":
        from qa.readers.sentences import SentenceReader

        if passage_index is None:
            raise ValueError("the sentence reader embeds with an open index")
        reader = SentenceReader(passage_index.embed_question, model=passage_index.manifest.model_name)
        return reader, load_calibration(MODELS / "sentences")
    folder = SHIPPED if settings.reader == "quoth" else Path(settings.reader)
    if settings.reader == "quoth" or (folder / "reader.json").is_file():
        from qa.readers.onnx import OnnxReader

        return OnnxReader(folder, threads=settings.threads or usable_cores()), load_calibration(folder)
    from qa.readers.extractive import ExtractiveReader

    return ExtractiveReader(settings.reader), load_calibration(MODELS / "extractive")


def usable_cores() -> int:
    """Cores that this process may use, eight at most: a small model gains nothing from more."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, cores))
