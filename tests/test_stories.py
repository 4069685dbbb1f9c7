"""Stories: questions that were written for a few articles, as training groups and as folders to fit confidence on."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from qa.training.stories import (
    STORIES,
    VALIDATION_SHARE,
    Story,
    StoryArticle,
    StoryQuestion,
    read_stories,
)
from qa.training.story_groups import StorySettings, story_groups

FIRST = "Qatar mediated the talks.\n\n" + "The talks went on in Doha with both of the neighbours. " * 10
SECOND = "Oman hosted the talks, which Qatar mediated, says the ministry.\n\nThe weather was fine."
ARTICLES = {"a": {"text": FIRST}, "b": {"text": f"{SECOND} A rest that nobody read: Iran mediated."}}


def story(*questions: StoryQuestion) -> Story:
    articles = (StoryArticle(id="a", length=len(FIRST)), StoryArticle(id="b", length=len(SECOND)))
    return Story(articles=articles, questions=questions)


WHOLE = StorySettings(sentence_share=0)


def groups(*questions: StoryQuestion) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    found = story_groups([story(*questions)], ARTICLES, WHOLE, generator=random.Random(1))
    return [
        (
            group.question,
            [(one.text.split()[0], [one.text[start:end] for start, end in one.spans]) for one in group.passages],
        )
        for group in found
    ]


def test_every_place_that_answers_is_a_target_and_the_rest_is_negative() -> None:
    who = StoryQuestion(question="who mediated the talks?", evidence=((0, 0, 5), (1, 29, 34)))
    ((_, passages),) = groups(who)
    assert sorted(passages[:2]) == [("Oman", ["Qatar"]), ("Qatar", ["Qatar"])]


def test_a_passage_with_the_answers_words_is_no_negative() -> None:
    who = StoryQuestion(question="who mediated the talks?", evidence=((0, 0, 5),))
    ((_, passages),) = groups(who)
    assert passages[0] == ("Qatar", ["Qatar"])
    assert "Oman" not in {first for first, _ in passages}


def test_what_nothing_answers_has_negatives_only() -> None:
    asked = groups(StoryQuestion(question="when did the talks begin?"))
    assert len(asked) == 1
    assert all(passages and not any(spans for _, spans in passages) for _, passages in asked)


def test_what_nobody_read_of_an_article_is_in_no_passage() -> None:
    told = story(StoryQuestion(question="who mediated? was it Iran?"))
    found = list(story_groups([told], ARTICLES, StorySettings(), generator=random.Random(1)))
    assert found
    assert not any("Iran" in one.text for group in found for one in group.passages)


def test_a_share_of_the_groups_has_one_sentence_a_passage() -> None:
    who = StoryQuestion(question="who mediated the talks?", evidence=((0, 0, 5), (1, 29, 34)))
    where = StoryQuestion(question="was the weather in Doha fine?")
    settings = StorySettings(sentence_share=1)
    told = list(story_groups([story(who, where)], ARTICLES, settings, generator=random.Random(1)))
    answering = {(one.text, one.text[slice(*one.spans[0])]) for one in told[0].passages if one.spans}
    assert answering == {
        ("Qatar mediated the talks.", "Qatar"),
        ("Oman hosted the talks, which Qatar mediated, says the ministry.", "Qatar"),
    }
    # A passage may begin inside a sentence: long paragraphs are cut by words.
    whole = "The talks went on in Doha with both of the neighbours."
    assert told[1].passages
    assert all(
        one.text in {"Qatar mediated the talks.", "The weather was fine."} or whole.endswith(one.text)
        for one in told[1].passages
    )


def test_hard_questions_follow_as_a_source_of_their_own() -> None:
    why = StoryQuestion(question="why did the talks go on?", evidence=((0, 0, 24),))
    who = StoryQuestion(question="who mediated the talks?", evidence=((0, 0, 5),))
    both = story(who).model_copy(update={"hard": (why,)})
    found = list(story_groups([both, story(who)], ARTICLES, WHOLE, generator=random.Random(1)))
    assert [(one.source, one.question) for one in found] == [
        ("stories", who.question),
        ("stories", who.question),
        ("stories-hard", why.question),
    ]
    assert len({one.id for one in found[1:]}) == 2
    # They come last, so that a story's first questions have the passages that they had without them.
    assert found[:2] == list(story_groups([story(who)] * 2, ARTICLES, WHOLE, generator=random.Random(1)))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ab \n.", min_size=1, max_size=40), min_size=1, max_size=12), st.randoms())
def test_a_target_is_the_evidence_itself(parts: list[str], generator: random.Random) -> None:
    text = "\n".join(parts)
    words = [word for word in text.split() if word]
    if not words:
        return
    word = generator.choice(words)
    start = text.index(word)
    asked = StoryQuestion(question="a b", evidence=((0, start, start + len(word)),))
    one = Story(articles=(StoryArticle(id="x", length=len(text)),), questions=(asked,))
    for group in story_groups([one], {"x": {"text": text}}, StorySettings(), generator=generator):
        for passage in group.passages:
            assert passage.text in text
            assert {passage.text[left:right] for left, right in passage.spans} <= {word}


@pytest.mark.parametrize(
    "line", ['{"articles":[],"questions":[]}', '{"articles":[{"id":"a","length":0}],"questions":[]}', "no story"]
)
def test_a_story_without_text_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ValidationError):
        read_stories(path)


def test_the_shipped_stories_are_whole() -> None:
    stories = read_stories()
    articles = [one.id for story in stories for one in story.articles]
    assert len(articles) == len(set(articles)), "an article is of one story: else validation would leak"
    assert VALIDATION_SHARE / 2 < sum(one.is_validation for one in stories) / len(stories) < VALIDATION_SHARE * 2
    for one in stories:
        assert one.questions
        assert not {asked.question for asked in one.questions} & {asked.question for asked in one.hard}
        for asked in one.questions + one.hard:
            assert asked.question.strip()
            for place, start, end in asked.evidence:
                assert 0 <= start < end <= one.articles[place].length
    assert sum(len(one.hard) for one in stories) > 3000
    assert STORIES.stat().st_size < 5_000_000
