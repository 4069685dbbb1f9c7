"""The corpora and questions on which confidence is fitted: what training kept out, answerable and not.

News-quiz questions of the three months after the last in training, with the articles retrieved for them, and the
encyclopaedic articles of SQuAD 2.0 that training did not see, with its adversarial questions. Each is asked twice, of
everything in one index and of a small corpus of its own, since a user's folder may be either. And the stories that
training left out, each a folder of its own: their questions are short, and mean something only there.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from index.types import Document, Frozen
from qa.training.examples import is_validation
from qa.training.mine import LATEST_TRAINING_DATE, Articles, read_articles, read_lines
from qa.training.squad import read_json
from qa.training.stories import HARD_SOURCE, SOURCE, Story, StoryQuestion

READING_SOURCE = "squad2-dev-half"
"""Half of its questions have no answer in their passage, though it looks as if."""
LATEST_FITTING_DATE = "2023/11/30"
"""What is asked after it is left for measuring what was fitted."""


class HeldOutSettings(Frozen):
    """How much to ask; each news question brings some eight articles that must be embedded."""

    news_answerable: int = 121
    """All of them: of two features of an article's age, seventy questions told nothing."""
    news_unanswerable: int = 60
    """Questions whose answer's words stand in none of their articles."""
    squad_answerable: int = 120
    squad_unanswerable: int = 120
    news_corpora: int = 12
    """Small corpora that the news is dealt to, by its questions."""
    story_questions: int = 14
    """Of each story, at random, beside the hard ones: all would take half as long again, and count no more."""
    seed: int = 20251019


class HeldOutQuestion(Frozen):
    """A question with its accepted answers; none where the documents don't say."""

    question: str
    answers: tuple[str, ...]
    source: str
    documents: tuple[str, ...] = ()
    """Ids of those that it was asked of."""


@dataclass(frozen=True)
class Corpus:
    """Documents that are searched together, and what is asked of them."""

    name: str
    documents: list[Document]
    questions: list[HeldOutQuestion]


def held_out(data: Path, settings: HeldOutSettings, stories: Sequence[Story] = ()) -> list[Corpus]:
    """Everything but the stories together first, then the small corpora; the same in every run."""
    generator = random.Random(settings.seed)
    articles = read_articles(data)
    news, news_questions = _news(data, articles, settings, generator)
    squad, squad_questions = _squad(data, settings, generator)
    everything = Corpus("held-out", news + squad, news_questions + squad_questions)
    dealt = [news_questions[first :: settings.news_corpora] for first in range(settings.news_corpora)]
    small = [_own(f"news-{number}", news, questions) for number, questions in enumerate(dealt)]
    return [
        everything,
        _own("squad", squad, squad_questions),
        *small,
        *_stories(articles, stories, settings, generator),
    ]


def _own(name: str, documents: list[Document], questions: list[HeldOutQuestion]) -> Corpus:
    wanted = {document for question in questions for document in question.documents}
    return Corpus(name, [document for document in documents if document.id in wanted], questions)


def _news(
    data: Path, articles: Articles, settings: HeldOutSettings, generator: random.Random
) -> tuple[list[Document], list[HeldOutQuestion]]:
    questions = read_lines(data / "realtimeqa" / "questions-2020-2023.jsonl.gz")
    later = [
        one for one in questions if LATEST_TRAINING_DATE < one["date"] <= LATEST_FITTING_DATE and one["gcs_articles"]
    ]
    holding = [one for one in later if one["articles_with_answer_string"]]
    lacking = [one for one in later if not one["articles_with_answer_string"]]
    chosen = _sample(holding, settings.news_answerable, generator) + _sample(
        lacking, settings.news_unanswerable, generator
    )
    wanted = {number for one in chosen for number in one["gcs_articles"]}
    found = [one for name, one in articles.items() if name in wanted]
    asked = [
        HeldOutQuestion(
            question=one["question"],
            answers=tuple(one["answers"]) if one["articles_with_answer_string"] else (),
            source="realtimeqa",
            documents=tuple(one["gcs_articles"]),
        )
        for one in chosen
    ]
    return [_article(one, one["text"]) for one in found if one["text"].strip()], asked


def _stories(
    articles: Articles, stories: Sequence[Story], settings: HeldOutSettings, generator: random.Random
) -> list[Corpus]:
    """Each story that training left out, with its questions; only what its writer read of an article is in it."""
    return [
        _story(
            story,
            articles,
            {SOURCE: _sample(list(story.questions), settings.story_questions, generator), HARD_SOURCE: story.hard},
        )
        for story in stories
        if story.is_validation
    ]


def _story(story: Story, articles: Articles, questions: Mapping[str, Sequence[StoryQuestion]]) -> Corpus:
    texts = story.texts(articles)
    documents = [_article(articles[one.id], text) for one, text in zip(story.articles, texts, strict=True)]
    told = [
        HeldOutQuestion(
            question=one.question,
            answers=tuple(dict.fromkeys(texts[place][start:end] for place, start, end in one.evidence)),
            source=source,
            documents=tuple(document.id for document in documents),
        )
        for source, asked in questions.items()
        for one in asked
    ]
    return Corpus(f"story-{story.name}", documents, told)


def unread_articles(data: Path) -> dict[str, Any]:
    """SQuAD 2.0's file with only the articles that training left out."""
    squad: dict[str, Any] = read_json(data / "reading" / f"{READING_SOURCE}.json.gz")
    return squad | {"data": [one for one in squad["data"] if is_validation(f"{READING_SOURCE}/{one['title']}")]}


def _squad(
    data: Path, settings: HeldOutSettings, generator: random.Random
) -> tuple[list[Document], list[HeldOutQuestion]]:
    articles = unread_articles(data)["data"]
    documents = [
        _document(article["title"], article["title"], "\n\n".join(part["context"] for part in article["paragraphs"]))
        for article in articles
    ]
    asked = [
        HeldOutQuestion(
            question=one["question"],
            answers=tuple(dict.fromkeys(answer["text"] for answer in one["answers"])),
            source="squad2",
            documents=(article["title"],),
        )
        for article in articles
        for part in article["paragraphs"]
        for one in part["qas"]
    ]
    answerable = _sample([one for one in asked if one.answers], settings.squad_answerable, generator)
    impossible = _sample([one for one in asked if not one.answers], settings.squad_unanswerable, generator)
    return documents, answerable + impossible


def _sample(items: list[Any], count: int, generator: random.Random) -> list[Any]:
    return generator.sample(items, min(count, len(items)))


def _article(article: Mapping[str, Any], text: str) -> Document:
    return _document(article["id"], article["title"], text, published=article.get("date", "").replace("/", "-") or None)


def _document(name: str, title: str, text: str, *, published: str | None = None) -> Document:
    digest = sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(id=name, path=name, title=title or name, sha256=digest, text=text, published=published)
