"""What `quoth ask` does: one question, or a file of them, to stdout. Owns the file's format; answers nothing itself."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from index.errors import InputError
from qa import render
from qa.assemble import open_answerer
from qa.pipeline import checked_question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qa.settings import AnswerSettings


class Asked(NamedTuple):
    """A line of a questions file."""

    id: str
    question: str


def checked_arguments(question: str | None, questions: Path | None, *, as_json: bool, as_markdown: bool) -> None:
    """Raise InputError where the arguments don't say what is asked, or in which form it is wanted."""
    if (question is None) == (questions is None):
        raise InputError(
            'give one question, `quoth ask "who mediated?"`, or a file of them with --questions FILE.jsonl'
        )
    if questions is not None and not as_json:
        raise InputError("--questions writes one JSON object a line: add --json")
    if as_json and as_markdown:
        raise InputError("--json and --markdown exclude each other: give one of them")


def ask_one(question: str, directory: Path, *, settings: AnswerSettings, style: str) -> bool:
    """Print the answer as ``text``, ``markdown`` or ``json``; returns whether the files say."""
    checked_question(question, settings)
    with open_answerer(directory, settings=settings) as answerer:
        answer = answerer.answer(question)
    if style == "json":
        print(json.dumps(render.as_json(answer), ensure_ascii=False))
    elif style == "markdown":
        print(render.as_markdown(answer), end="")
    else:
        print(render.as_text(answer), end="")
    return answer.status != "unanswered"


def ask_all(path: Path, directory: Path, *, settings: AnswerSettings) -> None:
    """Print one JSON answer a line, in the file's order; every line is checked before the first is answered."""
    asked = list(read_questions(path, settings))
    with open_answerer(directory, settings=settings) as answerer:
        for one in asked:
            print(json.dumps(render.as_json(answerer.answer(one.question), id=one.id), ensure_ascii=False), flush=True)


def read_questions(path: Path, settings: AnswerSettings) -> Iterator[Asked]:
    """The questions of a JSONL file; raises InputError naming the line that can't be used."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if str(path) != "-" else sys.stdin.read().split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read ({error}): give a UTF-8 file of one JSON object a line") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _asked(line, f"{path}, line {number}", settings)


def _asked(line: str, where: str, settings: AnswerSettings) -> Asked:
    wanted = 'a line is {"id": "q1", "question": "who mediated?"}'
    try:
        record = json.loads(line)
    except ValueError:
        raise InputError(f"{where} is not JSON: {wanted}") from None
    if not isinstance(record, dict) or not isinstance(record.get("question"), str) or "id" not in record:
        raise InputError(f"{where} has no id or no question: {wanted}")
    try:
        return Asked(str(record["id"]), checked_question(record["question"], settings))
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
