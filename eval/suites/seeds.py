"""Questions with gold quotes through the whole pipeline: the shipped ones on the five seed articles.

Owns the way from cases to outcomes; ``own.py`` takes the same way with a user's cases and documents.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from eval.ablations import answer_settings, described, index_settings
from eval.bench import Bench
from eval.blame import blame_for
from eval.cases import CASES, load_cases
from eval.corpus import Corpus, ask
from eval.documents import sha256_of_texts, texts_of_folder
from eval.files import read_text
from eval.indexing import folder_index, opened, unrefusing
from eval.places import Places
from eval.run import sample
from eval.scoring import score_case
from eval.settings import RunSettings
from eval.slips import mistyped
from eval.types import Case, DataInfo, Outcome, Part
from eval.workshop import Workshop
from index.errors import InputError
from qa.pipeline import QuestionAnswerer
from qa.types import Answer

SEED_CASES = CASES / "seeds.jsonl"


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """The shipped cases on the seed articles; ``data`` and ``questions`` name others in their place."""
    folder, questions = settings.data or seeds_folder(), settings.questions or SEED_CASES
    return bench_of(folder, questions, settings, workshop, shipped=settings.data is settings.questions is None)


def bench_of(folder: Path, questions: Path, settings: RunSettings, workshop: Workshop, *, shipped: bool) -> Bench:
    """Indexes the folder and makes each case a task; raises InputError for cases that the documents don't bear out."""
    texts = texts_of_folder(folder)
    cases = {case.id: case for case in load_cases(questions, texts)}
    chosen = sample(cases, limit=settings.limit, seed=settings.seed)
    if settings.slips:
        chosen = {name: _with_slips(case, settings) for name, case in chosen.items()}
    search, answering = index_settings(settings), answer_settings(settings)
    directory = folder_index(folder, texts, settings.directory, search, workshop, name=questions.stem)
    answerer = opened(directory, answering, search)
    corpus = Corpus(texts=texts, places=Places(answerer.passage_index))
    repeated = set(sample(chosen, limit=settings.repeat, seed=settings.seed)) if settings.repeat else set()
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_measured, case, answerer, corpus, twice=name in repeated) for name, case in chosen.items()
    }
    hashed = [*texts.items(), (questions.name, read_text(questions))]
    return Bench(
        data=DataInfo(name=questions.name, sha256=sha256_of_texts(hashed), cases=len(chosen), shipped=shipped),
        settings=described(search, answering) | {"reader": answerer.reader.name, "threshold": answerer.threshold},
        tasks=tasks,
        close=answerer.close,
    )


def seeds_folder() -> Path:
    """``seeds/`` here or beside the code; raises InputError where it is in neither place."""
    places = (Path("seeds"), Path(__file__).parent.parent.parent / "seeds")
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise InputError("seeds/ is not here: run this in a checkout of Quoth, or give the folder with --data PATH")
    return found


def _with_slips(case: Case, settings: RunSettings) -> Case:
    return case.model_copy(update={"question": mistyped(case.question, slips=settings.slips, seed=settings.seed)})


def _measured(case: Case, answerer: QuestionAnswerer, corpus: Corpus, *, twice: bool) -> Outcome:
    asked = ask(answerer, case.question, unrefusing=unrefusing(answerer))
    outcome = score_case(case, asked, corpus, blame=blame_for(case, asked, corpus, answerer))
    if not twice:
        return outcome
    same = _without_times(asked.answer) == _without_times(answerer.answer(case.question))
    return outcome.model_copy(update={"scores": outcome.scores | {"repeatable": Part(float(same), 1)}})


def _without_times(answer: Answer) -> str:
    return answer.model_copy(update={"timings_ms": {}}).model_dump_json()
