"""The dialogue that writes cases: passages are drawn, a person asks and says what answers. Owns the questions put.

Never accepts a quote that is not in its document, word for word. Each case is on disk before the next is asked for.
"""

import random
import re
from pathlib import Path
from typing import Protocol

import typer

from eval.files import load_models
from eval.metrics.answers import contains
from eval.places import PassageSource
from eval.question_types import TYPES, guessed_type
from eval.types import Case, Gold, QuestionType
from index.errors import InputError
from index.sentences import sentence_spans
from index.types import Document, Hit, Passage
from qa.plain import one_line, visible

_OTHERS_OFFERED = 5


class Articles(PassageSource, Protocol):
    """A passage index, as far as the dialogue uses it."""

    def document(self, document_id: str) -> Document:
        """A document with its text."""

    def search(self, question: str, *, limit: int) -> tuple[Hit, ...]:
        """The best hits, best first."""


class Dialogue:
    """One sitting. What was answered wrongly is asked again; an empty question draws another passage; q ends it."""

    def __init__(self, articles: Articles, out: Path, *, seed: int | None) -> None:
        """Raises InputError where the index holds no passages or ``out`` holds something else than cases."""
        self._articles = articles
        self._out = out
        self._ids = {case.id for _, case in load_models(out, Case, key=lambda case: case.id)} if _filled(out) else set()
        passages = [passage for one in articles.documents() for passage in articles.passages_of(one.id)]
        if not passages:
            raise InputError("the index holds no passages to ask about: run `quoth index PATH`")
        # Every passage once, in an order of chance: drawing with replacement would show the same ones again.
        self._drawn = random.Random(seed).sample(passages, len(passages))

    def run(self) -> int:
        """Shows passage after passage and writes the cases that come of them; returns how many."""
        _tell("Ask what a reader would ask. Enter alone shows another passage; q ends. Each case is saved at once.")
        written = 0
        for passage in self._drawn:
            self._show(passage)
            question = _prompt("Question")
            if question == "q":
                break
            if question:
                self._write(self._case(question, passage))
                written += 1
        _tell(f"{written} cases added to {self._out}. Run: quoth eval own --questions {self._out} --data FOLDER")
        return written

    def _show(self, passage: Passage) -> None:
        title = self._articles.document(passage.document_id).title
        _tell(f"\n{one_line(title)}  [{one_line(passage.document_id)}]\n\n{visible(passage.text)}\n")

    def _case(self, question: str, passage: Passage) -> Case:
        question_type = _asked_type(question)
        gold = self._asked_gold(passage)
        if gold is None:
            return Case(
                id=self._new_id(question),
                question=question,
                type=question_type,
                tests=_prompt("What does it test?", default="a question without an answer"),
                answerable=False,
                near=typer.confirm("Is it close to what the articles are about?", default=True, err=True),
            )
        answer, quote = gold
        others = _prompt("Other acceptable wordings, with ; between them")
        answers = tuple(dict.fromkeys([answer, *(part.strip() for part in others.split(";") if part.strip())]))
        return Case(
            id=self._new_id(question),
            question=question,
            type=question_type,
            tests=_prompt("What does it test?", default="own corpus"),
            answerable=True,
            answers=answers,
            gold=(quote, *self._elsewhere(question, answers, passage)),
        )

    def _asked_gold(self, passage: Passage) -> tuple[str, Gold] | None:
        """The answer and its sentence; None where the person says that nothing answers."""
        document = self._articles.document(passage.document_id)
        while answer := _prompt("Answer, word for word (Enter alone: the articles don't say)"):
            position = document.text.find(answer, passage.start, passage.end)
            position = position if position >= 0 else document.text.find(answer)
            if position >= 0:
                return answer, Gold(document=document.id, quote=_sentence(document.text, position, len(answer)))
            _tell("Those words are not in the article, to the letter: copy them from it.")
        return None

    def _elsewhere(self, question: str, answers: tuple[str, ...], passage: Passage) -> list[Gold]:
        """Other passages that the person says answer too: recall is only as right as the gold is complete."""
        gold = []
        for hit in self._articles.search(question, limit=4 * _OTHERS_OFFERED)[: 4 * _OTHERS_OFFERED]:
            said = next((answer for answer in answers if answer in hit.passage.text), None)
            if hit.passage.id == passage.id or said is None or not contains(hit.passage.text, said):
                continue
            text, where = hit.passage.text, hit.passage.document_id
            quote = _sentence(text, text.find(said), len(said))
            _tell(f"\n[{one_line(where)}] … {one_line(quote)} …")
            if typer.confirm("Does this answer it too?", default=False, err=True):
                gold.append(Gold(document=where, quote=quote))
            if len(gold) == _OTHERS_OFFERED:
                break
        return gold

    def _new_id(self, question: str) -> str:
        stem = "-".join(re.findall(r"[a-z0-9]+", question.lower())[:6]) or "case"
        free = next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if name not in self._ids)
        self._ids.add(free)
        return free

    def _write(self, case: Case) -> None:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        with self._out.open("a", encoding="utf-8") as file:
            file.write(f"{case.model_dump_json()}\n")


def _asked_type(question: str) -> QuestionType:
    while True:
        said = _prompt(f"Type ({', '.join(TYPES)})", default=guessed_type(question))
        for name in TYPES:
            if said == name:
                return name


def _sentence(text: str, position: int, length: int) -> str:
    spans = sentence_spans(text)
    start = max((start for start, _ in spans if start <= position), default=0)
    end = min((end for _, end in spans if end >= position + length), default=len(text))
    return text[start:end]


def _filled(path: Path) -> bool:
    return path.exists() and bool(path.read_bytes().strip())


def _prompt(words: str, *, default: str = "") -> str:
    answer: str = typer.prompt(words, default=default, show_default=bool(default), err=True)
    return answer.strip()


def _tell(words: str) -> None:
    typer.echo(words, err=True)
