"""The dialogue of `quoth eval new`: quotes are checked, every case is on disk at once, and loads again."""

import pytest
import typer
from typer.testing import CliRunner

from eval.cases import load_cases
from eval.new import Dialogue
from eval.question_types import guessed_type
from index.errors import InputError
from index.types import Document, DocumentInfo, Hit, Passage

TEXTS = {
    "a.txt": "The mayor cut the ribbon. The bridge cost 12 million euros. It was opened in May.",
    "b.txt": "A bridge was opened in May. Its price was 12 million euros, the town said.",
}


class Articles:
    def __init__(self, texts=TEXTS):
        self.texts = texts

    def documents(self):
        return [DocumentInfo(id=name, path=name, title=f"Title of {name}", sha256="0" * 64) for name in self.texts]

    def passages_of(self, document_id):
        number, text = sorted(self.texts).index(document_id), self.texts[document_id]
        return [Passage(id=number, document_id=document_id, start=0, end=len(text), text=text)]

    def copies(self, passage_id):
        return ()

    def document(self, document_id):
        text = self.texts[document_id]
        return Document(id=document_id, path=document_id, title="T", sha256="0" * 64, text=text)

    def search(self, question, *, limit):
        passages = [passage for name in self.texts for passage in self.passages_of(name)]
        return tuple(Hit(passage=passage, rank=rank, score=1) for rank, passage in enumerate(passages, start=1))


def talk(out, *lines, seed=0, texts=TEXTS):
    app = typer.Typer()

    @app.command()
    def new():
        Dialogue(Articles(texts), out, seed=seed).run()

    return CliRunner().invoke(app, [], input="".join(f"{line}\n" for line in lines), catch_exceptions=False)


def test_a_case_is_written_with_its_sentence_and_other_places(tmp_path):
    out = tmp_path / "cases.jsonl"
    talk(
        out,
        "How much did the bridge cost?",
        "",  # the guessed type
        "thirteen euros",  # in no article: asked again
        "12 million euros",
        "€12m; 12m euros",
        "a sum",
        "y",  # the other article says so too
        "q",
    )
    (case,) = load_cases(out, TEXTS)
    assert case.type == "how-many"
    assert case.answers == ("12 million euros", "€12m", "12m euros")
    assert case.tests == "a sum"
    assert {gold.document for gold in case.gold} == {"a.txt", "b.txt"}
    quotes = {gold.document: gold.quote for gold in case.gold}
    assert quotes["a.txt"] == "The bridge cost 12 million euros."
    assert case.id == "how-much-did-the-bridge-cost"


def test_a_question_without_an_answer_is_a_case_too(tmp_path):
    out = tmp_path / "cases.jsonl"
    talk(out, "Who designed the bridge?", "who", "", "a near miss", "y", "q")
    (case,) = load_cases(out, TEXTS)
    assert not case.answerable
    assert case.near


def test_enter_draws_another_passage_and_the_end_of_them_ends_it(tmp_path):
    result = talk(tmp_path / "cases.jsonl", "", "")
    assert result.exit_code == 0
    assert "0 cases added" in result.stderr
    assert not (tmp_path / "cases.jsonl").exists()


def test_what_was_written_before_an_interruption_is_kept_and_ids_stay_unique(tmp_path):
    out = tmp_path / "cases.jsonl"
    for _ in range(2):
        # Input ends in the middle of the second question: the first is on disk.
        talk(out, "Why the ribbon?", "why", "", "none", "n", "Why a bridge?", "why")
    assert [case.id for case in load_cases(out, TEXTS)] == ["why-the-ribbon", "why-the-ribbon-2"]


def test_control_sequences_of_an_article_do_not_reach_the_terminal(tmp_path):
    assert "\x1b" not in talk(tmp_path / "c.jsonl", "q", texts={"a.txt": "Red \x1b[31malert\x1b[0m now."}).stderr


def test_an_index_without_passages_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no passages"):
        Dialogue(Articles({}), tmp_path / "cases.jsonl", seed=0)


def test_a_file_that_holds_something_else_is_not_written_to(tmp_path):
    (tmp_path / "notes.jsonl").write_text('{"shopping": "milk"}\n')
    with pytest.raises(InputError, match=r"notes.jsonl:1"):
        Dialogue(Articles(), tmp_path / "notes.jsonl", seed=0)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("who mediated?", "who"),
        ("When was the ceasefire?", "when"),
        ("In which year did it end?", "when"),
        ("How long did the talks last?", "how-long"),
        ("How many died?", "how-many"),
        ("What did Tarar say about patience?", "said"),
        ("in which city did they meet", "where"),
        ("Why did the talks fail?", "why"),
        ("Name the militia.", "what"),
    ],
)
def test_the_type_is_guessed_from_the_words(question, expected):
    assert guessed_type(question) == expected
