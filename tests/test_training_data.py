"""What a reader is trained on: groups of passages, mined negatives, questions as people ask them."""

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.training.asked import about_another, as_asked
from qa.training.examples import Group, TrainingPassage, is_validation, window_around
from qa.training.held_out import HeldOutSettings, held_out
from qa.training.mine import NewsSettings, PassagePool, news_groups, news_passages, occurrences, with_negatives
from qa.training.stories import Story, StoryArticle, StoryQuestion
from qa.training.unseen import write_unseen

_WORDS = st.lists(st.sampled_from(["a", "bb", "ccc\n", "d.", "é"]), min_size=1, max_size=80)


@given(_WORDS, st.integers(1, 40), st.randoms())
def test_a_window_is_a_slice_that_keeps_a_span(words: list[str], size: int, generator: random.Random) -> None:
    text = " ".join(words)
    first = generator.randrange(len(words))
    start = len(" ".join(words[:first])) + bool(first)
    span = (start, start + len(words[first].strip()))
    whole = TrainingPassage(text=text, spans=(span,))
    passage = window_around(whole, max_words=size, generator=generator)
    assert passage.text in text
    assert len(passage.text.split()) <= max(size, len(text.split()) if size >= len(text.split()) else size)
    assert [passage.text[left:right] for left, right in passage.spans] == [text[span[0] : span[1]]]


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("In Iran, not Iranian.", ["Iran"], [(3, 7)]),
        ("the “Friends” actor", ['"Friends"'], [(5, 12)]),
        ("New\nYork and new york", ["New York"], [(0, 8), (13, 21)]),
        ("nothing here", [" "], []),
    ],
)
def test_occurrences_are_whole_words(text: str, answers: list[str], expected: list[tuple[int, int]]) -> None:
    assert list(occurrences(text, answers)) == expected


def test_a_negative_holds_none_of_the_answers() -> None:
    texts = ["Talks in Doha were mediated by Qatar.", "Talks were mediated by Oman.", "Football."]
    pool = PassagePool(TrainingPassage(text=text) for text in texts)
    group = Group(
        id="1",
        source="made",
        question="Who mediated the talks?",
        validation=False,
        passages=(TrainingPassage(text="Qatar mediated.", spans=((0, 5),)),),
    )
    mined = with_negatives(group, pool, count=2, depth=3, max_words=50, generator=random.Random(1))
    assert mined.passages[1:] == (TrainingPassage(text="Talks were mediated by Oman."),)


def test_news_passages_lose_no_word() -> None:
    text = "One two three.\n\n" + "word " * 250 + "\nlast line"
    passages = news_passages(text)
    assert " ".join(passages).split() == text.split()
    assert all(passage in text and len(passage.split()) <= 200 for passage in passages)


ARTICLES = {
    "a": {"id": "a", "title": "Talks fail", "text": "Qatar mediated the talks.\n\nThe talks failed on Friday."},
    "b": {"id": "b", "title": "Football", "text": "Oman won the match of the day."},
}


@pytest.mark.parametrize(
    ("answers", "held", "expected"),
    [
        (["Qatar"], True, {("Qatar", ((0, 5),)), ("Oman", ())}),
        (["Iran"], False, {("Qatar", ()), ("Oman", ())}),
    ],
)
def test_news_groups_hold_what_answers_and_what_does_not(
    answers: list[str], held: bool, expected: set[tuple[str, tuple[tuple[int, int], ...]]]
) -> None:
    question = {
        "id": "1",
        "date": "2023/01/01",
        "question": "Who mediated the talks on the day of the match?",
        "answers": answers,
        "gcs_articles": ["a", "b", "not there"],
        "articles_with_answer_string": ["a"] if held else [],
    }
    settings = NewsSettings(unanswered_share=1, copies=2)
    groups = list(news_groups([question], ARTICLES, settings, generator=random.Random(1)))
    assert len(groups) == (2 if held else 1)
    for group in groups:
        assert not group.validation
        assert {(passage.text.split()[0], passage.spans) for passage in group.passages} == expected


TITLES = [f"Article {number}" for number in range(60)]
KEPT_OUT = [title for title in TITLES if is_validation(f"squad2-dev-half/{title}")]


def write_data(folder: Path, asked: list[dict[str, object]], articles: list[dict[str, object]]) -> None:
    """A folder of public data in small: what training reads it from."""
    (folder / "reading").mkdir()
    (folder / "realtimeqa").mkdir()
    questions = [{"question": "Where?", "answers": [{"text": "there"}]}, {"question": "When?", "answers": []}]
    squad = [{"title": title, "paragraphs": [{"context": f"{title}: there", "qas": questions}]} for title in TITLES]
    with gzip.open(folder / "reading" / "squad2-dev-half.json.gz", "wt") as file:
        json.dump({"version": "v2.0", "data": squad}, file)
    for name, records in (("questions-2020-2023", asked), ("articles-2022-2023", articles)):
        with gzip.open(folder / "realtimeqa" / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(f"{json.dumps(record)}\n" for record in records)


def test_what_is_unseen_is_later_and_of_other_articles(tmp_path: Path) -> None:
    asked: list[dict[str, object]] = [
        {"id": "early", "date": "2023/11/30", "gcs_articles": ["a"]},
        {"id": "late", "date": "2023/12/01", "gcs_articles": ["b"]},
        {"id": "alone", "date": "2023/12/08", "gcs_articles": []},
    ]
    write_data(tmp_path, asked, [{"id": "a"}, {"id": "b"}])
    counts = write_unseen(tmp_path, tmp_path / "out")
    kept = [article["title"] for article in json.loads((tmp_path / "out" / "squad2.json").read_text())["data"]]
    assert kept == KEPT_OUT
    assert counts == {"squad2.json": 2 * len(kept), "questions.jsonl": 1, "articles.jsonl": 1}
    assert json.loads((tmp_path / "out" / "questions.jsonl").read_text())["id"] == "late"
    assert json.loads((tmp_path / "out" / "articles.jsonl").read_text())["id"] == "b"


def test_confidence_is_fitted_on_each_question_in_a_large_corpus_and_in_a_small_one(tmp_path: Path) -> None:
    asked: list[dict[str, object]] = [
        {
            "date": date,
            "question": f"question {number}?",
            "answers": ["word"],
            "gcs_articles": [f"n{number}", "shared"],
            "articles_with_answer_string": [f"n{number}"] if number % 2 else [],
        }
        for number, date in enumerate(["2023/08/31", *["2023/10/01"] * 6, "2023/12/01"])
    ]
    names = [*(f"n{number}" for number in range(8)), "shared"]
    write_data(tmp_path, asked, [{"id": name, "title": name, "text": f"{name} word"} for name in names])
    everything, squad, *news = held_out(tmp_path, HeldOutSettings(news_corpora=2, squad_answerable=5))
    assert {document.id for document in everything.documents} == {*(f"n{n}" for n in range(1, 7)), "shared", *KEPT_OUT}
    assert {question.source for question in squad.questions} == {"squad2"}
    assert {document.id for document in squad.documents} <= set(KEPT_OUT)
    assert sum(bool(question.answers) for question in squad.questions) == min(5, len(KEPT_OUT))
    assert [len(corpus.questions) for corpus in news] == [3, 3]
    for corpus in news:
        assert {document.id for document in corpus.documents} == {
            name for question in corpus.questions for name in question.documents
        }
    again = [question for corpus in (*news, squad) for question in corpus.questions]
    assert sorted(again, key=repr) == sorted(everything.questions, key=repr)


def test_confidence_is_fitted_on_the_stories_that_training_left_out_each_a_folder(tmp_path: Path) -> None:
    text = "Qatar mediated. What follows was read by nobody."
    names = [f"s{number}" for number in range(60)]
    asked = (
        StoryQuestion(question="who mediated?", evidence=((0, 0, 5),)),
        StoryQuestion(question="who attacked?"),
    )
    stories = [Story(articles=(StoryArticle(id=name, length=15),), questions=asked) for name in names]
    kept = [story for story in stories if story.is_validation]
    assert 0 < len(kept) < len(stories)
    write_data(tmp_path, [], [{"id": name, "title": name, "text": text} for name in names])
    corpora = [one for one in held_out(tmp_path, HeldOutSettings(), stories) if one.name.startswith("story-")]
    assert [one.name for one in corpora] == [f"story-{story.name}" for story in kept]
    for corpus in corpora:
        assert [document.text for document in corpus.documents] == ["Qatar mediated."]
        assert {(one.question, one.answers) for one in corpus.questions} == {
            ("who mediated?", ("Qatar",)),
            ("who attacked?", ()),
        }
    fewer = held_out(tmp_path, HeldOutSettings(story_questions=1), stories)
    assert {len(one.questions) for one in fewer if one.name.startswith("story-")} == {1}
    hard = [story.model_copy(update={"hard": (StoryQuestion(question="why not?"),) * 2}) for story in stories]
    both = held_out(tmp_path, HeldOutSettings(story_questions=1), hard)
    assert {
        tuple(sorted(asked.source for asked in one.questions)) for one in both if one.name.startswith("story-")
    } == {("stories", "stories-hard", "stories-hard")}


PLAIN = TrainingPassage(text="In 2019 Maria Lopez led Chile and Ana Ruiz led Peru in Lima.", spans=((8, 19),))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who led Chile?", {"Who led Peru?", "Who led Lima?", "Who led Ana Ruiz?"}),
        ("who led the country", {None}),
        ("Who led Bolivia?", {None}),
        ("Chile was led by whom?", {None}),
    ],
)
def test_a_question_about_another_names_what_the_passage_names(question: str, expected: set[str | None]) -> None:
    made = {about_another(question, PLAIN, random.Random(seed)) for seed in range(40)}
    assert made == expected


@given(st.randoms(use_true_random=False))
def test_a_question_that_is_cut_short_keeps_only_what_answers(generator: random.Random) -> None:
    other = TrainingPassage(text="Nobody led anything.")
    question = "Who led the country of Chile in the year 2019?"
    group = Group(id="1", source="made", question=question, validation=False, passages=(PLAIN, other))
    asked, passages = as_asked(group, generator)
    assert asked.strip()
    assert PLAIN in passages
    if len(asked.split()) < len(question.split()):
        assert passages == (PLAIN,)
