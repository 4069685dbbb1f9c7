"""The readers with real weights, and what becomes of bad input: a right answer, an honest no, or one line."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from index.types import Passage
from qa.assemble import SHIPPED, open_reader, usable_cores
from qa.calibration import reading_probability
from qa.readers.onnx import OnnxReader
from qa.readers.sentences import SentenceReader
from qa.settings import AnswerSettings

TEXT = (
    "The talks were mediated by Qatar and Turkey, following an earlier round in Doha that produced a ceasefire on "
    "October 19. However, Pakistan claims that the Taliban has been unwilling to accept its demands."
)


def passage(text: str, *, start: int = 1000) -> Passage:
    return Passage(id=1, document_id="a.txt", start=start, end=start + len(text), text=text)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader(SHIPPED, threads=usable_cores())


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who mediated the talks?", "Qatar and Turkey"),
        ("who mediated", "Qatar and Turkey"),
        ("When was the ceasefire?", "October 19"),
        ("Where was the earlier round?", "Doha"),
    ],
)
def test_the_shipped_reader_reads(reader: OnnxReader, question: str, expected: str) -> None:
    reading = reader.read(question, [passage(TEXT)])[0]
    assert reading.span is not None
    assert reading.span.text == expected
    assert TEXT[reading.span.start - 1000 : reading.span.end - 1000] == expected


@pytest.mark.model
def test_what_is_not_there_is_less_probable_than_what_is(reader: OnnxReader) -> None:
    _, calibration = open_reader(AnswerSettings())
    there, elsewhere = (
        reading_probability(reader.read("When was the ceasefire?", [passage(text)])[0], calibration)
        for text in (TEXT, "Storks return to the delta of the Kamchia river each spring, an ornithologist said.")
    )
    assert there > 3 * elsewhere


@pytest.mark.model
def test_a_reading_is_the_same_whatever_is_read_with_it(reader: OnnxReader) -> None:
    texts = [TEXT, "Short.", TEXT + " " + "More words follow here. " * 80]
    alone = [reader.read("Who mediated?", [passage(text)])[0] for text in texts]
    assert reader.read("Who mediated?", [passage(text) for text in texts]) == alone
    assert reader.read("Who mediated?", [passage(text) for text in reversed(texts)]) == alone[::-1]


@pytest.mark.model
def test_an_answer_far_behind_in_a_long_passage_is_found(reader: OnnxReader) -> None:
    text = "Nothing of note happened in the village that day. " * 120 + TEXT
    reading = reader.read("Who mediated the talks?", [passage(text)])[0]
    assert reading.span is not None
    assert reading.span.text == "Qatar and Turkey"
    assert text[reading.span.start - 1000 : reading.span.end - 1000] == "Qatar and Turkey"


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who?", " \n\t "),
        ("who?", "\u200b\u202e"),
        ("word " * 500, TEXT),
        ("谁 调解 了 谈判?", "卡塔尔和土耳其调解了谈判。"),
        ("من توسط؟", "توسطت قطر وتركيا في المحادثات."),
        ("😀?", "😀" * 400),
        ("who?", "x" * 100_000),
    ],
)
def test_odd_input_is_read_without_failing(reader: OnnxReader, question: str, text: str) -> None:
    reading = reader.read(question, [passage(text)])[0]
    if reading.span is not None:
        assert text[reading.span.start - 1000 : reading.span.end - 1000] == reading.span.text


@pytest.mark.model
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=60))
def test_every_span_is_a_slice(reader: OnnxReader, text: str, question: str) -> None:
    reading = reader.read(question, [passage(text)])[0]
    for span in ([reading.span] if reading.span else []) + [span for span, _ in reading.alternatives]:
        assert text[span.start - 1000 : span.end - 1000] == span.text


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "reader"))


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("reader.json", None, "no reader"),
        ("reader.json", b"{", "not a reader's description"),
        ("reader.onnx", None, "missing"),
        ("reader.onnx", b"damaged", "altered"),
        ("reader.npz", None, "missing"),
        ("reader.npz", b"damaged", "altered"),
        ("tokenizer.json", None, "missing"),
        ("tokenizer.json", b"{}", "altered"),
    ],
)
def test_a_missing_or_altered_file_is_one_line_with_the_remedy(
    copied: Path, name: str, content: bytes | None, complaint: str
) -> None:
    (copied / name).unlink()
    if content is not None:
        (copied / name).write_bytes(content)
    with pytest.raises(ModelError, match=complaint) as error:
        OnnxReader(copied, threads=1)
    assert "reinstall" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("reader.onnx", b"damaged", "can't be loaded"),
        ("reader.npz", b"damaged", "can't be loaded"),
        ("tokenizer.json", b"{}", "not a tokenizer"),
        (
            "tokenizer.json",
            b'{"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,"pre_tokenizer":null,'
            b'"post_processor":null,"decoder":null,"model":{"type":"WordLevel","vocab":{"a":0},"unk_token":"a"}}',
            "has no",
        ),
    ],
)
def test_a_file_that_is_unusable_though_it_is_the_one_described(
    copied: Path, name: str, content: bytes, complaint: str
) -> None:
    from hashlib import sha256

    (copied / name).write_bytes(content)
    manifest = json.loads((copied / "reader.json").read_text())
    manifest["sha256"][name] = sha256(content).hexdigest()
    (copied / "reader.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match=complaint):
        OnnxReader(copied, threads=1)


def test_a_reader_that_is_not_there_is_one_line() -> None:
    with pytest.raises(ModelError, match=r"no reader at \./nowhere"):
        open_reader(AnswerSettings(reader="./nowhere"))


def test_the_sentence_reader_takes_the_sentence_that_shares_meaning_and_words() -> None:
    def embed(texts: object) -> np.ndarray:
        rows = [[1.0, 0.0] if "mediate" in text else [0.6, 0.8] for text in texts]  # type: ignore[attr-defined]
        return np.array(rows, dtype=np.float32)

    reading = SentenceReader(embed, model="fake").read(
        "who mediated?", [passage("It rained. Qatar mediated. It snowed.")]
    )[0]
    assert reading.span is not None
    assert reading.span.text == "Qatar mediated."
    assert reading.span.start == 1011
    assert reading.alternatives
    assert reading.score > reading.alternatives[0][1]
